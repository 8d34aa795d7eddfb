"""Answers of queries are kept in memory as long as no event can have changed them.

The directory, the settings, the plans, the workflows and the plugins change a few times a year and are read
all day. Each has events of its own family, and a connection knows the position of the newest event of each
family that it has folded: while that stays the same, so do the answers.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from cchc_flow.projections.as_of import Past
from cchc_flow.workflow.item import Item

PREFIXES = {
    "directory": ("person-", "unit-"),
    "plan": ("plan-",),
    "plugin": ("plugin-",),
    "province": ("province-",),
    "settings": ("settings-",),
    "workflow": ("workflow-",),
}
"""The families of events that the deciding models fold, and how the names of their streams begin."""
SCHEMA = """
CREATE TABLE progress (position INTEGER NOT NULL, root BLOB) STRICT;
INSERT INTO progress VALUES (0, NULL);
"""


MOST_KEPT = 256
"""How many answers are kept for one position of the log."""
Memory = dict[Any, tuple[object, Any]]
Query = TypeVar("Query", bound=Callable[[Database], Any])


class Decided(msgspec.Struct, frozen=True):
    """How far the deciding models of a connection are: the position, and the newest event of each family."""

    position: int = 0
    newest: Mapping[str, int] = msgspec.field(default_factory=lambda: dict.fromkeys(PREFIXES, 0))


class ReadModels(Database):
    """A connection to the read models; `position` is set while it stays at one (in a transaction).

    While events are folded, `folded` has the items as they are by now, `gathered` the terms of the trail that
    are written with the batch, and `is_changing` is true while the deciding models fold an event: then
    nothing is answered from memory. One that reads the `past` stands at a position for good (see `as_of`).
    """

    def __init__(self, connection: sqlite3.Connection, file: Path, memory: Memory) -> None:
        super().__init__(connection)
        self.file, self.answers = file, memory
        self.position: int | None = None
        self.decided = Decided()
        self.folded: dict[str, Item] | None = None
        self.gathered: dict[tuple[str, int, str], set[int]] = {}
        self.is_changing = False
        self.past: Past | None = None

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


def past_position(database: Database) -> int | None:
    """Return the position at which a connection reads the past, None for one that reads the present."""
    past = database.past if isinstance(database, ReadModels) else None
    return past.position if past else None


def read_position(database: Database) -> int:
    """Return the position up to which events are folded into the file."""
    return int(database.execute("SELECT position FROM progress").fetchone()[0])


def newest_position(database: Database, family: str) -> int:
    """Return the position of the newest event of a family that the deciding models have; 0 without any."""
    return database.decided.newest[family] if isinstance(database, ReadModels) else 0


def kept_at_position(database: Database, name: object, stamp: object, compute: Callable[[], Any]) -> Any:
    """Return what `compute` returned for a name, until its stamp (which says on what it rests) is another."""
    if not isinstance(database, ReadModels) or database.is_changing:
        return compute()
    entry = database.answers.get(name)
    if entry is None or entry[0] != stamp:
        entry = database.answers[name] = stamp, compute()
    return entry[1]


def kept_while_still(database: Database, key: object, compute: Callable[[], Any]) -> Any:
    """Return what `compute` returned for a key while the log stood at the position of this snapshot.

    Many look at the same board before somebody changes it. Answers are shared, so nobody may change them.
    """
    if not isinstance(database, ReadModels) or database.position is None or database.is_changing:
        return compute()
    stamp, kept = database.answers.get(kept_while_still, (None, {}))
    if stamp != database.position:
        kept = {}
        database.answers[kept_while_still] = database.position, kept
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = compute()
    return kept[key]


def kept_until_event_of(family: str) -> Callable[[Query], Query]:
    """Return the decorator of a query whose answer is kept until an event of the family is folded.

    The query takes nothing but the read models. Each caller gets a copy of a list; other answers are
    shared, so nobody may change them.
    """

    def decorate(query: Query) -> Query:
        @wraps(query)
        def answer(database: Database) -> Any:
            if not isinstance(database, ReadModels) or database.is_changing:
                return query(database)
            newest, entry = database.decided.newest[family], database.answers.get(query)
            if entry is None or entry[0] != newest:
                entry = newest, query(database)
                database.answers[query] = entry
            value = entry[1]
            return value.copy() if type(value) is list else value

        return answer  # type: ignore[return-value]  # the same signature

    return decorate
