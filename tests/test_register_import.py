"""A register filled from a table: what columns and cells may be, all or nothing, and files that do harm."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from support.forms import hidden
from support.plugging import plugged
from support.visitors import Site
from support.world import World

from cchc_flow.commands import WrongRows
from cchc_flow.errors import BadInput, NotAllowed, NotFound
from cchc_flow.plugins import administrative_procedures
from cchc_flow.projections.cards import items
from cchc_flow.register_import import MOST_BYTES, MOST_ROWS, fill_register
from cchc_flow.workflow.item import Item

UNIT = "phong-kinh-te"
HEAD = ("Tên", "Đơn vị chủ trì", "Mã phản ánh, kiến nghị", "Ngày tiếp nhận", "Tiếp nhận qua")
ROAD = ("Đường thôn 3 hỏng", "Phòng Kinh tế", "PA-1", "01/03/2026", "Trực tiếp")
LAMP = ("Đèn đường hỏng", UNIT, "PA-2", "2026-03-02", "portal")


@pytest.fixture
def centre(tmp_path: Path) -> World:
    """A commune with the registers of administrative procedures."""
    plugins = plugged(administrative_procedures=administrative_procedures)
    return World(tmp_path / "data", plugins=plugins).settle()


def entries(centre: World, kind: str) -> list[Item]:
    return items.items_of_kind(centre.ws.read(), kind)


def sheet(*lines: Sequence[Any]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(list(line))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text(*lines: Sequence[str], delimiter: str = ",") -> bytes:
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines).encode("utf-8-sig")


def fill(centre: World, content: bytes, name: str = "bang.csv", kind: str = "feedback") -> int:
    return fill_register(centre.ws, kind, name, content, centre.order("lan"))


def assert_refused(
    centre: World, why: str, content: bytes, name: str = "bang.csv", kind: str = "feedback"
) -> None:
    size = centre.ws.log.size()
    with pytest.raises(BadInput, match=why):
        fill(centre, content, name, kind)
    assert centre.ws.log.size() == size


# What is read


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_line_of_a_csv_is_an_entry_and_its_consequences_follow(centre: World, delimiter: str) -> None:
    assert fill(centre, text(HEAD, ROAD, LAMP, delimiter=delimiter)) == 2
    by_code = {entry.fields["code"]: entry for entry in entries(centre, "feedback")}
    road = by_code["PA-1"]
    assert (road.title, road.lead, road.fields["received_on"]) == ("Đường thôn 3 hỏng", UNIT, "2026-03-01")
    assert (road.fields["channel"], by_code["PA-2"].fields["channel"]) == ("in_person", "portal")
    assert road.due == "2026-03-23"  # the clock that the area sets


def test_a_sheet_gives_days_and_numbers_as_somebody_would_type_them(centre: World) -> None:
    head = ("title", "lead", "period", "Hồ sơ tiếp nhận", "online", "Tổng chi phí tuân thủ hiện nay (đồng)")
    january = ("Tháng 1", UNIT, "2026-01", 1000, 400.0, 1234.5)
    fill(centre, sheet(head, january), "so-lieu.xlsx", "service_figures")
    fields = entries(centre, "service_figures")[0].fields
    assert (fields["received"], fields["online"], fields["cost_now"]) == ("1000", "400", "1234.5")
    day = ("Đèn", UNIT, "PA-3", datetime(2026, 3, 1), "portal")  # noqa: DTZ001  # a cell knows no zone
    fill(centre, sheet(HEAD, day, ("Cầu", UNIT, "PA-4", date(2026, 3, 2), "portal")), "pa.xlsx")
    assert {entry.fields["received_on"] for entry in entries(centre, "feedback")} == {
        "2026-03-01",
        "2026-03-02",
    }


@pytest.mark.parametrize("unit", ["PHÒNG KINH TẾ", "p. kinh te", "P.Kinh tế", UNIT])
def test_a_unit_is_written_in_a_table_as_people_do(centre: World, unit: str) -> None:
    fill(centre, text(HEAD, (ROAD[0], unit, *ROAD[2:])))
    assert entries(centre, "feedback")[0].lead == UNIT


@pytest.mark.parametrize("cell", ["2026-03", "3/2026", "Tháng 3/2026", date(2026, 3, 1)])
def test_a_month_is_written_in_a_table_as_people_do(centre: World, cell: object) -> None:
    head = ("title", "lead", "Kỳ", "received")
    fill(centre, sheet(head, ("Tháng 3", UNIT, cell, 10)), "so-lieu.xlsx", "service_figures")
    assert entries(centre, "service_figures")[0].fields["period"] == "2026-03"


def test_a_task_is_named_in_a_table_by_its_number_in_the_plan(centre: World) -> None:
    fill(centre, text((*HEAD, "Nhiệm vụ của kế hoạch"), (*ROAD, "iii.2.3.1")))
    assert entries(centre, "feedback")[0].fields["task"] == "2026-III.2.3.1"
    assert_refused(centre, "không có nhiệm vụ này", text((*HEAD, "task"), (*LAMP, "III.9.9")))


def test_empty_lines_and_columns_without_a_heading_are_passed_over(centre: World) -> None:
    lines = ((*HEAD, ""), ("", "", "", "", "", ""), (*ROAD, "ghi chú riêng"))
    assert fill(centre, text(*lines)) == 1


def test_a_formula_is_not_executed(centre: World) -> None:
    line = ("=HYPERLINK(1)", UNIT, "PA-1", "2026-03-02", "portal")
    why = "Dòng 2: Hãy nhập tên: ô A2 là công thức chưa có kết quả"
    assert_refused(centre, why, sheet(HEAD, line), "bang.xlsx")


# All or nothing


def test_one_wrong_line_keeps_all_out_and_each_has_its_sentence(centre: World) -> None:
    late = ("Cầu hỏng", UNIT, "PA-3", "05/03/2026", "portal")
    nobody = ("Cầu hỏng", "Phòng Ma", "PA-4", "", "bồ câu")
    size = centre.ws.log.size()
    with pytest.raises(WrongRows) as refusal:
        fill(centre, text(HEAD, ROAD, late, nobody))
    assert centre.ws.log.size() == size
    first, second = refusal.value.rows
    assert first.startswith("Dòng 3: Ngày tiếp nhận (05/03/2026) chưa tới.")
    assert second.startswith("Dòng 4: Đơn vị chủ trì: đơn vị này không có trong danh bạ.")
    assert "Hãy nhập ngày tiếp nhận." in second and "Tiếp nhận qua: phải chọn" in second


def test_lines_are_held_to_the_rules_beside_those_before_them(centre: World) -> None:
    assert_refused(centre, "Dòng 3: Phản ánh PA-1 đã có trong sổ", text(HEAD, ROAD, ROAD))
    head = ("title", "lead", "period", "received")
    months = (("Tháng 1", UNIT, "2026-01", "10"), ("Quý I", UNIT, "2026-Q1", "30"))
    assert_refused(centre, "Dòng 3: Số liệu quý I/2026 trùng", text(head, *months), kind="service_figures")


def test_no_more_than_twenty_wrong_lines_are_told(centre: World) -> None:
    with pytest.raises(WrongRows) as refusal:
        fill(centre, text(HEAD, *[("", UNIT, "", "", "")] * 25))
    assert len(refusal.value.rows) == 21 and refusal.value.rows[-1] == "Còn 5 dòng khác chưa đúng."


def test_the_same_order_fills_a_register_once(centre: World) -> None:
    order = centre.order("lan")
    for _ in range(2):
        fill_register(centre.ws, "feedback", "bang.csv", text(HEAD, ROAD, LAMP), order)
    assert len(entries(centre, "feedback")) == 2


def test_who_may_not_write_an_entry_may_not_write_many(centre: World) -> None:
    with pytest.raises(NotAllowed):
        fill_register(centre.ws, "feedback", "bang.csv", text(HEAD, ROAD), centre.order("thu"))
    with pytest.raises(NotFound):
        fill(centre, text(HEAD, ROAD), kind="task")


# What is no table


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (41 * 1024 * 1024))
    return buffer.getvalue()


def damaged() -> bytes:
    """Return a package whose first part cannot be unpacked: the list of its parts is whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(range(200)) * 20)
    content = bytearray(buffer.getvalue())
    content[45:75] = b"\xff" * 30
    return bytes(content)


