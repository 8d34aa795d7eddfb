"""What changes a few times a year and is asked for all day is kept in memory until an event changes it.

The directory, the settings, the plans, the workflows and the plugins have events of their own families. The
read models note the position of the newest event of each: while it stays, so does what was read.
"""

import copy
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

FAMILIES = ("directory", "plan", "plugin", "settings", "workflow")
"""The families of events whose newest positions are noted, each in a column of `progress`."""
SCHEMA = """
CREATE TABLE progress (
    position INTEGER NOT NULL, directory INTEGER NOT NULL, plan INTEGER NOT NULL, plugin INTEGER NOT NULL,
    settings INTEGER NOT NULL, workflow INTEGER NOT NULL
) STRICT;
INSERT INTO progress VALUES (0, 0, 0, 0, 0, 0);
"""
Progress = dict[str, int]
Memory = dict[Any, tuple[object, Any]]
Query = TypeVar("Query", bound=Callable[[Database], Any])


class ReadModels(Database):
    """A connection to the read models; `progress` is known while the connection stays at one position.

    It is empty while an event is folded that changes what is kept in memory.
    """

    def __init__(self, connection: sqlite3.Connection, file: Path, memory: Memory) -> None:
        super().__init__(connection)
        self.file, self.kept = file, memory
        self.progress: Progress | None = None


def read_progress(database: Database) -> Progress:
    """Return the position up to which the rows follow the log, and those of the families, by column."""
    row = database.execute(f"SELECT position, {', '.join(FAMILIES)} FROM progress").fetchone()  # noqa: S608  # fixed words
    return dict(zip(("position", *FAMILIES), row, strict=True))


def kept_until_event_of(*families: str) -> Callable[[Query], Query]:
    """Make a query answer from memory until an event of one of these families was folded.

    The query takes nothing but the read models. Lists and dicts are copied for each caller.
    """

    def decorate(query: Query) -> Query:
        @wraps(query)
        def answer(database: Database) -> Any:
            if not isinstance(database, ReadModels):
                return query(database)
            progress = database.progress
            if progress is None:
                progress = read_progress(database)
            if not progress:
                return query(database)
            state = database.file, *(progress[family] for family in families)
            known = database.kept.get(query)
            if known is None or known[0] != state:
                known = database.kept[query] = state, query(database)
            return copy.copy(known[1])

        return answer  # type: ignore[return-value]  # the same signature

    return decorate
