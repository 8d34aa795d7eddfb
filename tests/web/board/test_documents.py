"""Lists as files, and the letter to a unit whose work is late."""

import io

import docx
import openpyxl
import pytest
from support.dividing import MINE, distribute
from support.pdf_pages import Pages
from support.world import ASSIGN, TASK, World
from web.conftest import Send

from cchc_flow import commands


@pytest.fixture
def late(world: World) -> World:
    """A commune in which a task of the economic office is five days late."""
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-03-05"})
    world.take("lan", "start")
    world.wait(days=8)
    return world


def lines_of(content: bytes) -> list[str]:
    return [line.text for line in docx.Document(io.BytesIO(content)).paragraphs]


def test_a_list_is_had_as_pdf_word_and_excel_with_what_its_page_shows(late: World, get: Send) -> None:
    page = get("hoa", "items?figure=open_late&unit=phong-kinh-te").text
    for ending in ("pdf", "docx", "xlsx"):
        assert f"documents/work-list.{ending}?" in page
    assert " download" not in page  # a browser would keep a refusal as a file, and show nothing
    listed = get("hoa", "documents/work-list.pdf?figure=open_late&unit=phong-kinh-te")
    assert listed.mimetype == "application/pdf"
    assert listed.headers["Content-Disposition"] == 'attachment; filename="xa-mau-danh-sach.pdf"'
    text = " ".join(Pages(listed.data).text(0).split())
    assert "ỦY BAN NHÂN DÂN XÃ MẪU" in text and "Quá hạn 5 ngày" in text
    assert "1 III.2.3.1 Rà soát thủ tục Phòng Kinh tế" in text
    assert "Công khai thủ tục" not in text  # it has no unit yet
    sheet = openpyxl.load_workbook(
        io.BytesIO(get("hoa", "documents/work-list.xlsx?figure=open_late").data)
    ).active
    assert sheet is not None
    assert [sheet.cell(5, column).value for column in (1, 2, 3)] == [1, "III.2.10", "Công khai thủ tục"]
    assert "DANH SÁCH" in lines_of(get("hoa", "documents/work-list.docx").data)


def test_rows_stand_below_their_areas_in_the_order_of_the_plan(world: World, get: Send) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(get("hoa", "documents/work-list.xlsx").data)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=5)] == [
        "1. Cải cách thể chế",
        1,
        "2. Cải cách thủ tục hành chính",
        2,
        3,
    ]


def test_the_letter_urges_a_unit_and_lists_what_is_late(late: World, get: Send) -> None:
    assert "documents/urging-letter.docx?unit=phong-kinh-te" in get("hoa", "items?unit=phong-kinh-te").text
    letter = get("hoa", "documents/urging-letter.docx?unit=phong-kinh-te").data
    lines = lines_of(letter)
    assert "Kính gửi: Phòng Kinh tế" in lines
    assert any(
        "Phòng Kinh tế được giao 1 nhiệm vụ; đã hoàn thành 0, còn 1 nhiệm vụ quá hạn" in line
        for line in lines
    )
    assert "NHIỆM VỤ QUÁ HẠN" in lines
    table = docx.Document(io.BytesIO(letter)).tables[-1]
    assert [cell.text for cell in table.rows[1].cells][:3] == ["1", "III.2.3.1", "Rà soát thủ tục"]


def test_only_the_late_parts_of_a_unit_are_in_its_letter(world: World, get: Send) -> None:
    distribute(world, due="2026-03-05")
    world.wait(days=8)
    letter = get("hoa", "documents/urging-letter.docx?unit=phong-kinh-te").data
    assert len(docx.Document(io.BytesIO(letter)).tables[-1].rows) == 2
    assert MINE != TASK


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Phó Chủ tịch UBND", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Phạm Nam"]),
        ("Chủ tịch UBND", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phạm Nam"]),
    ],
)
def test_a_deputy_signs_for_the_chairman(late: World, get: Send, title: str, lines: list[str]) -> None:
    commands.change_person(late.ws, "nam", "Phạm Nam", title, None, True, late.order())
    letter = docx.Document(io.BytesIO(get("hoa", "documents/urging-letter.docx?unit=phong-kinh-te").data))
    signed = [line.text for line in letter.tables[1].rows[0].cells[1].paragraphs if line.text]
    assert signed == lines


def test_a_unit_without_late_work_gets_no_letter(world: World, get: Send) -> None:
    assert "urging-letter" not in get("hoa", "items?unit=phong-kinh-te").text
    answer = get("hoa", "documents/urging-letter.pdf?unit=tram-y-te")
    assert answer.status_code == 422 and "Trạm Y tế không có công việc nào quá hạn." in answer.text
    unknown = get("hoa", "documents/urging-letter.pdf?unit=khong-co")
    assert unknown.status_code == 422 and "Đơn vị này không có trong danh bạ." in unknown.text


def test_an_ending_that_is_none_of_the_formats_is_not_found(world: World, get: Send) -> None:
    assert get("hoa", "documents/work-list.exe").status_code == 404


def test_a_list_that_is_too_long_for_a_document_is_refused_in_words(
    world: World, get: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.web.board.documents.MOST", 2)
    answer = get("hoa", "documents/work-list.pdf")
    assert answer.status_code == 422 and "Danh sách có 3 mục, quá dài cho một văn bản." in answer.text


def test_the_plan_itself_is_had_as_a_document(world: World, get: Send) -> None:
    page = get("lan", "plans/2026").text
    assert "plans/2026/document.pdf" in page
    lines = lines_of(get("lan", "plans/2026/document.docx").data)
    assert "KẾ HOẠCH" in lines and "III. Nhiệm vụ cải cách hành chính" not in lines
    assert get("lan", "plans/2031/document.docx").status_code == 404
    assert get("lan", "plans/2026/document.txt").status_code == 404
