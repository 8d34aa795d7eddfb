"""The lock under which one writer at a time appends, in whatever process; who waits too long is told."""

import fcntl
import os
import threading
import time
import weakref
from pathlib import Path

from cchc_flow import waits
from cchc_flow.eventlog.refusals import busy_refusal

PATIENCE_SECONDS = 5.0
SHORT_PATIENCE_SECONDS = 0.5
"""How long one waits who comes when others have waited in vain."""


class WriterLock:
    """A lock on a file, which the threads of a process take in turn; made at its first use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._wait: _Wait | None = None

    def __enter__(self) -> None:
        """Take the lock; raise NotRecorded when others hold it for seconds."""
        until = 0.0 if self._turn.acquire(blocking=False) else self._wait_for_turn()
        try:
            self._take(until)
        except BaseException:
            self._turn.release()
            raise

    def __exit__(self, *_: object) -> None:
        """Let go of the lock, unless the file was closed, which does the same."""
        try:
            if self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close the file, unless a thread still waits for the lock."""
        with self._guard:
            if self._file is not None and self._wait is None:
                self._close_file()
                self._file = None

    def _wait_for_turn(self) -> float:
        """Wait until the other threads of this process are done; return until when to wait for the lock."""
        until = self._end_of_patience()
        waits.announce()
        if not self._turn.acquire(timeout=max(0.0, until - time.monotonic())):
            raise busy_refusal()
        return until

    def _end_of_patience(self) -> float:
        """Return until when to wait: not for long, when the wait of those before has lasted long."""
        wait, now = self._wait, time.monotonic()
        lasted = now - wait.since if wait else 0.0
        return now + max(SHORT_PATIENCE_SECONDS, PATIENCE_SECONDS - lasted)

    def _take(self, until: float) -> None:
        """Lock the file; only one thread of a process comes here at a time (0: it has not waited yet)."""
        with self._guard:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                self._close_file = weakref.finalize(self, os.close, self._file)
            file, wait = self._file, self._wait
            if wait is None:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return
                except BlockingIOError:
                    wait = self._wait = _Wait()
                    threading.Thread(target=self._wait_for, args=(file, wait), daemon=True).start()
            wait.is_wanted = True
        until = until or self._end_of_patience()
        waits.announce()
        wait.is_over.wait(max(0.0, until - time.monotonic()))
        with self._guard:
            wait.is_wanted = False
            if not wait.is_over.is_set():
                raise busy_refusal()
            self._wait = None

    def _wait_for(self, file: int, wait: "_Wait") -> None:
        """Wait for the lock as long as it takes, in line with other processes; let go if nobody wants it now.

        The system's call has no limit of time, so that it has a thread of its own.
        """
        fcntl.flock(file, fcntl.LOCK_EX)
        with self._guard:
            if wait.is_wanted:
                wait.is_over.set()
            else:
                fcntl.flock(file, fcntl.LOCK_UN)
                self._wait = None


class _Wait:
    """A thread that waits for the lock in the place of those who want it."""

    def __init__(self) -> None:
        self.since, self.is_wanted, self.is_over = time.monotonic(), False, threading.Event()
