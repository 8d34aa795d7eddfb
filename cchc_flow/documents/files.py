"""The files that a document can be had as."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from cchc_flow.documents.blocks import Document
from cchc_flow.documents.docx import write_docx
from cchc_flow.documents.form import clean_document
from cchc_flow.documents.kept_files import KEPT
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.xlsx import write_xlsx


class Format(NamedTuple):
    """A kind of file: its name for people, its media type, and what writes it.

    `write` takes a document and the commune's folder of templates; only a PDF is made by these.
    """

    title: str
    media_type: str
    write: Callable[[Document, Path | None], bytes]


def _write_pdf(document: Document, folder: Path | None) -> bytes:
    return make_pdf(draw_page(document, folder=folder))


def _keep(write: Callable[[Document], bytes]) -> Callable[[Document, Path | None], bytes]:
    """Return what writes a document, or gives the file that was written of the same one before."""

    def write_once(document: Document, _: Path | None) -> bytes:
        cleaned = clean_document(document)
        return KEPT.find_or_make(write.__name__, msgspec.msgpack.encode(cleaned), lambda: write(cleaned))

    return write_once


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pdf": Format("PDF", "application/pdf", _write_pdf),
    "docx": Format("Word", f"{_OFFICE}.wordprocessingml.document", _keep(write_docx)),
    "xlsx": Format("Excel", f"{_OFFICE}.spreadsheetml.sheet", _keep(write_xlsx)),
}
"""The formats by the ending of the file's name."""
