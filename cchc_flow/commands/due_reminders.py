"""The clock reminds people of a due day: each stage of it once, whoever calls and however often."""

from typing import cast

import msgspec

from cchc_flow.commands.items import Loaded, facts_for, load
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Order, Writing, write
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.workflow.events import NAMES, Event, ItemReminded
from cchc_flow.workflow.item import read
from cchc_flow.workflow.reminding import due_reminder
from cchc_flow.workspace import Workspace

CLOCK = "system:remind"


class Reminded(msgspec.Struct, frozen=True):
    """What came of a look at one item: whether people were reminded now, or nobody could be."""

    now: bool = False
    nobody: bool = False


def remind_of(ws: Workspace, item_id: str) -> Reminded:
    """Remind people of an item's due day if a stage of it asks for that and nobody was faster."""
    wanted = _wanted(ws, load(ws, item_id))
    if wanted is None or not wanted.people:
        return Reminded(nobody=wanted is not None)

    def once() -> Writing:
        """Look again: it may have been done, extended or reminded of a moment ago."""
        loaded = load(ws, item_id)
        still = _wanted(ws, loaded)
        if still is None or not still.people or _key(still) != _key(wanted):
            return Writing([])
        draft = Draft(NAMES[ItemReminded], msgspec.structs.asdict(still))
        return Writing([Change(stream_of(item_id), loaded.item.version, (draft,))])

    order = Order(CLOCK, f"{CLOCK}:{item_id}:{wanted.due}:{wanted.stage}")
    receipt = write(ws, order, ["remind", item_id, *_key(wanted)], once)
    return Reminded(now=receipt is not None and not receipt.repeated)


def _wanted(ws: Workspace, loaded: Loaded) -> ItemReminded | None:
    """Return the reminder that is due and was not given yet."""
    found = due_reminder(loaded.workflow, loaded.item, facts_for(ws, ws.read(), loaded.item.plan))
    given = {_key(data) for event in loaded.events if (data := _reminded(cast("Event", event)))}
    return found if found and _key(found) not in given else None


def _reminded(event: Event) -> ItemReminded | None:
    data = read(event) if event.type.startswith("item.reminded/") else None
    return data if isinstance(data, ItemReminded) else None


def _key(one: ItemReminded) -> tuple[str | None, str | None]:
    return one.due, one.stage
