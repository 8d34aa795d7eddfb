"""Invariants of every event of an item, and of the item before and after it."""

from datetime import date
from typing import Any

from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.item import Item, evolve

CLOSING = date(2026, 12, 31)
COUNTERS = {"version", "state_version", "last", "before", "moved_by", "moved_at"}


def judge(before: Item, event: Any) -> Item:
    """Check the invariants of an event; return the item after it."""
    after, today = evolve(before, before.id, event), day_of(event.recordedtime)
    if event.type in ("item.approved/1", "item.returned/1", "item.closed/1"):
        assert before.submitted_by is not None
        assert event.actor != before.submitted_by
    if event.type in ("item.extension_granted/1", "item.extension_refused/1"):
        assert before.extension is not None
        assert event.actor != before.extension.by
        assert event.data["asked"] == before.extension.due
    if event.type == "item.extension_requested/1":
        assert before.extension is None
        assert event.data["due"] > str(before.due)
    if "to" in event.data:
        assert event.data["from"] == before.state
    if event.type == "item.resumed/1":
        assert before.rests_since
        assert _days_left(before, date.fromisoformat(before.rests_since)) == _days_left(after, today)
        assert after.state == before.rests_in
    elif after.due != before.due and after.due and event.type != "item.undone/1":
        assert today <= date.fromisoformat(after.due) <= CLOSING
    return after


def judge_all(item_id: str, events: list[Any]) -> None:
    """Check the invariants of all events of an item."""
    item = evolve(None, item_id, events[0])
    for event in events[1:]:
        item = judge(item, event)


def content(item: Item) -> dict[str, Any]:
    """Return the fields of an item without those that count and date its events."""
    return {name: getattr(item, name) for name in item.__struct_fields__ if name not in COUNTERS}


def _days_left(item: Item, day: date) -> int | None:
    """Return how many days an item has left on a day."""
    return (date.fromisoformat(item.due) - day).days if item.due else None
