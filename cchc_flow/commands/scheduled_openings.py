"""Openings by the calendar: the parts of each period that begins, and the units' reports, each once."""

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.commands import channels
from cchc_flow.commands.parts import finish_whole, open_missing_parts
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.projections import directory, plans, settings, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.plans import Plan
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import local_day, reporting_days
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import ItemOpened
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workspace import Workspace

CLOCK = "system:clock"


class OpenedWork(msgspec.Struct, frozen=True):
    """How many parts and reports were opened, and how many wholes were finished."""

    parts: int
    reports: int
    finished: int


def open_scheduled_work(ws: Workspace) -> OpenedWork:
    """Open the parts and reports that have begun by now; it may be called at any time, by many at once."""
    parts = finished = 0
    for whole in items.unfinished_wholes(ws.read()):
        opened, is_finished = _update_whole(ws, whole.id)
        parts, finished = parts + opened, finished + is_finished
    return OpenedWork(parts, _open_reports(ws), finished)


def _update_whole(ws: Workspace, whole_id: str) -> tuple[int, bool]:
    """Open the parts of a whole that have begun, or finish it; return how many, and whether it ended."""
    opened, is_finished = 0, False

    def decide_commit(uow: UnitOfWork) -> Commit:
        nonlocal opened, is_finished
        changes = _due_changes(uow, uow.load(whole_id).item)
        is_finished = bool(changes) and changes[0].stream == stream_of(whole_id)
        opened = 0 if is_finished else len(changes)
        return Commit(changes)

    write(
        ws, Order(CLOCK, f"system:{ws.new_id()}", channel=channels.CLOCK), ["parts", whole_id], decide_commit
    )
    return opened, is_finished


def _due_changes(uow: UnitOfWork, whole: Item) -> list[NewEvents]:
    """Return the changes that open missing parts of a whole; if there are none, those that finish it."""
    if whole.state != "distributed" or whole.distribution is None:
        return []
    context = uow.context(whole.plan)
    return open_missing_parts(uow, whole, whole.distribution, context) or finish_whole(uow, whole, context)


def _open_reports(ws: Workspace) -> int:
    """Open the reports of the periods that have begun; return how many."""
    opened = 0

    def decide_commit(uow: UnitOfWork) -> Commit:
        nonlocal opened
        changes = list(_due_reports(uow.db, local_day(ws.now())))
        opened = len(changes)
        return Commit(changes)

    write(ws, Order(CLOCK, f"system:{ws.new_id()}", channel=channels.CLOCK), ["reports"], decide_commit)
    return opened


def _due_reports(db: Database, today: date) -> Iterator[NewEvents]:
    """Yield the changes that open the reports of the periods that run, one for each unit."""
    plan, reporting = plans.plan_of_year(db, today.year), settings.effective_settings(db).reporting
    if plan is None:
        return
    units = [
        unit
        for unit in directory.units(db)
        if unit.active and (not reporting.units or unit.id in reporting.units)
    ]
    workflow = workflows.newest_workflow(db, "report")
    days = reporting_days(plan.year, reporting.monthly_day, reporting.period_day, reporting.all_months)
    for name, due in days:
        if due.replace(day=1) > today:
            continue
        for unit in units:
            item_id = report_id(plan, unit, name)
            if _is_expected(plan, unit, due) and items.find_item(db, item_id) is None:
                opening = _open_report(workflow, plan, unit, (periods.parse(name), due))
                yield NewEvents(stream_of(item_id), 0, (opening,))


def report_id(plan: Plan, unit: Unit, period: str) -> str:
    """Return the id of a unit's report on a period."""
    return f"{plan.id}-report:{unit.id}:{period}"


def _is_expected(plan: Plan, unit: Unit, due: date) -> bool:
    """Tell whether a unit reports for a due day: the plan and the unit were both there by then."""
    return due.isoformat() >= max(plan.since, unit.since)


def _open_report(workflow: Workflow, plan: Plan, unit: Unit, when: tuple[Period, date]) -> ItemOpened:
    period, due = when
    title = f"Báo cáo cải cách hành chính {period.words()}"
    return open_item(
        workflow,
        title=title,
        text=f"{title} của {unit.name}.",
        plan=plan.id,
        unit=unit.id,
        period=period.name,
        due=due.isoformat(),
    )
