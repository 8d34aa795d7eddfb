"""Keep the read models of one workspace true to its log, in a file that a rebuild replaces as a whole."""

import fcntl
import re
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.projections import MODELS, VERSION

BATCH = 2_000
BUSY_SECONDS = 60
MAPPED = 256 * 1024 * 1024
"""Pages are read where the system holds them: a connection's own cache is empty again after each write of
another one. Nothing ever shortens the file."""
Progress = Callable[[int, int], None]


class Models:
    """The read models of one workspace: `read()` gives them as they follow from the newest event."""

    def __init__(self, folder: Path, log: EventLog) -> None:
        self._folder = folder
        self._log = log
        self._local = threading.local()
        self._open: weakref.WeakSet[Database] = weakref.WeakSet()

    def read(self) -> Database:
        """Return this thread's connection, brought up to date with the log first."""
        database = self._database()
        catch_up(database, self._log)
        return database

    def rebuild(self, progress: Progress | None = None) -> Path:
        """Make the read models again from the log, put them in the place of the old ones, return the file."""
        with _locked(self._folder):
            return self._replace(progress)

    def differences(self, progress: Progress | None = None) -> list[str]:
        """Return the tables in which the read models differ from what the log makes of them now."""
        current = self.read()
        path = self._folder / "check.db"
        with _locked(self._folder), _still(current) as position:
            _remove(path)
            fresh = _build(path, self._log, progress, upto=position)
            try:
                return [name for name in _tables(fresh) if _rows(fresh, name) != _rows(current, name)]
            finally:
                fresh.close()
                _remove(path)

    def close(self) -> None:
        """Close the connections of all threads."""
        for database in list(self._open):
            database.close()
        self._local = threading.local()

    def _database(self) -> Database:
        path = _current(self._folder)
        if path is None:
            path = self._renew(None)
        if getattr(self._local, "path", None) != path:
            if _version(path) != VERSION:
                self._renew(path)
                return self._database()
            self._reopen(path)
        database: Database = self._local.database
        return database

    def _reopen(self, path: Path) -> None:
        """Turn to another file; who still reads the old one, higher up, keeps its connection until then."""
        self._local.database, self._local.path = _connect(path), path
        self._open.add(self._local.database)

    def _renew(self, stale: Path | None) -> Path:
        """Make the read models if nobody else has done so since the file `stale` was seen to be unfit."""
        with _locked(self._folder):
            path = _current(self._folder)
            return self._replace(None) if path is None or path == stale else path

    def _replace(self, progress: Progress | None) -> Path:
        path = self._folder / f"projections-{_number(_current(self._folder)) + 1}.db"
        _remove(path)
        _build(path, self._log, progress).close()
        _point_to(self._folder, path)
        for stale in _older(self._folder, path):
            _remove(stale)
        return path


def catch_up(
    database: Database, log: EventLog, progress: Progress | None = None, *, upto: int | None = None
) -> None:
    """Fold what the log has (up to a position) and the rows have not; a batch commits with its position."""
    newest = log.size() if upto is None else upto
    while (done := position(database)) < newest:
        with _writing(database):
            done = position(database)
            end = min(done + BATCH, newest)
            for event in log.read_events(done, end):
                _fold(database, event)
            database.execute("UPDATE progress SET position = ?", [max(done, end)])
        if progress:
            progress(end, newest)


def _fold(database: Database, event: RecordedEvent) -> None:
    try:
        for model in MODELS:
            model.fold(database, event)
    except (ValueError, KeyError, msgspec.ValidationError) as error:
        raise LogBroken(
            f"Bảng đọc không theo được sự kiện {event.position} ({error}).", "Hãy chạy «cchc-flow rebuild»."
        ) from error


def _build(path: Path, log: EventLog, progress: Progress | None, *, upto: int | None = None) -> Database:
    database = _connect(path)
    with _writing(database):
        database.execute("CREATE TABLE progress (position INTEGER NOT NULL) STRICT")
        database.execute("INSERT INTO progress VALUES (0)")
        for model in MODELS:
            for statement in filter(str.strip, model.SCHEMA.split(";")):
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {VERSION}")
    catch_up(database, log, progress, upto=upto)
    return database


def _connect(path: Path) -> Database:
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    return Database(connection)


@contextmanager
def _writing(database: Database) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


@contextmanager
def _still(database: Database) -> Iterator[int]:
    """Give the position of rows that stay as they are while others go on writing."""
    database.execute("BEGIN")
    try:
        yield position(database)
    finally:
        database.execute("ROLLBACK")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "projections.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def position(database: Database) -> int:
    """Return the position up to which the rows follow the log."""
    return int(database.execute("SELECT position FROM progress").fetchone()[0])


def _version(path: Path) -> int:
    """Return the shape of the rows in a file, 0 for one that is no database; raise LogBroken for a later one.

    A later shape is left alone: two releases at work on one folder would rebuild it from each other for ever.
    """
    try:
        database = _connect(path)
        found = int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return 0
    database.close()
    if found > VERSION:
        raise LogBroken(
            "Bảng đọc của không gian làm việc do một bản mới hơn của chương trình dựng.",
            "Hãy dùng bản đó, hoặc dựng lại cho bản này bằng «cchc-flow rebuild».",
        )
    return found


def _current(folder: Path) -> Path | None:
    """Return the file that `projections.current` names, or None when there is none that exists."""
    try:
        path = folder / (folder / "projections.current").read_text().strip()
    except FileNotFoundError:
        return None
    return path if path.is_file() else None


def _point_to(folder: Path, path: Path) -> None:
    """Name another file atomically: readers reopen, and an open database is never replaced."""
    draft = folder / "projections.current.new"
    draft.write_text(path.name + "\n")
    draft.replace(folder / "projections.current")


def _number(path: Path | None) -> int:
    return int(re.sub(r"\D", "", path.stem)) if path else 0


def _older(folder: Path, kept: Path) -> list[Path]:
    return [path for path in folder.glob("projections-[0-9]*.db") if 0 < _number(path) < _number(kept) - 1]


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)


def _tables(database: Database) -> list[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [row[0] for row in rows]


def _rows(database: Database, table: str) -> list[tuple[object, ...]]:
    return sorted(database.execute(f"SELECT * FROM [{table}]").fetchall(), key=repr)  # noqa: S608  # our own name
