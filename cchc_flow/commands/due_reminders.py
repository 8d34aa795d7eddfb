"""The clock reminds people of a due day: each stage of it once, whoever calls and however often."""

from typing import cast

import msgspec

from cchc_flow.commands import channels
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.workflow.events import NAMES, Event, ItemReminded
from cchc_flow.workflow.item import event_data
from cchc_flow.workflow.reminding import due_reminder
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

CLOCK = "system:remind"


class ReminderResult(msgspec.Struct, frozen=True):
    """What came of one item: whether a reminder was sent now, or was due with `nobody` to receive it."""

    sent: bool = False
    nobody: bool = False


def remind_if_due(ws: Workspace, item_id: str) -> ReminderResult:
    """Remind people of an item's due day if a stage of it asks for that and it was not done before."""
    reminder = _missing_reminder(UnitOfWork(ws, Order(CLOCK, "", channel=channels.CLOCK)), item_id)
    if reminder is None or not reminder.people:
        return ReminderResult(nobody=reminder is not None)

    def decide_commit(uow: UnitOfWork) -> Commit:
        """Look again: it may have been done, extended or reminded of a moment ago."""
        current = _missing_reminder(uow, item_id)
        if current is None or not current.people or _stage_key(current) != _stage_key(reminder):
            return Commit()
        return Commit([NewEvents(stream_of(item_id), uow.load(item_id).item.version, (current,))])

    order = Order(CLOCK, f"{CLOCK}:{item_id}:{reminder.due}:{reminder.stage}", channel=channels.CLOCK)
    receipt = write(ws, order, ["remind", item_id, *_stage_key(reminder)], decide_commit)
    return ReminderResult(sent=receipt is not None and not receipt.repeated)


def _missing_reminder(uow: UnitOfWork, item_id: str) -> ItemReminded | None:
    """Return the reminder that is due and was not recorded yet; None if there is none."""
    loaded = uow.load(item_id)
    reminder = due_reminder(loaded.workflow, loaded.item, uow.context(loaded.item.plan))
    recorded = {_stage_key(data) for event in loaded.events if (data := _reminder_data(cast("Event", event)))}
    return reminder if reminder and _stage_key(reminder) not in recorded else None


def _reminder_data(event: Event) -> ItemReminded | None:
    """Return the data of an event that reminded people; None for any other event."""
    data = event_data(event) if newest_name(event.type) == NAMES[ItemReminded] else None
    return data if isinstance(data, ItemReminded) else None


def _stage_key(reminder: ItemReminded) -> tuple[str | None, str | None]:
    """Return what a reminder is about: the due day and the stage. It is given once."""
    return reminder.due, reminder.stage
