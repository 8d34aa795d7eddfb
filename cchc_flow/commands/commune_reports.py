"""Commands that issue the commune's own report on a period, and what comes after: it is sent, or recalled."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from cchc_flow.commands.document_numbers import (
    LONGEST_WORD,
    FrozenFile,
    NewDocument,
    frozen_files,
    number_event,
    parse_day_of_document,
    parse_number,
    read_numbers,
    take_number,
    typed_reason,
)
from cchc_flow.commands.report_sections import begin_change, change_of, due_of
from cchc_flow.commands.targets import computed_readings
from cchc_flow.commands.typed_values import optional_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, Refusal
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.projections import settings
from cchc_flow.projections.runner import position
from cchc_flow.workflow.commune_report import (
    CommuneReport,
    refuse_day_before_period,
    refuse_issued,
    refuse_unfinished_period,
    report_stream,
    require_issued,
)
from cchc_flow.workflow.events import Checkpoint, CutOff, ReportIssued, ReportRecalled, ReportSent, Signer
from cchc_flow.workflow.numbering import Series, choose_number
from cchc_flow.workflow.reporting import ReportDue
from cchc_flow.workflow.settings.parsing import MOST_LINES
from cchc_flow.workflow.settings.values import Documents
from cchc_flow.workspace import Workspace

KIND = "Báo cáo"
MOST_TOLD = 3
"""A refusal tells that many of the things that block a report; its page has all."""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """How a report is to be issued, as it was typed; `number` is empty where the system counts.

    With `accepts_gaps` it is issued although something is missing that does not stand in the way.
    """

    day: str
    signer: str
    signer_lines: tuple[str, ...]
    number: str = ""
    accepts_gaps: bool = False


class Issuing(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is about to be issued: its number, day and signer, and up to where facts count."""

    plan: str
    period: str
    number: int
    symbol: str
    day: date
    signer: Signer
    cut_off: CutOff


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is about, what is missing in it, and what makes its files once it may be issued.

    What `blocks` keeps it from being issued; what is `lacking` does not.
    """

    subject: str
    make_files: Callable[[], Sequence[FrozenFile]]
    blocks: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


Freeze = Callable[[Issuing], Frozen]
"""Builds a report as of its cut-off."""


def issue_report(
    ws: Workspace,
    period: str,
    issue: Issue,
    order: Order,
    freeze: Freeze,
    *,
    seen: int | None = None,
) -> None:
    """Issue the commune's report: give it a number, freeze its files, record both in one commit.

    What is recorded by then counts; the computed readings of targets are recorded with it. When another
    document takes the number first, everything is made again. Raise Refusal for a period that is not over or
    a report that is issued already, MissingData for what is missing, a day that is still to come or a number
    that is taken.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        report, role = begin_change(uow, period, "ban hành báo cáo của xã", seen)
        refuse_issued(report)
        rules = settings.effective_settings(uow.db)
        due = due_of(rules, period)
        refuse_unfinished_period(due, uow.today())
        series, issuing = _begin(uow, report, due, issue, rules.documents)
        frozen = freeze(issuing)
        _refuse_gaps(frozen, accepts=issue.accepts_gaps)
        changes = _issue(ws, report, series, issuing, frozen, rules.documents)
        changes += computed_readings(uow, report.plan, period)
        return Commit(changes, role, uow.actor().unit)

    write(ws, order, ["issue-report", period, issue], decide_commit)


def send_report(ws: Workspace, period: str, day: str, order: Order, *, seen: int | None = None) -> None:
    """Record that the issued report was sent to whom it is addressed; raise Refusal while there is none."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        report, role = begin_change(uow, period, "ghi việc gửi báo cáo", seen)
        issued = require_issued(report)
        sent = parse_day_of_document(day, uow.today())
        if sent.isoformat() < issued.day:
            raise MissingData({"day": "Ngày gửi: không trước ngày của báo cáo."})
        if report.sent:
            raise Refusal("Báo cáo này đã được ghi là đã gửi.", "Hãy mở lại trang của báo cáo.")
        event = ReportSent(
            plan=report.plan,
            period=period,
            year=issued.year,
            number=issued.number,
            day=sent.isoformat(),
            to=settings.effective_settings(uow.db).documents.addressees,
        )
        return Commit([change_of(report, event)], role, uow.actor().unit)

    write(ws, order, ["send-report", period, day], decide_commit)


def recall_report(ws: Workspace, period: str, reason: str, order: Order, *, seen: int | None = None) -> None:
    """Recall the issued report, which keeps its number; another can be issued after it."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        report, role = begin_change(uow, period, "thu hồi báo cáo của xã", seen)
        issued = require_issued(report)
        event = ReportRecalled(
            plan=report.plan,
            period=period,
            year=issued.year,
            number=issued.number,
            reason=typed_reason(reason),
        )
        return Commit([change_of(report, event)], role, uow.actor().unit)

    write(ws, order, ["recall-report", period, reason], decide_commit)


