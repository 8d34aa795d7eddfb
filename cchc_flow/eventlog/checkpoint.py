"""Checkpoints (C2SP tlog-checkpoint): a signed note that names the log, its size and its root."""

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
    """What a checkpoint says; `time` is when the commit that it covers was recorded."""

    origin: str
    size: int
    root: bytes
    time: str

    def text(self) -> str:
        """Return the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\ntime {self.time}\n"

    def sealed(self, signers: Sequence[Signer]) -> str:
        """Return the signed note."""
        text = self.text()
        return note.format_note(text, [signer.sign(text) for signer in signers])


def log_origin(workspace: str, public: bytes) -> str:
    """Return the name of a log: its workspace and its first key, so that no two logs share one."""
    return f"{ORIGIN_PREFIX}/{workspace}/{sha256(public).hexdigest()[:8]}"


def parse_checkpoint(signed: str) -> tuple[Checkpoint, Note]:
    """Read a checkpoint, signatures not yet checked; raise BadInput when it is none."""
    found = note.parse_note(signed)
    try:
        name, size, root, time = found.text.removesuffix("\n").split("\n")
        checkpoint = Checkpoint(name, int(size), b64decode(root, validate=True), time.removeprefix("time "))
        if checkpoint.text() != found.text or checkpoint.size < 0 or len(checkpoint.root) != 32:
            raise ValueError(found.text)
    except (ValueError, binascii.Error) as error:
        raise BadInput(
            "Dấu niêm phong không đúng dạng: cần tên nhật ký, số sự kiện, mã gốc và thời điểm.",
            "Hãy chọn đúng tệp dấu niêm phong đã tải về trước đây.",
        ) from error
    return checkpoint, found
