"""The QR code of a seal, drawn for a page of HTML and as a picture for .docx."""

import io

import segno

ERROR = "m"
"""Stands a stain, or a fold, over an eighth of the code."""


def draw_svg(content: str) -> str:
    """Return a code as SVG without a quiet zone: the paper around it is white."""
    drawn: str = _code(content).svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    return drawn


def draw_png(content: str) -> bytes:
    """Return a code as a picture in which a module is eight dots wide."""
    picture = io.BytesIO()
    _code(content).save(picture, kind="png", scale=8, border=0)
    return picture.getvalue()


def _code(content: str) -> segno.QRCode:
    return segno.make(content, error=ERROR, micro=False)
