"""The plan to which a new entry of a register belongs: by what it says of itself, not the newest one."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.projections import plans
from cchc_flow.projections.cards import items
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.own_year import own_years


def own_plan(db: Database, asks: Sequence[Field], data: JsonObject, today: date) -> str | None:
    """Return the plan of an entry by its cleaned data (see `own_years`), None while there is no plan."""
    plan = plans.plan_of_work(db, own_years(asks, data, today), today)
    return plan.id if plan else None


def own_plan_of_row(db: Database, asks: Sequence[Field], typed: JsonObject, today: date) -> str | None:
    """Return the plan of an entry by its days and periods as they were typed; what is none is told later."""
    data: JsonObject = {}
    for name, kind in [*((field.name, field.kind) for field in asks), ("due", "day")]:
        words = str(typed.get(name) or "").strip()
        with suppress(ValueError, BadInput):
            if words and kind == "day":
                data[name] = parse_day(words).isoformat()
            if words and kind == "period":
                data[name] = periods.parse_typed(words).name
    return own_plan(db, asks, data, today)


def twin_in_plan(db: Database, task: str, plan: str | None) -> str:
    """Return the task that has the number of another task in this plan, else that other one itself."""
    known: list[Item] = items.top_level_tasks(db)
    ref = next((item.ref for item in known if item.id == task), None)
    return next((item.id for item in known if ref and (item.ref, item.plan) == (ref, plan)), task)
