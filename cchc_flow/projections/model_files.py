"""The files of a set of read models: `NAME-N.db`, of which `NAME.current` names the one in use."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils.utils import sqlite3

from cchc_flow import projections
from cchc_flow.errors import LogBroken
from cchc_flow.files import make_file, replace_file
from cchc_flow.projections.memory import Memory, ReadModels

BUSY_SECONDS = 5
CHECKPOINT_PAGES = 4_000
"""How many pages (16 MB) are written before they are moved into the database; a command changes twenty."""
MAPPED = 256 * 1024 * 1024
"""How many bytes of the file are mapped into memory. A connection's own cache is emptied by each write of
another connection; the mapped pages stay. That is safe since nothing ever shortens the file."""


def connect(path: Path, memory: Memory, *, decides: bool = True) -> ReadModels:
    """Open a file of read models, or make an empty one; `memory` keeps answers for all connections to it.

    A connection that `decides` has tables of its own for the models that decide.
    """
    connection = sqlite3.connect(
        make_file(path), isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    connection.execute("PRAGMA temp_store = MEMORY")
    database = ReadModels(connection, path, memory)
    for model in projections.DECIDING if decides else ():
        execute_script(database, model.SCHEMA)
    return database


def execute_script(database: ReadModels, script: str) -> None:
    """Execute statements that are separated by semicolons, within the transaction that is open."""
    for statement in filter(str.strip, script.split(";")):
        database.execute(statement)


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the lock under which files of the folder are made, named and removed."""
    with make_file(folder / "projections.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def read_version(path: Path) -> int:
    """Return the version of the rows in a file, 0 for one that is no database or not there."""
    if not path.is_file():
        return 0
    try:
        with closing(connect(path, {})) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return 0


def later_version_error() -> LogBroken:
    """Return the error for rows of a later version than ours.

    They are left alone: two releases at work on one folder would rebuild them from each other for ever.
    """
    return LogBroken(
        "Bảng đọc của không gian làm việc do một bản mới hơn của chương trình dựng.",
        "Hãy dùng bản đó, hoặc dựng lại cho bản này bằng «cchc-flow rebuild».",
    )


def current_file(pointer: Path) -> Path | None:
    """Return the file that a pointer such as `projections.current` names; None when it names none there."""
    try:
        words = pointer.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    if not re.fullmatch(rf"{pointer.stem}-[0-9]{{1,9}}\.db", words):
        return None
    path = pointer.with_name(words)
    return path if path.is_file() else None


def stamp(pointer: Path, file: Path | None) -> tuple[int, int, int] | None:
    """Return a value that changes when another file becomes current or this one is gone; None for no file."""
    try:
        named, rows = pointer.stat(), file.stat() if file else None
    except FileNotFoundError:
        return None
    return (named.st_ino, named.st_mtime_ns, rows.st_ino) if rows else None


def make_current(pointer: Path, path: Path) -> None:
    """Make another file the current one, atomically; readers then reopen. An open file is never replaced."""
    replace_file(pointer, f"{path.name}\n".encode())


def stale_files(kept: Path) -> list[Path]:
    """Return the files of read models older than the one before `kept`, which others may still read."""
    name = kept.stem.partition("-")[0]
    files = kept.parent.glob(f"{name}-[0-9]*.db")
    return [path for path in files if 0 < file_number(path) < file_number(kept) - 1]


def remove_file(path: Path) -> None:
    """Remove a file of read models with its write-ahead log, if it is there."""
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def file_number(path: Path | None) -> int:
    """Return the N of `projections-N.db`, 0 for no file."""
    return int(re.sub(r"\D", "", path.stem)) if path else 0
