"""The parts of a whole: one for each unit and period, each an item with a life of its own. Pure."""

from collections.abc import Iterator
from datetime import date

import msgspec

from cchc_flow.workflow import periods
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import Data, ItemAssigned
from cchc_flow.workflow.item import Distribution, Item
from cchc_flow.workflow.periods import Period


class Part(msgspec.Struct, frozen=True):
    """The unit, period and due day of a part; work that is done once has no `period`."""

    unit: str
    period: Period | None
    due: date | None

    def id_in(self, whole: str) -> str:
        """Return the id of the part's item: the whole's id, the unit and the period, joined by colons."""
        return ":".join(filter(None, (whole, self.unit, self.period.name if self.period else None)))


def begun_parts(distribution: Distribution, today: date, closing_day: date | None) -> Iterator[Part]:
    """Yield the parts whose period has begun by a day; those of later periods are to come."""
    since = date.fromisoformat(distribution.since)
    until = min(today, closing_day) if closing_day else today
    if distribution.cadence not in periods.STEPS:
        due = date.fromisoformat(distribution.due) if distribution.due else None
        yield from (Part(unit, None, due) for unit in distribution.units)
        return
    for period in periods.periods_between(distribution.cadence, since, until):
        due = periods.day_in(period, distribution.due_day)
        yield from (Part(unit, period, due) for unit in distribution.units)


def is_last(distribution: Distribution, today: date, closing_day: date | None) -> bool:
    """Tell whether no period is left to begin, so that no part is to come."""
    if distribution.cadence not in periods.STEPS:
        return True
    return closing_day is not None and not any(
        period.begin > today for period in periods.periods_between(distribution.cadence, today, closing_day)
    )


def open_part(whole: Item, part: Part, workflow: Workflow) -> tuple[Data, ...]:
    """Return the events that open a part and assign it to its unit."""
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
        from_=opening.to, to="assigned", lead=part.unit, support=(), officer=None, due=due, cadence=None
    )
    return opening, assignment
