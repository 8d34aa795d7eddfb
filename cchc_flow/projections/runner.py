"""Keeps a set of read models of one workspace up to date with its log, in a file that a rebuild replaces."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow import projections
from cchc_flow.eventlog.port import EventLog
from cchc_flow.projections import PAGES, ModelSet, model_files
from cchc_flow.projections.background import BackgroundBuild, has_shape
from cchc_flow.projections.catching_up import Progress as Progress
from cchc_flow.projections.catching_up import build_file, catch_up, schemas
from cchc_flow.projections.comparison import Differences, find_differences
from cchc_flow.projections.deciding import decide_up_to
from cchc_flow.projections.memory import Memory, ReadModels, read_position
from cchc_flow.projections.past_readers import PastReaders
from cchc_flow.projections.stuck_file import StuckFile


class Models:
    """A set of read models of one workspace; `read` returns a connection that is up to date with the log.

    With `builds_beside` nobody waits while an old file is replaced by one of a newer version, if our queries
    can read the old one.
    """

    def __init__(
        self, folder: Path, log: EventLog, models: ModelSet = PAGES, *, builds_beside: bool = False
    ) -> None:
        self._folder, self._pointer = folder, folder / f"{models.name}.current"
        self._log, self._set = log, models
        self._background = BackgroundBuild() if builds_beside else None
        self._local = threading.local()
        self._open: weakref.WeakSet[Database] = weakref.WeakSet()
        self._memory: Memory = {}
        self._reached: dict[Path, int] = {}
        """The position up to which each file is known to be folded, whichever thread folded it."""
        self._stuck = StuckFile()
        self._past = PastReaders(log, models, self._open)

    @property
    def reached(self) -> int:
        """The position up to which this process knows them to be folded; 0 before anybody has read them."""
        return max(self._reached.values(), default=0)

    def read(self) -> ReadModels:
        """Return this thread's connection, caught up with the log; within a snapshot it stays as it is."""
        held: ReadModels | None = getattr(self._local, "held", None)
        if held is not None and held.position is not None:
            return held
        database, newest = self._database(), self._log.newest()
        reached = self._reached.get(database.file)
        if reached != newest and not self._stuck.is_left_alone:
            with self._stuck.let_pass(database.file):
                until = None if self._set.patience is None else monotonic() + self._set.patience
                reached = catch_up(database, self._log, self._set, since=reached, upto=newest, until=until)
                self._reached[database.file] = reached
        if self._set.decides:
            decide_up_to(database, self._log, newest if reached == newest else position(database))
        if getattr(self._local, "depth", 0):
            _hold(database, self._log)
            self._local.held = database
        return database

    def read_as_of(self, position: int) -> ReadModels:
        """Return a connection that shows the read models as they were at a position of the log, for good.

        It serves this thread, is kept for the next who asks, and sees no more than `position` whatever is
        written. Raise BadInput for a position that the log does not have.
        """
        return self._past.read(self.read().file, position)

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """Let this thread read as of one position of the log; a snapshot within another is the same one."""
        self._local.depth = getattr(self._local, "depth", 0) + 1
        try:
            yield self.read()
        finally:
            self._local.depth = getattr(self._local, "depth", 1) - 1
            if self._local.depth == 0:
                self._release()

    def renew(self) -> None:
        """Move the snapshot of this thread, if it has one, on to the newest position."""
        if getattr(self._local, "depth", 0):
            self._release()
            self.read()

    def forget(self) -> None:
        """Let this thread take a new connection: a plugin that was given up may go on using the old one."""
        self._local.path = self._local.stamp = self._local.held = None
        self._past.forget()

    def _release(self) -> None:
        """End the read transaction of this thread's snapshot, if it has one."""
        held: ReadModels | None = getattr(self._local, "held", None)
        self._local.held = None
        if held is not None and held.position is not None:
            held.position = None
            with suppress(sqlite3.ProgrammingError):  # the workspace was closed in the meantime
                held.execute("COMMIT")  # what was folded into its own tables in the meantime stays

    def rebuild(self, progress: Progress | None = None) -> Path:
        """Make the read models again from the log, put them in the place of the old ones, return the file."""
        with model_files.lock_folder(self._folder):
            return self._replace(progress)

    def differences(self, progress: Progress | None = None) -> list[str]:
        """Return in words the rows and tables that are not what the log makes of them now."""
        return self.find_differences(progress).words()

    def find_differences(self, progress: Progress | None = None) -> Differences:
        """Return the rows and tables that are not what the log makes of them now."""
        current = self.read()
        path = self._folder / "check.db"
        with model_files.lock_folder(self._folder), _hold_still(current) as position:
            model_files.remove_file(path)
            fresh = build_file(path, self._log, self._set, progress, upto=position)
            try:
                return find_differences(current, fresh)
            finally:
                fresh.close()
                model_files.remove_file(path)

    def close(self) -> None:
        """Close the connections of all threads."""
        for database in list(self._open):
            database.close()
        self._local = threading.local()
        self._past.forget_all()

    def _database(self) -> ReadModels:
        """Return this thread's connection to the current file, opened anew when another file is current."""
        stamp = model_files.stamp(self._pointer, getattr(self._local, "path", None))
        if stamp is None or stamp != getattr(self._local, "stamp", None):
            self._open_current()
            self._local.stamp = model_files.stamp(self._pointer, self._local.path)
        database: ReadModels = self._local.database
        return database

    def _open_current(self) -> None:
        path = model_files.current_file(self._pointer)
        if path is None:
            path = self._renew(None)
        if getattr(self._local, "path", None) != path:
            path = self._choose(path)
            self._reopen(path)

    def _choose(self, path: Path) -> Path:
        """Return the file to read: the current one, our own beside a later version, or one made anew."""
        version = model_files.read_version(path)
        if version > projections.VERSION:
            if own := self._own_file():
                return own
            raise model_files.later_version_error()
        if self._can_be_read(path, version) and self._belongs_to_log(path):
            if self._background and version < projections.VERSION:
                self._background.begin(partial(self._renew, path))
            return path
        return self._choose(self._renew(path))

    def _own_file(self) -> Path | None:
        """Return the newest file of our version that this process has read and that is still there, or None.

        We go on from it when a newer program has built its own beside it.
        """
        files = [file for file in self._reached if model_files.read_version(file) == projections.VERSION]
        return max(files, key=model_files.file_number, default=None)

    def _can_be_read(self, path: Path, version: int) -> bool:
        """Tell whether our queries can read a file: of our version, or of an older one with the same tables.

        The latter only where a new one is built in the background meanwhile.
        """
        if version == projections.VERSION or not self._background:
            return version == projections.VERSION
        return version > 0 and has_shape(path, schemas(self._set))

    def _belongs_to_log(self, path: Path) -> bool:
        """Tell whether a file was folded from this log, and not from one that another took the place of."""
        if path in self._reached:  # this process has folded it
            return True
        with closing(model_files.connect(path, {}, decides=False)) as database:
            row = database.execute("SELECT position, root FROM progress").fetchone()
        if row is None:  # somebody took it out
            return False
        position, root = row
        size = self._log.size()  # read after the position: both only grow
        return position == 0 or bool(position <= size and self._log.root(position) == root)

    def _reopen(self, path: Path) -> None:
        """Open another file; callers that still read the old one keep their connection to it."""
        database = model_files.connect(path, self._memory, decides=self._set.decides)
        self._local.database, self._local.path = database, path
        self._open.add(database)

    def _renew(self, stale: Path | None) -> Path:
        """Build the read models unless somebody has replaced the file `stale`; return the current file."""
        with model_files.lock_folder(self._folder):
            path = model_files.current_file(self._pointer)
            return self._replace(None) if path is None or path == stale else path

    def _replace(self, progress: Progress | None) -> Path:
        number = model_files.file_number(model_files.current_file(self._pointer)) + 1
        path = self._folder / f"{self._set.name}-{number}.db"
        model_files.remove_file(path)
        build_file(path, self._log, self._set, progress).close()
        model_files.make_current(self._pointer, path)
        for stale in model_files.stale_files(path):
            model_files.remove_file(stale)
        return path


def _hold(database: ReadModels, log: EventLog) -> None:
    """Begin a read transaction, which does not see what others write from here on."""
    database.execute("BEGIN")
    database.position = read_position(database)
    decide_up_to(database, log, database.position)


@contextmanager
def _hold_still(database: Database) -> Iterator[int]:
    """Hold a read transaction, so that others' writes are not seen; give the position of the rows."""
    database.execute("BEGIN")
    try:
        yield position(database)
    finally:
        database.execute("ROLLBACK")


def position(database: Database) -> int:
    """Return the position of the newest event that is folded."""
    held = database.position if isinstance(database, ReadModels) else None
    return read_position(database) if held is None else held
