"""What events about days and hands change of an item, by the name of the field."""

from typing import Any, assert_never

import msgspec

from cchc_flow.workflow import events as ev
from cchc_flow.workflow.events import Event
from cchc_flow.workflow.item_events import DayEvent, HandingEvent

Changes = dict[str, Any]
FREED: Changes = {"taken_by": None, "given_by": None, "given_at": None}
"""Whoever took the work up has it no longer, and nobody has given it."""


class Extension(msgspec.Struct, frozen=True):
    """A request for a later due day that is not decided yet: the day, and who asked."""

    due: str
    by: str


def changes_of_days(data: DayEvent, event: Event) -> Changes:
    """Return what an event about the due day changes."""
    match data:
        case ev.ItemExtensionRequested():
            return {"extension": Extension(data.due, event.actor)}
        case ev.ItemExtensionGranted():
            return {"extension": None, "due": data.due}
        case ev.ItemExtensionRefused():
            return {"extension": None}
        case ev.ItemDueSet():
            return {"due": data.due}
        case _:
            assert_never(data)


def changes_of_hands(support: tuple[str, ...], data: HandingEvent, event: Event) -> Changes:
    """Return what an event changes that puts work with these supporting units into other hands."""
    match data:
        case ev.ItemHandedOver(lead=lead, officer=officer):
            others = tuple(unit for unit in support if unit != lead)
            return FREED | {"lead": lead, "officer": officer, "support": others}
        case ev.ItemDelegated(officer=officer):
            return FREED | {"officer": officer, "given_by": event.actor, "given_at": event.recordedtime}
        case ev.ItemRecalled():
            return FREED | {"officer": None}
        case ev.ItemSupportChanged():
            return {"support": data.support}
        case _:
            assert_never(data)


REPORTED_FIELDS = frozenset(
    {
        "nothing",
        "late",
        *(f"{name}{what}" for name in ("documents", "meetings") for what in ("", "_total", "_before")),
    }
)
"""The names under which an item's fields keep figures of a report."""


def reported_fields(data: ev.ItemReported) -> dict[str, str | None]:
    """Return what an item's fields keep of a report, so that it can be counted: the figures and the lateness.

    Of documents these are `documents`, `documents_total` and `documents_before`; of meetings alike.
    """
    fields: dict[str, str | None] = {"late": str(data.late), "nothing": str(int(data.nothing))}
    for name, tally in (("documents", data.documents), ("meetings", data.meetings)):
        fields[name] = tally.count if tally else None
        fields[f"{name}_total"] = tally.total if tally else None
        fields[f"{name}_before"] = tally.before if tally else None
    return fields
