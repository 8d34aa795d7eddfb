"""The clock reminds people of a due day: each stage of it once, whoever calls and however often."""

from typing import cast

import msgspec

from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.workflow.events import NAMES, Event, ItemReminded
from cchc_flow.workflow.item import read
from cchc_flow.workflow.reminding import due_reminder
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

CLOCK = "system:remind"


class Reminded(msgspec.Struct, frozen=True):
    """What came of a look at one item: whether people were reminded now, or nobody could be."""

    now: bool = False
    nobody: bool = False


def remind_of(ws: Workspace, item_id: str) -> Reminded:
    """Remind people of an item's due day if a stage of it asks for that and nobody was faster."""
    wanted = _wanted(UnitOfWork(ws, Order(CLOCK, "")), item_id)
    if wanted is None or not wanted.people:
        return Reminded(nobody=wanted is not None)

    def attempt(uow: UnitOfWork) -> Commit:
        """Look again: it may have been done, extended or reminded of a moment ago."""
        still = _wanted(uow, item_id)
        if still is None or not still.people or _key(still) != _key(wanted):
            return Commit()
        return Commit([NewEvents(stream_of(item_id), uow.load(item_id).item.version, (still,))])

    order = Order(CLOCK, f"{CLOCK}:{item_id}:{wanted.due}:{wanted.stage}")
    receipt = write(ws, order, ["remind", item_id, *_key(wanted)], attempt)
    return Reminded(now=receipt is not None and not receipt.repeated)


def _wanted(uow: UnitOfWork, item_id: str) -> ItemReminded | None:
    """Return the reminder that is due and was not given yet."""
    loaded = uow.load(item_id)
    found = due_reminder(loaded.workflow, loaded.item, uow.context(loaded.item.plan))
    given = {_key(data) for event in loaded.events if (data := _reminded(cast("Event", event)))}
    return found if found and _key(found) not in given else None


def _reminded(event: Event) -> ItemReminded | None:
    data = read(event) if newest_name(event.type) == NAMES[ItemReminded] else None
    return data if isinstance(data, ItemReminded) else None


def _key(one: ItemReminded) -> tuple[str | None, str | None]:
    return one.due, one.stage
