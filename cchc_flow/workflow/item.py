"""An item, and how each event changes it. Nothing here refuses or decides."""

from datetime import date
from typing import assert_never

import msgspec
from msgspec.structs import asdict, replace

from cchc_flow.conversion import convert
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import upcast
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.distribution import Distribution, after_division, after_rest
from cchc_flow.workflow.events import Data, Event, Evidence, Move
from cchc_flow.workflow.item_changes import Extension, changes_of_days, changes_of_hands, reported_fields
from cchc_flow.workflow.item_events import (
    UNDONE_IN_PLACE,
    DayEvent,
    HandingEvent,
    ItemData,
    OtherEvent,
    SideEvent,
    StartEvent,
)

SYSTEM = "system:"
"""With this begins the actor of what no person did."""
WEIGHT = "1"
"""As how many products work counts while nobody has said otherwise."""


class Last(msgspec.Struct, frozen=True):
    """The item's last event: what undo needs to know of it; `time` is when it was recorded."""

    id: str
    type: str
    actor: str
    time: str
    moved: bool


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Anything that moves through a workflow.

    `version` counts its events; `state_version` is the version of the last one that moved it, which
    `moved_by` made at `moved_at`. `before` is the item as it was before its last event (one step deep:
    what undo goes back to). `submitted_by` and `submitted_at` are those of the submission that is under
    review, or `accepted`; `taken_by` is who took the work up, or last submitted it. `given_by` is the head of
    the unit who gave it to the `officer`, at `given_at`. `handed_on_by` is who last handed an entry of a
    register on: wrote it, or took the step that moved it; an undoing takes that back, which `moved_by` does
    not. `sent_back` holds from a return until the work is submitted or given out again. `parent`, `unit` and
    `period` are the key of a part; a whole has a `distribution`.
    `rests_since` is the day from which the item is suspended, `rests_in` the state that it will go on in.
    `weight` says as how many its product counts when work is graded.

    What is as it was at first is left out where an item is stored.
    """

    id: str
    kind: str
    workflow: int
    state: str
    version: int
    state_version: int
    last: Last
    moved_by: str
    moved_at: str
    before: "Item | None" = None
    plan: str | None = None
    parent: str | None = None
    unit: str | None = None
    period: str | None = None
    ref: str | None = None
    area: str | None = None
    title: str = ""
    text: str = ""
    heading: str | None = None
    product: str | None = None
    due: str | None = None
    cadence: str | None = None
    suggested_lead: str | None = None
    fields: dict[str, str | None] = {}
    lead: str | None = None
    support: tuple[str, ...] = ()
    officer: str | None = None
    taken_by: str | None = None
    given_by: str | None = None
    given_at: str | None = None
    progress: int = 0
    submitted_by: str | None = None
    submitted_at: str | None = None
    handed_on_by: str | None = None
    accepted: bool = False
    evidence: tuple[Evidence, ...] = ()
    returns: int = 0
    sent_back: bool = False
    extension: Extension | None = None
    distribution: Distribution | None = None
    rests_since: str | None = None
    rests_in: str | None = None
    weight: str = WEIGHT


_MAY_STAY = frozenset((ev.ItemUndone, ev.ItemWorkflowChanged, ev.ItemAdvanced))


def fold(item_id: str, events: "list[Event]") -> Item | None:
    """Return the item after all events of its stream, None when there are none."""
    item: Item | None = None
    for event in events:
        item = evolve(item, item_id, event)
    return item


def evolve(item: Item | None, item_id: str, event: Event) -> Item:
    """Return the item after one more event, which opens it when `item` is None."""
    data = event_data(event)
    to = data.to if isinstance(data, Move) and not _stays_in_place(data, event) else None
    last = Last(event.id, event.type, event.actor, event.recordedtime, to is not None)
    if item is None:
        return _begin_item(item_id, data, event, last)
    after = _apply(item, data, event)
    before = None if isinstance(data, ev.ItemUndone) else replace(item, before=None)
    if to is None:
        return replace(after, version=event.version, last=last, before=before)
    return replace(
        after,
        state=to,
        version=event.version,
        state_version=event.version,
        last=last,
        moved_by=event.actor,
        moved_at=event.recordedtime,
        before=before,
    )


def _stays_in_place(data: Move, event: Event) -> bool:
    """Tell whether an event with two ends moved nothing; to assign anew counts as a move.

    That is a step of a register that left the item in its state, the undoing of what moved nothing, and an
    upgrade by the program itself: so the pages that are open hold, and who moved the item last, and when, is
    as it was.
    """
    if type(data) not in _MAY_STAY:  # a look at the class costs a tenth of an isinstance that fails
        return False
    if isinstance(data, ev.ItemUndone):
        return data.step in UNDONE_IN_PLACE
    if isinstance(data, ev.ItemWorkflowChanged):
        return event.actor.startswith(SYSTEM)
    return isinstance(data, ev.ItemAdvanced) and data.from_ == data.to


def event_data(event: Event) -> ItemData:
    """Return the data of an item's event in the class of its newest version."""
    newest, plain = ev.CLASSES.get(event.type), event.data
    if newest is None:  # an event of an older version
        name, plain = upcast.upcast_event(event.type, event.data)
        newest = ev.CLASSES[name]
    data: Data = convert(plain, newest)
    return data  # type: ignore[return-value]  # a stream of an item holds only events of items


