"""What a machine has to have before it can set documents: Pango, and the faces that we ship."""

import ctypes
from pathlib import Path

from cchc_flow.errors import BadInput

FONTS = Path(__file__).parent / "fonts"
LIBRARY = "libpangoft2-1.0.so.0"
"""Pango, without which nothing is set; harfbuzz-subset only makes smaller files."""
FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def require_what_a_pdf_needs() -> None:
    """Raise BadInput, in words, when this machine lacks a library or a face with which documents are set."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise BadInput(
            "Máy chủ thiếu thư viện dựng PDF (Pango).",
            "Hãy cài gói libpangoft2-1.0-0 và libharfbuzz-subset0; tạm thời tải tệp Word.",
        ) from error
    if missing := [face for face in FACES if not (FONTS / f"LiberationSerif-{face}.ttf").is_file()]:
        raise BadInput(
            f"Thiếu phông chữ của văn bản ({', '.join(missing)}).", "Hãy cài lại chương trình rồi thử lại."
        )
