"""What changes a few times a year and is asked for all day is kept in memory until an event changes it.

The directory, the settings, the plans, the workflows and the plugins have events of their own families. The
read models note the position of the newest event of each: while it stays, so does what was read.
"""

from collections.abc import Callable, Generator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.workflow.item import Item

FAMILIES = ("directory", "plan", "plugin", "settings", "workflow")
"""The families of events whose newest positions are noted, each in a column of `progress`."""
SCHEMA = """
CREATE TABLE progress (
    position INTEGER NOT NULL, directory INTEGER NOT NULL, plan INTEGER NOT NULL, plugin INTEGER NOT NULL,
    settings INTEGER NOT NULL, workflow INTEGER NOT NULL
) STRICT;
INSERT INTO progress VALUES (0, 0, 0, 0, 0, 0);
"""


class Progress(NamedTuple):
    """The position up to which the rows follow the log, and the newest of each family of events."""

    position: int
    directory: int
    plan: int
    plugin: int
    settings: int
    workflow: int


_PROGRESS = "SELECT position, directory, plan, plugin, settings, workflow FROM progress"
Memory = dict[Any, tuple[object, Any]]
Query = TypeVar("Query", bound=Callable[[Database], Any])


class ReadModels(Database):
    """A connection to the read models; `progress` is known while it stays at one position.

    While rows are written, `folded` are the items as they are by now, and what is kept in memory is not used
    for an event that changes it (`is_changing`).
    """

    def __init__(self, connection: sqlite3.Connection, file: Path, memory: Memory) -> None:
        super().__init__(connection)
        self.file, self.kept = file, memory
        self.progress: Progress | None = None
        self.folded: dict[str, Item] | None = None
        self.is_changing = False

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> sqlite3.Cursor:
        """Execute a statement as it is: transactions begin and end by statements of their own."""
        return self.conn.execute(sql, parameters or ())

    def query(
        self, sql: str, params: Sequence[Any] | dict[str, Any] | None = None
    ) -> Generator[dict[str, Any], None, None]:
        """Return the rows of a query as dicts; all are read before the first is given."""
        cursor = self.conn.execute(sql, params or ())
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        return (dict(zip(names, row, strict=True)) for row in rows)


def read_progress(database: Database) -> Progress:
    """Return how far the rows follow the log."""
    return Progress(*database.execute(_PROGRESS).fetchone())


def kept_until_event_of(family: str) -> Callable[[Query], Query]:
    """Make a query answer from memory until an event of this family was folded.

    The query takes nothing but the read models. Lists are copied for each caller; what else it returns nobody
    may change.
    """

    def decorate(query: Query) -> Query:
        @wraps(query)
        def answer(database: Database) -> Any:
            if not isinstance(database, ReadModels):
                return query(database)
            if database.is_changing:
                return query(database)
            progress = database.progress or read_progress(database)
            state = database.file, getattr(progress, family)
            known = database.kept.get(query)
            if known is None or known[0] != state:
                known = database.kept[query] = state, query(database)
            value = known[1]
            return value.copy() if type(value) is list else value

        return answer  # type: ignore[return-value]  # the same signature

    return decorate
