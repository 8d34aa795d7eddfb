"""Days: local, working, reporting, and how a due day reads."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.calendar import (
    Badge,
    add_working_days,
    badge,
    calendar_days,
    day_of,
    deadline,
    due_words,
    end_of_day,
    is_working_day,
    last_working_day,
    local_day,
    moment_words,
    next_working_day,
    parse_day,
    public_holidays,
    reporting_days,
    reporting_window,
    undecided_sentence,
)
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Calendar, Day, Deadlines, Settings

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


@given(days)
def test_a_day_is_typed_as_people_or_as_machines_write_it(day: date) -> None:
    for mark in "/-.":
        assert parse_day(f"{day:%d{mark}%m{mark}%Y}") == day
        assert parse_day(mark.join((str(day.day), str(day.month), str(day.year)))) == day
    assert parse_day(f"{day:%d%m%Y}") == parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "words", ["", "31/06/2026", "13/25/2026", "25/01/26", "5/12", "hôm nay", "25-01/2026", "31022026"]
)
def test_what_is_no_day_is_not_guessed(words: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_day(words)


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


def test_a_change_of_the_commune_goes_before_the_rule_both_ways() -> None:
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    changes = {saturday: True, monday: False}
    assert is_working_day(saturday, changes)
    assert not is_working_day(monday, changes)
    assert next_working_day(date(2026, 11, 29), changes) == date(2026, 12, 1)
    assert add_working_days(saturday, 1, changes) == date(2026, 12, 1)


def test_the_25th_of_january_2026_is_a_sunday_and_means_monday_only_where_days_roll() -> None:
    sunday = date(2026, 1, 25)
    assert deadline(sunday, Settings()) == sunday
    assert deadline(sunday, Settings(deadlines=Deadlines(roll=True))) == date(2026, 1, 26)


def test_a_due_day_reads_with_the_day_that_counts_only_where_they_differ() -> None:
    sunday, monday = date(2026, 1, 25), date(2026, 1, 26)
    assert due_words(monday, monday) == "26/01/2026"
    assert due_words(sunday, monday) == "25/01/2026 (ngày nghỉ, tính đến 26/01/2026)"


def test_a_day_rolls_over_what_the_commune_closed_and_onto_what_it_opened() -> None:
    roll = Deadlines(roll=True)
    closed = Calendar((Day(date(2026, 1, 26), False, "Nghỉ bão"),))
    opened = Calendar((Day(date(2026, 1, 25), True, "Làm bù"),))
    assert deadline(date(2026, 1, 25), Settings(deadlines=roll, calendar=closed)) == date(2026, 1, 27)
    assert deadline(date(2026, 1, 25), Settings(deadlines=roll, calendar=opened)) == date(2026, 1, 25)


def test_the_last_day_there_is_rolls_nowhere() -> None:
    assert next_working_day(date.max, {date.max: False}) == date.max


@given(days, st.dictionaries(days, st.booleans(), max_size=40))
def test_the_next_working_day_is_the_first_on_which_offices_work(
    day: date, changes: dict[date, bool]
) -> None:
    working_day = next_working_day(day, changes)
    skipped = [date.fromordinal(number) for number in range(day.toordinal(), working_day.toordinal())]
    assert is_working_day(working_day, changes)
    assert not any(is_working_day(day, changes) for day in skipped)


def test_the_last_working_day_is_the_day_itself_or_the_nearest_before() -> None:
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    assert last_working_day(friday) == last_working_day(sunday) == friday
    assert last_working_day(sunday, {friday: False}) == date(2026, 11, 26)
    assert last_working_day(date.min, {date.min: False}) == date.min


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


def test_september_reports_the_third_quarter_and_nine_months_only_where_that_is_asked() -> None:
    assert dict(reporting_days(2026, 15, 10))["2026-Q3"] == date(2026, 9, 10)
    asked = dict(reporting_days(2026, 15, 10, nine_months=True))
    assert asked["2026-9M"] == date(2026, 9, 10) and "2026-Q3" not in asked


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-02", date(2026, 1, 15), date(2026, 2, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_the_figures_of_a_period_run_from_the_15th_to_the_14th(period: str, first: date, last: date) -> None:
    assert reporting_window(parse(period), 15) == (first, last)


@given(st.integers(1, 31), st.integers(2024, 2028))
def test_the_windows_of_the_months_leave_no_day_out_and_count_none_twice(begins_on: int, year: int) -> None:
    windows = [reporting_window(parse(f"{year}-{month:02}"), begins_on) for month in range(1, 13)]
    for (_, last), (first, _) in pairwise(windows):
        assert (first - last).days == 1


@given(st.integers(1, 31), st.integers(1, 31))
def test_a_day_that_a_month_lacks_is_its_last(monthly: int, period: int) -> None:
    due_days = dict(reporting_days(2026, monthly, period, all_months=True))
    assert len(due_days) == 16
    assert due_days["2026-02"] == date(2026, 2, min(monthly, 28))
    assert due_days["2026-H1"] == date(2026, 6, min(period, 30))


def test_the_second_of_january_2026_was_exchanged_for_a_saturday() -> None:
    second, tenth = date(2026, 1, 2), date(2026, 1, 10)
    assert (is_working_day(second), is_working_day(tenth)) == (False, True)
    assert next_working_day(date(2026, 1, 1)) == date(2026, 1, 5)
    assert add_working_days(date(2026, 1, 9), 1) == tenth
    days = {day.day: day for day in calendar_days(2026, Settings())}
    assert days[second].source == days[tenth].source == "Công văn 12729/VPCP-KGVX ngày 25/12/2025"


def test_a_year_that_the_state_has_not_announced_is_told() -> None:
    assert [undecided_sentence(year) for year in (2025, 2026, 2027)] == [""] * 3
    assert "lịch nghỉ năm 2028 do Nhà nước công bố: các ngày nghỉ của năm là dự kiến" in undecided_sentence(
        2028
    )
    assert {day.is_expected for day in calendar_days(2028, Settings())} == {True}
    assert {day.is_expected for day in calendar_days(2027, Settings())} == {False}


def test_a_last_day_that_rests_on_a_day_off_not_announced_yet_says_so() -> None:
    assert due_words(date(2027, 9, 2), date(2027, 9, 6)) == "02/09/2027 (ngày nghỉ, tính đến 06/09/2027)"
    assert due_words(date(2028, 9, 1), date(2028, 9, 5)) == (
        "01/09/2028 (ngày nghỉ dự kiến, tính đến 05/09/2028)"
    )
    assert due_words(date(2028, 9, 9), date(2028, 9, 11)) == "09/09/2028 (ngày nghỉ, tính đến 11/09/2028)"


def test_plugins_of_earlier_releases_find_the_days_off_under_their_old_name() -> None:
    assert public_holidays(2026)[date(2026, 1, 2)].startswith("Nghỉ Tết Dương lịch")
    assert date(2026, 1, 10) not in public_holidays(2026)
