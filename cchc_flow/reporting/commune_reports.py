"""How the commune's own reports to the province stand: not begun, drafted, issued, sent."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import settings
from cchc_flow.workflow.calendar import Badge, badge
from cchc_flow.workflow.reporting import ReportSchedule


class CommuneReport(msgspec.Struct, frozen=True):
    """One report of the commune: its state in words, how its due day stands, and whether it is still owed."""

    words: str
    badge: Badge
    is_open: bool


def commune_reports(
    db: Database, plan: str | None, schedule: ReportSchedule, today: date, *, at: int | None = None
) -> dict[str, CommuneReport]:
    """Return the reports that the commune owes by a schedule, by period, as they stand on a day."""
    soon = settings.effective_settings(db, at).deadlines.soon
    found = {}
    for due in schedule.dues:
        if due.due.replace(day=1) > today:
            found[due.period] = CommuneReport("Chưa đến kỳ", Badge("none", ""), is_open=False)
        else:
            state = badge(due.deadline, None, today, soon)
            found[due.period] = CommuneReport("Chưa ban hành", state, is_open=True)
    return found
