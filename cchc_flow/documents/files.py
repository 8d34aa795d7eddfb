"""The files that a document can be had as."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from cchc_flow.documents import templates
from cchc_flow.documents.blocks import Document
from cchc_flow.documents.docx import write_docx
from cchc_flow.documents.form import clean_document
from cchc_flow.documents.kept_files import KEPT
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.documents.xlsx import MEDIA_TYPE as XLSX
from cchc_flow.documents.xlsx import write_xlsx

Write = Callable[[Document, Path | None], bytes]


class Format(NamedTuple):
    """A kind of file: its name for people, its media type, and what writes it.

    `write` takes a document and the commune's folder of templates; only a PDF is made by these.
    """

    title: str
    media_type: str
    write: Write


def _write_pdf(document: Document, folder: Path | None) -> bytes:
    return make_pdf(draw_page(document, folder=folder))


def _bare(write: Callable[[Document], bytes]) -> Write:
    """Return what writes a document without any templates."""
    return lambda document, _: write(document)


def _keep(kind: str, write: Write) -> Write:
    """Return what writes a document, or gives the file that was written of the same one before."""

    def write_once(document: Document, folder: Path | None) -> bytes:
        cleaned = clean_document(document)
        source = msgspec.msgpack.encode([cleaned, templates.own_sources(folder)])
        return KEPT.find_or_make(kind, source, lambda: write(cleaned, folder))

    return write_once


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    "pdf": Format("PDF", "application/pdf", _keep("pdf", _write_pdf)),
    "docx": Format("Word", DOCX, _keep("docx", _bare(write_docx))),
    "xlsx": Format("Excel", XLSX, _keep("xlsx", _bare(write_xlsx))),
}
"""The formats by the ending of the file's name."""
