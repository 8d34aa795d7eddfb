"""Answers of queries are kept in memory as long as no event can have changed them.

The directory, the settings, the plans, the workflows and the plugins change a few times a year and are read
all day. Each has events of its own family, and the read models hold the position of the newest event of each
family: while that stays the same, so do the answers.
"""

from collections.abc import Callable, Generator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.workflow.item import Item

FAMILIES = ("directory", "plan", "plugin", "settings", "workflow")
"""The families of events whose newest positions are recorded, each in a column of `progress`."""
SCHEMA = """
CREATE TABLE progress (
    position INTEGER NOT NULL, directory INTEGER NOT NULL, plan INTEGER NOT NULL, plugin INTEGER NOT NULL,
    settings INTEGER NOT NULL, workflow INTEGER NOT NULL
) STRICT;
INSERT INTO progress VALUES (0, 0, 0, 0, 0, 0);
"""


class Progress(NamedTuple):
    """The position up to which events are folded, and that of the newest event of each family."""

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
    """A connection to the read models; `progress` is set while it stays at one position (in a transaction).

    While events are folded, `folded` has the items as they are by now, and `is_changing` is true during an
    event of one of FAMILIES: then nothing is answered from memory.
    """

    def __init__(self, connection: sqlite3.Connection, file: Path, memory: Memory) -> None:
        super().__init__(connection)
        self.file, self.answers = file, memory
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
    """Return the position up to which events are folded, and that of the newest event of each family."""
    return Progress(*database.execute(_PROGRESS).fetchone())


def kept_until_event_of(family: str) -> Callable[[Query], Query]:
    """Return the decorator of a query whose answer is kept until an event of the family is folded.

    The query takes nothing but the read models. Each caller gets a copy of a list; other answers are
    shared, so nobody may change them.
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
            entry = database.answers.get(query)
            if entry is None or entry[0] != state:
                entry = state, query(database)
                if database.progress or read_progress(database) == progress:  # nobody wrote in between
                    database.answers[query] = entry
            value = entry[1]
            return value.copy() if type(value) is list else value

        return answer  # type: ignore[return-value]  # the same signature

    return decorate
