"""Days: local, working, reporting, and how a due day reads."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.calendar import (
    Badge,
    add_working_days,
    badge,
    day_of,
    end_of_day,
    is_working_day,
    local_day,
    moment_words,
    next_working_day,
    reporting_days,
)

DUE = date(2026, 6, 30)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def test_the_local_day_begins_at_seventeen_hours_utc() -> None:
    assert day_of("2026-03-01T16:59:59.999999Z") == date(2026, 3, 1)
    assert day_of("2026-03-01T17:00:00.000000Z") == date(2026, 3, 2)


def test_a_day_ends_when_the_next_local_day_begins() -> None:
    assert end_of_day(date(2026, 3, 1)) == datetime(2026, 3, 1, 17, tzinfo=UTC)
    assert local_day(end_of_day(date(2026, 3, 1))) == date(2026, 3, 2)


def test_a_moment_reads_as_an_official_writes_it() -> None:
    assert moment_words("2026-02-05T07:05:00.000000Z") == "14 giờ 05 ngày 05/02/2026"


@pytest.mark.parametrize(
    ("today", "kind", "words"),
    [
        (date(2026, 6, 1), "in_time", "Hạn 30/06/2026"),
        (date(2026, 6, 26), "in_time", "Hạn 30/06/2026"),
        (date(2026, 6, 27), "soon", "Còn 3 ngày"),
        (date(2026, 6, 30), "soon", "Hạn hôm nay"),
        (date(2026, 7, 1), "late", "Quá hạn 1 ngày"),
    ],
)
def test_an_open_task_reads_by_the_days_that_are_left(today: date, kind: str, words: str) -> None:
    assert badge(DUE, None, today, 3) == Badge(kind, words)


def test_a_done_task_is_never_overdue_again() -> None:
    assert badge(DUE, DUE, date(2027, 1, 1), 3).kind == "done_in_time"
    assert badge(DUE, date(2026, 7, 1), date(2027, 1, 1), 3).kind == "done_late"


def test_a_task_without_a_due_day_says_so() -> None:
    assert badge(None, None, DUE, 3).words == "Không đặt hạn"


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 17), False),  # mồng 1 Tết
        (date(2026, 4, 27), False),  # nghỉ bù Giỗ Tổ
        (date(2026, 8, 22), True),  # thứ Bảy làm bù
        (date(2026, 8, 31), False),  # nghỉ hoán đổi
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam
        (date(2026, 11, 28), False),  # thứ Bảy
    ],
)
def test_offices_work_as_the_calendar_of_the_state_says(day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


def test_a_change_of_the_commune_goes_before_the_rule() -> None:
    saturday = date(2026, 11, 28)
    assert is_working_day(saturday, {saturday: True})


def test_the_first_working_day_after_new_year_is_after_the_whole_holiday() -> None:
    assert next_working_day(date(2026, 2, 15)) == date(2026, 2, 23)


@given(days, st.integers(0, 30))
def test_adding_working_days_lands_on_one_and_counts_them(day: date, count: int) -> None:
    end = add_working_days(day, count)
    start = next_working_day(day)
    between = [date.fromordinal(number) for number in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == count


def test_a_stream_of_reports_has_twelve_days_a_year() -> None:
    days_of_2026 = dict(reporting_days(2026, 15, 10))
    assert len(days_of_2026) == 12
    assert days_of_2026["2026-02"] == date(2026, 2, 15)
    assert days_of_2026["2026-Q1"] == date(2026, 3, 10)
    assert days_of_2026["2026"] == date(2026, 12, 10)
    assert "2026-03" not in days_of_2026
