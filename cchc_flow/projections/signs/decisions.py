"""Signs in the lives of items: who decided what, when, and how quickly."""

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.signs import bursts, lives, rows
from cchc_flow.projections.signs.lives import Life, position_of
from cchc_flow.projections.signs.rows import (
    Sign,
    add_sign,
    end_signs,
    reopen_signs,
    seconds_between,
    sign_of,
)
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import (
    NAMES,
    ItemApproved,
    ItemClosed,
    ItemDueSet,
    ItemExtensionGranted,
    ItemExtensionRefused,
    ItemReturned,
    ItemSubmitted,
    ItemUndone,
    WorkflowPublished,
)
from cchc_flow.workflow.item import SYSTEM, Item, event_data
from cchc_flow.workflow.item_events import ItemData

SCHEMA = (
    rows.SCHEMA
    + lives.SCHEMA
    + bursts.SCHEMA
    + """
CREATE TABLE approvals (
    position INTEGER PRIMARY KEY, item TEXT NOT NULL, unit TEXT, actor TEXT NOT NULL, time TEXT NOT NULL,
    submitted INTEGER NOT NULL, submitted_time TEXT NOT NULL, ended INTEGER
) STRICT;
CREATE INDEX approvals_ended ON approvals (ended) WHERE ended IS NOT NULL;
"""
)
DECISIONS = {
    ItemApproved: "approved",
    ItemClosed: "closed",
    ItemExtensionGranted: "extension",
}
"""What is decided about the work of a unit, as it ends the name of a sign."""
DAY_DECISIONS = {
    ItemExtensionGranted: "granted",
    ItemExtensionRefused: "refused",
    ItemDueSet: "set",
}
"""What is decided about a due day."""
LONGEST_HASTE = 86_400
"""Approvals later than so many seconds after the submission are not hasty by any bound."""
SHORTEST_SILENCE = 7
"""Fewer days without an event are not long by any bound."""


class Approval(msgspec.Struct, frozen=True):
    """An approval of what was submitted at `submitted`; `ended` is the position at which it was undone."""

    position: int
    item: str
    unit: str | None
    actor: str
    time: str
    submitted: int
    submitted_time: str
    ended: int | None


def approvals_after(db: Database, position: int, upto: int, limit: int) -> list[Approval]:
    """Return the first approvals after a position, up to another."""
    sql = "SELECT * FROM approvals WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
    return [Approval(**row) for row in db.query(sql, [position, upto, limit])]


