"""How far a log has come, remembered outside its folder, so that an older file in its place is recognised.

The memory is written after a commit and never before: at worst it is older than the log, and says less.
"""

import binascii
import threading
import time
import weakref
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.batch import Head
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.files import replace_file, write_atomically
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.shares import format_number

FILE = "log-end.txt"
EVERY_SECONDS = 1.0
WHAT_NOW = (
    "Hãy khôi phục tệp events.db mới hơn; nếu từ nay phải dùng chính bản này, hãy chạy «cchc-flow accept»"
    " để ghi việc đó vào nhật ký."
)
START_AGAIN = (
    "Hãy khôi phục tệp events.db; nếu muốn bắt đầu lại từ đầu, trước hết hãy dời thư mục riêng của không gian"
    " làm việc (trong data/private) đi nơi khác."
)


class EndMemory:
    """The file that remembers the end of one log; it is written at most once a second, and at the close."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._pending: list[Head] = []
        self._written_at = -EVERY_SECONDS
        self._is_frozen = False
        weakref.finalize(self, _write_pending, path, self._pending)  # at the latest when the program ends

    def read(self) -> LogEnd | None:
        """Return the end that is remembered; None for no file, or one that a power cut left incomplete."""
        return _read_end(self._path)

    def note(self, head: Head) -> None:
        """Remember the head of a commit that is on the disk, now or within the second."""
        with self._lock:
            if self._is_frozen:
                return
            if not self._pending or self._pending[0].size < head.size:
                self._pending[:] = [head]
        self.write_due()

    def write_due(self) -> None:
        """Write what is not written yet, unless the file was written within the last second."""
        if self._pending and time.monotonic() - self._written_at >= EVERY_SECONDS:
            self.write_now()

    def write_now(self) -> None:
        """Write what is not written yet."""
        with self._lock:
            self._written_at = time.monotonic()
            _write_pending(self._path, self._pending)

    def freeze(self) -> None:
        """Keep the end that is remembered, whatever is appended, until it is replaced."""
        self._is_frozen = True

    def replace(self, head: Head) -> None:
        """Remember this head, durably, whatever was remembered before."""
        with self._lock:
            self._pending.clear()
            self._is_frozen = False
            write_atomically(self._path, _end_of(head).text().encode())


def parse_end(text: str) -> LogEnd | None:
    """Return the end that some text states, None when it is not complete."""
    words = [line.split(" ") for line in text.split("\n")]
    if [line[0] for line in words] != ["size", "root", "time", ""] or any(
        len(line) != 2 for line in words[:3]
    ):
        return None
    try:
        end = LogEnd(int(words[0][1]), b64decode(words[1][1], validate=True), words[2][1])
        datetime.fromisoformat(end.time)
    except (ValueError, binascii.Error):
        return None
    return end if end.size > 0 and len(end.root) == 32 and end.text() == text else None


def is_lost(end: LogEnd, size: int, root: Callable[[int], bytes]) -> bool:
    """Tell whether a log of `size` events, whose roots `root` gives, lacks an end that it once had."""
    return size < end.size or root(end.size) != end.root


def lost_end_error(end: LogEnd, size: int) -> LogBroken:
    """Return the error for a log of `size` events that lacks an end that this machine has seen."""
    seen = f"{format_number(end.size)} sự kiện (sự kiện cuối ghi lúc {moment_words(end.time)})"
    if size == 0:
        return LogBroken(f"Nhật ký trống, nhưng máy này đã thấy ở đó {seen}.", START_AGAIN)
    if size < end.size:
        why = (
            f"Nhật ký có {format_number(size)} sự kiện, nhưng máy này đã thấy {seen}: tệp là bản cũ hơn hoặc"
            " bị cắt đuôi."
        )
        return LogBroken(why, WHAT_NOW)
    why = f"Nhật ký không nối tiếp {seen} mà máy này đã thấy: tệp đã bị thay bằng một bản khác."
    return LogBroken(why, WHAT_NOW)


def _read_end(path: Path) -> LogEnd | None:
    """Return the end that a file states, None when there is no file or it is not complete."""
    try:
        return parse_end(path.read_text("ascii"))
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None


def _end_of(head: Head) -> LogEnd:
    return LogEnd(head.size, head.root, head.recordedtime)


def _write_pending(path: Path, pending: list[Head]) -> None:
    """Write the pending head to the file unless that knows of more, and forget it.

    Nothing is flushed to the disk: what a power cut takes away only makes the memory older. The commit is
    stored, so it does not fail when the file cannot be written.
    """
    while pending:
        end = _end_of(pending.pop())
        with suppress(OSError):
            known = _read_end(path)
            if known is None or known.size < end.size:
                replace_file(path, end.text().encode())
