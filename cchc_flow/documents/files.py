"""The files that a document can be had as."""

from collections.abc import Callable
from typing import NamedTuple

from cchc_flow.documents.blocks import Document
from cchc_flow.documents.docx import write_docx
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.xlsx import write_xlsx


class Format(NamedTuple):
    """A kind of file: its name for people, its media type, and what writes it."""

    title: str
    media_type: str
    write: Callable[[Document], bytes]


def _write_pdf(document: Document) -> bytes:
    return make_pdf(draw_page(document))


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pdf": Format("PDF", "application/pdf", _write_pdf),
    "docx": Format("Word", f"{_OFFICE}.wordprocessingml.document", write_docx),
    "xlsx": Format("Excel", f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
}
"""The formats by the ending of the file's name."""