def approvals_undone_after(db: Database, position: int, upto: int) -> list[Approval]:
    """Return the approvals that were undone after a position, up to another."""
    sql = "SELECT * FROM approvals WHERE ended > ? AND ended <= ?"
    return [Approval(**row) for row in db.query(sql, [position, upto])]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the signs that an event of an item is, and where the item stands after it."""
    if event.type == NAMES[WorkflowPublished]:
        lives.add_final_states(db, event.data)
    if not event.type.startswith("item."):
        return
    life, data = lives.find_life(db, event.stream.removeprefix("item-")), event_data(event)
    if life is not None:
        for sign in _signs(life, event, data):
            add_sign(db, sign)
        if isinstance(data, ItemReturned):
            end_signs(db, life.acts.returned, {"returned"}, event.position)  # one for each item: the newest
        if isinstance(data, ItemUndone):
            _take_back(db, life, event)
        if isinstance(data, ItemApproved):
            _note_approval(db, life, event)
        if isinstance(data, ItemApproved | ItemClosed):
            bursts.note_burst(db, life.item, event, DECISIONS[type(data)])
    lives.store_life(db, lives.life_after(db, life, event, data))


def _signs(life: Life, event: RecordedEvent, data: ItemData) -> Iterator[Sign]:
    """Yield the signs that an event is, by where the item stood before it."""
    yield from _silence(life, event, data)
    match data:
        case ItemSubmitted():
            yield from _late_submission(life, event)
        case ItemApproved() | ItemClosed():
            yield from _own_decision(life, event, data)
            yield from (
                _hasty_approval(life, event) if isinstance(data, ItemApproved) else _one_hand(life, event)
            )
        case ItemExtensionGranted() | ItemExtensionRefused() | ItemDueSet():
            yield from _own_decision(life, event, data)
            yield from _late_day(life, event, data)
        case ItemReturned():
            times = life.item.returns + 1
            behind = [life.acts.returned, position_of(life.acts.submitted)]
            yield _sign(life, event, "returned", times, behind=behind, times=times)


def _sign(
    life: Life, event: RecordedEvent, name: str, rank: int = 0, *, behind: list[int | None], **data: object
) -> Sign:
    item = life.item
    return sign_of(event, name, rank, unit=item.lead, items=(item.id,), behind=behind, **data)


def _own_decision(life: Life, event: RecordedEvent, data: ItemData) -> Iterator[Sign]:
    """Yield the sign that somebody of the unit that did the work, or asked, decided about it."""
    decision = DECISIONS.get(type(data))
    act = life.acts.asked if isinstance(data, ItemExtensionGranted) else life.acts.submitted
    units = {life.item.lead, act.unit if act else None} - {None}
    if decision and event.unit in units and not event.actor.startswith(SYSTEM):
        behind = [position_of(act)]
        yield _sign(life, event, f"own_unit.{decision}", behind=behind, by=act.actor if act else None)


def _one_hand(life: Life, event: RecordedEvent) -> Iterator[Sign]:
    """Yield the sign that who approved an item also closed it."""
    approved = life.acts.approved
    if approved and approved.actor == event.actor and not event.actor.startswith(SYSTEM):
        yield _sign(life, event, "one_hand", behind=[approved.position], approved=approved.time)


def _hasty_approval(life: Life, event: RecordedEvent) -> Iterator[Sign]:
    """Yield the sign that an approval came soon after the submission: its rank is minus the seconds."""
    submitted = life.acts.submitted
    if submitted is None:
        return
    seconds = seconds_between(submitted.time, event.recordedtime)
    if seconds <= LONGEST_HASTE:
        yield _sign(
            life, event, "hasty", -seconds, behind=[submitted.position], seconds=seconds, by=submitted.actor
        )


def _late_submission(life: Life, event: RecordedEvent) -> Iterator[Sign]:
    """Yield the sign that a result was handed in on the due day or later: its rank is the days after it."""
    days = _days_after_due(life.item, event)
    if days is not None and days >= 0:
        behind: list[int | None] = [life.acts.day_set]
        yield _sign(life, event, "late_submission", days, behind=behind, due=life.item.due, days=days)


def _late_day(life: Life, event: RecordedEvent, data: ItemData) -> Iterator[Sign]:
    """Yield the sign that a due day was decided about when it had passed: its rank is the days since."""
    days = _days_after_due(life.item, event)
    if days is None or days < 1:
        return
    decision, asked = DAY_DECISIONS[type(data)], life.acts.asked
    request = asked if decision != "set" else None
    yield _sign(
        life,
        event,
        f"late_day.{decision}",
        days,
        behind=[life.acts.day_set, position_of(request)],
        due=life.item.due,
        new=getattr(data, "due", None),
        days=days,
        asked=day_of(request.time).isoformat() if request else None,
    )


def _silence(life: Life, event: RecordedEvent, data: ItemData) -> Iterator[Sign]:
    """Yield the sign that nobody had done anything about an open item for days, up to this event."""
    if not life.waits or lives.is_nobodys(event, data):
        return
    last = day_of(life.touched.time)
    days = (day_of(event.recordedtime) - last).days
    if days >= SHORTEST_SILENCE:
        behind: list[int | None] = [life.touched.position]
        yield _sign(life, event, "silence", days, behind=behind, days=days, last=last.isoformat())


def _days_after_due(item: Item, event: RecordedEvent) -> int | None:
    """Return how many days an event came after the due day, negative before it; None without one."""
    return (day_of(event.recordedtime) - date.fromisoformat(item.due)).days if item.due else None


UNDOABLE = frozenset(
    {
        *(f"own_unit.{decision}" for decision in DECISIONS.values()),
        *(f"late_day.{decision}" for decision in DAY_DECISIONS.values()),
        "one_hand",
        "hasty",
        "returned",
        "late_submission",
    }
)
"""What is no sign any more when the step was undone; that something was done in a burst, or after a long
silence, remains so."""


def _note_approval(db: Database, life: Life, event: RecordedEvent) -> None:
    """Add the approval of what was submitted, of which it may be asked what its author had opened."""
    if submitted := life.acts.submitted:
        row = [event.position, life.item.id, life.item.lead, event.actor, event.recordedtime]
        values = [*row, submitted.position, submitted.time]
        db.execute("INSERT INTO approvals VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", values)


def _take_back(db: Database, life: Life, event: RecordedEvent) -> None:
    """End the signs of the event that is undone, and let those hold again that it had ended."""
    end_signs(db, life.last, UNDOABLE, event.position)
    db.execute("UPDATE approvals SET ended = ? WHERE position = ?", [event.position, life.last])
    if life.acts_before.returned:
        reopen_signs(db, life.last, {life.acts_before.returned})
