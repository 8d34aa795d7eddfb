"""What came of a command: the item before and after, so that nobody has to load it again."""

import msgspec

from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Loaded, UnitOfWork
from cchc_flow.eventlog.port import Receipt, RecordedEvent
from cchc_flow.projections import workflows
from cchc_flow.workflow.item import Item, evolve, fold


class Outcome(msgspec.Struct, frozen=True):
    """An item before and after a command; `receipt` is None when the command changed nothing.

    `before` is None for an item that the command opened. The answer to a command that was carried out earlier
    is the item as it is now, and as it was before that command.
    """

    before: Loaded | None
    after: Loaded
    receipt: Receipt | None

    @property
    def item(self) -> Item:
        """The item after the command."""
        return self.after.item


def outcome_of(uow: UnitOfWork, item_id: str, receipt: Receipt | None) -> Outcome:
    """Return what a command made of the item that was loaded for it."""
    loaded = uow.load(item_id)
    if receipt is None:
        return Outcome(loaded, loaded, None)
    if receipt.repeated:
        earlier = [event for event in loaded.events if event.position < receipt.first]
        return Outcome(_as_of(loaded, fold(item_id, list(earlier)), earlier), loaded, receipt)
    return Outcome(loaded, _evolved(uow, loaded, _events_of(uow, item_id, receipt)), receipt)


def outcome_of_opening(uow: UnitOfWork, receipt: Receipt | None) -> Outcome:
    """Return the item that a command opened, now or when the same command was given before."""
    assert receipt is not None, "an opening always writes"  # noqa: S101
    first = uow.ws.log.event(receipt.first)
    uow.refresh()
    return Outcome(None, uow.load(first.stream.removeprefix("item-")), receipt)


def _events_of(uow: UnitOfWork, item_id: str, receipt: Receipt) -> list[RecordedEvent]:
    recorded = uow.ws.log.read_events(receipt.first - 1, receipt.last)
    return [event for event in recorded if event.stream == stream_of(item_id)]


def _evolved(uow: UnitOfWork, loaded: Loaded, events: list[RecordedEvent]) -> Loaded:
    item = loaded.item
    for event in events:
        item = evolve(item, item.id, event)
    workflow = workflows.workflow(uow.db, item.kind, item.workflow)
    return Loaded(item, workflow, [*loaded.events, *events])


def _as_of(loaded: Loaded, item: Item | None, events: list[RecordedEvent]) -> Loaded | None:
    return Loaded(item, loaded.workflow, events) if item else None
