"""The adopted plans and their areas."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.workflow.adopted_plan import adopted_plan
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import Deadline

SCHEMA = """
CREATE TEMP TABLE plans (
    id TEXT PRIMARY KEY, year INTEGER NOT NULL, title TEXT NOT NULL, number TEXT, issuer TEXT,
    closing_day TEXT NOT NULL, document_digest TEXT NOT NULL, position INTEGER NOT NULL, since TEXT NOT NULL
) STRICT;
CREATE TEMP TABLE areas (
    plan TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (plan, code)
) STRICT;
CREATE TEMP TABLE plan_deadlines (
    plan TEXT NOT NULL, kind TEXT NOT NULL, who TEXT, "to" TEXT, date TEXT, monthly_day INTEGER,
    period_day INTEGER, text TEXT NOT NULL
) STRICT;
"""


class Plan(msgspec.Struct, frozen=True):
    """An adopted plan; `position` and the day `since` are those of its event.

    `document_digest` is the hex SHA-256 of its document.
    """

    id: str
    year: int
    title: str
    number: str | None
    issuer: str | None
    closing_day: str
    document_digest: str
    position: int
    since: str


class PlanArea(msgspec.Struct, frozen=True):
    """A reform area of a plan; `code` is its number there."""

    plan: str
    code: str
    title: str


@kept_until_event_of("plan")
def plans(db: Database) -> list[Plan]:
    """Return the adopted plans, the newest year first."""
    return [Plan(**row) for row in db.query("SELECT * FROM plans ORDER BY year DESC")]


def find_plan(db: Database, plan_id: str | None) -> Plan | None:
    """Return an adopted plan by its id, or None."""
    return next((plan for plan in plans(db) if plan.id == plan_id), None)


def plan_of_year(db: Database, year: int) -> Plan | None:
    """Return the adopted plan of a year, or None."""
    return next((plan for plan in plans(db) if plan.year == year), None)


def plan_of_day(db: Database, day: date) -> Plan | None:
    """Return the plan in force on a day: that of its year, else of the last year before, else of the next.

    None while there is no plan at all. That of a later year, adopted ahead, does not take the day's work.
    """
    begun = [plan for plan in plans(db) if plan.year <= day.year]
    return next(iter(begun or plans(db)[::-1]), None)


def plan_of_work(db: Database, years: Iterable[int], today: date) -> Plan | None:
    """Return the plan of the first of some years that has one, else the plan that is in force today."""
    own = (plan for year in years if (plan := plan_of_year(db, year)))
    return next(own, None) or plan_of_day(db, today)


def closing_day(db: Database, plan: str | None) -> date | None:
    """Return the last day of a plan, or None if there is no such plan."""
    return _closing_days(db).get(plan)


@kept_until_event_of("plan")
def _closing_days(db: Database) -> Mapping[str | None, date]:
    return {plan.id: date.fromisoformat(plan.closing_day) for plan in plans(db)}


def areas(db: Database, plan: str | None = None) -> list[PlanArea]:
    """Return the areas of a plan, or of all plans (None), in the order of the document."""
    return [area for area in _all_areas(db) if plan in (None, area.plan)]


@kept_until_event_of("plan")
def _all_areas(db: Database) -> list[PlanArea]:
    return [PlanArea(**row) for row in db.query("SELECT * FROM areas ORDER BY rowid")]


def deadlines(db: Database, plan: str | None) -> list[Deadline]:
    """Return the deadlines for reports that a plan states, in the order of the document."""
    return [deadline for owner, deadline in _all_deadlines(db) if owner == plan]


@kept_until_event_of("plan")
def _all_deadlines(db: Database) -> list[tuple[str, Deadline]]:
    rows = db.query("SELECT * FROM plan_deadlines ORDER BY rowid")
    return [(row.pop("plan"), Deadline(**row)) for row in rows]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the rows of a plan when it is adopted; other events are ignored."""
    if data := adopted_plan(event.type, event.data):
        db.execute(
            "INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                data.plan,
                data.year,
                data.title,
                data.number,
                data.issuer,
                data.closing_day,
                data.document_digest,
                event.position,
                day_of(event.recordedtime).isoformat(),
            ],
        )
        for area in data.areas:
            db.execute("INSERT INTO areas VALUES (?, ?, ?)", [data.plan, area.code, area.title])
        for deadline in data.deadlines:
            values = [data.plan, *msgspec.structs.astuple(deadline)]
            db.execute("INSERT INTO plan_deadlines VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
