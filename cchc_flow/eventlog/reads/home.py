"""Where the log of reads of a workspace is: a file for each month, or tables of the database for all."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from cchc_flow.eventlog import editions
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.port import EventLog, LogEnd
from cchc_flow.eventlog.reads.entry import MONTH, Read
from cchc_flow.eventlog.reads.month import MonthFile
from cchc_flow.eventlog.reads.schema import schema_statements
from cchc_flow.eventlog.verification.snapshot import open_snapshot

FOLDER = "reads"


class MonthWriter(Protocol):
    """One month, opened for writing; used by one thread at a time, beside any number of other writers."""

    @property
    def month(self) -> str:
        """The month, such as 2026-03."""

    def is_there(self) -> bool:
        """Tell whether what was opened is still there to be written."""

    def append(self, read: Read, log: EventLog) -> bool:
        """Append an entry under a root that the log's key signs; return False if there is one with its key.

        Raise MonthClosed, NotRecorded and LogBroken.
        """

    def has_entries(self) -> bool:
        """Tell whether anything is recorded."""

    def close_for_good(self) -> LogEnd:
        """Let the month take no more entries, and return its end, which is durable by then."""

    def sync(self) -> LogEnd | None:
        """Make what is recorded durable; return the end that is, None if that cannot be told now."""

    def close(self) -> None:
        """Close the connection."""


class ReadsHome(Protocol):
    """The months of one workspace. A connection to one has the tables `reads`, `nodes` and `head`."""

    @property
    def unreadable(self) -> tuple[type[Exception], ...]:
        """What reading a spoilt month raises."""

    def months(self) -> list[str]:
        """Return the months that there are, oldest first."""

    def open_month(self, month: str) -> AbstractContextManager[Connection]:
        """Give a month as it is now, to be read without writing anything; raise NotFound without one."""

    def has_tables(self, connection: Connection) -> bool:
        """Tell whether a month that was opened has tables: the disk may have been full when it was made."""

    def structure_fault(self, connection: Connection) -> str:
        """Return in words what is wrong with a month's tables, empty when nothing is."""

    def index_fault(self, connection: Connection) -> str:
        """Return in words what is wrong with a month's indexes, empty when nothing is."""

    def open_writer(self, month: str) -> MonthWriter:
        """Return a month opened for writing, made if it is not there."""

    def take_month(self, month: str, source: Connection) -> bool:
        """Copy a month of another home; return False when what is here is not how that month begins."""

    def delete_month(self, month: str) -> None:
        """Delete a month, if it is there."""


class FolderReads:
    """The files `reads/2026-03.db` and so on in a workspace's folder."""

    unreadable: tuple[type[Exception], ...] = (sqlite3.Error, UnicodeDecodeError)

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def months(self) -> list[str]:
        """Return the months that have a file, oldest first."""
        return sorted(path.stem for path in self._folder.glob("*.db") if MONTH.fullmatch(path.stem))

    @contextmanager
    def open_month(self, month: str) -> Iterator[Connection]:
        """Give a month's file as it is now, beside a running server or on a read-only medium."""
        with open_snapshot(self._folder, f"{month}.db") as (connection, _):
            yield connection

    def has_tables(self, connection: Connection) -> bool:
        """Tell whether a file has any table."""
        return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None

    def structure_fault(self, connection: Connection) -> str:
        """Compare the file's schema with its edition."""
        is_right = editions.schema_digest(connection) == editions.edition_digest(schema_statements())
        return "" if is_right else "có cấu trúc tệp bị thay đổi"

    def index_fault(self, connection: Connection) -> str:
        """Ask SQLite for damage, such as an index that does not agree with its table."""
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        return "" if found == "ok" else f"có tệp hỏng ({found})"

    def open_writer(self, month: str) -> MonthFile:
        """Return a month's file opened for writing."""
        return MonthFile(self._folder, month)

    def take_month(self, month: str, source: Connection) -> bool:
        """Copy a month of another home into a file, in one transaction."""
        file = self.open_writer(month)
        try:
            return file.take_over(source)
        finally:
            file.close()

    def delete_month(self, month: str) -> None:
        """Delete a month's file and those beside it."""
        for suffix in ("", "-wal", "-shm"):
            (self._folder / f"{month}.db{suffix}").unlink(missing_ok=True)
