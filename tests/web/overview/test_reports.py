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


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def row(page: str, period: str) -> str:
    """Return the words of the row of the calendar that is about a period."""
    found = re.search(
        rf'<th scope="row">(?:<a [^>]*>)?{re.escape(period)}(?:</a>)?</th>.*?</tr>', page, re.DOTALL
    )
    assert found
    return words_of(found[0])


def states(page: str, period: str) -> list[str]:
    """Return the words of the cells of a period, one for each unit."""
    cells = re.findall(rf'<td data-title="{re.escape(period)}" class="state">(.*?)</td>', page, re.DOTALL)
    return [words_of(cell) for cell in cells]


def test_each_period_has_its_window_and_its_due_days(reporting: World, get: Send) -> None:
    page = get("hoa", "reports").text
    assert row(page, "Quý I/2026").startswith(
        "Quý I/2026 15/12/2025 – 14/03/2026 10/03/2026 (ước) 0/3 20/03/2026"
    )
    assert row(page, "Tháng 4/2026").startswith(
        "Tháng 4/2026 15/03/2026 – 14/04/2026 15/04/2026 – 25/04/2026"
    )


def test_each_unit_has_a_row_with_its_state_in_each_period(reporting: World, get: Send) -> None:
    page = get("hoa", "reports").text
    assert 'title="Trạm Y tế"' in page
    assert [words.split(" Hạn")[0] for words in states(page, "Quý I/2026")] == ["Chưa nộp"] * 3
    assert states(page, "Tháng 4/2026") == ["Chưa đến kỳ"] * 3
    assert 'title="Quý I/2026">Q.I</abbr>' in page


def test_a_report_leads_to_its_page_and_tells_that_it_was_in_time(reporting: World, get: Send) -> None:
    reporting.take("lan", "submit", MARCH, result="Đã báo cáo.", evidence=[])
    page = get("hoa", "reports").text
    assert states(page, "Quý I/2026")[0].startswith("Chờ tiếp nhận") and " 0/3 " in row(page, "Quý I/2026")
    reporting.take("hoa", "accept", MARCH)
    page = get("hoa", "reports").text
    assert f'href="/xa-mau/items/{MARCH.replace(":", "%3A")}"' in page or f"items/{MARCH}" in page
    assert states(page, "Quý I/2026")[0] == "Đúng hạn" and " 1/3 " in row(page, "Quý I/2026")


def test_who_was_excused_owes_no_report(reporting: World, get: Send) -> None:
    reporting.take("hoa", "excuse", MARCH, reason="Nghỉ hè.")
    page = get("hoa", "reports").text
    assert states(page, "Quý I/2026")[0] == "Được miễn" and " 0/2 " in row(page, "Quý I/2026")


def test_what_came_back_says_so(reporting: World, get: Send) -> None:
    reporting.take("lan", "submit", MARCH, result="Đã báo cáo.", evidence=[])
    reporting.take("hoa", "return", MARCH, reason="Thiếu số liệu.", defects=1)
    assert states(get("hoa", "reports").text, "Quý I/2026")[0].startswith("Bị trả lại")


def test_a_unit_does_not_owe_what_was_due_before_the_plan_was_there(reporting: World, get: Send) -> None:
    assert states(get("hoa", "reports").text, "Tháng 1/2026") == ["Không phải nộp"] * 3


def test_the_table_of_a_past_day_is_that_of_its_end(reporting: World, get: Send) -> None:
    reporting.wait(days=3)
    reporting.take("lan", "submit", MARCH, result="Đã báo cáo.", evidence=[])
    page = get("hoa", "reports?as_of=2026-03-03").text
    assert all(words.startswith("Chưa nộp") for words in states(page, "Quý I/2026"))
    assert "Tính đến hết ngày 03/03/2026" in page


def test_what_the_commune_owes_stands_beside_it_with_the_traps_of_the_year(
    reporting: World, get: Send
) -> None:
    rolls = {"roll": True, "before_is_exclusive": True, "soon": 3}
    commands.change_setting(reporting.ws, "deadlines", rolls, "1/QĐ-UBND", reporting.order("hoa"))
    page = get("hoa", "reports").text
    assert "26/01/2026 (từ 25/01/2026)" in row(page, "Tháng 1/2026")
    assert "hạn đến trước khi hết kỳ số liệu (quý I/2026" in page
    assert "hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo" in page


def test_without_a_plan_the_page_says_when_reports_are_opened(new_world: World) -> None:
    commands.add_person(new_world.ws, "an", "Hồ An", None, None, new_world.order(), roles=["coordinator"])
    assert "Chưa có kế hoạch nào" in Site(new_world.ws).visitor("an").get("/xa-mau/reports").text


def test_the_overview_and_the_board_of_reports_lead_to_the_table(reporting: World, get: Send) -> None:
    assert "/xa-mau/reports" in get("hoa", "overview").text
    assert "/xa-mau/reports" in get("hoa", "board?kind=report").text
