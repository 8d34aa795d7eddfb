"""Loading an item for a command or a page: the item, the workflow that it follows, and its events."""

from collections.abc import Sequence
from typing import cast

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.streams import stream_of
from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import reading, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.runner import position
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import Event
from cchc_flow.workflow.item import Item, fold
from cchc_flow.workspace import Workspace


class Loaded(msgspec.Struct, frozen=True):
    """An item, the workflow that it follows, and all its events."""

    item: Item
    workflow: Workflow
    events: Sequence[RecordedEvent]


def load_item(ws: Workspace, item_id: str) -> Loaded:
    """Return an item, its workflow and its events; raise NotFound."""
    return load_item_as_of(ws, ws.read(), item_id)


def read_item(ws: Workspace, item_id: str, reader: Reader | None) -> Loaded:
    """Return an item, its workflow and its events; raise NotFound if the reader may not read it."""
    return refuse_unreadable(ws.read(), load_item(ws, item_id), reader)


def refuse_unreadable(db: Database, loaded: Loaded, reader: Reader | None) -> Loaded:
    """Return the item; raise the error for one that does not exist unless the reader may read it."""
    if not reading.may_read(db, reader, loaded.item):
        raise items.no_such_item(loaded.item.id)
    return loaded


def load_item_as_of(ws: Workspace, db: Database, item_id: str) -> Loaded:
    """Return an item as of the read models' position, with the workflow that it follows; raise NotFound."""
    events = list(ws.log.streams([stream_of(item_id)], position(db)))
    item = fold(item_id, cast("list[Event]", events))
    if item is None:
        raise _not_found_error(db, item_id)
    return Loaded(item, workflows.workflow(db, item.kind, item.workflow), events)


def _not_found_error(db: Database, item_id: str) -> NotFound:
    """Return the error for an item that does not exist; for a part of an item that has parts, it says so."""
    whole_id, _, key = item_id.partition(":")
    whole = items.find_item(db, whole_id) if key else None
    if whole and whole.distribution:
        return NotFound(
            "Kỳ này của công việc chưa mở, hoặc không giao cho đơn vị này.", "Hãy xem công việc chung."
        )
    return items.no_such_item(item_id)
