"""Asks the process that may do nothing else about the signatures of a PDF."""

from datetime import datetime
from importlib.util import find_spec

import msgspec

from cchc_flow.conversion import decode
from cchc_flow.sandbox import ask_process
from cchc_flow.signatures.found import Question, Signatures

SECONDS = 40
"""How long it may take; on a busy machine a report of a hundred pages needs some ten seconds."""
NOT_INSTALLED = (
    "Máy chủ này chưa cài phần kiểm tra chữ ký số (gói «cchc-flow[sign]»), nên chưa kiểm tra được chữ ký nào."
)
TOOK_TOO_LONG = "Không kiểm tra được chữ ký số trong tệp này: tệp quá lớn, hoặc viết không đúng chuẩn."


def is_installed() -> bool:
    """Tell whether the extra `sign` is there, without which nothing is signed or examined."""
    return find_spec("pyhanko") is not None


def is_signed(content: bytes) -> bool:
    """Tell whether a PDF holds a signature: its range of bytes stands in the open, whoever wrote it."""
    return b"%PDF-" in content[:1024] and b"/ByteRange" in content


def examine(
    content: bytes, moment: datetime, trusted: tuple[bytes, ...] = (), beginning: int = 0
) -> Signatures:
    """Return what can be told of the signatures of a PDF at a moment (see `found.Question`)."""
    if not is_installed():
        return Signatures(fault=NOT_INSTALLED)
    question = Question(content=content, moment=moment.isoformat(), trusted=trusted, beginning=beginning)
    answer = ask_process("cchc_flow.signatures.child", msgspec.msgpack.encode(question), seconds=SECONDS)
    return decode(answer, Signatures) if answer else Signatures(fault=TOOK_TOO_LONG)
