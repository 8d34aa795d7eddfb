"""Notices to people: a row for each recipient of each event that concerns somebody directly.

A notice closes by itself when its matter is settled, or when a newer one says the same: what is open is still
for its person.
"""

import json
from collections.abc import Collection
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert
from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import directory, reading, rules, workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.recipients import NoticeEvent, kind_and_recipients, people_with_role
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import upcast
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import NAMES
from cchc_flow.workflow.hands import FINDING_KIND, Hands, find_hands
from cchc_flow.workflow.inspection import TO_REMEDY
from cchc_flow.workflow.item import Item, event_data
from cchc_flow.workflow.law import changed_figures

KINDS = {
    "reminded": "Nhắc hạn, đôn đốc",
    "assigned": "Được giao việc",
    "recalled": "Việc được lấy lại",
    "returned": "Kết quả bị trả lại",
    "extension_requested": "Đề nghị gia hạn",
    "extension_decided": "Quyết định gia hạn",
    "due_set": "Hạn được đặt lại",
    "submitted": "Kết quả chờ duyệt",
    "found": "Phát hiện khi kiểm tra",
    "mentioned": "Nhắc đến bạn",
}
"""The kinds of notices about items: each person chooses which of them are sent by mail as well."""
MENTIONED = "mentioned"
ANSWERED = ("assigned", "found", MENTIONED)
"""The kinds that a person settles by doing anything with the item."""
TOLD = ("extension_decided", "due_set", MENTIONED)
"""The kinds that what becomes of the item does not settle."""
PASSWORD_RESET = "password_reset"  # noqa: S105  # the name of a kind
LAW_CHANGED = "law_changed"
TITLES = KINDS | {PASSWORD_RESET: "Mật khẩu được đặt lại", LAW_CHANGED: "Quy định thay đổi"}
"""All kinds. That somebody else set one's password anew is always sent by mail, and is about no item. That an
area came with other figures is about no item either: it tells the coordinators, until they open its page."""

SCHEMA = """
CREATE TABLE notices (
    person TEXT NOT NULL, position INTEGER NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL,
    day TEXT NOT NULL, closed INTEGER, PRIMARY KEY (person, position)
) WITHOUT ROWID, STRICT;
CREATE INDEX notices_of_item ON notices (item, closed);
"""

_TYPES = frozenset(NAMES[cls] for cls in NoticeEvent.__args__ if cls is not ev.ItemAdvanced)


class Notice(msgspec.Struct, frozen=True):
    """An event that a person is notified of: its item ("": none), which of `TITLES` it is, its local day.

    Of a change of law the item is the stream of the plugin (`plugin-…`).

    `closed` is the position of the event that settled the matter, None while it is open.
    """

    position: int
    item: str
    kind: str
    day: str
    closed: int | None = None


def notices(
    db: Database,
    person: str,
    *,
    after: int = 0,
    before: int | None = None,
    kinds: Collection[str] = tuple(TITLES),
    limit: int = -1,
    only_open: bool = False,
) -> list[Notice]:
    """Return a person's notices between two positions, the newest first; only the open ones if asked.

    Like all here, it leaves out those of items that the person may not read.
    """
    readable, values = _readable_condition(db, person)
    rows = db.query(
        "SELECT position, item, kind, day, closed FROM notices WHERE person = :person AND position > :after"  # noqa: S608  # fixed words
        " AND position < coalesce(:before, position + 1) AND kind IN (SELECT value FROM json_each(:kinds))"
        f" AND (closed IS NULL OR NOT :only_open) AND {readable} ORDER BY position DESC LIMIT :limit",
        values
        | {
            "person": person,
            "after": after,
            "before": before,
            "kinds": json.dumps(list(kinds)),
            "limit": limit,
            "only_open": int(only_open),
        },
    )
    return [Notice(**row) for row in rows]


def open_positions(db: Database, person: str, after: int) -> list[tuple[str, int]]:
    """Return (item, position) of each open notice of a person after a position of the log."""
    readable, values = _readable_condition(db, person)
    sql = (
        "SELECT item, position FROM notices WHERE person = :person AND position > :after"  # noqa: S608  # fixed words
        f" AND closed IS NULL AND {readable}"
    )
    return db.execute(sql, values | {"person": person, "after": after}).fetchall()


def newest_position(db: Database, person: str) -> int:
    """Return the position of a person's newest notice, 0 when there is none."""
    readable, values = _readable_condition(db, person)
    sql = f"SELECT max(position) FROM notices WHERE person = :person AND {readable}"  # noqa: S608  # fixed words
    return int(db.execute(sql, values | {"person": person}).fetchone()[0] or 0)


def _readable_condition(db: Database, person: str) -> tuple[str, dict[str, Any]]:
    """Return the condition on notices that they are about no item, or one that the person may read."""
    condition, values = reading.condition_of_reader(db, reading.reader_of(db, person))
    readable = f"SELECT 1 FROM cards WHERE cards.item = notices.item AND to_position = {OPEN} AND {condition}"  # noqa: S608  # fixed words
    return f"(notices.item = '' OR notices.kind = '{LAW_CHANGED}' OR EXISTS ({readable}))", dict(values)


