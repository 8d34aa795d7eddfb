"""The context of a decision, read from the directory, the settings and the plans as they are now."""

from datetime import date
from functools import partial

from sqlite_utils import Database

from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.cards import items
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow.commands import DecisionContext


def decision_context(db: Database, today: date, plan: str | None = None) -> DecisionContext:
    """Return what a decision on a day about an item of a plan may know."""
    units, people, names, roles = _directory(db)
    return DecisionContext(
        units=units,
        people=people,
        names=names,
        roles=roles,
        today=today,
        settings=settings.effective_settings(db),
        closing_day=plans.closing_day(db, plan),
        kind_of=partial(_kind_of, db),
    )


Directory = tuple[dict[str, str], dict[str, str | None], dict[str, str], dict[str, frozenset[str]]]


@kept_until_event_of("directory")
def _directory(db: Database) -> Directory:
    """Return active units' names, active people's units, everybody's names, active people's roles, by id."""
    people = directory.people(db)
    active = [person for person in people if person.active]
    return (
        {unit.id: unit.name for unit in directory.units(db) if unit.active},
        {person.id: person.unit for person in active},
        {person.id: person.name for person in people},
        {person.id: person.roles for person in active},
    )


def _kind_of(db: Database, item_id: str) -> str | None:
    """Return the kind of an item, None when there is no item with that id."""
    item = items.find_item(db, item_id)
    return item.kind if item else None