def with_entities(encoding: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(encoding))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bang.xlsx", b"PK\x03\x04 nonsense", "bị hỏng hoặc không phải tệp Excel"),
        ("bang.xlsx", damaged(), "bị hỏng hoặc không phải tệp Excel"),
        ("bang.xlsx", bomb(), "giải nén ra quá lớn"),
        ("bang.xlsx", with_entities("utf-8"), "khai báo thực thể XML"),
        ("bang.xlsx", with_entities("utf-16"), "khai báo thực thể XML"),
        ("bang.csv", "Tên\nĐường".encode("utf-16"), "không phải UTF-8"),
        ("bang.ods", b"PK", "Không đọc được loại tệp"),
        ("bang.csv", b"a" * (MOST_BYTES + 1), "lớn quá 2 MB"),
        ("bang.csv", b"", "không có dòng số liệu nào"),
        ("bang.csv", text(HEAD), "không có dòng số liệu nào"),
        ("bang.csv", text(HEAD, *[ROAD] * (MOST_ROWS + 1)), f"hơn {MOST_ROWS} dòng"),
        ("bang.csv", b"\n" * 6000, "hơn 5000 dòng"),
        ("bang.csv", text((*HEAD, "Màu"), (*ROAD, "đỏ")), "Sổ không có cột «Màu». Các cột của sổ: Tên;"),
        ("bang.csv", text((*HEAD, "Tên"), (*ROAD, "A")), "Cột «Tên» có hai lần"),
    ],
    ids=[
        "broken",
        "damaged",
        "bomb",
        "utf-8 entities",
        "utf-16 entities",
        "utf-16 text",
        "ods",
        "big",
        "empty",
        "only a head",
        "rows",
        "blank rows",
        "unknown column",
        "column twice",
    ],
)
def test_what_cannot_be_read_is_refused_in_words(centre: World, name: str, content: bytes, why: str) -> None:
    assert_refused(centre, why, content, name)


