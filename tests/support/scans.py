"""Scans: PDFs whose pages are pictures."""

import io

import pypdfium2
from PIL import Image

DOTS_PER_INCH = 200


def scan_pdf(content: bytes, *, slant: float = 0.0) -> bytes:
    """The pages of a PDF as pictures in another, turned by `slant` degrees as paper lies in a scanner."""
    pages = [draw(page).rotate(slant, fillcolor=255) for page in pypdfium2.PdfDocument(content)]
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS_PER_INCH)
    return made.getvalue()


def draw(page: pypdfium2.PdfPage) -> Image.Image:
    """A page in shades of grey."""
    picture: Image.Image = page.render(scale=DOTS_PER_INCH / 72).to_pil().convert("L")
    return picture
