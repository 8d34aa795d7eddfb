"""The command that keeps a signed file of an issued report."""

import hashlib
from typing import Any

import msgspec

from cchc_flow.commands.report_sections import begin_change, change_of
from cchc_flow.commands.unit_of_work import Commit, Order, UnitOfWork, write
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.port import Receipt
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.commune_report import CommuneReport, require_issued
from cchc_flow.workflow.events import ReportSigned
from cchc_flow.workspace import Workspace

MEDIA_TYPE = "application/pdf"


class SignedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A signed file whose signatures were examined: `of` is the digest of the file that was signed.

    `capacity` is "person" or "agency", `signer` whom the certificates name.
    """

    name: str
    content: bytes
    of: str
    signer: str
    capacity: str


def record_signed(
    ws: Workspace, period: str, file: SignedFile, order: Order, *, seen: int | None = None
) -> Receipt | None:
    """Keep a signed file of the report that is in force; raise Refusal for one of another report or known."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        report, role = begin_change(uow, period, "ghi nhận bản đã ký của báo cáo", seen)
        return Commit([change_of(report, _signed_event(report, file))], role, uow.actor().unit)

    return write(ws, order, ["record-signed", period, file], decide_commit)


def _signed_event(report: CommuneReport, file: SignedFile) -> ReportSigned:
    issued = require_issued(report)
    digest = hashlib.sha256(file.content).hexdigest()
    signed = {one.digest for one in report.signed}
    if digest in signed:
        raise Refusal("Bản đã ký này đã được ghi nhận.", "Không cần làm gì thêm.")
    if file.of not in {one.digest for one in issued.files} | signed:
        raise Refusal(
            "Tệp này không phải bản đã ký của báo cáo đang có hiệu lực.",
            "Hãy ký vào tệp PDF của báo cáo đã ban hành rồi ghi nhận lại.",
        )
    kept: Any = Upload(file.name, file.content, MEDIA_TYPE)  # replaced by a reference to the vault
    return ReportSigned(
        plan=report.plan,
        period=report.period,
        year=issued.year,
        number=issued.number,
        file=kept,
        digest=digest,
        of=file.of,
        signer=file.signer,
        capacity=file.capacity,
    )