# Terminal and page


def test_the_command_fills_a_register(
    centre: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cchc_flow.cli import run

    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: centre.ws.now)
    table = tmp_path / "bang.csv"
    table.write_bytes(text(HEAD, ROAD))
    wrong = tmp_path / "sai.csv"
    wrong.write_bytes(text((*HEAD, "Màu"), (*ROAD, "đỏ")))
    base = ["--data", str(centre.data), "--as", "hoa", "register", "import", "feedback"]
    assert run([*base, str(table)]) == 0 and run([*base, str(wrong)]) == 2
    said = capsys.readouterr().out
    assert said.startswith("Lưu ý: Cột «Ngày tiếp nhận», dòng 2: ngày viết được hiểu theo hai cách;")
    assert said.endswith("Đã ghi 1 dòng vào sổ «feedback».\n")
    assert [entry.fields["code"] for entry in entries(centre, "feedback")] == ["PA-1"]


def upload(site: Site, content: bytes, visitor: FlaskClient | None = None) -> Any:
    page, action = "/xa-mau/areas/registers/feedback/new", "/xa-mau/areas/registers/feedback/tables"
    visitor = visitor or site.visitor("lan")
    given = hidden(visitor.get(page).text, action) | {"table": (io.BytesIO(content), "bang.csv")}
    return visitor.post(action, data=given)


@pytest.fixture
def site(centre: World) -> Site:
    return Site(centre.ws)


def test_a_table_is_uploaded_on_the_page_of_the_register(centre: World, site: Site) -> None:
    assert upload(site, text(HEAD, ROAD, LAMP)).status_code == 303
    assert len(entries(centre, "feedback")) == 2
    answer = upload(site, text(HEAD, ROAD))
    assert answer.status_code == 422 and "<li>Dòng 2: Phản ánh PA-1 đã có trong sổ." in answer.text
    assert "Chưa chọn tệp" in upload(site, b"").text


def test_what_was_left_out_of_a_table_is_told_on_the_page(centre: World, site: Site) -> None:
    line = (*ROAD[:3], "01/02/2026", ROAD[4])
    visitor = site.visitor("lan")
    assert upload(site, text((*HEAD, ""), (*line, "riêng")), visitor).status_code == 303
    page = visitor.get("/xa-mau/board?kind=feedback").text
    assert (
        '<p class="toast lasting">Đã ghi 1 dòng vào sổ' in page
        and "«01/02/2026» là ngày 1 tháng 2 năm 2026" in page
    )
    assert "Cột 6 không có tên nên không được đọc; có nội dung ở dòng 2." in page
    answer = upload(site, text((*HEAD, ""), (*ROAD, "riêng"), ROAD))
    assert answer.status_code == 422 and "<li>Cột 6 không có tên nên không được đọc" in answer.text


def test_an_empty_table_with_the_columns_is_there_to_fill_in(site: Site) -> None:
    answer = site.visitor("lan").get("/xa-mau/areas/registers/feedback/table.csv")
    assert answer.data.decode("utf-8-sig").startswith("Tên,Đơn vị chủ trì,Hạn,")
    assert "attachment" in answer.headers["Content-Disposition"]
