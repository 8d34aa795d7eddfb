"""The report days of the commune, and what its plan asks for once, as entries of a person's calendar."""

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.directory import Person
from cchc_flow.projections.plans import Plan
from cchc_flow.projections.unit_names import find_unit
from cchc_flow.reporting.commune_reports import commune_reports
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words, due_words
from cchc_flow.workflow.commune_report import report_stream
from cchc_flow.workflow.plan_deadlines import SingleDue, single_dues
from cchc_flow.workflow.reporting import report_schedules

REPORTERS = frozenset({"coordinator", "leader"})
"""Whose calendars have the days on which the commune itself reports."""
LONGEST_SUMMARY = 80
SETTINGS = ("settings-reporting", "settings-calendar", "settings-deadlines")


class DueDay(msgspec.Struct, frozen=True):
    """A day in a calendar: its stable name, the last day in time, its words, the streams it rests on.

    `path` is that of its page, below the workspace.
    """

    name: str
    day: date
    summary: str
    description: str
    streams: tuple[str, ...]
    path: str = "reports"


def report_days(db: Database, person: Person, today: date) -> Iterator[DueDay]:
    """Yield the commune's reports that are still owed, and what the plan asks of the person's unit once.

    A single day leaves the calendar when it has passed: nothing tells whether it was kept.
    """
    plan = plans.plan_of_day(db, today)
    if plan is None:
        return
    if REPORTERS & person.roles:
        yield from _commune_days(db, plan, today)
    exclusive = settings.effective_settings(db).deadlines.before_is_exclusive
    for number, due in enumerate(single_dues(plans.deadlines(db, plan.id), exclusive=exclusive), 1):
        if due.due >= today and _concerns(db, person, due):
            yield _single_day(plan, due, number)


def _commune_days(db: Database, plan: Plan, today: date) -> Iterator[DueDay]:
    _, upward = report_schedules(settings.effective_settings(db), plan.year)
    states = commune_reports(db, plan.id, upward, today)
    for due in upward.dues:
        if states[due.period].stage in ("sent", "unknown"):
            continue
        words = f"Số liệu từ {day_words(due.first)} đến {day_words(due.last)}."
        if due.due != due.deadline:
            words = f"{words} Hạn: {due_words(due.due, due.deadline)}."
        yield DueDay(
            f"{plan.id}-commune-report:{due.period}",
            due.deadline,
            f"Hạn: Báo cáo cải cách hành chính {periods.parse(due.period).words()} của xã",
            words,
            (*SETTINGS, f"plan-{plan.id}", report_stream(plan.id, due.period)),
            f"reports/{due.period}",
        )


def _single_day(plan: Plan, due: SingleDue, number: int) -> DueDay:
    to = f"Gửi {due.to}. " if due.to else ""
    return DueDay(
        f"{plan.id}-deadline:{number}",
        due.due,
        f"Hạn theo kế hoạch: {_summary(due.text)}",
        f"{to}{due.text}",
        ("settings-deadlines", f"plan-{plan.id}"),
    )


def _concerns(db: Database, person: Person, due: SingleDue) -> bool:
    """Tell whether a plan asks something of a person's unit; what is asked of no single one, of each."""
    unit = find_unit(due.who, directory.units(db)) if due.who else None
    return person.unit is not None and (unit is None or unit.id == person.unit)


def _summary(text: str) -> str:
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]} …"
