"""Checkpoints (C2SP tlog-checkpoint): signed notes that state the log's origin, size and Merkle root."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog import note
from cchc_flow.eventlog.note import Note, Signer

ORIGIN_PREFIX = "cchc-flow"


class Checkpoint(msgspec.Struct, frozen=True):
    """The contents of a checkpoint; `time` is when the newest of the `size` events was recorded.

    It is empty in one that has no such line: what witnesses are shown, and the checkpoints of other logs.
    """

    origin: str
    size: int
    root: bytes
    time: str = ""

    def text(self) -> str:
        """Return the text that is signed."""
        extension = f"time {self.time}\n" if self.time else ""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{extension}"

    def sign(self, signers: Sequence[Signer]) -> str:
        """Return the checkpoint as a note with a signature by each signer."""
        text = self.text()
        return note.format_note(text, [signer.sign(text) for signer in signers])


def log_origin(workspace: str, public: bytes) -> str:
    """Return the name of a log, made unique by a digest of its first public key."""
    return f"{ORIGIN_PREFIX}/{workspace}/{sha256(public).hexdigest()[:8]}"


def parse_checkpoint(signed: str) -> tuple[Checkpoint, Note]:
    """Parse a signed note as a checkpoint without verifying signatures; raise BadInput when malformed."""
    signed_note = note.parse_note(signed)
    try:
        name, size, root, *extension = signed_note.text.removesuffix("\n").split("\n")
        time = extension[0].removeprefix("time ") if extension else ""
        checkpoint = Checkpoint(name, int(size), b64decode(root, validate=True), time)
        if checkpoint.text() != signed_note.text or checkpoint.size < 0 or len(checkpoint.root) != 32:
            raise ValueError(signed_note.text)
    except (ValueError, binascii.Error) as error:
        raise BadInput(
            "Dấu niêm phong không đúng dạng: cần tên nhật ký, số sự kiện, mã gốc và thời điểm.",
            "Hãy chọn đúng tệp dấu niêm phong đã tải về trước đây.",
        ) from error
    return checkpoint, signed_note
