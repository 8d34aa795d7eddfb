"""Periods: how they are written, said, and follow each other."""

import itertools
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.errors import BadInput
from cchc_flow.workflow import periods
from cchc_flow.workflow.periods import STEPS

years = st.integers(1990, 2100)
cadences = st.sampled_from(sorted(STEPS))
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2026-03", "T3"),
        ("2026-Q4", "Q.IV"),
        ("2026-H1", "6T đầu"),
        ("2026-H2", "6T cuối"),
        ("2026-9M", "9T"),
        ("2026", "năm 2026"),
        ("2025-Q4", "Q.IV/2025"),
        ("2025-12", "T12/2025"),
    ],
)
def test_a_card_tells_a_period_in_short_and_its_year_only_if_that_is_another(name: str, words: str) -> None:
    assert periods.parse(name).short_words(2026) == words


@pytest.mark.parametrize(
    ("name", "begin", "end", "words"),
    [
        ("2026-03", "2026-03-01", "2026-03-31", "tháng 3/2026"),
        ("2026-02", "2026-02-01", "2026-02-28", "tháng 2/2026"),
        ("2026-12", "2026-12-01", "2026-12-31", "tháng 12/2026"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "quý I/2026"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quý IV/2026"),
        ("2026-H1", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
        ("2026-H2", "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        ("2026-9M", "2026-01-01", "2026-09-30", "9 tháng năm 2026"),
        ("2026", "2026-01-01", "2026-12-31", "năm 2026"),
    ],
)
def test_a_period_is_written_and_said_as_officials_do(name: str, begin: str, end: str, words: str) -> None:
    period = periods.parse(name)
    assert (period.begin.isoformat(), period.end.isoformat(), period.words()) == (begin, end, words)
    assert period.name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-3",
        "2026-Q5",
        "2026-H3",
        "26-03",
        "0000",
        "tháng 3",
        "2026-03-01",
        "2026\n",
        "9999",
        "9999-12",
        "٢٠٢٦",
    ],
)
def test_what_is_no_period_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(BadInput, match="2026-Q1"):
        periods.parse(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("2026-q4", "2026-Q4"),
        ("11/2026", "2026-11"),
        ("3/2026", "2026-03"),
        ("Tháng 11/2026", "2026-11"),
        (" tháng  03 / 2026 ", "2026-03"),
        ("tháng 3 năm 2026", "2026-03"),
        ("quý IV/2026", "2026-Q4"),
        ("QUÝ 1 năm 2026", "2026-Q1"),
        (normalize("NFD", "quý II/2026"), "2026-Q2"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("9 tháng năm 2026", "2026-9M"),
        ("9 tháng đầu năm 2026", "2026-9M"),
        ("Năm 2026", "2026"),
    ],
)
def test_a_period_is_understood_as_people_write_it(typed: str, name: str) -> None:
    assert periods.parse_typed(typed).name == name


@pytest.mark.parametrize("typed", ["", "13/2026", "0/2026", "tháng 3", "quý V/2026", "quý 3", "11/26", "năm"])
def test_what_names_no_period_is_not_guessed(typed: str) -> None:
    with pytest.raises(BadInput):
        periods.parse_typed(typed)


@given(st.sampled_from(sorted(periods.SORTS)), days)
def test_a_period_that_is_offered_is_understood_by_its_words(sort: str, today: date) -> None:
    for period in periods.period_choices(sort, today):
        assert periods.parse_typed(period.words()) == period and period.sort == sort


@given(st.sampled_from(sorted(periods.SORTS)), days)
def test_those_that_have_begun_are_offered_newest_first(sort: str, today: date) -> None:
    begun = [period for period in periods.period_choices(sort, today) if period.begin <= today]
    assert begun and begun == sorted(begun, reverse=True)


@given(st.sampled_from(sorted(periods.SORTS)), days)
def test_of_those_to_come_the_next_year_alone_is_offered(sort: str, today: date) -> None:
    coming = [period.name for period in periods.period_choices(sort, today) if period.begin > today]
    assert coming == ([str(today.year + 1)] if sort == "year" else [])


def test_the_months_of_this_year_and_the_last_are_offered() -> None:
    months = [period.name for period in periods.period_choices("month", date(2026, 3, 2))]
    last_year = [f"2025-{month:02}" for month in range(12, 0, -1)]
    assert months == ["2026-03", "2026-02", "2026-01", *last_year]
    halves = [period.name for period in periods.period_choices("half", date(2026, 3, 2))]
    assert halves == ["2026-H1", "2025-H2", "2025-H1"]


@given(cadences, years)
def test_the_periods_of_a_cadence_fill_the_year_without_gap_or_overlap(cadence: str, year: int) -> None:
    of_year = periods.cadence_periods(cadence, year)
    assert len(of_year) == 12 // STEPS[cadence]
    assert (of_year[0].begin, of_year[-1].end) == (date(year, 1, 1), date(year, 12, 31))
    for period, following in itertools.pairwise(of_year):
        assert period.end + timedelta(days=1) == following.begin


@given(cadences, years)
def test_each_period_of_a_cadence_reads_back_from_its_name(cadence: str, year: int) -> None:
    assert [
        periods.parse(period.name) for period in periods.cadence_periods(cadence, year)
    ] == periods.cadence_periods(cadence, year)


def test_work_that_is_done_once_has_no_periods() -> None:
    assert periods.cadence_periods("once", 2026) == []
    assert periods.cadence_periods("of a later release", 2026) == []


@given(cadences, days, days)
def test_the_periods_between_two_days_are_those_that_run_on_some_day_of_them(
    cadence: str, first_day: date, second_day: date
) -> None:
    since, until = sorted((first_day, second_day))
    near = [period for year in range(2024, 2029) for period in periods.cadence_periods(cadence, year)]
    running = [period for period in near if period.end >= since and period.begin <= until]
    assert list(periods.periods_between(cadence, since, until)) == running


@given(cadences, years, st.none() | st.integers(-5, 40))
def test_the_day_in_a_period_lies_in_its_last_month(cadence: str, year: int, day: int | None) -> None:
    for period in periods.cadence_periods(cadence, year):
        result = periods.day_in(period, day)
        assert (result.year, result.month) == (year, period.last)
        assert result == period.end if day is None or day > period.end.day else result.day == max(1, day)


@given(st.dates())
def test_the_last_day_of_a_month_is_followed_by_a_first(day: date) -> None:
    if (day.year, day.month) != (9999, 12):
        last = periods.last_day(day.year, day.month)
        assert (last.year, last.month, (last + timedelta(days=1)).day) == (day.year, day.month, 1)
