"""What a log tells a witness: how far that one has come, the proof that the log only grew, the checkpoint.

The form is that of the body of `add-checkpoint` (C2SP tlog-witness): a line `old <size>`, the hashes of the
consistency proof (RFC 6962) in base64, an empty line, a signed note. As a file it is a proof between two
checkpoints for whoever kept both.
"""

import binascii
import re
from base64 import b64decode, b64encode

import msgspec

from cchc_flow.errors import BadInput

MOST_HASHES = 63
HASH_LENGTH = 32
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
