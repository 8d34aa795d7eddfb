"""How a log asks a witness for its cosignature (C2SP tlog-witness), over HTTP or by files on a stick."""

import http.client
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.consistency_request import ConsistencyRequest
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.eventlog.witnesses.cosigned import Cosigned, add_cosignature
from cchc_flow.workflow.shares import format_number

SECONDS = 10
MAX_ANSWER = 65_536
MEDIA_TYPE = "text/plain; charset=utf-8"

REFUSALS = {
    404: "không theo dõi nhật ký này; hãy gửi khóa kiểm tra của nhật ký cho bên đó",
    403: "không biết khóa niêm phong đang dùng; hãy gửi khóa kiểm tra mới cho bên đó",
}
"""What a witness means by a status (C2SP tlog-witness)."""

Post = Callable[[str], tuple[int, str]]
"""Sends the text of a request; returns the HTTP status and the text of the answer, or raises OSError."""


class Refused(msgspec.Struct, frozen=True):
    """Why a witness did not cosign, in words; `is_fork`: it has seen another history, or more of this one."""

    words: str
    is_fork: bool = False


def prepare_request(log: EventLog, old: int) -> ConsistencyRequest:
    """Return what a witness that has seen `old` events is shown: the newest checkpoint and its proof."""
    note = log.checkpoint_for_witnesses()
    size = parse_checkpoint(note)[0].size
    path = log.consistency_proof(old, size) if 0 < old < size else []
    return ConsistencyRequest(old, tuple(path), note)


def ask_witness(log: EventLog, witness: WitnessKey, old: int, post: Post) -> Cosigned | Refused:
    """Return what a witness cosigned, or why it did not.

    `old` is how many events it saw when it was last asked; it tells when that is another number.
    """
    size = log.size()
    if old > size:
        return _seen_more(witness, old, size)
    for _ in range(2):
        request = prepare_request(log, old)
        try:
            status, answer = post(request.text())
        except (OSError, http.client.HTTPException) as error:
            return Refused(f"Không hỏi được «{witness.name}»: {_fault_words(error)}.")
        if status != http.HTTPStatus.CONFLICT:
            return _read_answer(witness, request, status, answer)
        told = answer.strip()
        if not (told.isascii() and told.isdigit() and len(told) < 16) or int(told) == old:
            return _other_history(witness, old)
        old = int(told)
        if old > size:
            return _seen_more(witness, old, size)
    return Refused(f"«{witness.name}» mỗi lần trả lời một số sự kiện khác; hãy hỏi lại sau.")


def _read_answer(
    witness: WitnessKey, request: ConsistencyRequest, status: int, answer: str
) -> Cosigned | Refused:
    if status == http.HTTPStatus.OK:
        try:
            return add_cosignature(request.note, answer, witness)
        except BadInput:
            return Refused(f"«{witness.name}» trả lời bằng một chữ ký không phải của khóa đã khai.")
    if status == http.HTTPStatus.UNPROCESSABLE_ENTITY:
        return _other_history(witness, request.old)
    return Refused(f"«{witness.name}» {REFUSALS.get(status, f'trả lời mã {status}')}.")


def _seen_more(witness: WitnessKey, seen: int, size: int) -> Refused:
    words = (
        f"«{witness.name}» đã chứng kiến {format_number(seen)} sự kiện nhưng nhật ký chỉ có"
        f" {format_number(size)}: nhật ký đã bị lùi lại hoặc bị thay bằng bản cũ."
    )
    return Refused(words, is_fork=True)


def _other_history(witness: WitnessKey, seen: int) -> Refused:
    words = (
        f"«{witness.name}» đã chứng kiến một lịch sử khác: {format_number(seen)} sự kiện đầu không phải là"
        " những sự kiện bên đó đã thấy."
    )
    return Refused(words, is_fork=True)


def http_post(address: str) -> Post:
    """Return what posts to the `add-checkpoint` of a witness at an address (http or https).

    It waits ten seconds at most, follows no redirect, and reads no long answer.
    """
    parts = parse_address(address)
    path = f"{parts.path.rstrip('/')}/add-checkpoint"

    def post(text: str) -> tuple[int, str]:
        connection = _connect(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.request("POST", path, text.encode(), {"Content-Type": MEDIA_TYPE})
            response = connection.getresponse()
            return response.status, response.read(MAX_ANSWER).decode("utf-8", "replace")
        finally:
            connection.close()

    return post


def parse_address(address: str) -> SplitResult:
    """Return the parts of a witness's address; raise BadInput for anything but http(s)://host[:port][/path]."""
    try:
        parts = urlsplit(address.strip())
        is_right = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is none
        is_right = False
    if not is_right or parts.query or parts.fragment or parts.username:
        raise BadInput(f"«{address[:100]}» không phải là địa chỉ web như https://chung-kien.example.")
    return parts


def _connect(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
    return http.client.HTTPConnection(host, port, timeout=SECONDS)


def _fault_words(error: Exception) -> str:
    return "quá lâu không trả lời" if isinstance(error, TimeoutError) else "không kết nối được"
