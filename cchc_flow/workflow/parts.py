"""The parts of a whole: one for each unit and period, each an item with a life of its own. Pure."""

from collections.abc import Iterator
from datetime import date

import msgspec

from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import add_working_days, deadline
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.distribution import Distribution
from cchc_flow.workflow.events import Data, ItemAssigned, ItemWeighted
from cchc_flow.workflow.item import WEIGHT, Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import Settings

DAYS_FOR_LATE_WORK = 5
"""There are so many working days for work that opens after its day: a whole is resumed, a unit joins."""


class Part(msgspec.Struct, frozen=True):
    """The unit, period, due day and supporting units of a part; work that is done once has no `period`."""

    unit: str
    period: Period | None
    due: date | None
    support: tuple[str, ...] = ()

    def id_in(self, whole: str) -> str:
        """Return the id of the part's item: the whole's id, the unit and the period, joined by colons."""
        return ":".join(filter(None, (whole, self.unit, self.period.name if self.period else None)))


def begun_parts(distribution: Distribution, today: date, closing_day: date | None) -> Iterator[Part]:
    """Yield the parts whose period has begun by a day, each with its period's day.

    Those of later periods are to come. What is not owed is left out (see `_is_owed`).
    """
    since = date.fromisoformat(distribution.since)
    until = min(today, closing_day) if closing_day else today
    if distribution.cadence not in periods.STEPS:
        due = date.fromisoformat(distribution.due) if distribution.due else None
        yield from (_part(distribution, unit, None, due) for unit in distribution.units)
        return
    for period in periods.periods_between(distribution.cadence, since, until):
        due = periods.day_in(period, distribution.due_day)
        units = [unit for unit in distribution.units if _is_owed(distribution, unit, period)]
        yield from (_part(distribution, unit, period, due) for unit in units)


def _part(distribution: Distribution, unit: str, period: Period | None, due: date | None) -> Part:
    return Part(unit, period, due, support_of_part(distribution, unit))


def support_of_part(distribution: Distribution, unit: str) -> tuple[str, ...]:
    """Return the units that support the part of a unit."""
    return tuple(other for other in distribution.support if other != unit)


def _is_owed(distribution: Distribution, unit: str, period: Period) -> bool:
    """Tell whether a unit owes the part of a period: not if that was over before the unit joined.

    Neither if it came to its end while the whole was suspended.
    """
    end = period.end.isoformat()
    return end >= distribution.joined.get(unit, "") and not any(
        since <= end < until for since, until in distribution.rested
    )


def day_at_birth(due: date | None, today: date, settings: Settings, closing_day: date | None) -> date | None:
    """Return the due day with which work opens today: its own, or for work that opens too late another one.

    Nothing is late at birth: after its day there are DAYS_FOR_LATE_WORK working days for it, at most until
    the plan closes.
    """
    if due is None or deadline(due, settings) >= today:
        return due
    given = add_working_days(today, DAYS_FOR_LATE_WORK, settings.working_days())
    return max(today, min(given, closing_day)) if closing_day else given


def is_last(distribution: Distribution, today: date, closing_day: date | None) -> bool:
    """Tell whether no period is left to begin, so that no part is to come."""
    if distribution.cadence not in periods.STEPS:
        return True
    return closing_day is not None and not any(
        period.begin > today for period in periods.periods_between(distribution.cadence, today, closing_day)
    )


def open_part(whole: Item, part: Part, workflow: Workflow) -> tuple[Data, ...]:
    """Return the events that open a part and assign it to its unit, with the weight that its whole has.

    A weight that was set before the work was divided is what each part counts as, until its own is set.
    """
    due = part.due.isoformat() if part.due else None
    opening = open_item(
        workflow,
        title=whole.title,
        text=whole.text,
        plan=whole.plan,
        parent=whole.id,
        unit=part.unit,
        period=part.period.name if part.period else None,
        ref=whole.ref,
        area=whole.area,
        heading=whole.heading,
        product=whole.product,
        due=due,
    )
    assignment = ItemAssigned(
        from_=opening.to,
        to="assigned",
        lead=part.unit,
        support=part.support,
        officer=None,
        due=due,
        cadence=None,
    )
    weighing = () if whole.weight == WEIGHT else (ItemWeighted(weight=whole.weight),)
    return opening, *weighing, assignment