def _begin_item(item_id: str, data: ItemData, event: Event, last: Last) -> Item:
    """Return the item after its first event; raise ValueError when that is not an opening."""
    if not isinstance(data, ev.ItemOpened):
        raise ValueError(f"stream of {item_id} begins with {event.type}")
    content = asdict(data)  # what the event holds besides its ends, the item takes over unchanged
    del content["from_"], content["to"]
    return Item(
        id=item_id,
        state=data.to,
        version=event.version,
        state_version=event.version,
        last=last,
        moved_by=last.actor,
        moved_at=last.time,
        handed_on_by=last.actor,
        lead=data.unit,
        **content,
    )


def _apply(item: Item, data: ItemData, event: Event) -> Item:
    """Return the item as an event changes it, but for its state; the most frequent events come first."""
    match data:
        case ev.ItemSubmitted():
            return replace(
                item,
                taken_by=event.actor,
                submitted_by=event.actor,
                submitted_at=event.recordedtime,
                sent_back=False,
                evidence=item.evidence + data.evidence,
            )
        case ev.ItemApproved() | ev.ItemClosed():
            return replace(item, accepted=True, extension=None)
        case ev.ItemAssigned():
            return replace(
                item,
                lead=data.lead,
                support=data.support,
                officer=data.officer,
                due=data.due,
                cadence=data.cadence,
                taken_by=None,
                given_by=None,
                given_at=None,
                sent_back=False,
                extension=None,
            )
        case ev.ItemStarted() | ev.ItemReturned() | ev.ItemWithdrawn() | ev.ItemReopened():
            return _apply_start(item, data, event)
        case ev.ItemProgressReported():
            return replace(item, progress=data.percent, evidence=item.evidence + data.evidence)
        case ev.ItemCommented() | ev.ItemReminded() | ev.ItemFollowed() | ev.ItemOpened():
            return item
        case ev.ItemDeclined():
            nobody = replace(item, lead=None, support=(), officer=None, taken_by=None)
            return replace(nobody, given_by=None, given_at=None, sent_back=False, extension=None)
        case ev.ItemUndone():
            return item.before or item
        case _:
            return _apply_side_event(item, data, event)


def _apply_start(item: Item, data: StartEvent, event: Event) -> Item:
    """Apply an event that begins the work, or brings it back to where it was begun."""
    match data:
        case ev.ItemStarted():
            return replace(item, taken_by=event.actor)
        case ev.ItemReturned():
            return _without_submission(replace(item, returns=item.returns + 1, sent_back=True))
        case ev.ItemWithdrawn() | ev.ItemReopened():
            return _without_submission(item)
        case _:
            assert_never(data)


def _apply_side_event(
    item: Item, data: SideEvent | DayEvent | HandingEvent | OtherEvent, event: Event
) -> Item:
    """Apply an event that is not on the way from assignment to approval."""
    match data:
        case ev.ItemDistributed():
            parts = after_division(item.distribution, data, day_of(event.recordedtime))
            return replace(item, distribution=parts, due=data.due, cadence=data.cadence, extension=None)
        case (
            ev.ItemExtensionRequested()
            | ev.ItemExtensionGranted()
            | ev.ItemExtensionRefused()
            | ev.ItemDueSet()
        ):
            return replace(item, **changes_of_days(data, event))
        case ev.ItemSuspended():
            return replace(item, rests_since=data.on, rests_in=data.from_)
        case ev.ItemResumed():
            rested = after_rest(item.distribution, item.rests_since, day_of(event.recordedtime))
            return replace(item, distribution=rested, rests_since=None, rests_in=None, due=data.due)
        case ev.ItemCancelled() | ev.ItemExcused():
            return replace(item, extension=None, rests_since=None, rests_in=None)
        case ev.ItemWorkflowChanged():
            return replace(item, workflow=data.workflow)
        case ev.ItemHandedOver() | ev.ItemDelegated() | ev.ItemRecalled() | ev.ItemSupportChanged():
            return replace(item, **changes_of_hands(item.support, data, event))
        case _:
            return _apply_other_event(item, data, event)


def _apply_other_event(item: Item, data: OtherEvent, event: Event) -> Item:
    """Apply an event of a register's step, a report, a product's weight, or a warning that was overridden."""
    match data:
        case ev.ItemAdvanced():
            return replace(
                item,
                fields=item.fields | data.fields,
                evidence=item.evidence + data.evidence,
                due=data.fields.get("due", item.due),
                handed_on_by=item.handed_on_by if _stays_in_place(data, event) else event.actor,
            )
        case ev.ItemReported():
            return replace(item, fields=item.fields | reported_fields(data))
        case ev.ItemWeighted():
            return replace(item, weight=data.weight)
        case ev.ItemOverruled() | ev.ItemRemarked():
            return item
        case _:
            assert_never(data)


def _without_submission(item: Item) -> Item:
    """Return the item as one whose result is not submitted, so neither accepted."""
    return replace(item, submitted_by=None, submitted_at=None, accepted=False)


def done_on(item: Item) -> date | None:
    """Return the day on which the item was done: that of the submission which was later approved."""
    return day_of(item.submitted_at) if item.accepted and item.submitted_at else None
