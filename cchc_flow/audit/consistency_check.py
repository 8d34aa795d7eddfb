"""Checks that a kept checkpoint extends another kept one, by the proof alone: no log is needed."""

from collections.abc import Sequence

from cchc_flow.audit.findings import Finding
from cchc_flow.errors import BadInput
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.consistency_request import ConsistencyRequest
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.workflow.shares import format_number

Kept = tuple[Checkpoint, Note]


def check_consistency(
    old: str, new: str | None, proof: ConsistencyRequest | None, keys: Sequence[VerifierKey]
) -> list[Finding]:
    """Return what is found out about two signed notes; without `new`, the proof's own checkpoint is meant.

    Raise BadInput when a note is malformed, the two are swapped, or the proof that they need is missing.
    """
    earlier = parse_checkpoint(old)
    later = parse_checkpoint(new if new is not None else _require_proof(proof).note)
    if earlier[0].size > later[0].size:
        raise BadInput(
            f"Dấu của --from có {format_number(earlier[0].size)} sự kiện, nhiều hơn"
            f" {format_number(later[0].size)} sự kiện của dấu --to.",
            "Hãy đưa dấu cũ vào --from, dấu mới vào --to; nếu đúng là dấu lấy sau mà ít sự kiện hơn thì"
            " nhật ký đã bị lùi lại.",
        )
    return [
        _origin_finding(earlier[0], later[0]),
        _signature_finding("cũ", earlier, keys),
        _signature_finding("mới", later, keys),
        _history_finding(earlier[0], later[0], proof),
    ]


def _require_proof(proof: ConsistencyRequest | None) -> ConsistencyRequest:
    if proof is None:
        raise BadInput(
            "Thiếu tệp chứng minh nối tiếp giữa hai dấu (--proof).",
            "Nơi giữ nhật ký lập tệp này bằng «cchc-flow consistency», hoặc ở trang Dấu niêm phong.",
        )
    return proof


def _origin_finding(old: Checkpoint, new: Checkpoint) -> Finding:
    if old.origin == new.origin:
        return Finding(True, f"Cả hai dấu là của nhật ký «{old.origin}».")
    return Finding(False, f"Hai dấu là của hai nhật ký khác nhau: «{old.origin}» và «{new.origin}».")


def _signature_finding(which: str, kept: Kept, keys: Sequence[VerifierKey]) -> Finding:
    what = f"Dấu {which} ({format_number(kept[0].size)} sự kiện)"
    if not keys:
        return Finding(None, f"{what}: chưa kiểm được chữ ký vì chưa có khóa kiểm tra (--key).")
    if is_signed_by_own(*kept, keys):
        return Finding(True, f"{what} có chữ ký đúng.")
    return Finding(False, f"{what} không có chữ ký của khóa kiểm tra được đưa vào.")


def is_signed_by_own(checkpoint: Checkpoint, note: Note, keys: Sequence[VerifierKey]) -> bool:
    """Tell whether one of the keys has signed that is a key of the log which the checkpoint names."""
    return any(key.name == checkpoint.origin and key.has_signed(note) for key in keys)


def _history_finding(old: Checkpoint, new: Checkpoint, proof: ConsistencyRequest | None) -> Finding:
    """Return whether the later tree begins with the earlier one."""
    if old.size == new.size:
        if old.root == new.root:
            return Finding(True, f"Hai dấu cùng nói về {format_number(old.size)} sự kiện giống hệt nhau.")
        return Finding(
            False,
            f"Hai dấu cùng có {format_number(old.size)} sự kiện nhưng mã gốc khác nhau: có hai bản lịch sử"
            " khác nhau.",
        )
    given = _require_proof(proof)
    proved, _ = parse_checkpoint(given.note)
    if (given.old, proved.origin, proved.size, proved.root) != (old.size, new.origin, new.size, new.root):
        return Finding(
            False,
            f"Tệp chứng minh nói về dấu {format_number(given.old)} và {format_number(proved.size)} sự kiện"
            f" của «{proved.origin}», không phải hai dấu được đưa vào.",
        )
    if merkle.verify_consistency((old.size, old.root), (new.size, new.root), given.path):
        return Finding(
            True,
            f"{format_number(old.size)} sự kiện đầu của dấu mới đúng là {format_number(old.size)} sự kiện"
            f" của dấu cũ; từ đó chỉ ghi thêm {format_number(new.size - old.size)} sự kiện.",
        )
    return Finding(
        False,
        f"Không chứng minh được dấu mới nối tiếp dấu cũ: trong {format_number(old.size)} sự kiện đầu có điều"
        " đã bị thay đổi, hoặc tệp chứng minh đã bị sửa.",
    )
