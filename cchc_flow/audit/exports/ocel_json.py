"""OCEL 2.0 as JSON. The events are written as they come; the objects wait in a file until all are known."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.audit.exports.attributes import NAMES, NUMBERS
from cchc_flow.audit.exports.ocel import OBJECT_ATTRIBUTES, SINCE_EVER, ObjectEvent, ObjectView, Thing
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.eventlog.driver import sqlite3

EVENT_ATTRIBUTES = [{"name": name, "type": "integer" if name in NUMBERS else "string"} for name in NAMES]
ATTRIBUTES_OF_OBJECTS = [{"name": name, "type": "string"} for name in OBJECT_ATTRIBUTES]


def write_ocel_json(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write the events, their objects and the types of both."""
    objects, spool = ObjectView(view), _ObjectSpool()
    event_types: set[str] = set()
    with path.open("wb") as file:

        def write_list(name: str, values: Iterable[bytes], end: bytes) -> None:
            file.write(b'"%s": [' % name.encode())
            separator = b"\n"
            for value in values:
                file.write(separator + value)
                separator = b",\n"
            file.write(b"\n]" + end)

        def events() -> Iterator[bytes]:
            for record in records:
                event = objects.event(record)
                event_types.add(event.type)
                for thing, _ in event.links.values():
                    spool.add(thing)
                yield msgspec.json.encode(_event(event))

        file.write(b"{\n")
        write_list("events", events(), b",\n")
        write_list("objects", spool.objects(), b",\n")
        write_list("eventTypes", _types(event_types, EVENT_ATTRIBUTES), b",\n")
        write_list("objectTypes", _types(spool.types, ATTRIBUTES_OF_OBJECTS), b"\n}\n")
    spool.close()


class _ObjectSpool:
    """The objects that were seen, each once, in a temporary database that the disk holds."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("CREATE TABLE objects (id TEXT PRIMARY KEY, body BLOB NOT NULL)")
        self._connection.execute("BEGIN")

    def add(self, thing: Thing) -> None:
        self.types.add(thing.type)
        sql = "INSERT OR IGNORE INTO objects VALUES (?, ?)"
        self._connection.execute(sql, (thing.id, msgspec.json.encode(_object(thing))))

    def objects(self) -> Iterator[bytes]:
        return (row[0] for row in self._connection.execute("SELECT body FROM objects ORDER BY rowid"))

    def close(self) -> None:
        self._connection.close()


def _event(event: ObjectEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "attributes": [{"name": name, "value": event.attributes[name]} for name in NAMES],
        "relationships": [
            {"objectId": thing.id, "qualifier": qualifier} for thing, qualifier in event.links.values()
        ],
    }


def _object(thing: Thing) -> dict[str, Any]:
    return {
        "id": thing.id,
        "type": thing.type,
        "attributes": [
            {"name": name, "time": SINCE_EVER, "value": value}
            for name, value in zip(OBJECT_ATTRIBUTES, thing.attributes, strict=True)
        ],
        "relationships": [
            {"objectId": target, "qualifier": qualifier} for target, qualifier in thing.belongs
        ],
    }


def _types(names: Iterable[str], attributes: list[dict[str, str]]) -> Iterator[bytes]:
    return (msgspec.json.encode({"name": name, "attributes": attributes}) for name in sorted(names))
