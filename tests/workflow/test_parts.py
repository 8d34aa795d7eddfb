"""Which parts a whole has on a day, and with what they begin."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.story import Story

from cchc_flow.workflow import parts, periods
from cchc_flow.workflow.distribution import Distribution
from cchc_flow.workflow.events import ItemAssigned, ItemOpened, ItemWeighted
from cchc_flow.workflow.parts import Part
from cchc_flow.workflow.task import TASK

CLOSING = date(2026, 12, 31)
days = st.dates(date(2026, 1, 1), date(2027, 6, 30))
cadences = st.sampled_from(["monthly", "quarterly", "half_yearly", "yearly"])


def distribution_of(cadence: str = "once", since: str = "2026-01-15", **how: Any) -> Distribution:
    return Distribution(("kinh-te", "tram-y-te"), cadence, since, how.get("due"), how.get("due_day"))


def names(distribution: Distribution, today: str) -> list[tuple[str, str | None]]:
    wanted = parts.begun_parts(distribution, date.fromisoformat(today), CLOSING)
    return [(part.unit, part.period.name if part.period else None) for part in wanted]


def test_work_that_is_done_once_has_one_part_for_each_unit_at_once() -> None:
    assert names(distribution_of(), "2026-01-15") == [("kinh-te", None), ("tram-y-te", None)]
    wanted = list(parts.begun_parts(distribution_of(due="2026-05-05"), CLOSING, CLOSING))
    assert {part.due for part in wanted} == {date(2026, 5, 5)}
    assert {part.due for part in parts.begun_parts(distribution_of(), CLOSING, CLOSING)} == {None}


def test_a_matrix_grows_by_a_row_of_units_when_a_period_begins() -> None:
    both = ["kinh-te", "tram-y-te"]
    assert names(distribution_of("quarterly"), "2026-03-31") == [(unit, "2026-Q1") for unit in both]
    assert names(distribution_of("quarterly"), "2026-04-01")[2:] == [(unit, "2026-Q2") for unit in both]


@pytest.mark.parametrize(
    ("due_day", "due"), [(None, "2026-03-31"), (31, "2026-03-31"), (20, "2026-03-20"), (1, "2026-03-01")]
)
def test_a_part_is_due_in_the_last_month_of_its_period(due_day: int | None, due: str) -> None:
    part = next(parts.begun_parts(distribution_of("quarterly", due_day=due_day), date(2026, 2, 1), CLOSING))
    assert part.due == date.fromisoformat(due)


@given(cadences, days, days)
def test_parts_never_go_away_as_time_passes(cadence: str, first_day: date, second_day: date) -> None:
    early, late = sorted((first_day, second_day))
    earlier = list(parts.begun_parts(distribution_of(cadence), early, CLOSING))
    assert list(parts.begun_parts(distribution_of(cadence), late, CLOSING))[: len(earlier)] == earlier


@given(cadences, days)
def test_a_part_begins_with_its_period_and_none_after_the_plan(cadence: str, today: date) -> None:
    for part in parts.begun_parts(distribution_of(cadence), today, CLOSING):
        assert part.period is not None
        assert part.period.begin <= min(today, CLOSING)
        assert part.period.end >= date(2026, 1, 15)


@given(cadences, days)
def test_it_is_the_last_period_exactly_when_waiting_brings_no_more(cadence: str, today: date) -> None:
    now = list(parts.begun_parts(distribution_of(cadence), today, CLOSING))
    ever = list(parts.begun_parts(distribution_of(cadence), date(2030, 1, 1), CLOSING))
    assert parts.is_last(distribution_of(cadence), today, CLOSING) == (now == ever)


def test_work_that_is_done_once_has_no_period_to_come() -> None:
    assert parts.is_last(distribution_of(), date(2026, 1, 15), CLOSING)


def test_without_a_plan_recurring_work_never_ends_by_itself() -> None:
    assert not parts.is_last(distribution_of("yearly"), date(2031, 1, 1), None)


def test_the_id_of_a_part_is_that_of_the_whole_with_its_key() -> None:
    assert Part("kinh-te", periods.parse("2026-Q1"), None).id_in("2026-III.1") == "2026-III.1:kinh-te:2026-Q1"
    assert Part("kinh-te", None, None).id_in("2026-III.1") == "2026-III.1:kinh-te"


def test_a_part_begins_assigned_to_its_unit_with_the_words_of_the_whole() -> None:
    whole = Story().it
    part = Part("kinh-te", periods.parse("2026-03"), date(2026, 3, 20))
    opened, assigned = parts.open_part(whole, part, TASK)
    assert isinstance(opened, ItemOpened) and isinstance(assigned, ItemAssigned)
    assert {
        name: getattr(opened, name) for name in ("parent", "unit", "period", "due", "ref", "title", "plan")
    } == {
        "parent": whole.id,
        "unit": "kinh-te",
        "period": "2026-03",
        "due": "2026-03-20",
        "ref": whole.ref,
        "title": whole.title,
        "plan": whole.plan,
    }
    assert (assigned.from_, assigned.to, assigned.lead) == ("planned", "assigned", "kinh-te")


def test_a_part_weighs_what_its_whole_weighed_before_it_was_divided() -> None:
    whole, part = msgspec.structs.replace(Story().it, weight="2.5"), Part("kinh-te", None, None)
    _, weighed, assigned = parts.open_part(whole, part, TASK)
    assert weighed == ItemWeighted(weight="2.5") and isinstance(assigned, ItemAssigned)
