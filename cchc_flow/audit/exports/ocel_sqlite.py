"""OCEL 2.0 as SQLite: the relational form of the standard, with its keys and a table for each type."""

import re
from collections.abc import Iterable
from pathlib import Path

from cchc_flow.audit.exports.attributes import NAMES, NUMBERS
from cchc_flow.audit.exports.ocel import OBJECT_ATTRIBUTES, SINCE_EVER, ObjectEvent, ObjectView, Thing
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.eventlog.driver import sqlite3

SCHEMA = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES event_map_type (ocel_type)
);
CREATE TABLE object (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL REFERENCES object_map_type (ocel_type)
);
CREATE TABLE event_object (
    ocel_event_id TEXT NOT NULL REFERENCES event (ocel_id),
    ocel_object_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier)
);
CREATE TABLE object_object (
    ocel_source_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_target_id TEXT NOT NULL REFERENCES object (ocel_id),
    ocel_qualifier TEXT NOT NULL,
    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier)
);
"""
EVENT_COLUMNS = ", ".join(f"{name} {'INTEGER' if name in NUMBERS else 'TEXT'}" for name in NAMES)
OBJECT_COLUMNS = ", ".join(f"{name} TEXT" for name in OBJECT_ATTRIBUTES)
EVENT_VALUES = ", ".join("?" * (2 + len(NAMES)))
OBJECT_VALUES = ", ".join("?" * (3 + len(OBJECT_ATTRIBUTES)))


def write_ocel_sqlite(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write the events and their objects as a database of their own."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # a file that was cut short is not given out
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        objects, rows = ObjectView(view), _Rows(connection)
        for record in records:
            rows.add_event(objects.event(record))
        connection.execute("COMMIT")
    finally:
        connection.close()


class _Rows:
    """Writes the rows of one database; a type gets its table when it is first seen."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables: dict[tuple[str, str], str] = {}

    def add_event(self, event: ObjectEvent) -> None:
        """Write an event, its objects that are new, and what it has to do with them."""
        execute = self._connection.execute
        key = "ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id)"
        table = self._table("event", event.type, f"{key}, ocel_time TIMESTAMP NOT NULL, {EVENT_COLUMNS}")
        execute("INSERT INTO event VALUES (?, ?)", (event.id, event.type))
        values = (event.id, event.time, *(event.attributes[name] for name in NAMES))
        execute(f"INSERT INTO {table} VALUES ({EVENT_VALUES})", values)  # noqa: S608  # our own words
        for thing, _ in event.links.values():
            self._add_object(thing)
        for thing, qualifier in event.links.values():
            execute("INSERT INTO event_object VALUES (?, ?, ?)", (event.id, thing.id, qualifier))

    def _add_object(self, thing: Thing) -> None:
        execute = self._connection.execute
        key = "ocel_id TEXT NOT NULL REFERENCES object (ocel_id)"
        columns = f"{key}, ocel_time TIMESTAMP NOT NULL, ocel_changed_field TEXT, {OBJECT_COLUMNS}"
        table = self._table("object", thing.type, columns)
        if not execute("INSERT OR IGNORE INTO object VALUES (?, ?)", (thing.id, thing.type)).rowcount:
            return
        values = (thing.id, SINCE_EVER, None, *thing.attributes)
        execute(f"INSERT INTO {table} VALUES ({OBJECT_VALUES})", values)  # noqa: S608  # our own words
        for target, qualifier in thing.belongs:
            execute("INSERT INTO object_object VALUES (?, ?, ?)", (thing.id, target, qualifier))

    def _table(self, side: str, name: str, columns: str) -> str:
        """Return the table of a type of events or objects, which is made when there is none yet."""
        if (side, name) not in self._tables:
            suffix = re.sub(r"[^a-z0-9]", "_", name)
            table = self._tables[side, name] = f"{side}_{suffix}"
            self._connection.execute(f"INSERT INTO {side}_map_type VALUES (?, ?)", (name, suffix))  # noqa: S608
            self._connection.execute(f"CREATE TABLE {table} ({columns})")
        return self._tables[side, name]
