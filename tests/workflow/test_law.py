"""Values that hold from a day on: each day has the value of its day, whatever is decided for later days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.law import Edition, begin, edition_on, merge_editions, value_on

OLD = Edition("7", "Luật 2015")
NEW = Edition("10", "Luật 64/2025/QH15, Điều 53", date(2025, 4, 1), checked=True)
COMING = Edition("12", "Luật sửa đổi", date(2027, 1, 1), checked=False)
OWN = Edition("15", "QĐ 9/QĐ-UBND", date(2026, 3, 2), checked=True)

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
editions = st.builds(Edition, st.sampled_from("123456789"), st.just("nguồn"), st.none() | days)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2025, 3, 31), "7"),
        (date(2025, 4, 1), "10"),
        (date(2026, 12, 31), "10"),
        (date(2027, 1, 1), "12"),
    ],
)
def test_a_value_holds_from_its_first_day_to_the_day_before_the_next(day: date, value: str) -> None:
    assert edition_on((NEW, COMING, OLD), day).value == value


def test_before_the_first_day_of_all_the_earliest_value_counts() -> None:
    assert edition_on((COMING, NEW), date(2020, 1, 1)) == NEW


def test_a_value_of_the_commune_stays_in_force_when_the_law_changes() -> None:
    assert merge_editions((OLD, NEW, COMING), (OWN,)) == (OLD, NEW, OWN)


def test_of_two_values_for_one_day_the_one_recorded_later_counts() -> None:
    second = Edition("20", "QĐ 10", OWN.since)
    assert merge_editions((OLD,), (OWN, second)) == (OLD, second)


@given(st.lists(editions, min_size=1, max_size=5), st.lists(editions, max_size=5), days, st.integers(1, 400))
def test_the_value_on_a_day_never_depends_on_what_is_decided_for_later_days(
    general: list[Edition], own: list[Edition], day: date, later: int
) -> None:
    before = value_on(general, own, day)
    coming = Edition("99", "quyết định sau", day + timedelta(days=later))
    if any((one.since or date.min) <= day for one in general):  # else the coming one may be the first of all
        assert value_on([*general, coming], own, day) == before
    assert value_on(general, [*own, coming], day) == before


@given(st.lists(editions, min_size=1, max_size=5), st.lists(editions, max_size=5), days)
def test_the_list_of_editions_agrees_with_the_value_of_each_day(
    general: list[Edition], own: list[Edition], day: date
) -> None:
    begun = [edition for edition in merge_editions(general, own) if begin(edition) <= day]
    assert not begun or begun[-1] == value_on(general, own, day)
