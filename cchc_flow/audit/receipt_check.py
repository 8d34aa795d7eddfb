"""Checks a receipt: alone by a key that was kept elsewhere, and by the log if that is at hand."""

from collections.abc import Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.audit import naming, trail
from cchc_flow.audit.consistency_check import is_signed_by_own
from cchc_flow.audit.findings import Finding, verdict
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.receipt_files import ReceiptFile
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.policy import may_read_log
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace


class ReceiptCheck(msgspec.Struct, frozen=True):
    """What was found out about a receipt, and the body that it proves (None: only hashes are known)."""

    receipt: ReceiptFile
    findings: tuple[Finding, ...]
    body: bytes | None

    @property
    def is_right(self) -> bool | None:
        """False when anything is wrong, None when something could not be told, else True."""
        return verdict(self.findings)


class _Claim(msgspec.Struct, frozen=True):
    """What a receipt claims: that a leaf is in the tree of a checkpoint. The `leaf` may be unknown."""

    receipt: ReceiptFile
    checkpoint: Checkpoint
    note: Note
    body: bytes | None
    leaf: bytes | None


def check_alone(receipt: ReceiptFile, body: bytes | None, keys: Sequence[VerifierKey]) -> ReceiptCheck:
    """Return what can be told of a receipt without its log; `body` is the event from a file beside it."""
    claim = _claim(receipt, body)
    words = "Không có nhật ký ở đây, nên chỉ kiểm được biên nhận, dấu niêm phong và chữ ký trong tệp."
    findings = [*_body_findings(claim), _path_finding(claim), _signature_finding(claim, keys)]
    return ReceiptCheck(receipt, (*findings, Finding(True, words)), claim.body)


def check_with_log(
    ws: Workspace,
    receipt: ReceiptFile,
    body: bytes | None,
    keys: Sequence[VerifierKey],
    reader: Reader | None,
) -> ReceiptCheck:
    """Return what a log says of a receipt; without `keys`, by the key that the log had in force then.

    A reader who may not read the event is told only whether the receipt is right, and the position.
    """
    claim = _claim(receipt, body)
    found = [*_body_findings(claim), _path_finding(claim)]
    origin = _origin_finding(claim, ws.log)
    if not keys and origin.is_right:
        found.append(_own_signature_finding(claim, ws.log))
    else:
        found.append(_signature_finding(claim, keys))
    found.append(origin)
    if origin.is_right:
        found.append(_event_finding(claim, ws, reader))
    return ReceiptCheck(receipt, tuple(found), claim.body)


def _claim(receipt: ReceiptFile, body: bytes | None) -> _Claim:
    checkpoint, note = receipt.checkpoint()
    body = body if body is not None else receipt.body
    leaf = merkle.leaf_hash(body) if body is not None else receipt.leaf
    return _Claim(receipt, checkpoint, note, body, leaf)


def _body_findings(claim: _Claim) -> list[Finding]:
    """Return whether the body beside a receipt is the one that the receipt carries itself."""
    if claim.receipt.leaf is None or claim.body is None or claim.leaf == claim.receipt.leaf:
        return []
    return [Finding(False, "Nội dung sự kiện được đưa vào khác với nội dung mà biên nhận mang theo.")]


def _path_finding(claim: _Claim) -> Finding:
    """Return whether the path leads from the event to the root of the checkpoint."""
    checkpoint, receipt = claim.checkpoint, claim.receipt
    if claim.leaf is None:
        return Finding(
            None, "Biên nhận không kèm nội dung sự kiện: hãy đưa thêm tệp nội dung gốc để biết nó nói về gì."
        )
    if not merkle.verify_inclusion(claim.leaf, receipt.index, checkpoint.size, receipt.path, checkpoint.root):
        return Finding(
            False,
            "Đường chứng minh không dẫn từ sự kiện này đến dấu niêm phong: biên nhận hoặc nội dung đã bị"
            " sửa.",
        )
    what = "Nội dung sự kiện" if claim.body is not None else "Mã băm của sự kiện"
    until = _until_words(checkpoint.time)
    return Finding(
        True,
        f"{what} số {format_number(receipt.position)} nằm nguyên vẹn dưới dấu niêm phong của"
        f" {format_number(checkpoint.size)} sự kiện{until}.",
    )


