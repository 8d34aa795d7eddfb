"""What ships with the product to try it: a plan in the form of a real one, and a list of communes."""

from pathlib import Path

SAMPLE_PLAN = Path(__file__).with_name("ke-hoach-mau-2026.docx")
SAMPLE_COMMUNES = Path(__file__).with_name("danh-sach-xa-mau.csv")
