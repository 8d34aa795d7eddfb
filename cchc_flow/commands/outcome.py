"""The outcome of a command: the item before and after it, so that nobody has to load it again."""

from collections.abc import Callable
from functools import cached_property

from cchc_flow.commands.loading import Loaded
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import UnitOfWork
from cchc_flow.eventlog.port import Receipt
from cchc_flow.projections import workflows
from cchc_flow.workflow.item import Item, evolve, fold


class Outcome:
    """An item before and after a command; `receipt` is None when the command changed nothing.

    `before` is None for an item that the command opened. The answer to a command that was carried out earlier
    is the item as it is now, and as it was before that command. What became of it is read when somebody asks.
    """

    def __init__(self, before: Loaded | None, receipt: Receipt | None, read: Callable[[], Loaded]) -> None:
        self.before, self.receipt = before, receipt
        self._read = read

    @cached_property
    def after(self) -> Loaded:
        """The item after the command."""
        return self._read()

    @property
    def item(self) -> Item:
        """The state of the item after the command."""
        return self.after.item


def outcome_of(uow: UnitOfWork, item_id: str, receipt: Receipt | None) -> Outcome:
    """Return the outcome of a command from the item that the unit of work loaded, and the receipt."""
    if receipt and receipt.repeated:  # perhaps carried out after this unit of work had read
        uow.refresh()
    loaded = uow.load(item_id)
    if receipt is None:
        return Outcome(loaded, None, lambda: loaded)
    if receipt.repeated:
        return Outcome(_before_commit(loaded, receipt), receipt, lambda: loaded)
    return Outcome(loaded, receipt, lambda: _evolve_loaded(uow, loaded, receipt))


def outcome_of_opening(uow: UnitOfWork, receipt: Receipt | None) -> Outcome:
    """Return the outcome of a command that opened an item, now or when it was given the first time."""
    if receipt is None:
        raise AssertionError("an opening always writes")
    item_id = uow.ws.log.event(receipt.first).stream.removeprefix("item-")
    return Outcome(None, receipt, lambda: _load_now(uow, item_id))


def outcome_of_reactions(uow: UnitOfWork, outcome: Outcome) -> Outcome:
    """Return the outcome with the item as it is after what followed from the command."""
    item_id = (outcome.before or outcome.after).item.id
    return Outcome(outcome.before, outcome.receipt, lambda: _load_now(uow, item_id))


def _load_now(uow: UnitOfWork, item_id: str) -> Loaded:
    uow.refresh()
    return uow.load(item_id)


def _evolve_loaded(uow: UnitOfWork, loaded: Loaded, receipt: Receipt) -> Loaded:
    """Return the item after those events of a commit that are its own."""
    item, stream = loaded.item, stream_of(loaded.item.id)
    committed = uow.ws.log.read_events(receipt.first - 1, receipt.last)
    events = [event for event in committed if event.stream == stream]
    for event in events:
        item = evolve(item, item.id, event)
    workflow = workflows.workflow(uow.db, item.kind, item.workflow)
    return Loaded(item, workflow, [*loaded.events, *events])


def _before_commit(loaded: Loaded, receipt: Receipt) -> Loaded | None:
    """Return the item as it was before a commit, None when that commit opened it."""
    events = [event for event in loaded.events if event.position < receipt.first]
    item = fold(loaded.item.id, list(events))
    return Loaded(item, loaded.workflow, events) if item else None
