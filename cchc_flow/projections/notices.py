"""Notices to people: a row for each recipient of each event that concerns somebody directly."""

import json
from collections.abc import Collection
from typing import Any, assert_never

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import directory, reading
from cchc_flow.projections.cards import items
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import upcast
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import NAMES
from cchc_flow.workflow.item import Item, event_data

KINDS = {
    "reminded": "Nhắc hạn, đôn đốc",
    "assigned": "Được giao việc",
    "returned": "Kết quả bị trả lại",
    "extension_requested": "Đề nghị gia hạn",
    "extension_decided": "Quyết định gia hạn",
    "submitted": "Kết quả chờ duyệt",
}
"""The kinds of notices about items: each person chooses which of them are sent by mail as well."""
PASSWORD_RESET = "password_reset"  # noqa: S105  # the name of a kind
TITLES = KINDS | {PASSWORD_RESET: "Mật khẩu được đặt lại"}
"""All kinds. That somebody else set one's password anew is always sent by mail, and is about no item."""

SCHEMA = """
CREATE TABLE notices (
    person TEXT NOT NULL, position INTEGER NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL,
    day TEXT NOT NULL, PRIMARY KEY (person, position)
) STRICT;
CREATE INDEX notices_by_position ON notices (position);
"""

NoticeEvent = (
    ev.ItemReminded
    | ev.ItemAssigned
    | ev.ItemHandedOver
    | ev.ItemReturned
    | ev.ItemExtensionRequested
    | ev.ItemExtensionGranted
    | ev.ItemExtensionRefused
    | ev.ItemSubmitted
)
_TYPES = frozenset(NAMES[cls] for cls in NoticeEvent.__args__)


class Notice(msgspec.Struct, frozen=True):
    """An event that a person is notified of: its item ("": none), which of `TITLES` it is, its local day."""

    position: int
    item: str
    kind: str
    day: str


def notices(
    db: Database,
    person: str,
    *,
    after: int = 0,
    before: int | None = None,
    kinds: Collection[str] = tuple(TITLES),
    limit: int = -1,
) -> list[Notice]:
    """Return a person's notices between two positions, the newest first.

    Like all here, it leaves out those of items that the person may not read.
    """
    readable, values = _readable_condition(db, person)
    rows = db.query(
        "SELECT position, item, kind, day FROM notices WHERE person = :person AND position > :after"  # noqa: S608  # fixed words
        " AND position < coalesce(:before, position + 1) AND kind IN (SELECT value FROM json_each(:kinds))"
        f" AND {readable} ORDER BY position DESC LIMIT :limit",
        values
        | {
            "person": person,
            "after": after,
            "before": before,
            "kinds": json.dumps(list(kinds)),
            "limit": limit,
        },
    )
    return [Notice(**row) for row in rows]


def count_notices(db: Database, person: str, after: int) -> int:
    """Return how many notices of a person come after a position of the log."""
    readable, values = _readable_condition(db, person)
    sql = f"SELECT count(*) FROM notices WHERE person = :person AND position > :after AND {readable}"  # noqa: S608  # fixed words
    return int(db.execute(sql, values | {"person": person, "after": after}).fetchone()[0])


def newest_position(db: Database, person: str) -> int:
    """Return the position of a person's newest notice, 0 when there is none."""
    readable, values = _readable_condition(db, person)
    sql = f"SELECT max(position) FROM notices WHERE person = :person AND {readable}"  # noqa: S608  # fixed words
    return int(db.execute(sql, values | {"person": person}).fetchone()[0] or 0)


def _readable_condition(db: Database, person: str) -> tuple[str, dict[str, Any]]:
    """Return the condition on notices that they are about no item, or one that the person may read."""
    condition, values = reading.condition_of_reader(db, reading.reader_of(db, person))
    readable = f"SELECT 1 FROM cards WHERE cards.item = notices.item AND to_position = {OPEN} AND {condition}"  # noqa: S608  # fixed words
    return f"(notices.item = '' OR EXISTS ({readable}))", dict(values)


def fold(db: Database, event: RecordedEvent) -> None:
    """Add a row for each recipient of an event; its actor is none of them.

    When a step is undone, the notices of that step are deleted.
    """
    if event.type == NAMES[ev.ItemUndone]:
        _delete_notices_of_undone_step(db, event)
    if event.type == NAMES[ev.PasswordSet]:
        _notify_of_reset(db, event)
    if upcast.newest_name(event.type) not in _TYPES:
        return
    item_id = event.stream.removeprefix("item-")
    try:
        item = items.item(db, item_id)
    except NotFound:  # a stream named like an item's, without the event that opens one
        return
    kind, recipients = _kind_and_recipients(db, item, event_data(event))  # type: ignore[arg-type]  # a NoticeEvent, by its type
    day = day_of(event.recordedtime).isoformat()
    db.conn.executemany(
        "INSERT INTO notices VALUES (?, ?, ?, ?, ?)",
        [(person, event.position, item_id, kind, day) for person in sorted(recipients - {event.actor})],
    )


def _notify_of_reset(db: Database, event: RecordedEvent) -> None:
    """Add a row for a person whose password somebody else set anew."""
    person = event.data["person"]
    if event.actor != person and not event.data["first"]:
        db.execute(
            "INSERT INTO notices VALUES (?, ?, ?, ?, ?)",
            [person, event.position, "", PASSWORD_RESET, day_of(event.recordedtime).isoformat()],
        )


def _delete_notices_of_undone_step(db: Database, event: RecordedEvent) -> None:
    """Delete the notices of the event before this one in the stream: only the last event can be undone."""
    db.execute(
        "DELETE FROM notices WHERE position = (SELECT previous FROM items WHERE id = ?)",
        [event.stream.removeprefix("item-")],
    )


def _kind_and_recipients(db: Database, item: Item, data: NoticeEvent) -> tuple[str, set[str]]:
    """Return the kind of notice and its recipients; `item` is the item after the event."""
    before = item.before or item
    match data:
        case ev.ItemReminded(people=people):
            return "reminded", set(people)
        case ev.ItemAssigned() | ev.ItemHandedOver():
            return "assigned", _people_in_charge(db, item)
        case ev.ItemReturned():
            return "returned", {before.submitted_by} if before.submitted_by else set()
        case ev.ItemExtensionRequested():
            return "extension_requested", _people_with_role(db, "coordinator")
        case ev.ItemExtensionGranted() | ev.ItemExtensionRefused():
            return "extension_decided", {before.extension.by} if before.extension else set()
        case ev.ItemSubmitted():
            return "submitted", _people_with_role(db, "coordinator")
        case _:
            assert_never(data)


def _people_in_charge(db: Database, item: Item) -> set[str]:
    """Return the officer in charge, else the heads of the lead unit."""
    return {item.officer} if item.officer else _people_with_role(db, "unit_head", item.lead)


def _people_with_role(db: Database, role: str, unit: str | None = None) -> set[str]:
    """Return the active people who hold a role, of one unit or (None) of all."""
    return {
        person.id
        for person in directory.people(db)
        if person.active and role in person.roles and unit in (None, person.unit)
    }
