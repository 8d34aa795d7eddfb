"""The calendar of a month: due days, reports, days off; each number and each «xem cả» opens what it says."""

import re

import pytest
from support.world import ASSIGN, TASKS, World

from cchc_flow.commands import NewTask

MORE = tuple(NewTask(ref=f"III.1.{n}", title=f"Việc số {n}", text="Việc.", area="1") for n in range(2, 9))


@pytest.fixture
def world(new_world: World) -> World:
    """A commune with six tasks that are due on one day in March."""
    world = new_world.settle((*TASKS, *MORE))
    for number in range(2, 8):
        world.take("hoa", "assign", f"2026-III.1.{number}", **ASSIGN | {"due": "2026-03-20"})
    return world


def cell(page: str, day: str) -> str:
    """Return the part of the page about a day."""
    return next(part for part in re.split(r"<td ", page) if f'datetime="{day}"' in part)


def test_a_day_shows_four_items_and_the_way_to_all(world: World, get) -> None:
    day = cell(get("hoa", "calendar").text, "2026-03-20")
    assert re.findall(r"<b class=\"number\">(.*?)</b>", day) == [f"III.1.{n}" for n in range(2, 6)]
    assert "Xem cả 6 nhiệm vụ" in day
    listed = get("hoa", re.search(r'href="/xa-mau/(items\?[^"]*)"', day)[1].replace("&amp;", "&")).text
    assert "<strong>6</strong> nhiệm vụ" in listed and "Hạn ngày 20/03/2026" in listed


def test_weeks_begin_on_monday_and_are_whole(get) -> None:
    page = get("hoa", "calendar?month=2026-03").text
    days = re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)"', page.split("<table")[1])
    assert days[0] == "2026-02-23" and days[-1] == "2026-04-05" and len(days) == 42
    assert page.index("Thứ Hai") < page.index("Chủ nhật")
    assert 'aria-current="date"' in cell(page, "2026-03-02")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-17", "Nghỉ: "),
        ("2026-01-02", "Nghỉ: "),
        ("2026-01-10", "Làm việc: "),
        ("2026-03-10", "Đơn vị nộp báo cáo quý I/2026"),
        ("2026-03-20", "Xã nộp báo cáo lên trên quý I/2026"),
    ],
)
def test_days_off_and_reports_stand_in_their_day(get, day: str, words: str) -> None:
    assert words in cell(get("hoa", f"calendar?month={day[:7]}").text, day)


def test_the_filters_are_those_of_the_board(world: World, get) -> None:
    assert "III.1.2" in get("hoa", "calendar?unit=phong-kinh-te").text
    assert "III.1.2" not in get("hoa", "calendar?unit=tram-y-te").text
    assert "III.1.2" not in get("hoa", "calendar?due=late&month=2026-03").text
    assert "điều kiện lạ «thang»" in get("hoa", "calendar?thang=3").text


@pytest.mark.parametrize("month", ["2026-13", "2026", "1999-01", "x", "2026-3"])
def test_what_is_no_month_is_refused(get, month: str) -> None:
    answer = get("hoa", f"calendar?month={month}")
    assert answer.status_code == 422 and "không phải là một tháng" in answer.text


def test_the_ends_of_the_century_have_no_way_beyond(get) -> None:
    assert "Tháng trước" not in get("hoa", "calendar?month=2000-01").text
    assert "Tháng sau" not in get("hoa", "calendar?month=2099-12").text


def test_a_past_day_shows_the_calendar_as_it_was(world: World, get) -> None:
    world.wait(days=3)
    assert "III.1.2" not in get("hoa", "calendar?as_of=2026-03-01").text
    assert "III.1.2" in get("hoa", "calendar?as_of=2026-03-03").text
