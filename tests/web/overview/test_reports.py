"""The table of periods and units: who has reported, who owes what, and what to mind."""

import re

import pytest
from support.visitors import Site
from support.world import World
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.commands.scheduled_openings import open_scheduled_work

MARCH = "2026-report:phong-kinh-te:2026-Q1"


@pytest.fixture
def reporting(world: World) -> World:
    """A commune in March whose reports on the first quarter are open."""
    open_scheduled_work(world.ws)
    return world


def row(page: str, period: str) -> str:
    """Return the words of the first row that begins with a period."""
    found = re.search(rf'<th scope="row">{re.escape(period)}.*?</tr>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_each_period_has_its_window_its_due_day_and_each_units_state(reporting: World, get: Send) -> None:
    page = get("hoa", "reports").text
    assert 'title="Trạm Y tế"' in page
    first = row(page, "Quý I/2026")
    assert first.startswith("Quý I/2026 15/12/2025 – 14/03/2026 10/03/2026 (ước) Chưa nộp")
    assert first.count("Chưa nộp") == 3
    assert row(page, "Tháng 4/2026").count("Chưa đến kỳ") == 3


def test_a_report_leads_to_its_page_and_tells_that_it_was_in_time(reporting: World, get: Send) -> None:
    reporting.take("lan", "submit", MARCH, result="Đã báo cáo.", evidence=[])
    assert "Chờ tiếp nhận" in row(get("hoa", "reports").text, "Quý I/2026")
    reporting.take("hoa", "accept", MARCH)
    page = get("hoa", "reports").text
    assert f'href="/xa-mau/items/{MARCH.replace(":", "%3A")}"' in page or f"items/{MARCH}" in page
    assert row(page, "Quý I/2026").count("Xong đúng hạn") == 1


def test_what_came_back_says_so(reporting: World, get: Send) -> None:
    reporting.take("lan", "submit", MARCH, result="Đã báo cáo.", evidence=[])
    reporting.take("hoa", "return", MARCH, reason="Thiếu số liệu.", defects=1)
    assert "Bị trả lại" in row(get("hoa", "reports").text, "Quý I/2026")


def test_a_unit_does_not_owe_what_was_due_before_the_plan_was_there(reporting: World, get: Send) -> None:
    assert row(get("hoa", "reports").text, "Tháng 1/2026").count("Không phải nộp") == 3


def test_the_table_of_a_past_day_is_that_of_its_end(reporting: World, get: Send) -> None:
    reporting.wait(days=3)
    reporting.take("lan", "submit", MARCH, result="Đã báo cáo.", evidence=[])
    page = get("hoa", "reports?as_of=2026-03-03").text
    assert row(page, "Quý I/2026").count("Chưa nộp") == 3
    assert "Tính đến hết ngày 03/03/2026" in page


def test_what_the_commune_owes_stands_below_with_the_traps_of_the_year(reporting: World, get: Send) -> None:
    rolls = {"roll": True, "before_is_exclusive": True, "soon": 3}
    commands.change_setting(reporting.ws, "deadlines", rolls, "1/QĐ-UBND", reporting.order("hoa"))
    page = get("hoa", "reports").text
    upward = page[page.index("UBND xã báo cáo Sở Nội vụ") :]
    assert "26/01/2026 (từ 25/01/2026)" in row(upward, "Tháng 1/2026")
    assert "hạn đến trước khi hết kỳ số liệu (quý I/2026" in upward
    assert "hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo" in upward


def test_without_a_plan_the_page_says_when_reports_are_opened(new_world: World) -> None:
    commands.add_person(new_world.ws, "an", "Hồ An", None, None, new_world.order(), roles=["coordinator"])
    assert "Chưa có kế hoạch nào" in Site(new_world.ws).visitor("an").get("/xa-mau/reports").text


def test_the_overview_and_the_board_of_reports_lead_to_the_table(reporting: World, get: Send) -> None:
    assert "/xa-mau/reports" in get("hoa", "overview").text
    assert "/xa-mau/reports" in get("hoa", "board?kind=report").text
