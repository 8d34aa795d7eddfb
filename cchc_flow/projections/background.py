"""Read models that are built in a thread of their own, beside those from which pages are drawn meanwhile."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.projections import model_files

PAUSE_SECONDS = 60.0
"""For how long nothing is built after that failed."""
_SHAPE = "SELECT type, name, sql FROM main.sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"


class BackgroundBuild:
    """Builds the read models of one set, once at a time."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._not_before = 0.0

    def begin(self, build: Callable[[], object]) -> None:
        """Begin to build, unless a thread does already, or failed a moment ago."""
        with self._guard:
            if (self._thread and self._thread.is_alive()) or time.monotonic() < self._not_before:
                return
            self._thread = threading.Thread(target=self._run, args=[build], name="build", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait until what was begun has ended."""
        if self._thread:
            self._thread.join()

    def _run(self, build: Callable[[], object]) -> None:
        try:
            build()
        except Exception:  # pages go on from the old read models; whoever reads without them is told why
            self._not_before = time.monotonic() + PAUSE_SECONDS
            logging.getLogger(__name__).exception("read models could not be built")


def has_shape(path: Path, scripts: Sequence[str]) -> bool:
    """Tell whether a file has just the tables that some statements make, so that our queries can read it."""
    with closing(model_files.connect(path, {}, decides=False)) as found, closing(_empty(scripts)) as wanted:
        return _shape(found) == _shape(wanted)


def _empty(scripts: Sequence[str]) -> Database:
    database = Database(sqlite3.connect(":memory:"))
    for script in scripts:
        database.conn.executescript(script)
    return database


def _shape(database: Database) -> list[tuple[str, ...]]:
    return [tuple(row) for row in database.execute(_SHAPE).fetchall()]
