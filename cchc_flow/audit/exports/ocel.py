"""The events as OCEL 2.0 sees them: each with a type, a time, attributes, and the objects that it is about.

Readers drop events without an object, objects without an event, and all but one qualifier of a pair. So every
event is about the workspace at least, every object is one of an event, and a pair has one qualifier: the
first of those in the order below that applies. What that leaves out stands in the event's attributes.
"""

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from cchc_flow.audit.exports.attributes import BROKEN, NONE, WITHHELD, EventDescriber, fact, one_line
from cchc_flow.audit.exports.view import STREAMS_REMEMBERED, EventView, Record
from cchc_flow.audit.trail import ITEM
from cchc_flow.eventlog.contents import referenced_digests
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import directory
from cchc_flow.projections.cards import items
from cchc_flow.workflow.item import SYSTEM, Item

OBJECT_ATTRIBUTES = ("name", "kind", "ref", "area", "period")
"""What every object has; NONE where it does not apply."""
SINCE_EVER = "1970-01-01T00:00:00.000000Z"
"""The time of attributes that hold from the beginning, as OCEL 2.0 writes it."""


class Thing(msgspec.Struct, frozen=True):
    """An object: its id, its type, its attributes, and the objects that it belongs to, as (id, qualifier)."""

    id: str
    type: str
    attributes: tuple[str, ...]
    belongs: tuple[tuple[str, str], ...] = ()


class ObjectEvent(msgspec.Struct, frozen=True):
    """An event of the log: `links` are its objects by id, each with its one qualifier."""

    id: str
    type: str
    time: str
    attributes: dict[str, str | int]
    links: dict[str, tuple[Thing, str]]


class ObjectView:
    """Tells of the events of a view, each with its objects."""

    def __init__(self, view: EventView) -> None:
        self.view = view
        self._describer = EventDescriber(view)
        self._names = directory.names(view.db)
        self._workspace = Thing(f"workspace-{view.ws.name}", "workspace", self._about(view.ws.title))
        self._item_things = lru_cache(STREAMS_REMEMBERED)(self._load_item_things)

    def event(self, record: Record) -> ObjectEvent:
        """Return an event with its objects; one that is withheld is about the workspace alone."""
        if record.event is None:
            name = WITHHELD if record.withheld else BROKEN
            key, links = f"{name}-{record.position}", iter([(self._workspace, "log")])
        else:
            name, key = fact(record.event), record.event.id
            links = self._links(record.event, record.body or b"")
        first_of_each: dict[str, tuple[Thing, str]] = {}
        for thing, qualifier in links:
            first_of_each.setdefault(thing.id, (thing, qualifier))
        attributes = self._describer.attributes(record)
        return ObjectEvent(key, name, record.recordedtime, attributes, first_of_each)

    def _links(self, event: RecordedEvent, body: bytes) -> Iterator[tuple[Thing, str]]:
        """Yield the objects of an event with their qualifiers, the most telling one of an object first."""
        yield self._subject(event.stream), "subject"
        data = event.data if event.stream.startswith(ITEM) else {}
        for unit in filter(None, (data.get("lead"), *(data.get("support") or ()))):
            yield self._unit(unit), "lead" if unit == data.get("lead") else "support"
        if data.get("officer"):
            yield self._person(data["officer"]), "officer"
        yield self._person(event.actor), "actor"
        if event.unit:
            yield self._unit(event.unit), "unit"
        for thing in self._item_things(event.stream)[1:]:
            yield thing, thing.type if thing.type == "plan" else "whole"
        for digest in referenced_digests(body):
            yield Thing(f"content-{digest}", "content", self._about(digest)), "content"
        yield self._workspace, "log"

    def _subject(self, stream: str) -> Thing:
        """Return the object that a stream is about: an item, a person, a plan, the log itself."""
        if things := self._item_things(stream):
            return things[0]
        family, _, key = stream.partition("-")
        if family == "log":
            return self._workspace
        return Thing(stream, family, self._about(self._names.get(key, key)))

    def _person(self, actor: str) -> Thing:
        """Return the object of a person, or of the program itself where that acted."""
        if actor.startswith(SYSTEM) or actor == SYSTEM.rstrip(":"):
            return Thing(f"machine-{actor}", "machine", self._about(actor))
        return Thing(f"person-{actor}", "person", self._about(self._names.get(actor, actor)))

    def _unit(self, unit: str) -> Thing:
        return Thing(f"unit-{unit}", "unit", self._about(self._names.get(unit, unit)))

    def _load_item_things(self, stream: str) -> tuple[Thing, ...]:
        """Return the object of an item's stream and those that it belongs to: its plan, its whole.

        There are none of a stream of something else, nor of an item that the reader may not read.
        """
        item = items.find_item(self.view.db, stream.removeprefix(ITEM)) if stream.startswith(ITEM) else None
        if item is None or self.view.hides(stream):
            return ()
        belongs = [(Thing(f"plan-{item.plan}", "plan", self._about(item.plan)), "plan")] if item.plan else []
        whole = self._item_things(f"{ITEM}{item.parent}") if item.parent else ()
        belongs += [(thing, "whole") for thing in whole[:1]]
        own = self._item_thing(item, tuple((thing.id, qualifier) for thing, qualifier in belongs))
        return (own, *(thing for thing, _ in belongs), *whole[1:])

    def _item_thing(self, item: Item, belongs: tuple[tuple[str, str], ...]) -> Thing:
        about = self._about(item.title, item.kind, item.ref, item.area, item.period)
        return Thing(f"{ITEM}{item.id}", f"item_{item.kind}", about, belongs)

    def _about(self, *values: str | None) -> tuple[str, ...]:
        """Return the attributes of an object, with NONE for those that are not given."""
        given = [one_line(value) for value in values]
        return (*given, *[NONE] * (len(OBJECT_ATTRIBUTES) - len(given)))
