"""The bodies of items as they are stored become items, as of now or of the past that a connection reads."""

from typing import Any

from sqlite_utils import Database

from cchc_flow.conversion import decode
from cchc_flow.projections.memory import ReadModels
from cchc_flow.workflow.item import Item


def items_of(db: Database, rows: list[Any]) -> list[Item]:
    """Return the items of rows (id, position of the newest event, body), in their order.

    One that has changed after the past that is read is folded from its stream.
    """
    past = db.past if isinstance(db, ReadModels) else None
    if past is None:
        return [decode(body, Item) for _, _, body in rows]
    changed = past.items([item_id for item_id, position, _ in rows if position > past.position])
    return [changed.get(item_id) or decode(body, Item) for item_id, _, body in rows]
