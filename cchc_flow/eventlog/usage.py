"""Who uses a workspace: each open log holds a lock in common, and who replaces the folder needs it alone."""

import fcntl
import os
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cchc_flow.errors import LogBroken


class Usage:
    """The use of a workspace by one open log; without a lock where none can be made, as on a disc."""

    def __init__(self, lock: Path | None) -> None:
        self._path, self._guard = lock, threading.Lock()
        self._release: weakref.finalize | None = None  # type: ignore[type-arg]

    def begin(self) -> None:
        """Hold the lock until `end`; raise LogBroken while somebody replaces the folder."""
        with self._guard:
            handle = self._open()
            if handle is None:
                return
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                raise LogBroken(
                    "Không gian làm việc đang được khôi phục hoặc nâng cấp.", "Hãy thử lại sau ít phút."
                ) from None
            self._release = weakref.finalize(self, os.close, handle)

    def end(self) -> None:
        """Let go of the lock."""
        with self._guard:
            if self._release is not None:
                self._release()
                self._release = None

    def _open(self) -> int | None:
        """Return the lock's file, None when it is held already or cannot be made."""
        if self._path is None or self._release is not None:
            return None
        with suppress(OSError):
            return _open(self._path)
        return None


def lock_path(private: Path) -> Path:
    """Return the lock of the workspace whose private folder this is: beside it, as it may be replaced."""
    return private.with_name(f"{private.name}.lock")


@contextmanager
def shared_use(privates: Iterable[Path]) -> Iterator[None]:
    """Use the workspaces with these private folders, before any log is opened; raise LogBroken as `begin`."""
    uses = [Usage(lock_path(private)) for private in privates]
    try:
        for use in uses:
            use.begin()
        yield
    finally:
        for use in uses:
            use.end()


@contextmanager
def sole_use(private: Path, refusal: str) -> Iterator[None]:
    """Keep all others out of a workspace; raise LogBroken, with the sentence `refusal`, while it is used."""
    handle = _open(lock_path(private))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise LogBroken(
            refusal, "Hãy dừng máy chủ và các lệnh đang chạy (cả hằng ngày), rồi làm lại."
        ) from None
    try:
        yield
    finally:
        os.close(handle)


def _open(lock: Path) -> int:
    return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