def _clean_signer(issue: Issue) -> Signer:
    name = optional_value("signer", "Người ký", issue.signer, LONGEST_WORD)
    lines = (optional_value("signer_lines", "Chức vụ", line, LONGEST_WORD) for line in issue.signer_lines)
    signer = Signer(lines=tuple(filter(None, lines)), name=name or "")
    wrong = {} if signer.name else {"signer": "Người ký: hãy ghi họ và tên người ký."}
    wrong |= {} if signer.lines else {"signer_lines": "Chức vụ: hãy ghi chức vụ người ký."}
    if len(signer.lines) > MOST_LINES:
        wrong["signer_lines"] = f"Chức vụ: nhiều nhất {MOST_LINES} dòng."
    if wrong:
        raise MissingData(wrong)
    return signer


def _refuse_gaps(frozen: Frozen, *, accepts: bool) -> None:
    """Raise Refusal for what must not be missing, MissingData for the rest unless that is accepted."""
    if frozen.blocks:
        rest = len(frozen.blocks) - MOST_TOLD
        more = f" Còn {rest} điều khác nêu ở «Còn thiếu gì»." if rest > 0 else ""
        words = " ".join(frozen.blocks[:MOST_TOLD])
        raise Refusal(f"Chưa ban hành được: {words}{more}", "Hãy bổ sung rồi ban hành lại.")
    if frozen.lacking and not accepts:
        count = len(frozen.lacking)
        raise MissingData(
            {"accepts_gaps": f"Báo cáo còn thiếu {count} mục: hãy xem danh sách, rồi đánh dấu ô này."}
        )


def _begin(
    uow: UnitOfWork, report: CommuneReport, due: ReportDue, issue: Issue, rules: Documents
) -> tuple[Series, Issuing]:
    """Return what a report is to be issued with, and the series from which its number is."""
    day, signer = parse_day_of_document(issue.day, uow.today()), _clean_signer(issue)
    refuse_day_before_period(due, day)
    series = read_numbers(uow.ws, uow.db, day.year)
    return series, Issuing(
        plan=report.plan,
        period=report.period,
        number=choose_number(series, rules, parse_number(issue.number, rules), day),
        symbol=rules.report_symbol,
        day=day,
        signer=signer,
        cut_off=CutOff(position=position(uow.db), day=uow.today().isoformat()),
    )


def _issue(
    ws: Workspace, report: CommuneReport, series: Series, issuing: Issuing, frozen: Frozen, rules: Documents
) -> list[NewEvents]:
    """Return the changes that issue a report: its number is taken, its files are frozen."""
    note, _ = ws.log.checkpoint_at(issuing.cut_off.position)
    checkpoint, _ = parse_checkpoint(note)
    document = NewDocument(
        kind=KIND,
        symbol=issuing.symbol,
        subject=frozen.subject,
        day=issuing.day.isoformat(),
        signer=issuing.signer.name,
        stream=report_stream(report.plan, report.period),
    )
    event = ReportIssued(
        plan=report.plan,
        period=report.period,
        year=series.year,
        number=issuing.number,
        symbol=issuing.symbol,
        subject=frozen.subject,
        day=issuing.day.isoformat(),
        signer=issuing.signer,
        cut_off=issuing.cut_off,
        checkpoint=Checkpoint(size=checkpoint.size, root=b64encode(checkpoint.root).decode()),
        files=frozen_files(frozen.make_files()),
        lacking=frozen.lacking,
        replaces=report.recalled[-1].number if report.recalled else None,
    )
    return [
        take_number(series, number_event(document, issuing.day, issuing.number, rules, ())),
        change_of(report, event),
    ]
