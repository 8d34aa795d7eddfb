"""The events that moved items to where they are: what a figure that a plugin counts from them rests on."""

import json
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

_MOVES = """
SELECT item, min(from_position) AS position FROM cards WHERE item IN (SELECT value FROM json_each(:items))
GROUP BY item, state_version
UNION
SELECT item, from_position FROM unit_reports WHERE item IN (SELECT value FROM json_each(:items))
ORDER BY item, position
"""
"""The events that moved items, and those by which units told the figures of their reports."""


def moves_of_items(db: Database, ids: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Return the positions of the events that opened and moved each item, ascending; none of no item.

    Together they say what the item's fields hold and in which state it is.
    """
    rows = db.execute(_MOVES, {"items": json.dumps(list(ids))}).fetchall()
    return {item: tuple(row[1] for row in group) for item, group in groupby(rows, itemgetter(0))}


def positions_behind(moves: Mapping[str, tuple[int, ...]], ids: Iterable[str]) -> tuple[int, ...]:
    """Return the positions of the moves of some items in the order of the log, each once."""
    return tuple(sorted({position for item in ids for position in moves.get(item, ())}))
