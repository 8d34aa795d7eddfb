"""The five groups of QĐ 766 and the clocks in working days: pure functions, and what holds of them always."""

from datetime import date
from decimal import Decimal

import pytest
from cchc_flow.plugins.administrative_procedures import clocks
from cchc_flow.plugins.administrative_procedures.score import (
    Group,
    Part,
    Total,
    attainment,
    marks,
    share,
    total,
)
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.calendar import is_working_day

NONE: dict[date, bool] = {}
counts = st.integers(0, 10_000)
thresholds = st.sampled_from([Decimal(50), Decimal(80), Decimal(90), Decimal(100)])
weights = st.sampled_from([Decimal(18), Decimal(20), Decimal(22)])
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def parts(draw: st.DrawFn) -> Part:
    of = draw(counts)
    return Part("Hồ sơ", Decimal(draw(st.integers(0, of))), Decimal(of), draw(thresholds))


@st.composite
def groups(draw: st.DrawFn) -> Group:
    return Group("group", "Nhóm", draw(weights), tuple(draw(st.lists(parts(), min_size=1, max_size=3))))


def group(weight: str, *shares: tuple[int, int, int]) -> Group:
    found = tuple(Part("Hồ sơ", Decimal(done), Decimal(of), Decimal(full)) for done, of, full in shares)
    return Group("group", "Nhóm", Decimal(weight), found)


# Marks, reckoned by hand


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (group("22", (400, 1000, 50)), "17.6"),  # online: 40 of 50 %, so four fifths of 22
        (group("22", (500, 1000, 50)), "22"),  # at the threshold: all
        (group("22", (900, 1000, 50)), "22"),  # beyond it: no more than all
        (group("22", (360, 900, 80), (0, 0, 80)), "11"),  # digitised 40 of 80 %, nothing to use again
        (group("22", (360, 900, 80), (240, 300, 80)), "16.5"),  # half and whole: three quarters of 22
        (group("18", (180, 200, 90)), "18"),  # satisfied: 90 of 90 %
        (group("18", (81, 100, 90)), "16.2"),  # nine tenths
        (group("20", (855, 900, 100)), "19"),  # in time: 95 %
        (group("20", (0, 900, 100)), "0"),
    ],
)
def test_marks_grow_in_a_line_up_to_the_threshold(one: Group, expected: str) -> None:
    assert marks(one) == Decimal(expected)


def test_a_group_without_anything_to_count_has_no_marks_and_takes_none_away() -> None:
    empty, full = group("18", (0, 0, 90)), group("20", (855, 900, 100))
    assert marks(empty) is None
    assert total([empty, full]) == Total(Decimal(19), Decimal(20))
    assert total([empty]) is None


# What holds of all


@given(groups())
def test_marks_lie_between_nothing_and_the_weight(one: Group) -> None:
    found = marks(one)
    assert found is None or 0 <= found <= one.weight


@given(groups())
def test_there_are_no_marks_exactly_where_all_denominators_are_nothing(one: Group) -> None:
    assert (marks(one) is None) == all(part.of == 0 for part in one.parts)


@given(parts())
def test_full_marks_are_reached_exactly_from_the_threshold_on(part: Part) -> None:
    percent = share(part)
    assert (attainment(part) == 1) == (percent is not None and percent >= part.full)


@given(parts(), st.integers(1, 100))
def test_one_more_never_takes_marks(part: Part, more: int) -> None:
    if part.of and part.done + more <= part.of:
        better = Part(part.title, part.done + more, part.of, part.full)
        assert (attainment(better) or 0) >= (attainment(part) or 0)


@given(st.integers(1, 500), st.integers(1, 500), thresholds)
def test_below_the_threshold_half_as_much_brings_half_the_marks(done: int, more: int, full: Decimal) -> None:
    of = Decimal(2 * done + more) * 100 / full
    whole, half = Part("", Decimal(2 * done), of, full), Part("", Decimal(done), of, full)
    first, second = attainment(whole), attainment(half)
    assert first is not None and second is not None and abs(first - 2 * second) < Decimal("1e-20")


@given(st.lists(groups(), max_size=5))
def test_the_total_is_within_what_the_counted_groups_can_bring(found: list[Group]) -> None:
    whole = total(found)
    counted = [one for one in found if marks(one) is not None]
    assert (whole is None) == (not counted)
    if whole:
        assert 0 <= whole.marks <= whole.out_of == sum(one.weight for one in counted)


# Clocks


def test_tet_is_not_counted() -> None:
    # Friday 13/02/2026; offices are closed from Monday 16 to Friday 20/02, so Monday 23 is the first day
    assert clocks.last_day(date(2026, 2, 13), 5, 0, NONE) == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("received", "working_days", "stopped", "last"),
    [
        (date(2026, 3, 2), 2, 0, date(2026, 3, 4)),
        (date(2026, 3, 2), 5, 0, date(2026, 3, 9)),
        (date(2026, 3, 2), 15, 0, date(2026, 3, 23)),
        (date(2026, 3, 2), 15, 4, date(2026, 3, 27)),
        (date(2026, 3, 7), 2, 0, date(2026, 3, 11)),  # Saturday counts as come on Monday
    ],
)
def test_clocks_end_on_a_working_day(received: date, working_days: int, stopped: int, last: date) -> None:
    assert clocks.last_day(received, working_days, stopped, NONE) == last


@given(days, st.integers(1, 30), st.integers(0, 20))
def test_between_receipt_and_last_day_lie_the_days_of_the_clock_and_of_its_rests(
    received: date, allowed: int, stopped: int
) -> None:
    last = clocks.last_day(received, allowed, stopped, NONE)
    begin = clocks.last_day(received, 0, 0, NONE)
    assert is_working_day(last) and clocks.working_days(begin, last, NONE) == allowed + stopped


@given(days, st.integers(0, 30), st.integers(0, 20))
def test_a_rest_never_brings_the_last_day_forward(received: date, allowed: int, stopped: int) -> None:
    rested = clocks.last_day(received, allowed, stopped, NONE)
    assert rested >= clocks.last_day(received, allowed, 0, NONE)


@given(days, days, days)
def test_working_days_add_up(one: date, two: date, three: date) -> None:
    first, second, third = sorted((one, two, three))
    whole = clocks.working_days(first, third, NONE)
    assert whole == clocks.working_days(first, second, NONE) + clocks.working_days(second, third, NONE)
    assert clocks.working_days(third, first, NONE) == 0


@pytest.mark.parametrize(
    ("returned", "supplements", "late"),
    [
        (date(2026, 3, 5), 0, False),
        (date(2026, 3, 5), 1, False),
        (date(2026, 3, 5), 2, True),
        (date(2026, 3, 6), 0, True),
    ],
)
def test_a_dossier_is_late_after_its_promise_or_with_too_many_supplements(
    returned: date, supplements: int, late: bool
) -> None:
    assert clocks.is_late(date(2026, 3, 5), returned, supplements, 1) is late


def test_the_citizens_time_is_subtracted() -> None:
    assert clocks.extended_promise(date(2026, 3, 5), 0, NONE) == date(2026, 3, 5)
    assert clocks.extended_promise(date(2026, 3, 5), 2, NONE) == date(2026, 3, 9)
    assert clocks.extended_promise(date(2026, 3, 7), 0, NONE) == date(2026, 3, 7)
