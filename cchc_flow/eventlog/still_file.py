"""Holding a database file still while its bytes are copied and its writers go on.

What is committed goes first into SQLite's write-ahead log and is moved into the file later. A reader that
begins when all was moved needs the file alone, and holds the lock WAL_READ_LOCK(0): nobody may write to the
file before it ends (https://sqlite.org/walformat.html, 2.3.1). Writers go on in the write-ahead log.
"""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.snapshot import connect_read_only, open_snapshot
from cchc_flow.eventlog.writer_lock import WriterLock

PATIENCE_SECONDS = 10.0
"""How long readers of older states may keep committed changes out of the file."""
PAUSE_SECONDS = 0.05
BUSY_MS = 5_000


@contextmanager
def hold_file_still(database: Path, spare: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """Give the file that holds a database as it is now, unchanged until the end, and a reader of that file.

    It is the database's own file, where its folder can be written and nobody reads an older state for long;
    else a copy by SQLite, in the folder `spare`. The own file must not be opened as a plain file by this
    process: closing it would drop the locks that SQLite holds (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    if os.access(database.parent, os.W_OK):
        with closing(_connect(database)) as reader:
            if _begin_on_whole_file(reader, database):
                with closing(_connect_to_file(database)) as connection:
                    yield connection, database
                return
    copy = spare / database.name
    with open_snapshot(database.parent, database.name) as (connection, _):
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
    with closing(_connect_to_file(copy)) as connection:
        yield connection, copy


def _begin_on_whole_file(reader: sqlite3.Connection, database: Path) -> bool:
    """Begin to read when the file has all that is committed; return False if it never has."""
    until = time.monotonic() + PATIENCE_SECONDS
    writers = WriterLock(database.with_suffix(".lock"))
    with closing(_connect(database)) as blocker, closing(writers):
        while not _begin_if_whole(reader, blocker, writers):
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE_SECONDS)
    return True


def _begin_if_whole(reader: sqlite3.Connection, blocker: sqlite3.Connection, writers: WriterLock) -> bool:
    """Begin to read if all that is committed could be moved into the file; writers wait meanwhile.

    Return False also when a writer does not let go for seconds: it may have been stopped.
    """
    reader.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of the work, before writers have to wait
    try:
        with writers:
            blocker.execute("BEGIN IMMEDIATE")
            try:
                _, frames, moved = reader.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if frames != moved:
                    return False
                reader.execute("BEGIN")
                reader.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
                return True
            finally:
                blocker.execute("ROLLBACK")
    except (NotRecorded, sqlite3.OperationalError):
        return False


def _connect(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return connection


def _connect_to_file(database: Path) -> sqlite3.Connection:
    """Return a reader of the file alone, whatever its write-ahead log has."""
    return connect_read_only(f"{database.absolute().as_uri()}?mode=ro&immutable=1")
