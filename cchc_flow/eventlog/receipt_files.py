"""Receipts as files (C2SP tlog-proof): the proof that one event is in a log, for whoever keeps it."""

import binascii
from base64 import b64decode, b64encode

import msgspec

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.note import Note
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.verification.checkpoint_file import text_of_file

SUFFIX = ".tlog-proof"
MOST_BYTES = 200_000
"""More than any receipt has: a body of 65,535 bytes in base64, a path, and a checkpoint."""
_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_HASH_LENGTH = 32


class ReceiptFile(msgspec.Struct, frozen=True):
    """A receipt: the event's index (from 0), its audit path, and the checkpoint at the path's end (a note).

    `extra` is the event's body, so that the file proves what happened with nothing beside it; or only the
    leaf hash (32 bytes), where the body is withheld. Both are claims until the path was followed from them.
    """

    index: int
    path: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    @property
    def position(self) -> int:
        """The position of the event, from 1."""
        return self.index + 1

    @property
    def body(self) -> bytes | None:
        """The body that the file carries, None when it carries none."""
        return self.extra if len(self.extra) > _HASH_LENGTH else None

    @property
    def leaf(self) -> bytes | None:
        """The leaf hash that the file carries or that follows from its body; None without either."""
        return merkle.leaf_hash(self.body) if self.body else self.extra or None

    def checkpoint(self) -> tuple[Checkpoint, Note]:
        """Return the checkpoint, parsed; nothing of it is verified."""
        return parse_checkpoint(self.note)

    def text(self) -> str:
        """Return the file."""
        extra = [f"extra {b64encode(self.extra).decode()}"] if self.extra else []
        lines = [
            _FIRST_LINE,
            *extra,
            f"index {self.index}",
            *(b64encode(step).decode() for step in self.path),
        ]
        return "\n".join([*lines, "", self.note])


def issue_receipt(log: EventLog, position: int, *, withheld: bool = False) -> ReceiptFile:
    """Return the receipt of an event against the newest checkpoint; only with hashes if it is `withheld`.

    Raise NotFound without the event, LogBroken for one that was changed.
    """
    body = log.body(position)
    note = log.checkpoint()
    newest, _ = parse_checkpoint(note)
    path, leaf = log.inclusion_proof(position, newest.size), merkle.leaf_hash(body)
    if not merkle.verify_inclusion(leaf, position - 1, newest.size, path, newest.root):
        raise LogBroken(
            f"Sự kiện số {position} không khớp với dấu niêm phong, nên không có biên nhận.",
            "Hãy chạy «cchc-flow verify» và báo cho người phụ trách hệ thống.",
        )
    return ReceiptFile(position - 1, tuple(path), note, leaf if withheld else body)


def parse_receipt(content: bytes) -> ReceiptFile:
    """Parse the file of a receipt and verify nothing; raise BadInput when it is malformed.

    A byte-order mark and CRLF, which mail may add, are fine.
    """
    text = text_of_file(content)
    try:
        head, note = text.split("\n\n", 1)
        first, *lines = head.split("\n")
        extra = b64decode(_value(lines.pop(0), "extra "), validate=True) if lines[0][:6] == "extra " else b""
        index = int(_value(lines.pop(0), "index "))
        path = tuple(b64decode(line, validate=True) for line in lines)
        receipt = ReceiptFile(index, path, note, extra)
        if first != _FIRST_LINE or index < 0 or receipt.text() != text or not _has_hashes(receipt):
            raise ValueError(first)
    except (ValueError, IndexError, binascii.Error) as error:
        raise BadInput(
            "Đây không phải là biên nhận, hoặc tệp đã bị sửa nên không còn đúng dạng (C2SP tlog-proof).",
            "Hãy chọn đúng tệp biên nhận đã tải về từ hệ thống.",
        ) from error
    receipt.checkpoint()
    return receipt


def receipt_name(workspace: str, position: int) -> str:
    """Return the name of the file of a receipt."""
    return f"{workspace}-bien-nhan-{position}{SUFFIX}"


def _value(line: str, name: str) -> str:
    """Return what stands after a name at the beginning of a line; raise ValueError when it is another."""
    if not line.startswith(name):
        raise ValueError(line)
    return line.removeprefix(name)


def _has_hashes(receipt: ReceiptFile) -> bool:
    """Tell whether the path consists of hashes, and what the file carries is none, a hash or longer."""
    is_extra_known = not receipt.extra or len(receipt.extra) >= _HASH_LENGTH
    return is_extra_known and all(len(step) == _HASH_LENGTH for step in receipt.path)
