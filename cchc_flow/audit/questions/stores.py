"""Files beside the log in which an answer is kept that the log alone does not give, such as who opened what.

They can be deleted: whoever asks next fills them again, as far as what they come from is still there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.eventlog.port import EventLog
from cchc_flow.files import make_file
from cchc_flow.projections.memory import ReadModels
from cchc_flow.projections.model_files import execute_script
from cchc_flow.projections.signs import rows

BUSY_SECONDS = 10
PATIENCE_SECONDS = 5.0
"""So long a question that was not asked for a while reads on before it answers."""
PROGRESS = """
CREATE TABLE progress (position INTEGER NOT NULL, root BLOB) STRICT;
INSERT INTO progress VALUES (0, NULL)
"""


def open_store(path: Path, version: int, schema: str, log: EventLog) -> Database:
    """Open a store with signs and the tables of its schema; one of another version or log is emptied.

    A file that cannot be read as a store is made anew.
    """
    try:
        return _open(path, version, schema, log)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # busy, or the disk is full: the file is not at fault
            raise
        path.unlink()
        return _open(path, version, schema, log)


def _open(path: Path, version: int, schema: str, log: EventLog) -> Database:
    connection = sqlite3.connect(make_file(path), isolation_level=None, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA trusted_schema = OFF")
    database = ReadModels(connection, path, {})
    with writing(database):
        if not _is_usable(database, version, log):
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in names:
                database.execute(f"DROP TABLE {name}")
            execute_script(database, f"{PROGRESS};{rows.SCHEMA};{schema}")
            database.execute(f"PRAGMA user_version = {version:d}")
    return database


def fill(db: Database, log: EventLog, upto: int, read_on: Callable[[int], int]) -> None:
    """Fill a store up to a position, or as far as there is time: who asks again goes on from there.

    `read_on` writes what comes after a position, and returns the position up to which it has read.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while end_of_store(db) < upto and time.monotonic() < end:
        with writing(db):
            position = read_on(end_of_store(db))
            root = log.root(position)
            db.execute("UPDATE progress SET position = ?, root = ?", [position, root])


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """Write all or nothing, while nobody else writes."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def end_of_store(database: Database) -> int:
    """Return the position up to which a store is filled."""
    return int(database.execute("SELECT position FROM progress").fetchone()[0])


def _is_usable(database: Database, version: int, log: EventLog) -> bool:
    """Tell whether a store has this version, and was filled from this log."""
    if database.execute("PRAGMA user_version").fetchone()[0] != version:
        return False
    position, root = database.execute("SELECT position, root FROM progress").fetchone()
    return position == 0 or bool(position <= log.size() and log.root(position) == root)
