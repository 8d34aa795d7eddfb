"""The context of a decision, read from the directory, the settings and the plans as they are now."""

from datetime import date
from functools import partial

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, plans, reading, report_outlines, settings
from cchc_flow.projections.cards import items
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.item import Item


def decision_context(db: Database, today: date, plan: str | None = None) -> DecisionContext:
    """Return what a decision on a day about an item of a plan may know."""
    return msgspec.structs.replace(
        _directory_context(db),
        today=today,
        away=directory.crew(db, today).away,
        settings=settings.effective_settings(db),
        closing_day=plans.closing_day(db, plan),
        kind_of=partial(_kind_of, db),
        may_read=partial(_may_read, db),
        outline_of=partial(report_outlines.report_outline, db),
    )


@kept_until_event_of("directory")
def _directory_context(db: Database) -> DecisionContext:
    """Return a context that knows the directory alone."""
    units, people = directory.units(db), directory.people(db)
    return DecisionContext(
        units={unit.id: unit.name for unit in units if unit.active},
        people={person.id: person.unit for person in people if person.active},
        names={person.id: person.name for person in people},
        roles={person.id: person.roles for person in people if person.active},
        former_units={unit.id: unit.name for unit in units if not unit.active},
        former_people={person.id: person.unit for person in people if not person.active},
        today=date.min,
    )


def _may_read(db: Database, person: str, item: Item) -> bool:
    """Tell whether a person may read an item."""
    return reading.may_read(db, reading.reader_of(db, person), item)


def _kind_of(db: Database, item_id: str) -> str | None:
    """Return the kind of an item, None when there is no item with that id."""
    item = items.find_item(db, item_id)
    return item.kind if item else None
