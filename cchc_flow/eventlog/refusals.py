"""What is told when the machine cannot record now: a lock that is not let go, a disk that is full."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.driver import sqlite3

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
PRIMARY = 0xFF
"""The bits of SQLite's result codes that tell the kind; the others say more, as that it recovers a file."""


def busy_refusal() -> NotRecorded:
    """Return what is told to a writer that does not get its turn."""
    return NotRecorded(
        "Một chương trình khác giữ quyền ghi nhật ký quá lâu, nên việc này chưa được ghi.",
        "Hãy thử lại sau ít phút; nếu vẫn vậy, hãy báo quản trị máy chủ tìm tiến trình cchc-flow bị treo.",
    )


def full_refusal() -> NotRecorded:
    """Return what is told to a writer for whom the disk has no room."""
    return NotRecorded(
        "Ổ đĩa của máy chủ đã đầy, nên việc này chưa được ghi.",
        "Hãy báo quản trị máy chủ dọn bớt ổ đĩa, rồi thử lại.",
    )


def is_busy_or_full(error: BaseException) -> bool:
    """Tell whether a database could not be written now because of others, or for want of room."""
    return _kind(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL)


def _kind(error: BaseException) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & PRIMARY


def find_refusal(error: BaseException) -> NotRecorded | None:
    """Return what is told of an error when others held a database, or a disk had no room; else None."""
    if is_busy_or_full(error):
        return full_refusal() if _kind(error) == sqlite3.SQLITE_FULL else busy_refusal()
    return full_refusal() if isinstance(error, OSError) and error.errno in FULL else None


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Raise NotRecorded where a database stays locked by others, or a disk has no room."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if refusal := find_refusal(error):
            raise refusal from error
        raise
