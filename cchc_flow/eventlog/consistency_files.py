"""Proofs that a later checkpoint extends an earlier one, as files in the form that witnesses are sent.

C2SP has no file for such a proof of its own: this is the body of tlog-witness' `add-checkpoint`.
"""

import binascii
from base64 import b64decode, b64encode

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.note import Note
from cchc_flow.eventlog.port import EventLog

_HASH_LENGTH = 32


class ConsistencyFile(msgspec.Struct, frozen=True):
    """A consistency proof (RFC 6962) from the tree of `old` events to that of the checkpoint `note`."""

    old: int
    path: tuple[bytes, ...]
    note: str

    def checkpoint(self) -> tuple[Checkpoint, Note]:
        """Return the later checkpoint, parsed; nothing of it is verified."""
        return parse_checkpoint(self.note)

    def text(self) -> str:
        """Return the file."""
        hashes = (b64encode(step).decode() for step in self.path)
        return "\n".join([f"old {self.old}", *hashes, "", self.note])


def issue_consistency_proof(log: EventLog, old: int, new: int | None = None) -> ConsistencyFile:
    """Return the proof from the first `old` events to the checkpoint of `new` events (None: the newest).

    Raise BadInput when the log never had these sizes, or no checkpoint with the later one.
    """
    note = log.checkpoint() if new is None else _checkpoint_of_size(log, new)
    size = parse_checkpoint(note)[0].size
    if old > size:
        raise BadInput(
            f"Dấu cũ có {old} sự kiện, nhiều hơn {size} sự kiện của dấu mới.",
            "Hãy đưa dấu cũ trước, dấu mới sau.",
        )
    return ConsistencyFile(old, tuple(log.consistency_proof(old, size)), note)


def _checkpoint_of_size(log: EventLog, size: int) -> str:
    """Return the checkpoint of exactly so many events; raise BadInput when no commit ended there."""
    if not 1 <= size <= log.size():
        raise BadInput(f"Nhật ký có {log.size()} sự kiện; không có cỡ {size}.")
    note, _ = log.checkpoint_at(size)
    if (sealed := parse_checkpoint(note)[0].size) != size:
        raise BadInput(
            f"Không có dấu niêm phong nào của đúng {size} sự kiện.", f"Dấu tiếp theo có {sealed} sự kiện."
        )
    return note


def parse_consistency_proof(content: bytes) -> ConsistencyFile:
    """Parse the file of a consistency proof and verify nothing; raise BadInput when it is malformed.

    A byte-order mark and CRLF, which mail may add, are fine.
    """
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        head, note = text.split("\n\n", 1)
        first, *lines = head.split("\n")
        path = tuple(b64decode(line, validate=True) for line in lines)
        proof = ConsistencyFile(int(first.removeprefix("old ")), path, note)
        if proof.text() != text or proof.old < 0 or any(len(step) != _HASH_LENGTH for step in path):
            raise ValueError(first)
    except (ValueError, binascii.Error) as error:
        raise BadInput(
            "Đây không phải là chứng minh nối tiếp giữa hai dấu niêm phong, hoặc tệp không còn đúng dạng.",
            "Hãy chọn đúng tệp mà «cchc-flow consistency» hoặc trang Dấu niêm phong đã cho.",
        ) from error
    proof.checkpoint()
    return proof
