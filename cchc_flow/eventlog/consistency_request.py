"""What a log tells a witness: how far that one has come, the proof that the log only grew, the checkpoint.

The form is that of the body of `add-checkpoint` (C2SP tlog-witness): a line `old <size>`, the hashes of the
consistency proof (RFC 6962) in base64, an empty line, a signed note. As a file it is a proof between two
checkpoints for whoever kept both.
"""

import binascii
import re
from base64 import b64decode, b64encode

import msgspec

from cchc_flow.errors import BadInput, Refusal
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.port import EventLog
from cchc_flow.workflow.shares import format_number

MOST_HASHES = 63
HASH_LENGTH = 32
_MOST_DIGITS = 18
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class ConsistencyRequest(msgspec.Struct, frozen=True):
    """The size that is known (0: none), the proof from it on, and the newer checkpoint as a signed note."""

    old: int
    path: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """Return the lines that are sent or stored."""
        hashes = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in self.path)
        return f"old {self.old}\n{hashes}\n{self.note}"


def prove_consistency(log: EventLog, old: int, new: int | None = None) -> ConsistencyRequest:
    """Return the proof from the first `old` events to the checkpoint of `new` events (None: the newest).

    Raise BadInput when the log never had these sizes, or no checkpoint with the later one.
    """
    note = log.checkpoint() if new is None else _checkpoint_of_size(log, new)
    size = parse_checkpoint(note)[0].size
    if old > size:
        raise BadInput(
            f"Dấu cũ có {format_number(old)} sự kiện, nhiều hơn {format_number(size)} sự kiện của dấu mới.",
            "Hãy đưa dấu cũ trước, dấu mới sau.",
        )
    return ConsistencyRequest(old, tuple(log.consistency_proof(old, size)), note)


def parse_size(words: str) -> int:
    """Return a number of events as it was typed; raise BadInput for what is none."""
    if not (words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS):
        raise BadInput(
            f"«{words[:40]}» không phải là số sự kiện.", "Số đó ở dòng thứ hai của dấu niêm phong."
        )
    return int(words)


def require_own(log: EventLog, kept: Checkpoint) -> None:
    """Raise BadInput for a checkpoint of another log, Refusal for one whose events the log has no longer."""
    own, _ = parse_checkpoint(log.checkpoint())
    if kept.origin != own.origin:
        raise BadInput(
            f"Dấu niêm phong là của nhật ký «{kept.origin}», không phải «{own.origin}».", "Hãy chọn đúng tệp."
        )
    if kept.size > own.size or log.root(kept.size) != kept.root:
        raise Refusal(
            f"Dấu niêm phong của {format_number(kept.size)} sự kiện không khớp với nhật ký này: nhật ký đã"
            " bị thay đổi hoặc lùi lại, nên không có chứng minh nào.",
            "Hãy giữ nguyên tệp dấu đó và báo cho cơ quan kiểm tra.",
        )


def _checkpoint_of_size(log: EventLog, size: int) -> str:
    """Return the checkpoint of exactly so many events; raise BadInput when no commit ended there."""
    if not 1 <= size <= log.size():
        raise BadInput(f"Nhật ký có {format_number(log.size())} sự kiện; không có cỡ {format_number(size)}.")
    note, _ = log.checkpoint_at(size)
    if (sealed := parse_checkpoint(note)[0].size) != size:
        raise BadInput(
            f"Không có dấu niêm phong nào của đúng {format_number(size)} sự kiện.",
            f"Dấu tiếp theo có {format_number(sealed)} sự kiện.",
        )
    return note


def parse_request(text: str) -> ConsistencyRequest:
    """Parse a request without verifying anything in it; raise BadInput when it is malformed."""
    head, separator, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    old = _OLD.fullmatch(first)
    if not separator or not old or len(hashes) > MOST_HASHES:
        raise _malformed()
    return ConsistencyRequest(int(old[1]), tuple(map(_parse_hash, hashes)), note)


def _parse_hash(line: str) -> bytes:
    try:
        hash_ = b64decode(line, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _malformed() from error
    if len(hash_) != HASH_LENGTH or b64encode(hash_).decode() != line:
        raise _malformed()
    return hash_


def _malformed() -> BadInput:
    return BadInput(
        "Đây không phải là tệp nối hai dấu niêm phong: cần dòng «old», các mã băm, một dòng trống và dấu niêm"
        " phong.",
        "Hãy lấy lại tệp này từ trang Dấu niêm phong hoặc bằng lệnh «cchc-flow».",
    )
