"""The files inside a PDF, as PDF/A-3 wants them, and the checkpoint at its foot."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from support.documents import REPORT
from support.pdf_pages import Pages

from cchc_flow.documents.attachments import Attachment
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf

DAY = date(2026, 3, 5)
FILES = (
    Attachment(name="proofs.json", media_type="application/json", content=b"{}", words="Bằng chứng", day=DAY),
    Attachment(
        name="figures.json",
        media_type="application/json",
        content=b'{"figures":[]}',
        words="Số liệu",
        day=DAY,
    ),
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return make_pdf(draw_page(REPORT), FILES)


def described(content: bytes) -> list[Any]:
    """Return the files that belong to the document (/AF)."""
    return [file.get_object() for file in pypdf.PdfReader(io.BytesIO(content)).root_object["/AF"]]


def test_each_file_is_in_the_pdf_as_it_was_given(content: bytes) -> None:
    files = pypdf.PdfReader(io.BytesIO(content)).attachments
    assert {name: list(held) for name, held in files.items()} == {file.name: [file.content] for file in FILES}


def test_each_file_belongs_to_the_document_once_with_what_it_is_and_its_own_day(content: bytes) -> None:
    files = described(content)
    assert [(file["/UF"], file["/Desc"], file["/AFRelationship"]) for file in files] == [
        ("figures.json", "Số liệu", "/Data"),
        ("proofs.json", "Bằng chứng", "/Data"),
    ]
    for file in files:
        stream = file["/EF"]["/F"].get_object()
        assert stream["/Subtype"] == "/application/json"
        assert stream["/Params"]["/ModDate"] == "D:20260305000000Z"


def test_the_same_files_make_the_same_bytes_in_whatever_order_they_come(content: bytes) -> None:
    assert make_pdf(draw_page(REPORT), FILES[::-1]) == content


def test_the_checkpoint_stands_in_the_bottom_margin_of_the_last_page_alone(content: bytes) -> None:
    pages = Pages(content)
    last = len(pages) - 1
    assert min(letter.top for letter in pages.words(last, "Dấu niêm phong 1204")) > 210 - 15
    assert {letter.size for letter in pages.words(last, "Dấu niêm phong 1204")} == {8}
    assert not any("Dấu niêm phong" in pages.text(number) for number in range(last))
