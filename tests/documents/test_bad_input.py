"""Words that people paste, in all writers: nothing is run, nothing breaks a file, nothing is lost unsaid."""

import io
import unicodedata

import docx
import msgspec
import openpyxl
import pytest
from support.documents import ACROSS
from support.pdf_pages import Pages

from cchc_flow.documents.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Row,
    Strong,
    Table,
)
from cchc_flow.documents.files import FORMATS
from cchc_flow.documents.xlsx import CUT

PASTED = {
    "<script>alert(1)</script> & </p>": "<script>alert(1)</script> & </p>",
    '=HYPERLINK("http://x")': '=HYPERLINK("http://x")',
    "@SUM(A1)": "@SUM(A1)",
    "{{ 7 * 7 }} {% raw %}": "{{ 7 * 7 }} {% raw %}",
    unicodedata.normalize("NFD", "Đắk Lắk ườ"): "Đắk Lắk ườ",
    "trước\x00\x07\x1b sau": "trước sau",
    "trước\ufffe\uffff sau": "trước sau",
    "trước\ud800 sau": "trước sau",
    "trước \u202egnưd sau": "trước gnưd sau",
    "&lt;&#65;&nbsp; _x0041_": "&lt;&#65;&nbsp; _x0041_",
    "tốt 👍 lắm": "tốt",
}


def with_words(*pasted: str) -> Document:
    """Return a document that has some words everywhere."""
    blocks: list[Block] = []
    for words in pasted:
        table = Table((Column(words), Column("B")), (Row((words,), heading=True), Row((words, 1))), words)
        blocks += [Heading(1, "I.", words), Paragraph((words, Strong(words))), Listing(((words,),)), table]
    return msgspec.structs.replace(
        ACROSS, subject=pasted[0], addressees=pasted, bases=pasted, blocks=tuple(blocks), recipients=pasted
    )


def words_of_pdf(content: bytes) -> str:
    pages = Pages(content)
    return " ".join("\n".join(pages.text(number) for number in range(len(pages))).split())


def words_of_docx(content: bytes) -> str:
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join("\n".join([*(line.text for line in file.paragraphs), *cells]).split())


def words_of_xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in cells)
    return " ".join("\n".join(str(cell.value) for cell in cells).split())


READ = {"pdf": words_of_pdf, "docx": words_of_docx, "xlsx": words_of_xlsx}


@pytest.mark.parametrize("ending", FORMATS)
def test_whatever_is_pasted_stays_words(ending: str) -> None:
    read = READ[ending](FORMATS[ending].write(with_words(*PASTED), None))
    assert unicodedata.is_normalized("NFC", read)
    for shown in PASTED.values():
        assert read.count(shown) >= 3, shown


def test_lines_that_somebody_ended_end_in_each_format() -> None:
    for end in ("\n", "\r\n", "\v", "\u2028"):
        document = with_words(f"trên{end}dưới")
        lines = [
            "".join(letter.sign for letter in line)
            for line in Pages(FORMATS["pdf"].write(document, None)).lines(0)
        ]
        assert "trên" in lines
        for ending in ("docx", "xlsx"):
            assert "trên dưới" in READ[ending](FORMATS[ending].write(document, None))


def test_two_hundred_thousand_characters_are_all_in_a_docx_and_a_cell_says_that_it_cannot_hold_them() -> None:
    words = "Nội dung rất dài. " * 12_000
    table = Table((Column("A"),), (Row((words,)),))
    document = msgspec.structs.replace(ACROSS, blocks=(Paragraph((words,)), table))
    assert words_of_docx(FORMATS["docx"].write(document, None)).count("Nội dung rất dài.") == 24_000
    read = words_of_xlsx(FORMATS["xlsx"].write(document, None))
    assert read.endswith(CUT) and read.count("Nội dung rất dài.") > 1_800


@pytest.mark.parametrize("count", [1_200, pytest.param(12_000, marks=pytest.mark.slow)])
def test_a_cell_that_is_longer_than_a_page_goes_on_over_pages(count: int) -> None:
    words = "Nội dung rất dài. " * count
    table = Table((Column("A"), Column("B")), (Row((words, 1)),))
    content = FORMATS["pdf"].write(msgspec.structs.replace(ACROSS, blocks=(table,)), None)
    assert len(Pages(content)) > 3
    assert words_of_pdf(content).count("Nội") == count