def fold(db: Database, event: RecordedEvent) -> None:
    """Add a row for each recipient of an event, but its actor; close those whose matter it settles.

    When a step is undone, its notices are deleted, and those that it closed are open again.
    """
    if event.type == NAMES[ev.PasswordSet]:
        _notify_of_reset(db, event)
    if event.type == NAMES[ev.PluginLoaded]:
        _notify_of_changed_law(db, event)
    if not event.type.startswith("item."):
        return
    if event.type == NAMES[ev.ItemUndone]:
        _take_back_undone_step(db, event)
    item_id = event.stream.removeprefix("item-")
    try:
        item = items.item(db, item_id)
    except NotFound:  # a stream named like an item's, without the event that opens one
        return
    if upcast.newest_name(event.type) in _TYPES or _is_found(event, item):
        _notify(db, event, item)
    _close_settled(db, event, item)


def _is_found(event: RecordedEvent, item: Item) -> bool:
    """Tell whether an event is that by which an inspector asks a unit to remedy a finding."""
    is_finding = item.kind == FINDING_KIND and event.type == NAMES[ev.ItemAdvanced]
    return is_finding and event.data["to"] == TO_REMEDY


def _notify(db: Database, event: RecordedEvent, item: Item) -> None:
    """Add a row for each recipient of an event about an item."""
    kind, recipients = kind_and_recipients(db, item, event_data(event))  # type: ignore[arg-type]  # a NoticeEvent, by its type
    day = day_of(event.recordedtime).isoformat()
    for person in sorted(recipients - {event.actor}):
        db.execute(
            "INSERT INTO notices VALUES (?, ?, ?, ?, ?, NULL)", [person, event.position, item.id, kind, day]
        )


def _close_settled(db: Database, event: RecordedEvent, item: Item) -> None:
    """Close the open notices of an item that matter no more, or of which a newer one says the same."""
    rows = db.execute(
        "SELECT person, position, kind FROM notices WHERE item = ? AND closed IS NULL ORDER BY position",
        [item.id],
    ).fetchall()
    if not rows:
        return
    is_final = workflows.workflow(db, item.kind, item.workflow).state(item.state).final
    hands = find_hands(item, directory.crew(db, day_of(event.recordedtime)))
    newest = {(person, kind): position for person, position, kind in rows}
    for person, position, kind in rows:
        if (
            (position < newest[person, kind] and kind != MENTIONED)
            or (kind in ANSWERED and event.actor == person)
            or not _still_matters(kind, item, person, hands, is_final=is_final)
        ):
            db.execute(
                "UPDATE notices SET closed = ? WHERE person = ? AND position = ?",
                [event.position, person, position],
            )


def _still_matters(kind: str, item: Item, person: str, hands: Hands, *, is_final: bool) -> bool:
    """Tell whether what a notice of a kind is about has not been settled yet."""
    if is_final or kind in TOLD:
        return kind in TOLD
    if kind == "recalled":
        return item.officer != person
    matters = {
        "reminded": item.submitted_by is None,
        "assigned": item.taken_by is None and person in {hands.named, *hands.called},
        "returned": item.sent_back,
        "found": item.submitted_by is None,
        "submitted": item.submitted_by is not None and not item.accepted,
        "extension_requested": item.extension is not None,
    }
    return matters[kind]


def _notify_of_reset(db: Database, event: RecordedEvent) -> None:
    """Add a row for a person whose password somebody else set anew."""
    person = event.data["person"]
    if event.actor != person and not event.data["first"]:
        db.execute(
            "INSERT INTO notices VALUES (?, ?, ?, ?, ?, NULL)",
            [person, event.position, "", PASSWORD_RESET, day_of(event.recordedtime).isoformat()],
        )


def _notify_of_changed_law(db: Database, event: RecordedEvent) -> None:
    """Add a row for each coordinator if a plugin came with other figures than when it was last loaded."""
    loaded = convert(event.data, ev.PluginLoaded)
    before, _ = rules.state_before(db, loaded.plugin, event.position)
    if before is None or not changed_figures(before.figures, loaded.figures):
        return
    day = day_of(event.recordedtime).isoformat()
    db.conn.executemany(
        "INSERT INTO notices VALUES (?, ?, ?, ?, ?, NULL)",
        [
            (person, event.position, event.stream, LAW_CHANGED, day)
            for person in sorted(people_with_role(db, "coordinator"))
        ],
    )


def _take_back_undone_step(db: Database, event: RecordedEvent) -> None:
    """Delete the notices of the event before this one in the stream, and open again what that had closed.

    Only the last event can be undone.
    """
    item = [event.stream.removeprefix("item-")]
    undone = "(SELECT previous FROM items WHERE id = ?)"
    db.execute(f"DELETE FROM notices WHERE item = ? AND position = {undone}", item * 2)  # noqa: S608  # fixed words
    db.execute(f"UPDATE notices SET closed = NULL WHERE item = ? AND closed = {undone}", item * 2)  # noqa: S608  # fixed words
