"""Running items follow the definitions of a newer program: one event each, at the first opening."""

from sqlite_utils import Database

from cchc_flow.commands import channels
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.commands.workflow_migration import preview_migration
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.cards import items
from cchc_flow.projections.runner import position
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import NAMES, ItemWorkflowChanged
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

UPGRADE = "system:upgrade"


def upgrade_running_items(ws: Workspace, definition: Workflow) -> int:
    """Move the running items of older versions to the newest one, in one commit; return how many moved.

    They stay where they are. An item whose state the version lacks keeps its own, and so does one that
    somebody has moved back to an older version: that was meant.
    """
    if not items.has_older_version(ws.read(), definition.kind, definition.version):
        return 0
    order = Order(UPGRADE, f"{UPGRADE}-{definition.kind}-{position(ws.read())}", channel=channels.SETUP)

    def decide_commit(uow: UnitOfWork) -> Commit:
        return Commit([_follow(item, definition) for item in _items_to_move(ws, uow.db, definition)])

    receipt = write(ws, order, [definition.kind, definition.version], decide_commit)
    return receipt.last - receipt.first + 1 if receipt else 0


def _items_to_move(ws: Workspace, db: Database, definition: Workflow) -> list[Item]:
    """Return the running items of older versions that can follow and were never moved back."""
    fitting = preview_migration(ws, definition.kind, definition.version).moving
    older = [item for item in fitting if item.workflow < definition.version]
    return [item for item in older if not any(map(_moves_back, ws.log.stream(stream_of(item.id))))]


def _moves_back(event: RecordedEvent) -> bool:
    """Tell whether an event moved its item to an older version of its workflow."""
    is_migration = newest_name(event.type) == NAMES[ItemWorkflowChanged]
    return is_migration and bool(event.data["workflow"] < event.data["previous"])


def _follow(item: Item, definition: Workflow) -> NewEvents:
    """Return the event by which an item follows a definition, in the state in which it is."""
    event = ItemWorkflowChanged(
        from_=item.state, to=item.state, previous=item.workflow, workflow=definition.version
    )
    return NewEvents(stream_of(item.id), item.version, (event,))
