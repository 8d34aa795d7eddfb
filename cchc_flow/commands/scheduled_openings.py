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
from cchc_flow.workflow.parts import day_at_birth
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.settings.values import Reporting
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
    """Yield the changes that open the reports of the periods that run, one for each unit.

    One that opens after its day, because the program stood still until then, has a day of its own; none is
    opened that was not owed on its day.
    """
    plan, now = plans.plan_of_year(db, today.year), settings.effective_settings(db)
    if plan is None:
        return
    units = [unit for unit in directory.units(db) if unit.active]
    workflow = workflows.newest_workflow(db, "report")
    for name, due in _report_days(plan, now.reporting):
        ids = {unit: report_id(plan, unit, name) for unit in units}
        missing = [unit for unit in units if items.find_item(db, ids[unit]) is None]
        if due.replace(day=1) > today or not missing:
            continue
        reporting = now.reporting if due >= today else settings.settings_of_day(db, due).reporting
        given = day_at_birth(due, today, now, date.fromisoformat(plan.closing_day)) or due
        for unit in missing:
            if _is_expected(plan, unit, (name, due), reporting):
                opening = _open_report(workflow, plan, unit, (periods.parse(name), given))
                yield NewEvents(stream_of(ids[unit]), 0, (opening,))


def report_id(plan: Plan, unit: Unit, period: str) -> str:
    """Return the id of a unit's report on a period."""
    return f"{plan.id}-report:{unit.id}:{period}"


def _report_days(plan: Plan, reporting: Reporting) -> list[tuple[str, date]]:
    return reporting_days(
        plan.year,
        reporting.monthly_day,
        reporting.period_day,
        all_months=reporting.all_months,
        nine_months=reporting.nine_months,
    )


def _is_expected(plan: Plan, unit: Unit, report: tuple[str, date], reporting: Reporting) -> bool:
    """Tell whether a unit owes a report (period and due day) by the settings `reporting` of its day.

    The plan and the unit were there by then.
    """
    period, due = report
    is_asked = period in dict(_report_days(plan, reporting))
    is_named = not reporting.units or unit.id in reporting.units
    return is_asked and is_named and due.isoformat() >= max(plan.since, unit.last_since)


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
