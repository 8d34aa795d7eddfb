"""Takes a signed file of an issued report: looks at what was added to it, then keeps it."""

from cchc_flow.commands.report_signing import SignedFile, record_signed
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import Refusal
from cchc_flow.projections.issued_files import KnownFile, find_beginning, find_same
from cchc_flow.signatures import process
from cchc_flow.signatures.found import Signatures
from cchc_flow.signatures.words import is_sound, signer_name
from cchc_flow.workspace import Workspace

LONGEST_SIGNERS = 200


def take_signed(
    ws: Workspace,
    content: bytes,
    order: Order,
    trusted: tuple[bytes, ...] = (),
    *,
    period: str | None = None,
    seen: int | None = None,
) -> KnownFile:
    """Keep a file that begins with an issued one and to which only signatures were added; return that one.

    Raise Refusal, in words, for any other file, or one that is not of the `period` of its page. Whether the
    signers are trusted is shown and does not matter here: who issues the report decides which file it is.
    """
    same = find_same(ws.log, content)
    if same and not same.signed_by:
        raise Refusal("Đây là chính tệp đã ban hành, chưa có chữ ký nào.", "Hãy ký rồi chọn tệp đã ký.")
    before = find_beginning(ws.log, content)
    if before is None or before.period is None:
        raise Refusal(
            "Tệp này không bắt đầu bằng tệp báo cáo nào đã ban hành, nên không ghi nhận được.",
            "Hãy tải tệp PDF đã ban hành về và ký vào chính tệp đó; đừng in hay xuất lại thành tệp khác.",
        )
    if period not in (None, before.period):
        raise Refusal(f"Tệp này là bản đã ký của {before.name}.", "Hãy ghi nhận ở trang của báo cáo đó.")
    signatures = process.examine(content, ws.now(), trusted, before.size)
    _require_only_signed(signatures)
    signer = ", ".join(signer_name(signature) for signature in signatures.found)
    file = SignedFile(
        name=f"bao-cao-{before.period}-da-ky.pdf",
        content=content,
        of=before.digest,
        signer=signer[:LONGEST_SIGNERS],
        capacity="person" if len(signatures.found) == 1 else "agency",
    )
    record_signed(ws, before.period, file, order, seen=seen)
    return before


def _require_only_signed(signatures: Signatures) -> None:
    """Raise Refusal unless nothing but signatures was added, and each fits the file."""
    if signatures.fault:
        raise Refusal(signatures.fault, "Hãy báo quản trị, hoặc ký lại vào tệp đã ban hành.")
    if signatures.changes_since != "signed" or not all(map(is_sound, signatures.found)):
        raise Refusal(
            "Tệp có thay đổi không phải chữ ký, hoặc chữ ký không khớp với tệp, nên không ghi nhận được.",
            "Hãy ký lại vào chính tệp PDF đã ban hành.",
        )
