"""The file of the accounts: its tables, a connection for each thread, and the form of its instants."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils.utils import sqlite3

BUSY_SECONDS = 10
SCHEMA = """
CREATE TABLE IF NOT EXISTS passwords (
  person TEXT PRIMARY KEY, hash TEXT NOT NULL, temporary_until TEXT, changed TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  id INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, person TEXT NOT NULL, begun TEXT NOT NULL,
  seen TEXT NOT NULL, ended TEXT, address TEXT NOT NULL, browser TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS sessions_of ON sessions (person, address);
CREATE TABLE IF NOT EXISTS attempts (key TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS attempts_of ON attempts (key, at);
CREATE TABLE IF NOT EXISTS read_marks (person TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS mailing (
  person TEXT PRIMARY KEY, address TEXT, kinds TEXT NOT NULL, mailed INTEGER NOT NULL, refused TEXT) STRICT;
CREATE TABLE IF NOT EXISTS feeds (
  person TEXT PRIMARY KEY, secret BLOB NOT NULL UNIQUE, made TEXT NOT NULL) STRICT;
"""
Row = tuple[str, ...]


class AccountsDatabase:
    """`accounts.db` in a private folder, made at the first use, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "accounts.db"
        self._local = threading.local()

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row of a query, or None."""
        row: Row | None = self._connection().execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows of a query."""
        return list(self._connection().execute(sql, values))

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction that nobody else writes beside; undone when it raises."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
            self._local.connection = _connect(self._file)
        connection: sqlite3.Connection = self._local.connection
        return connection


def instant_text(moment: datetime) -> str:
    """Return an instant as it is stored: UTC, so that texts compare as instants do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    with file.with_suffix(".lock").open("a") as lock:
        fcntl.flock(
            lock, fcntl.LOCK_EX
        )  # one at a time: the change to WAL fails at once where another writes
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
    return connection
