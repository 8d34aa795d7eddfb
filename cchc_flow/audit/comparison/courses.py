"""What befell an item between two positions of the log: how it was, how it is, and by which events."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

import msgspec

from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.workflow.item import Item, evolve

ITEM = "item-"
COMPARED = (
    "title",
    "ref",
    "plan",
    "area",
    "heading",
    "text",
    "product",
    "state",
    "lead",
    "support",
    "officer",
    "taken_by",
    "suggested_lead",
    "distribution",
    "due",
    "cadence",
    "extension",
    "rests_since",
    "progress",
    "submitted_by",
    "evidence",
    "returns",
    "weight",
    "workflow",
    "fields",
)
"""What is compared of an item, in the order in which it is told."""
NOT_COMPARED = frozenset(
    {
        *("id", "kind", "parent", "unit", "period"),  # never become others
        *(
            "version",
            "state_version",
            "last",
            "before",
            "moved_by",
            "moved_at",
        ),  # by each event or move
        *("submitted_at", "accepted", "sent_back", "rests_in", "given_by", "given_at", "handed_on_by"),
    }
)
"""What is told already by something that is compared: the state, who has the work, or the events."""
FIELD = "field:"
"""The prefix of a field of the item's form among the names of what became another."""


class Course(msgspec.Struct, frozen=True):
    """An item at both ends, and the events between them; `before` is None for one that was opened since.

    `touched` has by name of what is compared (of a field with `FIELD`) the events that made it another.
    """

    before: Item | None
    after: Item
    positions: tuple[int, ...]
    touched: Mapping[str, tuple[int, ...]]

    def changed_names(self) -> list[str]:
        """Return the names of what is another at the end than it was: not what was changed and put back."""
        if self.before is None:
            return []
        old, new = (compared_values(item) for item in (self.before, self.after))
        return [name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name)]

    def positions_of(self, *names: str) -> tuple[int, ...]:
        """Return the events that changed any of these, in order; all events if none of them tells."""
        found = {position for name in names for position in self.touched.get(name, ())}
        return tuple(sorted(found)) or self.positions


def read_courses(log: EventLog, ids: Collection[str], since: int, upto: int) -> Iterator[Course]:
    """Yield what befell items between two positions; one without any event between them has no course.

    What is read are the events of these items alone, so the length of the log does not matter.
    """
    events = log.streams([f"{ITEM}{item_id}" for item_id in ids], upto)
    for stream, group in groupby(events, attrgetter("stream")):
        course = _course(stream.removeprefix(ITEM), group, since)
        if course is not None:
            yield course


def _course(item_id: str, events: Iterator[RecordedEvent], since: int) -> Course | None:
    before: Item | None = None
    item: Item | None = None
    positions: list[int] = []
    touched: dict[str, list[int]] = {}
    for event in events:
        after = evolve(item, item_id, event)
        if event.position > since:
            positions.append(event.position)
            for name in _names_changed(item, after) if item else ():
                touched.setdefault(name, []).append(event.position)
        else:
            before = after
        item = after
    if item is None or not positions:
        return None
    return Course(before, item, tuple(positions), {name: tuple(found) for name, found in touched.items()})


def _names_changed(old: Item, new: Item) -> Iterator[str]:
    """Yield the names of what one event made another; what it left alone is the very same object."""
    for name in COMPARED:
        was, now = getattr(old, name), getattr(new, name)
        if was is now or was == now:
            continue
        if name == "fields":
            yield from (f"{FIELD}{key}" for key in {*was, *now} if was.get(key) != now.get(key))
        else:
            yield name


def compared_values(item: Item) -> dict[str, object]:
    """Return what is compared of an item by name, each field of its form by itself."""
    values: dict[str, object] = {name: getattr(item, name) for name in COMPARED if name != "fields"}
    return values | {f"{FIELD}{name}": value for name, value in item.fields.items() if value is not None}
