"""The produced .docx, read again: styles, numbering, pages."""

import io

import docx
import msgspec
import pytest
from docx.document import Document as File
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph as Line
from support.documents import ACROSS, REPORT

from cchc_flow.documents.blocks import Heading, Listing, Paragraph
from cchc_flow.documents.docx import write_docx
from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.readers.docx import read_docx


@pytest.fixture(scope="module")
def file() -> File:
    return docx.Document(io.BytesIO(write_docx(REPORT)))


def line(file: File, words: str) -> Line:
    return next(line for line in file.paragraphs if words in line.text)


def test_paragraphs_have_styles_with_the_sizes_of_the_decree(file: File) -> None:
    for words, style, bold in (
        ("BÁO CÁO", "Title", True),
        ("Kết quả cải cách", "Trích yếu", True),
        ("Kế hoạch số 12", "Căn cứ", False),
        ("CHỈ ĐẠO, ĐIỀU HÀNH", "Heading 1", True),
        ("Ban hành văn bản", "Heading 3", False),
        ("Đã hoàn thành", "Body Text", False),
    ):
        found = line(file, words).style
        assert found and (found.name, found.font.size, found.font.bold) == (style, Pt(14), bold)
        assert found.font.name == "Times New Roman"


def number_of(line: Line) -> tuple[int, int] | None:
    """Return the level and the id of the numbering of a line."""
    numbered = line._p.find(f".//{qn('w:numPr')}")
    if numbered is None:
        return None
    level, number = numbered.find(qn("w:ilvl")), numbered.find(qn("w:numId"))
    return int(level.get(qn("w:val"))), int(number.get(qn("w:val")))


def test_parts_and_dashes_are_numbered_by_the_file_and_letters_are_words(file: File) -> None:
    part, khoan = number_of(line(file, "CHỈ ĐẠO")), number_of(line(file, "Cải cách thể chế"))
    assert part and khoan and part[1] == khoan[1] and (part[0], khoan[0]) == (0, 1)
    assert number_of(line(file, "Gạch thứ nhất")) and line(file, "Gạch thứ nhất").text == "Gạch thứ nhất"
    assert line(file, "Chữ đ").text == "đ) Chữ đ" and number_of(line(file, "Chữ đ")) is None


def test_a_mark_that_the_file_would_count_otherwise_is_written_as_words() -> None:
    blocks = (Heading(1, "II.", "Phần hai"), Heading(1, "I.", "Phần một"), Heading(2, "3.", "Khoản ba"))
    file = docx.Document(
        io.BytesIO(write_docx(msgspec.structs.replace(REPORT, blocks=blocks, appendices=())))
    )
    assert line(file, "PHẦN HAI").text == "II. PHẦN HAI" and number_of(line(file, "PHẦN HAI")) is None
    assert line(file, "PHẦN MỘT").text == "PHẦN MỘT"
    assert line(file, "Khoản ba").text == "3. Khoản ba"


def in_mm(*lengths: Length | None) -> list[int]:
    """Return lengths in whole millimetres: a file keeps them in twentieths of a point."""
    return [round(length.mm) for length in lengths if length]


def test_pages_are_those_of_the_decree_and_numbered_from_the_second_on(file: File) -> None:
    first, appendix, across = file.sections
    assert in_mm(first.page_width, first.page_height, first.left_margin) == [210, 297, 30]
    assert in_mm(across.page_width, across.page_height) == [297, 210]
    for section in file.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header.paragraphs[0]._p.xml
        assert section.first_page_header.paragraphs[0].text == ""
    assert appendix._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_our_own_reader_reads_the_words_and_the_table_back() -> None:
    blocks = read_docx(write_docx(REPORT))
    tables = [block for block in blocks if isinstance(block, Table)]
    rows = next(table.rows for table in tables if table.rows[0][0] == "TT")
    assert rows[2] == ("1", "Rà soát văn bản đợt 1", "1.250,5", "05/06/2026")
    numbered = [
        f"{block.number or ''} {block.text}".strip() for block in blocks if not isinstance(block, Table)
    ]
    for words in ("I. CHỈ ĐẠO, ĐIỀU HÀNH", "1. Cải cách thể chế", "a) Ban hành văn bản", "- Gạch thứ nhất"):
        assert words in numbered


def test_words_that_no_xml_can_hold_are_left_out_and_the_file_opens() -> None:
    document = msgspec.structs.replace(REPORT, blocks=(Paragraph(("trước\x00\x07\ufffe sau <b>",)),))
    assert line(docx.Document(io.BytesIO(write_docx(document))), "trước").text == "trước sau <b>"


def test_the_last_rows_of_a_table_stay_together_and_those_that_end_the_text_with_the_signature() -> None:
    rows = docx.Document(io.BytesIO(write_docx(ACROSS))).tables[1].rows
    assert rows[-3].cells[1].paragraphs[0].paragraph_format.keep_with_next is None
    kept = [line.paragraph_format.keep_with_next for row in rows[-2:] for line in row.cells[1].paragraphs]
    assert kept == [True, True]


def test_cells_have_styles_of_their_own_by_what_they_hold(file: File) -> None:
    head, group, row = file.tables[1].rows[0], file.tables[1].rows[1], file.tables[1].rows[2]
    assert {cell.paragraphs[0].style.name for cell in head.cells} == {"Đầu bảng"}
    assert group.cells[0].paragraphs[0].style.name == "Nhóm trong bảng"
    styles = [cell.paragraphs[0].style for cell in row.cells]
    assert [style.name for style in styles] == [
        "Số trong bảng", "Chữ trong bảng", "Số trong bảng", "Ngày trong bảng",
    ]  # fmt: skip
    assert {style.font.size for style in styles} == {Pt(12)}


def test_a_style_is_not_looked_for_anew_in_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    searches: list[object] = []

    def search(part: DocumentPart, style: object, kind: object) -> str | None:
        searches.append(style)
        return part.styles.get_style_id(style, kind)

    monkeypatch.setattr(DocumentPart, "get_style_id", search)
    counts = []
    for length in (1, 40):
        searches.clear()
        lines = (Paragraph(("Một dòng.",)), Listing((("Một ý.",),))) * length
        write_docx(msgspec.structs.replace(ACROSS, blocks=lines))
        counts.append(len(searches))
    assert counts[0] == counts[1]
