"""Has a document set as PDF by a process that may do nothing else, in bounded time and memory."""

import logging
import threading

import msgspec

from cchc_flow import waits
from cchc_flow.documents.attachments import Attachment
from cchc_flow.documents.equipment import require_what_a_pdf_needs
from cchc_flow.documents.jobs import Answer, Job
from cchc_flow.documents.press import PRESS
from cchc_flow.errors import BadInput

SECONDS = 90
"""How long one document may take; a hundred pages take some fifteen seconds."""
CACHE_COMPLAINT = "Fontconfig error: No writable cache"
"""What fontconfig says of each document, for it may write nowhere."""

_few_at_once = threading.BoundedSemaphore(2)


def make_pdf(html: str, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """Return a page of HTML as PDF/A-3a with files in it; raise BadInput in words when it cannot be made."""
    require_what_a_pdf_needs()
    job = msgspec.msgpack.encode(Job(html, attachments, SECONDS))
    waits.announce()
    with _few_at_once:
        try:
            content, complaints = PRESS.ask(job, SECONDS)
        except TimeoutError as error:
            raise BadInput(
                f"Dựng tệp PDF quá {SECONDS} giây nên đã dừng.",
                "Hãy chia nhỏ văn bản, hoặc tải tệp Word, Excel.",
            ) from error
    return _pdf_of(_decode(content), complaints)


def _decode(content: bytes) -> Answer | None:
    """Return an answer, None when whoever worked at it died before it was complete."""
    try:
        return msgspec.msgpack.decode(content, type=Answer)
    except msgspec.MsgspecError:
        return None


def _pdf_of(answer: Answer | None, complaints: str) -> bytes:
    """Return the file; raise BadInput in words when there is none."""
    if answer and answer.pdf:
        return answer.pdf
    if answer and answer.asked_for:
        raise BadInput(
            f"Văn bản gọi đến tệp hoặc địa chỉ bên ngoài: {answer.asked_for}.",
            "Hãy báo quản trị: văn bản chỉ được dùng chữ, bảng và kiểu của chính nó.",
        )
    if answer and answer.is_too_large:
        raise BadInput(
            "Văn bản quá lớn nên chưa dựng được tệp PDF.", "Hãy chia nhỏ văn bản, hoặc tải tệp Word, Excel."
        )
    lines = [line for line in complaints.splitlines() if not line.startswith(CACHE_COMPLAINT)]
    logging.getLogger(__name__).error(
        "a PDF was not made: %s", lines[-1][:200] if lines else "it was stopped"
    )
    if not lines:
        raise BadInput(
            "Dựng tệp PDF vượt giới hạn về thời gian hoặc bộ nhớ nên đã dừng.",
            "Hãy chia nhỏ văn bản, hoặc tải tệp Word, Excel.",
        )
    raise BadInput("Chưa dựng được tệp PDF.", "Hãy tải tệp Word, và báo quản trị xem nhật ký máy chủ.")
