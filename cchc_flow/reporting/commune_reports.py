"""How the commune's own reports to the province stand: not begun, drafted, issued, sent, recalled."""

from datetime import date
from typing import Literal

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import issued, settings
from cchc_flow.projections.issued import CommuneReportState
from cchc_flow.workflow.calendar import Badge, badge
from cchc_flow.workflow.reporting import ReportDue, ReportSchedule

NO_BADGE = Badge("none", "")
Stage = Literal["ahead", "unknown", "none", "drafted", "issued", "sent", "recalled"]
OPEN: tuple[Stage, ...] = ("none", "drafted", "issued", "recalled")


class CommuneReport(msgspec.Struct, frozen=True):
    """One report of the commune: how far it is, in words as well, and how its due day stands."""

    stage: Stage
    words: str
    badge: Badge

    @property
    def is_open(self) -> bool:
        """Whether it is owed by now: its month has begun, and it was not sent."""
        return self.stage in OPEN


def commune_reports(
    db: Database, plan: str | None, schedule: ReportSchedule, today: date, *, at: int | None = None
) -> dict[str, CommuneReport]:
    """Return the reports that the commune owes by a schedule, by period, as they stand on a day.

    What was due before its first report here is not on record and not late: a commune may begin within a
    year. One that has none yet owes that of the month of today.
    """
    soon = settings.effective_settings(db, at).deadlines.soon
    states = issued.commune_reports(db, plan, at) if plan else {}
    begun = [due for due in schedule.dues if not _is_ahead(due, today)]
    first = next((due.due for due in begun if due.period in states), begun[-1].due if begun else date.max)
    return {
        due.period: _ahead_or_unknown(due, today)
        if due.due < first or (due.period not in states and _is_ahead(due, today))
        else _report(due, states.get(due.period), today, soon)
        for due in schedule.dues
    }


def _is_ahead(due: ReportDue, today: date) -> bool:
    """Tell whether the month in which a report is due has not begun."""
    return due.due.replace(day=1) > today


def _ahead_or_unknown(due: ReportDue, today: date) -> CommuneReport:
    if _is_ahead(due, today):
        return CommuneReport("ahead", "Chưa đến kỳ", NO_BADGE)
    return CommuneReport("unknown", "Không ghi ở đây", NO_BADGE)


def _report(due: ReportDue, state: CommuneReportState | None, today: date, soon: int) -> CommuneReport:
    if state is None or state.document is None:
        stage: Stage = state.stage if state else "none"
        words = "Đang dự thảo" if state else "Chưa dự thảo"
        return CommuneReport(stage, words, badge(due.deadline, None, today, soon))
    number = f"số {state.document.number:02}"
    if state.stage == "recalled":
        words = f"Đã thu hồi {number}, chưa ban hành lại"
        return CommuneReport("recalled", words, badge(due.deadline, None, today, soon))
    words = f"Đã gửi, {number}" if state.stage == "sent" else f"Đã ban hành, chưa gửi, {number}"
    issued_on = date.fromisoformat(state.document.day)
    return CommuneReport(state.stage, words, badge(due.deadline, issued_on, today, soon))
