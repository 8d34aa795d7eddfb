"""Reading a log without writing anything: beside a running server, or on a read-only medium."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.driver import sqlite3

DATABASE = "events.db"


@contextmanager
def open_snapshot(folder: Path, name: str = DATABASE) -> Iterator[tuple[sqlite3.Connection, str]]:
    """Give a connection that keeps seeing the log as it is now, and its URI; raise NotFound without a log.

    Another `name` is that of another database in the folder.
    """
    if not (folder / name).is_file():
        raise NotFound(f"Không có nhật ký nào trong {folder}.")
    with _readable_uri(folder, name) as address, closing(connect_read_only(address)) as connection:
        connection.execute("BEGIN")
        yield connection, address


@contextmanager
def _readable_uri(folder: Path, database: str) -> Iterator[str]:
    """Give the URI under which SQLite can read the log.

    In a read-only folder SQLite cannot create the missing index (`-shm`) of a WAL, so such a log is copied
    first. Without a WAL nobody can be writing there, and the file is opened as immutable.
    """
    uri = (folder / database).absolute().as_uri()
    if os.access(folder, os.W_OK) or (folder / f"{database}-shm").exists():
        yield f"{uri}?mode=ro"
    elif not _has_wal(folder / f"{database}-wal"):
        yield f"{uri}?mode=ro&immutable=1"
    else:
        with tempfile.TemporaryDirectory() as copy:
            for name in (database, f"{database}-wal"):
                shutil.copyfile(folder / name, Path(copy) / name)
            yield f"{(Path(copy) / database).as_uri()}?mode=ro"


def _has_wal(wal: Path) -> bool:
    return wal.exists() and wal.stat().st_size > 0


def connect_read_only(address: str) -> sqlite3.Connection:
    """Return a connection to a database URI that cannot write."""
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA busy_timeout = 60000")
    connection.execute("PRAGMA query_only = ON")
    return connection


def read_any_text(connection: sqlite3.Connection) -> None:
    """Let a connection read text that is no UTF-8, as another text; each text then takes twice as long."""
    connection.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")
