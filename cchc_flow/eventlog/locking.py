"""Connections to the log's database: one for each thread; writers wait in line for one another."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.moved_mark import read_mark
from cchc_flow.eventlog.refusals import find_refusal
from cchc_flow.eventlog.usage import Usage
from cchc_flow.eventlog.writer_lock import WriterLock

FIRST_SAFE_VERSION = (3, 51, 3)
FIRST_UNSAFE_VERSION = (3, 7, 0)
BUSY_MS = 10_000
WAL_PAGES = 4_000  # SQLite's default of 1,000 pages costs a tenth of the speed of appending


def check_sqlite_version(version: str = sqlite3.sqlite_version) -> str:
    """Return the version of SQLite; raise LogBroken for one whose WAL can lose data (WAL-reset bug).

    In 3.7.0 to 3.51.2 a write and a WAL checkpoint on two connections can corrupt the database.
    """
    numbers = tuple(int(part) for part in version.split("."))
    if FIRST_UNSAFE_VERSION <= numbers < FIRST_SAFE_VERSION:
        raise LogBroken(
            f"SQLite {version} có lỗi có thể làm hỏng nhật ký (các bản 3.7.0 đến 3.51.2).",
            "Hãy cài gói pysqlite3 đi kèm hoặc nâng SQLite lên từ 3.51.3.",
        )
    return version


class ThreadHandle:
    """One thread's connection."""

    def __init__(self, database: Path) -> None:
        self.connection = _connect(database)
        self.close = weakref.finalize(self, self.connection.close)


class Connections:
    """The connections of one open log; each is closed when its thread ends, or by `close`."""

    def __init__(self, folder: Path, usage: Usage | None = None) -> None:
        self._usage = usage or Usage(None)
        self.database = folder / "events.db"
        self._writers = WriterLock(folder / "events.lock")
        self._local = threading.local()
        self._open: weakref.WeakSet[ThreadHandle] = weakref.WeakSet()

    def current(self) -> sqlite3.Connection:
        """Return this thread's connection, opened at its first use; raise NotFound without a database."""
        return self._thread_handle().connection

    @contextmanager
    def read_transaction(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection, which sees the log as it is at the first statement until the end."""
        connection = self.current()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @contextmanager
    def write_transaction(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection in a write transaction; commit it at the end, roll back on any error.

        Writers queue at a file lock: with SQLite's busy handler alone, one of many may never get its turn.
        Raise NotRecorded when another writer holds it for seconds, or the disk is full, Refusal when the log
        went to another home.
        """
        connection = self._thread_handle().connection
        with self._writers:
            if mark := read_mark(self.database.parent):
                raise mark.refusal()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if refusal := find_refusal(error):
                    raise refusal from error
                raise

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Keep all writers out until the end; nothing is written here. Raise NotRecorded as a writer does."""
        with self._writers:
            yield

    def close(self) -> None:
        """Close the connections of all threads."""
        for handle in list(self._open):
            handle.close()
        self._local = threading.local()
        self._writers.close()
        self._usage.end()

    def _thread_handle(self) -> ThreadHandle:
        """Return this thread's handle, opened at its first use."""
        handle: ThreadHandle | None = getattr(self._local, "handle", None)
        if handle is None:
            self._usage.begin()
            handle = self._local.handle = ThreadHandle(self.database)
            self._open.add(handle)
        return handle


def _connect(database: Path) -> sqlite3.Connection:
    """Open an existing database for reading and writing; raise NotFound without one."""
    try:
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise NotFound(f"Không có nhật ký nào ở {database}.", "Hãy tạo không gian làm việc trước.") from error
    connection.execute("PRAGMA trusted_schema = OFF")  # what is planted in the schema calls nothing of ours
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
    return connection
