"""The commune's own report on a period: what was written, issued, sent and recalled. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.errors import MissingData, Refusal
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.events import (
    NAMES,
    Content,
    Event,
    ReportEdited,
    ReportIssued,
    ReportRecalled,
    ReportSent,
    ReportSigned,
)
from cchc_flow.workflow.numbering import document_number
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.reporting import ReportDue

DIRECTING, RESULTS, LIMITS, CAUSES = "direction", "results", "limits", "causes"
NEXT, PROPOSALS = "next", "proposals"
PARTS = {
    DIRECTING: "Công tác chỉ đạo, điều hành",
    RESULTS: "Kết quả đạt được",
    LIMITS: "Tồn tại, hạn chế",
    CAUSES: "Nguyên nhân",
    NEXT: "Phương hướng, nhiệm vụ",
    PROPOSALS: "Kiến nghị, đề xuất",
}
"""The sections of a report that are no area of the plan, by key; those of areas have the area's code."""


class CommuneReport(msgspec.Struct, frozen=True):
    """How the report stands; `issued` is the one in force, `recalled` those before it, the oldest first.

    `texts` are the words of its sections as they lie in the vault.
    """

    plan: str
    period: str
    version: int = 0
    texts: Mapping[str, Content] = {}
    issued: ReportIssued | None = None
    recalled: tuple[ReportIssued, ...] = ()
    sent: tuple[ReportSent, ...] = ()
    signed: tuple[ReportSigned, ...] = ()

    @property
    def title(self) -> str:
        """The report in words, as sentences name it."""
        return f"Báo cáo {parse(self.period).words()}"


def report_stream(plan: str, period: str) -> str:
    """Return the name of the stream of the commune's report on a period."""
    return f"report-{plan}-{period}"


def period_of_stream(stream: str) -> str:
    """Return the period of the report whose stream it is: report-2026-2026-Q1 is of 2026-Q1."""
    return stream.split("-", 2)[2]


def fold_report(plan: str, period: str, events: Iterable[Event]) -> CommuneReport:
    """Return the report that the events of its stream tell of."""
    report = CommuneReport(plan, period)
    for event in events:
        report = msgspec.structs.replace(_apply(report, event), version=event.version)
    return report


def _apply(report: CommuneReport, event: Event) -> CommuneReport:
    replace = msgspec.structs.replace
    if event.type == NAMES[ReportEdited]:
        edited = convert(event.data, ReportEdited)
        others = {section: text for section, text in report.texts.items() if section != edited.section}
        own = {} if edited.text is None else {edited.section: edited.text}
        return replace(report, texts=others | own)
    if event.type == NAMES[ReportIssued]:
        return replace(report, issued=convert(event.data, ReportIssued), sent=(), signed=())
    if event.type == NAMES[ReportRecalled] and report.issued:
        return replace(report, issued=None, recalled=(*report.recalled, report.issued), sent=(), signed=())
    if event.type == NAMES[ReportSent]:
        return replace(report, sent=(*report.sent, convert(event.data, ReportSent)))
    if event.type == NAMES[ReportSigned]:
        return replace(report, signed=(*report.signed, convert(event.data, ReportSigned)))
    return report


def require_issued(report: CommuneReport) -> ReportIssued:
    """Return the report that is in force; raise Refusal while there is none."""
    if report.issued is None:
        raise Refusal(f"{report.title} chưa ban hành.", "Hãy ban hành báo cáo trước.")
    return report.issued


def refuse_issued(report: CommuneReport) -> None:
    """Raise Refusal for a report that is issued: its words stay as they are."""
    if report.issued:
        number = document_number(report.issued.number, report.issued.symbol)
        raise Refusal(
            f"{report.title} đã ban hành, số {number}, ngày {_day(report.issued.day)}.",
            "Muốn sửa thì thu hồi bản đó trước; số đã cấp vẫn giữ.",
        )


def first_day_of_issue(due: ReportDue) -> date:
    """Return from which day on a report can be issued: the one after its figures end.

    One that is due before that may estimate them, from the first day of the month in which it is due.
    """
    return due.due.replace(day=1) if due.is_too_early else due.last + timedelta(days=1)


def refuse_unfinished_period(due: ReportDue, today: date) -> None:
    """Raise Refusal while the period's figures still run, unless it is due before they end."""
    if today < first_day_of_issue(due):
        raise Refusal(
            f"Chưa hết kỳ số liệu của báo cáo {parse(due.period).words()}: số liệu tính đến hết ngày"
            f" {day_words(due.last)}.",
            "Hãy ban hành sau ngày đó; bây giờ có thể soạn và xem trước.",
        )


def refuse_day_before_period(due: ReportDue, day: date) -> None:
    """Raise MissingData for a report that is to bear a day on which it could not have been issued yet."""
    first = first_day_of_issue(due)
    if day < first:
        raise MissingData(
            {
                "day": f"Ngày văn bản: báo cáo {parse(due.period).words()} chỉ ban hành được từ ngày"
                f" {day_words(first)}, không đề ngày trước đó."
            }
        )


def _day(day: str) -> str:
    return day_words(date.fromisoformat(day))
