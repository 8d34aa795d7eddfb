"""Connections to the log: one for each thread, and writers one at a time, in the order they came."""

import fcntl
import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog.driver import sqlite3

SAFE_SINCE = (3, 51, 3)
BROKEN_SINCE = (3, 7, 0)
BUSY_MS = 60_000
WAL_PAGES = 4_000  # an append touches ten pages: folding the WAL back each 1,000 costs a tenth of the speed


def check_sqlite_version(version: str = sqlite3.sqlite_version) -> str:
    """Return the version of the SQLite in use, or raise LogBroken when its WAL can lose data.

    From 3.7.0 to 3.51.2 two connections that write and checkpoint can corrupt a WAL database (WAL-reset bug).
    """
    numbers = tuple(int(part) for part in version.split("."))
    if BROKEN_SINCE <= numbers < SAFE_SINCE:
        raise LogBroken(
            f"SQLite {version} có lỗi có thể làm hỏng nhật ký (các bản 3.7.0 đến 3.51.2).",
            "Hãy cài gói pysqlite3 đi kèm hoặc nâng SQLite lên từ 3.51.3.",
        )
    return version


class Handle:
    """One thread's connection, and its own hold on the lock file."""

    def __init__(self, database: Path, lock: Path) -> None:
        self.lock = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        self.connection = _connect(database)
        self.close = weakref.finalize(self, _close, self.connection, self.lock)


class Connections:
    """The connections of one open log; a thread's connection ends with the thread, or by `close`."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "events.db"
        self._lock = folder / "events.lock"
        self._local = threading.local()
        self._open: weakref.WeakSet[Handle] = weakref.WeakSet()

    def current(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        return self._handle().connection

    @contextmanager
    def write_transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a write transaction; commit it at the end, roll it back on any error.

        The flock makes writers wait in turn: by SQLite's own busy handler alone one of many starves.
        """
        handle = self._handle()
        fcntl.flock(handle.lock, fcntl.LOCK_EX)
        try:
            handle.connection.execute("BEGIN IMMEDIATE")
            yield handle.connection
            handle.connection.execute("COMMIT")
        except BaseException:
            if handle.connection.in_transaction:
                handle.connection.execute("ROLLBACK")
            raise
        finally:
            fcntl.flock(handle.lock, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the connections of all threads."""
        for handle in list(self._open):
            handle.close()
        self._local = threading.local()

    def _handle(self) -> Handle:
        handle: Handle | None = getattr(self._local, "handle", None)
        if handle is None:
            handle = self._local.handle = Handle(self.database, self._lock)
            self._open.add(handle)
        return handle


def _connect(database: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise NotFound(f"Không có nhật ký nào ở {database}.", "Hãy tạo không gian làm việc trước.") from error
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
    return connection


def _close(connection: sqlite3.Connection, lock: int) -> None:
    connection.close()
    os.close(lock)