def _until_words(time: str) -> str:
    """Return until when a checkpoint says that its events were recorded; nothing when it is no time."""
    try:
        return f", ghi đến {moment_words(time)}"
    except ValueError:
        return ""


def _signature_finding(claim: _Claim, keys: Sequence[VerifierKey]) -> Finding:
    if not keys:
        return Finding(
            None,
            "Chưa có khóa kiểm tra giữ ở nơi khác, nên chưa biết dấu niêm phong trong biên nhận do ai ký.",
        )
    if is_signed_by_own(claim.checkpoint, claim.note, keys):
        return Finding(
            True, f"Dấu niêm phong của nhật ký «{claim.checkpoint.origin}» có chữ ký đúng của khóa kiểm tra."
        )
    return Finding(
        False,
        "Dấu niêm phong trong biên nhận không có chữ ký của khóa kiểm tra được đưa vào: bị sửa, là của nhật"
        " ký khác, hoặc được ký bằng khóa trước hay sau khóa đó.",
    )


def _own_signature_finding(claim: _Claim, log: EventLog) -> Finding:
    """Return whether the key that the log had in force then has signed, which is no independent proof."""
    own = VerifierKey.parse(log.checkpoint_at(claim.checkpoint.size)[1])
    words = "chữ ký của khóa ghi trong nhật ký này; khóa đó không độc lập với nhật ký."
    if own.has_signed(claim.note):
        return Finding(True, f"Dấu niêm phong trong biên nhận có {words}")
    return Finding(False, f"Dấu niêm phong trong biên nhận không có {words}")


def _origin_finding(claim: _Claim, log: EventLog) -> Finding:
    """Return whether the log had, after as many events, the root that the checkpoint of the receipt has."""
    own, claimed = parse_checkpoint(log.checkpoint())[0], claim.checkpoint
    if claimed.origin != own.origin:
        return Finding(False, f"Biên nhận là của nhật ký «{claimed.origin}», không phải nhật ký này.")
    if claimed.size > own.size:
        return Finding(
            False,
            f"Nhật ký này có {format_number(own.size)} sự kiện,"
            f" ít hơn {format_number(claimed.size)} sự kiện mà biên nhận nêu: nhật ký bị"
            " mất phần cuối, hoặc đây là một bản cũ.",
        )
    if not claimed.size or log.root(claimed.size) != claimed.root:
        return Finding(
            False,
            f"{format_number(claimed.size)} sự kiện đầu của nhật ký này"
            f" có mã gốc khác mã gốc trong biên nhận: biên nhận bị"
            " sửa, hoặc nhật ký đã bị thay đổi.",
        )
    first = f"{format_number(claimed.size)} sự kiện đầu của nhật ký này"
    return Finding(True, f"{first} đúng như trong dấu của biên nhận.")


def _event_finding(claim: _Claim, ws: Workspace, reader: Reader | None) -> Finding:
    """Return whether the event in the log is that of the receipt, and in a sentence which one it is."""
    position = claim.receipt.position
    if position > claim.checkpoint.size:
        return Finding(
            False, f"Biên nhận nêu sự kiện số {format_number(position)}, nằm ngoài dấu niêm phong của nó."
        )
    if claim.leaf is None:
        return Finding(
            None, f"Biên nhận nêu sự kiện số {format_number(position)}, nhưng không cho biết nội dung."
        )
    if merkle.leaf_hash(ws.log.body(position)) != claim.leaf:
        return Finding(
            False, f"Sự kiện số {format_number(position)} trong nhật ký khác với sự kiện của biên nhận."
        )
    event, db = ws.log.event(position), ws.read()
    if hidden := _hidden_words(db, event.stream, reader):
        return Finding(True, f"Đây là sự kiện số {format_number(position)}. {hidden}")
    names = naming.names_for_event(db, event, naming.all_names(ws, db))
    when = moment_words(event.recordedtime)
    return Finding(
        True, f"Đây là sự kiện số {format_number(position)}, ghi {when}: {event_sentence(event, names)}"
    )


def _hidden_words(db: Database, stream: str, reader: Reader | None) -> str:
    """Return why a reader is not told what an event says, "" for who may read it.

    Events about no item are read by auditors only.
    """
    if reader and not stream.startswith(trail.ITEM) and not may_read_log(reader.actor.roles):
        return "Nội dung của sự kiện này chỉ dành cho người được xem cả nhật ký."
    return trail.HIDDEN if trail.is_hidden(db, stream, reader) else ""
