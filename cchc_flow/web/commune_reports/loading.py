"""What the pages of one report of the commune are drawn from."""

from collections.abc import Iterator
from datetime import date

import msgspec
from flask import g

from cchc_flow.audit.evidence import size_words
from cchc_flow.commands.report_sections import due_of, load_report
from cchc_flow.conversion import convert
from cchc_flow.documents.files import FORMATS
from cchc_flow.projections import issued, settings
from cchc_flow.projections.issued import IssuedDocument
from cchc_flow.reporting.issuing import build_draft, build_issued, issuing_of
from cchc_flow.reporting.periodic import BuiltReport
from cchc_flow.workflow.commune_report import CommuneReport, report_stream
from cchc_flow.workflow.events import NAMES, IssuedFile, ReportIssued, ReportSigned
from cchc_flow.workflow.reporting import ReportDue

READERS = ("coordinator", "leader", "inspector", "admin")
"""Who reads the commune's reports before they are sent: those who may read the whole log."""


class FileLink(msgspec.Struct, frozen=True):
    """A frozen file as a page offers it: its format's name, its ending, its size in words, its digest."""

    title: str
    ending: str
    size: str
    digest: str


class SignedLink(msgspec.Struct, frozen=True):
    """A signed file as a page offers it: the position of its event, who signed, its size in words."""

    position: int
    signer: str
    size: str


class Issue(msgspec.Struct, frozen=True):
    """A report as it was issued once, with its files; `position` is that of its event."""

    document: IssuedDocument
    event: ReportIssued
    files: tuple[FileLink, ...]
    signed: tuple[SignedLink, ...] = ()

    @property
    def position(self) -> int:
        """The position of the event that issued it."""
        return self.document.issue or 0


class ReportPage(msgspec.Struct, frozen=True):
    """A report of the commune: how it stands, when it is due, what it says, and how it was issued.

    Once it is issued, what it says is as of its cut-off.
    """

    report: CommuneReport
    due: ReportDue
    built: BuiltReport
    issues: tuple[Issue, ...]


def load_page(period: str) -> ReportPage:
    """Return what the pages of a report show; raise NotFound for a period without one."""
    report = load_report(g.ws, g.db, period)
    stream = report_stream(report.plan, period)
    return ReportPage(
        report=report,
        due=due_of(settings.effective_settings(g.db), period),
        built=build(report),
        issues=tuple(
            load_issue(document) for document in issued.documents_of(g.db, stream) if document.issue
        ),
    )


def build(report: CommuneReport) -> BuiltReport:
    """Return a report as it was issued, else as it stands now."""
    if report.issued:
        return build_issued(g.ws, issuing_of(report.issued))
    return build_draft(g.ws, report.period, g.ws.cutoff())


def load_issue(document: IssuedDocument) -> Issue:
    """Return how a report was issued, from the event with its files."""
    event = convert(g.ws.log.event(document.issue).data, ReportIssued)
    return Issue(document, event, file_links(event.files), tuple(_signed_links(document)))


def _signed_links(document: IssuedDocument) -> Iterator[SignedLink]:
    """Yield the signed files of a report that was issued, the oldest first."""
    for event in g.ws.log.stream(document.stream):
        if event.type in SIGNED and event.data["number"] == document.number:
            file = convert(event.data, ReportSigned)
            yield SignedLink(event.position, file.signer, size_words(file.file.content.size))


def signed_file(position: int, period: str) -> ReportSigned | None:
    """Return what was signed by the event at a position, None unless it is one of a report on a period."""
    event = g.ws.log.event(position) if 1 <= position <= g.ws.log.size() else None
    if event is None or event.type not in SIGNED or event.data["period"] != period:
        return None
    return convert(event.data, ReportSigned)


def file_links(files: tuple[IssuedFile, ...]) -> tuple[FileLink, ...]:
    """Return frozen files as pages offer them."""
    return tuple(
        FileLink(
            FORMATS[file.format].title if file.format in FORMATS else file.format,
            file.format,
            size_words(file.file.content.size),
            file.digest,
        )
        for file in files
    )


def frozen_file(position: int, ending: str, *, of: tuple[str, ...]) -> IssuedFile | None:
    """Return a frozen file of the event at a position, None unless it is one `of` these types with such."""
    if not 1 <= position <= g.ws.log.size():
        return None
    event = g.ws.log.event(position)
    files = convert(event.data["files"], tuple[IssuedFile, ...]) if event.type in of else ()
    return next((file for file in files if file.format == ending), None)


ISSUED = (NAMES[ReportIssued],)
SIGNED = (NAMES[ReportSigned],)


def today() -> date:
    """Return the day of the present cut-off."""
    day: date = g.ws.cutoff().day
    return day
