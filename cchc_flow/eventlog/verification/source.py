"""Where a verification reads a log: a database seen in one snapshot, and the vault beside it.

`FolderSource` is the home in a folder; the one in PostgreSQL is `eventlog/postgres/source.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from cchc_flow.eventlog import editions
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.reads.home import FolderReads, ReadsHome
from cchc_flow.eventlog.vault import Vault
from cchc_flow.eventlog.verification.file_check import FileCheck, checking_file
from cchc_flow.eventlog.verification.report import Problem
from cchc_flow.eventlog.verification.snapshot import connect_read_only, open_snapshot, read_any_text

Reopen = Callable[[], Connection]
"""Opens another connection that sees the same snapshot; another process can call it (it is pickled)."""


class Snapshot(Protocol):
    """A log as it was at one moment, whatever is appended meanwhile."""

    @property
    def connection(self) -> Connection:
        """The connection that sees it."""

    @property
    def reopen(self) -> Reopen:
        """Opens further connections to it, in whatever process, as long as this one is open."""

    @property
    def whole_table(self) -> str:
        """What follows the name of a table in SQL to have its rows counted, and not those of an index."""

    def iterate(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Return the rows of a query one by one: however many there are, few are in memory."""

    def schema_differences(self) -> list[str]:
        """Return in Vietnamese what of the schema is not as the log's edition says; nothing when all is."""

    @property
    def seals_later(self) -> bool:
        """Whether a commit may still be without its seal; then it has a voucher."""

    def own_check(self) -> AbstractContextManager["OwnCheck"]:
        """Begin what is to be checked in this home alone, beside the walk through the events."""

    def read_any_text(self) -> None:
        """Read text that is no UTF-8 as another text from now on, instead of raising."""


class OwnCheck(Protocol):
    """The check of what only one home has: a file, or rows beside those that all homes have."""

    def problem(self) -> Problem | None:
        """Return the first problem, when the events were found right; raise what reading raised."""


class LogSource(Protocol):
    """The log of one workspace, as verification and export read it."""

    @property
    def folder(self) -> Path:
        """The workspace's folder on this machine, which has the files of reads; it need not exist."""

    @property
    def unreadable(self) -> tuple[type[Exception], ...]:
        """What reading a spoilt database raises."""

    def open_snapshot(self) -> AbstractContextManager[Snapshot]:
        """Give the log as it is now; raise NotFound without one."""

    def vault(self) -> Vault:
        """Return the vault that the log's events refer to."""

    def reads(self) -> ReadsHome:
        """Return where the log of reads is."""


class FileSnapshot:
    """A snapshot of a log in an SQLite file, whose URI is `address`."""

    whole_table = " NOT INDEXED"
    seals_later = False

    def __init__(self, connection: sqlite3.Connection, address: str) -> None:
        self.connection, self._address = connection, address

    @property
    def reopen(self) -> Reopen:
        """Opens further connections; they read the newest state, which has all that this one sees."""
        return partial(connect_read_only, self._address)

    def iterate(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Return the rows of a query; SQLite computes each when it is asked for."""
        return self.connection.execute(sql, parameters)

    def schema_differences(self) -> list[str]:
        """Compare the file's schema with its edition."""
        return editions.differences(self.connection)

    def own_check(self) -> AbstractContextManager[FileCheck]:
        """Begin SQLite's own check of the file."""
        return checking_file(self._address)

    def read_any_text(self) -> None:
        """Let the connection read any text; each then takes twice as long."""
        read_any_text(self.connection)


class FolderSource:
    """The log in a folder: `events.db` and `vault`."""

    unreadable: tuple[type[Exception], ...] = (sqlite3.Error, UnicodeDecodeError)
    """The second when SQLite quotes what is no UTF-8 in a message."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open_snapshot(self) -> Iterator[FileSnapshot]:
        """Give the file as it is now, without writing anything."""
        with open_snapshot(self.folder) as (connection, address):
            yield FileSnapshot(connection, address)

    def vault(self) -> Vault:
        """Return the vault in the folder."""
        return FolderVault(self.folder / "vault")

    def reads(self) -> ReadsHome:
        """Return the files of reads in the folder."""
        return FolderReads(self.folder)


def source_of(log: LogSource | Path) -> LogSource:
    """Return the source that was given, or that of the log in a folder."""
    return FolderSource(log) if isinstance(log, Path) else log
