"""What an event does not say by itself: of what its item is, and what an inspector looks out for (its flags).

The flags are told in words in `audit.flags`. A due day counts as it stands, not moved on by days off: whoever
needs the law's last day asks a question that knows the settings.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import JsonObject, RecordedEvent
from cchc_flow.projections.access import MARKED_FOR
from cchc_flow.workflow.calendar import day_of

SCHEMA = """
CREATE TABLE trail_items (
    stream TEXT PRIMARY KEY, kind TEXT NOT NULL, area TEXT, due TEXT, due_before TEXT,
    due_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE trail_contents (
    digest BLOB NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (digest, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE trail_resets (person TEXT PRIMARY KEY, recordedtime TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
LONG_BEFORE = timedelta(hours=1)
"""An act that is recorded later than this after it was ordered is flagged."""
DIGEST_BYTES = 16
"""How many bytes of a digest tell contents apart here."""
SIMPLE_FLAGS = {
    "item.overruled": "overruled",
    "item.returned": "returned",
    "item.declined": "returned",
    "item.undone": "undone",
    "item.reopened": "reopened",
    "target.corrected": "corrected",
    "content.erased": "erased",
    "plugin.enabled": "rules",
    "plugin.disabled": "rules",
    "plugin.configured": "rules",
    "plugin.missing": "rules",
    "settings.changed": "rules",
    "workflow.published": "rules",
    "directory.role_granted": "rights",
    "directory.role_revoked": "rights",
    "directory.person_changed": "rights",
}
"""Flags that the type alone tells, by the type without its version."""
FLAGS = (
    "late", "due_moved", "due_passed", "returned", "reopened", "undone", "overruled", "corrected",
    "backdated", "terminal", "table", "admin", "after_reset", "rights", "rules", "erased",
)  # fmt: skip
"""All flags, in the order in which they are shown."""


class ItemFacts(msgspec.Struct, frozen=True):
    """An item as far as the trail keeps it: `due_before` was its due day until the event of `due_version`."""

    kind: str
    area: str | None
    due: str | None = None
    due_before: str | None = None
    due_version: int = 0


class Facts(msgspec.Struct, frozen=True):
    """The kind and area of an event's item, None of other events; and flags, each with the event's position.

    That is the position of the event itself, or of an older one on which it sheds light.
    """

    kind: str | None
    area: str | None
    flags: tuple[tuple[str, int], ...]


def facts_of(db: Database, event: RecordedEvent) -> Facts:
    """Return the facts of an event, and keep what those of later events rest on."""
    name = event.type.partition("/")[0]
    item = _find_item(db, event) if event.stream.startswith("item-") else None
    flags = [
        *_flags_of_envelope(db, event, item is not None),
        *_flags_of_contents(db, event, name),
        *(_flags_of_item(db, event, name, item) if item else ()),
    ]
    if simple := SIMPLE_FLAGS.get(name):
        flags.append((simple, event.position))
    if name == "access.password_set" and event.actor != event.data["person"] and not event.data["first"]:
        db.execute("REPLACE INTO trail_resets VALUES (?, ?)", [event.data["person"], event.recordedtime])
    return Facts(item.kind if item else None, item.area if item else None, tuple(flags))


def positions_of_content(db: Database, digest: str) -> list[int]:
    """Return the positions of the events that refer to a content, by its digest in hex."""
    rows = db.execute(
        "SELECT position FROM trail_contents WHERE digest = ? ORDER BY position", [_key(digest)]
    )
    return [position for (position,) in rows.fetchall()]


def _find_item(db: Database, event: RecordedEvent) -> ItemFacts | None:
    """Return the item of an event as it was before it; None for a stream that does not begin as an item's."""
    if event.version == 1 and event.type.startswith("item.opened/"):
        item = ItemFacts(event.data["kind"], event.data["area"])
        db.execute(
            "INSERT INTO trail_items VALUES (?, ?, ?, NULL, NULL, 0)", [event.stream, item.kind, item.area]
        )
        return item
    sql = "SELECT kind, area, due, due_before, due_version FROM trail_items WHERE stream = ?"
    row = db.execute(sql, [event.stream]).fetchone()
    return ItemFacts(*row) if row else None


def _flags_of_item(
    db: Database, event: RecordedEvent, name: str, item: ItemFacts
) -> Iterator[tuple[str, int]]:
    """Yield what an item's due day tells of an event, and keep the new one."""
    day = local_day_of_hour(event.recordedtime[:13])
    has_passed = item.due is not None and item.due < day
    if has_passed and name == "item.submitted":
        yield "late", event.position
    if has_passed and name in ("item.extension_requested", "item.extension_granted", "item.due_set"):
        yield "due_passed", event.position
    if name == "item.undone":
        yield from _flag_of_undone(db, event)
    due = _due_after(event, name, item)
    if due != item.due:
        sql = "UPDATE trail_items SET due_before = due, due = ?, due_version = ? WHERE stream = ?"
        db.execute(sql, [due, event.version, event.stream])
        if item.due is not None:
            yield "due_moved", event.position


def _due_after(event: RecordedEvent, name: str, item: ItemFacts) -> str | None:
    """Return the due day of an item after an event; an undoing brings back the day before it."""
    if name == "item.undone":
        return item.due_before if item.due_version == event.version - 1 else item.due
    values: JsonObject = event.data["fields"] if name == "item.advanced" else event.data
    if name in _SETS_DUE or name == "item.advanced":
        due: str | None = values.get("due", item.due)
        return due
    return item.due


_SETS_DUE = frozenset(
    f"item.{fact}"
    for fact in ("opened", "assigned", "distributed", "extension_granted", "due_set", "resumed")
)


def _flag_of_undone(db: Database, event: RecordedEvent) -> Iterator[tuple[str, int]]:
    """Yield the flag of the event that this one took back: the one before it in the stream."""
    (position,) = db.execute("SELECT max(position) FROM trail WHERE stream = ?", [event.stream]).fetchone()
    if position is not None:
        yield "undone", position


def _flags_of_envelope(db: Database, event: RecordedEvent, of_item: bool) -> Iterator[tuple[str, int]]:
    """Yield what the envelope tells: by which way and in which role the order came, and when."""
    channel = event.channel or ""
    if channel.startswith("terminal:"):
        yield "terminal", event.position
    if channel.endswith("+table"):
        yield "table", event.position
    if of_item and event.role == "admin":
        yield "admin", event.position
    if event.time[:13] != event.recordedtime[:13] and _span(event.time, event.recordedtime) > LONG_BEFORE:
        yield "backdated", event.position
    reset = db.execute("SELECT recordedtime FROM trail_resets WHERE person = ?", [event.actor]).fetchone()
    if reset and _span(reset[0], event.recordedtime) <= MARKED_FOR:
        yield "after_reset", event.position


def _flags_of_contents(db: Database, event: RecordedEvent, name: str) -> Iterator[tuple[str, int]]:
    """Keep the contents to which an event refers; yield the flag of the events whose content one erases."""
    if name == "content.erased":
        yield from (("erased", position) for position in positions_of_content(db, event.data["digest"]))
    for digest in {content["digest"] for content in contents_in(event.data)}:
        db.execute("INSERT INTO trail_contents VALUES (?, ?)", [_key(digest), event.position])


def contents_in(value: object) -> Iterator[JsonObject]:
    """Yield the references to contents of the vault in an event's data, each with its three keys."""
    if isinstance(value, dict):
        if value.keys() == {"digest", "size", "media_type"}:
            yield value
        else:
            for part in value.values():
                if part.__class__ is dict or part.__class__ is list:
                    yield from contents_in(part)
    elif isinstance(value, list):
        for part in value:
            if part.__class__ is dict or part.__class__ is list:
                yield from contents_in(part)


def _key(digest: str) -> bytes:
    return bytes.fromhex(digest)[:DIGEST_BYTES]


def _span(earlier: str, later: str) -> timedelta:
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier)


@lru_cache(maxsize=4096)
def local_day_of_hour(hour: str) -> str:
    """Return the local day (ISO) of an instant's UTC hour, "2026-03-02T17": no day begins within an hour."""
    return day_of(f"{hour}:00:00.000000Z").isoformat()


def fold(db: Database, event: RecordedEvent) -> None:
    """Do nothing: the trail asks for the facts of each event, and by that keeps them."""
