"""The command that writes a section of the commune's own report, and the report as the log tells of it."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.document_numbers import require_issuer
from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import BadInput, MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import plans, settings
from cchc_flow.projections.runner import position
from cchc_flow.workflow import periods
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.commune_report import (
    PARTS,
    CommuneReport,
    fold_report,
    refuse_issued,
    report_stream,
)
from cchc_flow.workflow.events import Data, ReportEdited
from cchc_flow.workflow.reporting import ReportDue, report_schedules
from cchc_flow.workflow.settings.values import Settings
from cchc_flow.workflow.typed_text import TooLong, UnfitText, clean_text
from cchc_flow.workspace import Workspace

LONGEST_TEXT = 20_000


def edit_section(
    ws: Workspace, period: str, section: str, text: str, order: Order, *, seen: int | None = None
) -> bool:
    """Write a section of the commune's report, or take back what was written; False if nothing changes.

    Raise NotFound for a section that the report does not have, NotAllowed, Refusal for an issued report, or
    ItemMoved if this section was written by another after the version `seen`.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        if "coordinator" not in actor.roles:
            raise NotAllowed("Bạn không được soạn báo cáo của xã.", "Việc này do đầu mối CCHC thực hiện.")
        report = load_report(ws, uow.db, period)
        _require_section(uow, report, section)
        stream = report_stream(report.plan, period)
        refuse_old_page(uow, stream, seen, "sửa mục này", concerns=_is_about(section))
        refuse_issued(report)
        words, before = _clean_section(text), report.texts.get(section)
        if words == (ws.vault.load(before.digest).decode() if before and ws.vault.has(before.digest) else ""):
            return Commit()
        content: Any = Typed(words) if words else None
        event = ReportEdited(plan=report.plan, period=period, section=section, text=content)
        return Commit([change_of(report, event)], "coordinator", actor.unit)

    return write(ws, order, ["edit-report", period, section, text], decide_commit) is not None


def load_report(ws: Workspace, db: Database, period: str) -> CommuneReport:
    """Return the commune's report on a period from the log itself; raise NotFound if none is owed."""
    year = parse_period(period).year
    plan = plans.plan_of_year(db, year)
    if plan is None:
        raise NotFound(f"Chưa có kế hoạch năm {year}.", "Hãy nhập kế hoạch của năm đó trước.")
    events = ws.log.streams([report_stream(plan.id, period)], position(db))
    report = fold_report(plan.id, period, events)
    if not (report.issued or report.recalled):  # what was issued stays, whatever is owed by now
        _require_owed(settings.effective_settings(db), period)
    return report


def begin_change(uow: UnitOfWork, period: str, deed: str, seen: int | None) -> tuple[CommuneReport, str]:
    """Return the commune's report, and the role of the actor, who wants to do a `deed` on it as its issuer.

    Raise NotAllowed, NotFound, or ItemMoved if the report was changed after the version `seen`.
    """
    role = require_issuer(uow, deed)
    report = load_report(uow.ws, uow.db, period)
    refuse_old_page(uow, report_stream(report.plan, period), seen, "sửa báo cáo này")
    return report, role


def change_of(report: CommuneReport, event: Data) -> NewEvents:
    """Return an event to append on top of what was read of the report."""
    return NewEvents(report_stream(report.plan, report.period), report.version, (event,))


def parse_period(period: str) -> periods.Period:
    """Return a period by its name; raise NotFound for what is none."""
    try:
        return periods.parse(period)
    except BadInput as error:
        raise NotFound(error.why, "Hãy mở lại trang Báo cáo.") from None


def due_of(rules: Settings, period: str) -> ReportDue:
    """Return when the commune owes its report on a period.

    One that is not owed any more has the day that it had while it was: the calendar may have changed since.
    Raise NotFound for a period on which there never is a report.
    """
    reporting = rules.reporting
    calendars = [reporting] + [
        msgspec.structs.replace(reporting, all_months=True, nine_months=nine) for nine in (True, False)
    ]
    found = (_find_due(msgspec.structs.replace(rules, reporting=one), period) for one in calendars)
    due = next(filter(None, found), None)
    if due is None:
        raise _not_owed(period)
    return due


def _find_due(rules: Settings, period: str) -> ReportDue | None:
    _, upward = report_schedules(rules, periods.parse(period).year)
    return next((due for due in upward.dues if due.period == period), None)


def _require_owed(rules: Settings, period: str) -> None:
    if _find_due(rules, period) is None:
        raise _not_owed(period)


def _not_owed(period: str) -> NotFound:
    words = periods.parse(period).words()
    return NotFound(f"Xã không phải báo cáo kỳ {words}.", "Hãy chọn kỳ ở trang Báo cáo.")


def _is_about(section: str) -> Callable[[RecordedEvent], bool]:
    """Return what tells whether an event changed a section, or the whole report."""
    return lambda event: event.data.get("section", section) == section


def _require_section(uow: UnitOfWork, report: CommuneReport, section: str) -> None:
    codes = {area.code for area in plans.areas(uow.db, report.plan)}
    if section not in codes and section not in PARTS:
        raise NotFound(f"Báo cáo không có mục «{section[:40]}».", "Hãy mở lại trang của báo cáo.")


def _clean_section(text: str) -> str:
    try:
        return clean_text(text, LONGEST_TEXT)
    except TooLong as error:
        raise MissingData({"text": f"Nội dung mục: {error}; hãy rút gọn."}) from None
    except UnfitText as error:
        raise MissingData({"text": f"Nội dung mục: {error}."}) from None
