"""Has a document set as PDF by a process that may do nothing else, in bounded time and memory."""

import ctypes
import logging
import subprocess  # nosec B404  # our own program, with fixed arguments
import sys
import threading
from pathlib import Path

import msgspec

from cchc_flow import waits
from cchc_flow.documents.attachments import Attachment, Order
from cchc_flow.errors import BadInput

SECONDS = 90
"""How long one document may take; a hundred pages take some fifteen seconds."""
FONTS = Path(__file__).parent / "fonts"
LIBRARY = "libpangoft2-1.0.so.0"
"""Pango, without which nothing is set; harfbuzz-subset only makes smaller files."""
FACES = ("Regular", "Bold", "Italic", "BoldItalic")

ASKS_FOR_MORE = 3
"""How the process ends when the page asks for something from outside."""

_few_at_once = threading.BoundedSemaphore(2)


def make_pdf(html: str, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """Return a page of HTML as PDF/A-3a with files in it; raise BadInput in words when it cannot be made."""
    require_what_a_pdf_needs()
    done = _ask_process(Order(html, attachments))
    if done.returncode == ASKS_FOR_MORE:
        raise BadInput(
            f"Văn bản gọi đến tệp hoặc địa chỉ bên ngoài: {_last_line(done)}.",
            "Hãy báo quản trị: văn bản chỉ được dùng chữ, bảng và kiểu của chính nó.",
        )
    if done.returncode:
        logging.getLogger(__name__).error("a PDF was not made (%d): %s", done.returncode, _last_line(done))
        raise BadInput("Chưa dựng được tệp PDF.", "Hãy tải tệp Word, và báo quản trị xem nhật ký máy chủ.")
    return done.stdout


def require_what_a_pdf_needs() -> None:
    """Raise BadInput, in words, when this machine lacks a library or a face with which documents are set."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise BadInput(
            "Máy chủ thiếu thư viện dựng PDF (Pango).",
            "Hãy cài gói libpangoft2-1.0-0 và libharfbuzz-subset0; tạm thời tải tệp Word.",
        ) from error
    if missing := [face for face in FACES if not (FONTS / f"LiberationSerif-{face}.ttf").is_file()]:
        raise BadInput(
            f"Thiếu phông chữ của văn bản ({', '.join(missing)}).", "Hãy cài lại chương trình rồi thử lại."
        )


def _ask_process(order: Order) -> subprocess.CompletedProcess[bytes]:
    """Return how a new process ended, which knows no settings of this one; raise BadInput after its time."""
    waits.announce()
    with _few_at_once:
        try:
            return subprocess.run(  # nosec B603
                [sys.executable, "-I", "-B", "-m", "cchc_flow.documents.child"],
                input=msgspec.msgpack.encode(order),
                capture_output=True,
                timeout=SECONDS,
                env={"FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
                cwd="/",
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BadInput(
                f"Dựng tệp PDF quá {SECONDS} giây nên đã dừng.",
                "Hãy chia nhỏ văn bản, hoặc tải tệp Word, Excel.",
            ) from error


def _last_line(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
