"""The events that last moved items: what a figure that a plugin counts from them rests on."""

import json
from collections.abc import Collection

from sqlite_utils import Database

from cchc_flow.projections.cards.row import OPEN

_MOVES = f"""
SELECT now.item, (
    SELECT min(row.from_position) FROM cards AS row
    WHERE row.item = now.item AND row.state_version = now.state_version
) FROM json_each(?) CROSS JOIN cards AS now ON now.item = value AND now.to_position = {OPEN}
"""  # noqa: S608  # fixed words


def positions_of_moves(db: Database, ids: Collection[str]) -> dict[str, int]:
    """Return the position of the event that last moved each item; an id of no item has none.

    What an item's fields say, and in which state it is, holds since that event.
    """
    return dict(db.execute(_MOVES, [json.dumps(list(ids))]).fetchall())
