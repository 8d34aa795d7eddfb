"""What the calendar opens: the parts of a period that begins, and the units' reports, each once."""

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.items import facts_for
from cchc_flow.commands.parts import completed, missing_parts
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Order, Writing, write
from cchc_flow.eventlog.port import Change
from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.plans import Plan
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import local_day, reporting_days
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workspace import Workspace

CLOCK = "system:clock"


class Opened(msgspec.Struct, frozen=True):
    """How many parts and reports were opened, and how many wholes came to their end."""

    parts: int
    reports: int
    finished: int


def keep_up(ws: Workspace) -> Opened:
    """Open what the calendar asks for by now; may be called as often as one likes, by many at once."""
    parts = finished = 0
    for whole in items.unfinished_wholes(ws.read()):
        opened, ended = _keep_up(ws, whole.id)
        parts, finished = parts + opened, finished + ended
    return Opened(parts, _open_reports(ws), finished)


def _keep_up(ws: Workspace, whole_id: str) -> tuple[int, int]:
    """Return how many parts of a whole were opened, and whether it ended."""
    made: list[int] = [0, 0]

    def once() -> Writing:
        db = ws.read()
        whole = items.item(db, whole_id)
        changes = _due(ws, db, whole)
        is_end = bool(changes) and changes[0].stream == stream_of(whole_id)
        made[:] = [0, 1] if is_end else [len(changes), 0]
        return Writing(changes)

    write(ws, Order(CLOCK, f"system:{ws.new_id()}"), ["parts", whole_id], once)
    return made[0], made[1]


def _due(ws: Workspace, db: Database, whole: Item) -> list[Change]:
    if whole.state != "distributed" or whole.distribution is None:
        return []
    facts = facts_for(ws, db, whole.plan)
    return missing_parts(db, whole, whole.distribution, facts) or completed(db, whole, facts)


def _open_reports(ws: Workspace) -> int:
    made = [0]

    def once() -> Writing:
        changes = list(_reports(ws, ws.read()))
        made[0] = len(changes)
        return Writing(changes)

    write(ws, Order(CLOCK, f"system:{ws.new_id()}"), ["reports"], once)
    return made[0]


def _reports(ws: Workspace, db: Database) -> Iterator[Change]:
    """Yield the changes that open the reports of the periods that run, one for each unit."""
    today, rules = local_day(ws.now()), settings.effective_settings(db).reporting
    plan = plans.plan_of_year(db, today.year)
    if plan is None:
        return
    units = [
        unit for unit in directory.units(db) if unit.active and (not rules.units or unit.id in rules.units)
    ]
    workflow = workflows.newest_workflow(db, "report")
    for name, due in reporting_days(plan.year, rules.monthly_day, rules.period_day, rules.all_months):
        if due.replace(day=1) > today:
            continue
        for unit in units:
            item_id = report_id(plan, unit, name)
            if _is_asked(plan, unit, due) and not _exists(db, item_id):
                content = _report(plan, unit, periods.parse(name), due)
                yield Change(stream_of(item_id), 0, (open_item(workflow, content),))


def report_id(plan: Plan, unit: Unit, period: str) -> str:
    """Return the id of a unit's report on a period."""
    return f"{plan.id}-report:{unit.id}:{period}"


def _is_asked(plan: Plan, unit: Unit, due: date) -> bool:
    """A unit reports from the day on which the plan, and it itself, were there."""
    return due.isoformat() >= max(plan.since, unit.since)


def _exists(db: Database, item_id: str) -> bool:
    return db.execute("SELECT 1 FROM items WHERE id = ?", [item_id]).fetchone() is not None


def _report(plan: Plan, unit: Unit, period: Period, due: date) -> dict[str, object]:
    title = f"Báo cáo cải cách hành chính {period.words()}"
    empty = ("parent", "ref", "area", "heading", "product", "cadence", "suggested_lead")
    return dict.fromkeys(empty) | {
        "plan": plan.id,
        "unit": unit.id,
        "period": period.name,
        "title": title,
        "text": f"{title} của {unit.name}.",
        "due": due.isoformat(),
        "fields": {},
    }
