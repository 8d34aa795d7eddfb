"""The accounts of one workspace in a file: its tables, and one connection for each thread."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow.accounts.port import Row
from cchc_flow.eventlog.refusals import refusals_in_words
from cchc_flow.files import make_file, make_folder

BUSY_SECONDS = 5
SCHEMA = """
CREATE TABLE IF NOT EXISTS passwords (
  person TEXT PRIMARY KEY, hash TEXT NOT NULL, temporary_until TEXT, changed TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  id INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, person TEXT NOT NULL, begun TEXT NOT NULL,
  seen TEXT NOT NULL, ended TEXT, address TEXT NOT NULL, browser TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS sessions_of ON sessions (person, address);
CREATE TABLE IF NOT EXISTS attempts (key TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS attempts_of ON attempts (key, at);
CREATE TABLE IF NOT EXISTS delays (
  key BLOB PRIMARY KEY, level REAL NOT NULL, at TEXT NOT NULL, waits INTEGER NOT NULL, until TEXT) STRICT;
CREATE INDEX IF NOT EXISTS delays_by_age ON delays (at);
CREATE TABLE IF NOT EXISTS delay_keys (number INTEGER PRIMARY KEY, key BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS read_marks (person TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS items_read (
  person TEXT NOT NULL, item TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (person, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mailing (
  person TEXT PRIMARY KEY, address TEXT, kinds TEXT NOT NULL, mailed INTEGER NOT NULL, refused TEXT) STRICT;
CREATE TABLE IF NOT EXISTS feeds (
  person TEXT PRIMARY KEY, secret BLOB NOT NULL UNIQUE, made TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS facts (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, at TEXT NOT NULL, actor TEXT NOT NULL,
  channel TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, client TEXT) STRICT;
CREATE TABLE IF NOT EXISTS refusals (
  person TEXT NOT NULL, period TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (person, period)) STRICT;
CREATE TABLE IF NOT EXISTS lockouts (person TEXT PRIMARY KEY, until TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS saved_views (
  number INTEGER PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, page TEXT NOT NULL,
  query TEXT NOT NULL, made TEXT NOT NULL, UNIQUE (person, name)) STRICT;
CREATE TABLE IF NOT EXISTS plan_readings (
  person TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL, inputs TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (person, digest)) STRICT;
CREATE TABLE IF NOT EXISTS feed_days (person TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT;
"""


class FolderAccounts:
    """`accounts.db` in a private folder (see `port.AccountsDatabase`); made at first use, for its owner."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "accounts.db"
        self._local = threading.local()

    def fetch_one(self, sql: str, *values: object) -> Row | None:
        """Return the first row of a query, None when it has no rows."""
        row: Row | None = self._connection().execute(sql, values).fetchone()
        return row

    def fetch_all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows of a query."""
        return list(self._connection().execute(sql, values))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open a write transaction and give its connection; roll back when the block raises.

        Only one process writes at a time; raise NotRecorded when another one holds the database for seconds.
        """
        connection = self._connection()
        with refusals_in_words():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def write_if_free(self, sql: str, *values: object) -> None:
        """Write something that may as well be written later, unless that fails or another one is writing."""
        connection = self._connection()
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            with suppress(sqlite3.OperationalError):
                connection.execute(sql, values)
        finally:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection, opened at its first use."""
        if not hasattr(self._local, "connection"):
            make_folder(self._file.parent)
            self._local.connection = _connect(make_file(self._file))
        connection: sqlite3.Connection = self._local.connection
        return connection


def _connect(file: Path) -> sqlite3.Connection:
    """Open the database and create the tables that are missing."""
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    with make_file(file.with_suffix(".lock")).open("a") as lock:
        # Without the lock, switching to WAL fails at once while another process writes.
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection.execute("PRAGMA journal_mode = WAL")
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        if connection.execute("SELECT 1 FROM attempts LIMIT 1").fetchone():  # of an older release
            connection.execute("DELETE FROM attempts")  # what was typed is in them
    return connection
