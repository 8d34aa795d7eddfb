"""The commune's report from draft to frozen files: what the commune decided about it, and what it carries."""

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from cchc_flow.commands.commune_reports import Frozen, Issuing
from cchc_flow.commands.document_numbers import FrozenFile
from cchc_flow.documents.attachments import Attachment
from cchc_flow.documents.blocks import Document, Seal, Signature
from cchc_flow.documents.files import FORMATS
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.projections import rules
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.reporting import attached_data
from cchc_flow.reporting.attached_data import AttachedData, Origin
from cchc_flow.reporting.figures import Figure
from cchc_flow.reporting.periodic import BuiltReport, Edition, build_report
from cchc_flow.reporting.periodic.kept import find_or_build
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.events import ReportIssued
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

JSON = "application/json"
ROOT_SHOWN = 16
"""How much of a root the line at the foot shows, in hex; the code beside it has the whole."""


def build_draft(ws: Workspace, period: str, cutoff: Cutoff) -> BuiltReport:
    """Return the report on a period as it stands at a cut-off, without number and day."""
    return find_or_build(ws, (period, cutoff), lambda: build_report(ws, parse(period), cutoff))


def build_issued(ws: Workspace, issuing: Issuing) -> BuiltReport:
    """Return the report that is, or was, issued: at the same cut-off it is always the same."""
    edition = Edition(
        number=issuing.number,
        symbol=issuing.symbol,
        day=issuing.day,
        signature=Signature(issuing.signer.lines, issuing.signer.name),
    )
    return build_report(ws, parse(issuing.period), _cutoff(issuing), edition)


def _cutoff(issuing: Issuing) -> Cutoff:
    return Cutoff(issuing.cut_off.position, date.fromisoformat(issuing.cut_off.day))


def issuing_of(event: ReportIssued) -> Issuing:
    """Return what a report was issued with, from its event."""
    return Issuing(
        plan=event.plan,
        period=event.period,
        number=event.number,
        symbol=event.symbol,
        day=date.fromisoformat(event.day),
        signer=event.signer,
        cut_off=event.cut_off,
    )


def freezer(ws: Workspace, address: str = "") -> Callable[[Issuing], Frozen]:
    """Return what makes the files of a report; `address` is that of its page, where one is known."""

    def freeze(issuing: Issuing) -> Frozen:
        built = build_issued(ws, issuing)
        return Frozen(
            subject=built.document.subject,
            make_files=lambda: tuple(_files(ws, issuing, built, address)),
            blocks=tuple(gap.words for gap in built.missing if gap.blocks),
            lacking=tuple(gap.words for gap in built.missing if not gap.blocks),
        )

    return freeze


def _files(ws: Workspace, issuing: Issuing, built: BuiltReport, address: str) -> Iterator[FrozenFile]:
    """Yield the report in all formats; the PDF carries the figures and their proof."""
    note, _ = ws.log.checkpoint_at(issuing.cut_off.position)
    document = msgspec.structs.replace(built.document, seal=_seal(parse_checkpoint(note)[0], address))
    for ending, form in FORMATS.items():
        content = (
            _pdf(ws, issuing, built, document) if ending == "pdf" else form.write(document, ws.templates)
        )
        yield FrozenFile(ending, f"bao-cao-{issuing.period}.{ending}", form.media_type, content)


def _pdf(ws: Workspace, issuing: Issuing, built: BuiltReport, document: Document) -> bytes:
    own = _attached(ws, issuing, built.figures)
    files = (
        (attached_data.FIGURES, own.figures, "Số liệu của báo cáo và các sự kiện đứng sau"),
        (attached_data.PROOFS, own.proofs, "Chứng minh các sự kiện đó có trong nhật ký"),
    )
    attachments = tuple(
        Attachment(name=name, media_type=JSON, content=content, words=words, day=issuing.day)
        for name, content, words in files
    )
    return make_pdf(draw_page(document, folder=ws.templates), attachments)


def _attached(ws: Workspace, issuing: Issuing, figures: tuple[Figure, ...]) -> AttachedData:
    cutoff = _cutoff(issuing)
    origin = Origin(
        workspace=ws.name,
        period=issuing.period,
        plan=issuing.plan,
        cut_off=cutoff,
        rules=rules.latest_event_id(ws.read_as_of(cutoff)),
    )
    return attached_data.attached_data(ws.log, origin, figures)


def _seal(checkpoint: Checkpoint, address: str) -> Seal:
    """Return the line at the foot of the last page; without an address its code holds the checkpoint itself.

    Signatures are left out of the code: it has to be read from paper.
    """
    origin = f"Số liệu niêm phong: {checkpoint.origin}, {format_number(checkpoint.size)} sự kiện"
    words = f"{origin}, mã gốc {checkpoint.root.hex()[:ROOT_SHOWN]}…, {moment_words(checkpoint.time)}"
    return Seal(words, address or "\n".join(checkpoint.text().splitlines()[:3]))
