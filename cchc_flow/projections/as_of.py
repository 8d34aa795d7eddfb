"""The read models as they were at a past position of the log: a cut-off, and what a connection needs for it.

Such a connection reads the same file as all others. Its deciding models are folded up to the position, and
views of its own hide what came later: a table of rows that are true from one position to another looks as it
did then, so that queries need not know of it. An item that has changed since is folded from its stream.
"""

import weakref
from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import cast

import msgspec

from cchc_flow.eventlog.port import EventLog
from cchc_flow.workflow.events import Event
from cchc_flow.workflow.item import Item, fold

OPEN = 2**62
"""`to_position` of a row that is still true."""


def moment_of(at: int | None) -> int:
    """Return the position as of which rows are read: that of the connection unless another is given."""
    return OPEN - 1 if at is None else at


class Cutoff(msgspec.Struct, frozen=True):
    """Up to where a figure counts: what was recorded up to a position of the log; `day` is its today."""

    position: int
    day: date


class Past:
    """What a connection answers about items that have changed since the position at which it stands.

    The log is held weakly: facts that a plugin is handed rest on the connection, and must not lead to it.
    """

    def __init__(self, position: int, log: EventLog) -> None:
        self.position, self._log = position, weakref.ref(log)
        self._items: dict[str, Item] = {}

    def items(self, ids: Collection[str]) -> dict[str, Item]:
        """Return items as they were then, by id, each folded once; one that was opened later has none."""
        missing = [item_id for item_id in ids if item_id not in self._items]
        if missing:
            self._items |= dict(self._fold(missing))
        return {item_id: self._items[item_id] for item_id in ids if item_id in self._items}

    def _fold(self, ids: Collection[str]) -> Iterator[tuple[str, Item]]:
        log = self._log()
        if log is None:
            raise RuntimeError("the workspace of this connection is no more")
        events = log.streams([f"item-{item_id}" for item_id in ids], self.position)
        for stream, group in groupby(events, attrgetter("stream")):
            item_id = stream.removeprefix("item-")
            item = fold(item_id, cast("list[Event]", list(group)))
            if item is not None:
                yield item_id, item


def view_of_past(table: str, columns: Collection[str], begin: str, position: int) -> str:
    """Return the statement that makes a connection's own view of a table, which hides the table by its name.

    Its rows are those that were there at a position: `begin` is the column that says from which position a
    row is true. One that has a `to_position` after the past is open again.
    """
    open_end = f"iif(to_position > {position:d}, {OPEN}, to_position) AS to_position"
    names = ", ".join(open_end if name == "to_position" else name for name in columns)
    return f"CREATE TEMP VIEW {table} AS SELECT {names} FROM main.{table} WHERE {begin} <= {position:d}"  # noqa: S608  # fixed words
