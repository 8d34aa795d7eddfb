"""Orders as everybody gives them: what is wanted, and then what follows from it by the rules of plugins."""

from collections.abc import Sequence

from cchc_flow.commands import bulk_entries, items, registers, scheduled_openings
from cchc_flow.commands.bulk_entries import Row
from cchc_flow.commands.items import Outcome
from cchc_flow.commands.reactions import catch_up, follow
from cchc_flow.commands.scheduled_openings import Opened
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.eventlog.port import Receipt
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workspace import Workspace


def take_step(ws: Workspace, item_id: str, step: TakeStep, order: Order) -> Outcome:
    """Take a step with raw data as a form gives them; raise a Refusal, and then nothing is stored."""
    return _followed(ws, items.take_step(ws, item_id, step, order))


def undo_step(ws: Workspace, item_id: str, order: Order, *, seen: int | None = None) -> Outcome:
    """Take the item's last move back (see `items.undo_step`)."""
    return _followed(ws, items.undo_step(ws, item_id, order, seen=seen))


def open_task(ws: Workspace, data: JsonObject, order: Order) -> Outcome:
    """Open a task that the plan's document does not have; raise NotAllowed or MissingData."""
    return _followed(ws, items.open_task(ws, data, order))


def open_entry(ws: Workspace, kind: str, data: JsonObject, order: Order) -> Outcome:
    """Open an item of a register; raise a Refusal."""
    return _followed(ws, registers.open_entry(ws, kind, data, order))


def open_entries(ws: Workspace, kind: str, rows: Sequence[Row], order: Order) -> Receipt | None:
    """Open an item of a register for each row, all or none; raise WrongRows or NotAllowed."""
    receipt = bulk_entries.open_entries(ws, kind, rows, order)
    follow(ws, receipt)
    return receipt


def keep_up(ws: Workspace) -> Opened:
    """Open what the calendar asks for by now, and do what still has to follow from any event."""
    opened = scheduled_openings.keep_up(ws)
    catch_up(ws)
    return opened


def _followed(ws: Workspace, outcome: Outcome) -> Outcome:
    follow(ws, outcome.receipt)
    return outcome
