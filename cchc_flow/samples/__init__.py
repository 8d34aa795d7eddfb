"""The plan that ships with the product: a Word document of a made-up commune, in the form of a real one."""

from pathlib import Path

SAMPLE_PLAN = Path(__file__).with_name("ke-hoach-mau-2026.docx")
