"""Whom an event of an item concerns, so that a notice tells them of it."""

from typing import assert_never

from sqlite_utils import Database

from cchc_flow.projections import directory
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.hands import FINDING_KIND, find_hands
from cchc_flow.workflow.item import Item

NoticeEvent = (
    ev.ItemReminded
    | ev.ItemAssigned
    | ev.ItemHandedOver
    | ev.ItemDelegated
    | ev.ItemRecalled
    | ev.ItemReturned
    | ev.ItemExtensionRequested
    | ev.ItemExtensionGranted
    | ev.ItemExtensionRefused
    | ev.ItemDueSet
    | ev.ItemSubmitted
    | ev.ItemCommented
    | ev.ItemAdvanced
)


def kind_and_recipients(db: Database, item: Item, data: NoticeEvent) -> tuple[str, set[str]]:
    """Return the kind of notice and its recipients; `item` is the item after the event."""
    before = item.before or item
    match data:
        case ev.ItemReminded(people=people):
            return "reminded", set(people)
        case ev.ItemAssigned() | ev.ItemHandedOver():
            return "assigned", set(_people_called(db, item))
        case ev.ItemDelegated(officer=officer):
            return "assigned", {officer, *_people_called(db, item)}
        case ev.ItemRecalled(officer=officer):
            return "recalled", {officer}
        case ev.ItemReturned():
            return "returned", {before.submitted_by} if before.submitted_by else set()
        case ev.ItemExtensionGranted() | ev.ItemExtensionRefused():
            return "extension_decided", {before.extension.by} if before.extension else set()
        case ev.ItemDueSet() | ev.ItemAdvanced():
            kind = "due_set" if isinstance(data, ev.ItemDueSet) else "found"
            return kind, {*_people_called(db, item), *_heads(db, item)}
        case ev.ItemCommented(mentions=mentions):
            return "mentioned", set(mentions)
        case ev.ItemSubmitted() | ev.ItemExtensionRequested():
            kind = "submitted" if isinstance(data, ev.ItemSubmitted) else "extension_requested"
            return kind, people_with_role(db, "inspector" if item.kind == FINDING_KIND else "coordinator")
        case _:
            assert_never(data)


def _people_called(db: Database, item: Item) -> frozenset[str]:
    """Return whom an item calls on the day of its last event."""
    return find_hands(item, directory.crew(db, day_of(item.last.time))).called


def _heads(db: Database, item: Item) -> frozenset[str]:
    """Return the heads of the lead unit, or their stand-ins, on the day of an item's last event."""
    return directory.crew(db, day_of(item.last.time)).heads(item.lead)


def people_with_role(db: Database, role: str, unit: str | None = None) -> set[str]:
    """Return the active people who hold a role, of one unit or (None) of all."""
    return {
        person.id
        for person in directory.people(db)
        if person.active and role in person.roles and unit in (None, person.unit)
    }
