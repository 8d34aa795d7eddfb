"""What a decision may ask: the directory, the settings and the plan, as they are now."""

from datetime import date
from functools import partial

from sqlite_utils import Database

from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.cards import items
from cchc_flow.workflow.commands import DecisionContext


def facts(db: Database, today: date, plan: str | None = None) -> DecisionContext:
    """Return what is known on a day, with the closing day of a plan."""
    everybody = directory.people(db)
    active = [one for one in everybody if one.active]
    return DecisionContext(
        units={unit.id: unit.name for unit in directory.units(db) if unit.active},
        people={one.id: one.unit for one in active},
        names={one.id: one.name for one in everybody},
        roles={one.id: one.roles for one in active},
        today=today,
        settings=settings.effective_settings(db),
        closing_day=plans.closing_day(db, plan),
        kind_of=partial(_kind_of, db),
    )


def _kind_of(db: Database, item_id: str) -> str | None:
    known = items.find_item(db, item_id)
    return known.kind if known else None
