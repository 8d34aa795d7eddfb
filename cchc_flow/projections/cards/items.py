"""Items and their cards: the rows of the board, each true from one position of the log to another."""

from collections.abc import Collection, Mapping
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import reading
from cchc_flow.projections.cards.bodies import items_of
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.cards.writing import write_card
from cchc_flow.projections.memory import ReadModels, kept_while_still, past_position
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.search import search_key
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import NAMES, SettingChanged
from cchc_flow.workflow.item import Item, evolve

SCHEMA = f"""
CREATE TABLE items (
    id TEXT PRIMARY KEY, plan TEXT, kind TEXT NOT NULL, body BLOB NOT NULL, opened INTEGER NOT NULL,
    position INTEGER NOT NULL, previous INTEGER
) STRICT;
CREATE INDEX items_by_plan ON items (plan, kind, id);
CREATE INDEX items_by_kind ON items (kind, opened);
CREATE TABLE item_fields (
    item TEXT NOT NULL, name TEXT NOT NULL, value TEXT, PRIMARY KEY (item, name)
) WITHOUT ROWID, STRICT;
CREATE INDEX item_fields_by_value ON item_fields (name, value);
CREATE TABLE item_words (item TEXT PRIMARY KEY, folded TEXT NOT NULL) STRICT;
CREATE TABLE cards (
    item TEXT NOT NULL, from_position INTEGER NOT NULL, to_position INTEGER NOT NULL DEFAULT {OPEN},
    kind TEXT NOT NULL, workflow INTEGER NOT NULL, ref TEXT, ref_key TEXT NOT NULL, plan TEXT, area TEXT,
    title TEXT NOT NULL, state TEXT NOT NULL, lane TEXT NOT NULL, final INTEGER NOT NULL,
    lead TEXT, officer TEXT, holder TEXT, parent TEXT, unit TEXT, period TEXT, whole INTEGER NOT NULL,
    shown INTEGER NOT NULL, due TEXT, deadline TEXT, due_key TEXT NOT NULL,
    rests_since TEXT, asked TEXT, done TEXT, regular INTEGER NOT NULL, unmet INTEGER NOT NULL,
    returned INTEGER NOT NULL, waiting TEXT, suggested_lead TEXT, progress INTEGER NOT NULL,
    state_version INTEGER NOT NULL,
    PRIMARY KEY (item, from_position)
) STRICT;
CREATE INDEX cards_in_order ON cards (
    kind, lane, due_key, ref_key, item, from_position, to_position, shown, plan
);
CREATE INDEX cards_now ON cards (plan, kind, lane, due_key, ref_key, item, shown) WHERE to_position = {OPEN};
CREATE INDEX cards_counted ON cards (
    plan, kind, whole, deadline, done, rests_since, regular, unmet, state, final, lane,
    lead, area, holder, period, item, from_position
) WHERE to_position = {OPEN};
CREATE INDEX cards_in_charge ON cards (officer) WHERE officer IS NOT NULL AND to_position = {OPEN};
CREATE INDEX cards_in_hand ON cards (holder) WHERE holder IS NOT NULL AND to_position = {OPEN};
CREATE INDEX cards_by_parent ON cards (parent, to_position, unit) WHERE parent IS NOT NULL;
"""

VERSIONED = {"cards": "from_position", "items": "opened"}
"""The tables of which a connection that reads the past sees the rows that were there then (see `as_of`)."""

_BODIES = "SELECT items.id, items.position, body FROM cards JOIN items ON items.id = cards.item"
_BODIES_BY_KIND = "SELECT items.id, items.position, body FROM items CROSS JOIN cards ON cards.item = items.id"
_NUMBERS = "SELECT kind, count(*) AS number FROM items GROUP BY kind"
_UPSERT = """
INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, NULL)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, previous = position, position = excluded.position
"""
"""`opened` is the position of the item's first event, `position` of its newest, `previous` of the one before
that."""

NO_FIELDS: Mapping[str, str] = {}


def item(db: Database, item_id: str) -> Item:
    """Return an item as it is now; raise NotFound."""
    stored = find_item(db, item_id)
    if stored is None:
        raise no_such_item(item_id)
    return stored


def find_readable_item(db: Database, item_id: str, reader: Reader | None) -> Item | None:
    """Return an item as it is now, None if there is none or the reader may not read it."""
    stored = find_item(db, item_id)
    return stored if stored and reading.may_read(db, reader, stored) else None


def no_such_item(item_id: str) -> NotFound:
    """Return the error for an item that does not exist; the same tells who may not read an item no more."""
    return NotFound(
        f"Không có công việc «{item_id}», hoặc bạn không được xem.", "Hãy mở lại từ bảng công việc."
    )


def parts_of(db: Database, whole: str) -> list[Item]:
    """Return the parts of an item, ordered by period and unit."""
    rows = db.execute(
        f"{_BODIES} WHERE parent = ? AND to_position = {OPEN} ORDER BY period, cards.unit",
        [whole],
    )
    return items_of(db, rows.fetchall())


def items_of_kind(
    db: Database, kind: str, plan: str | None = None, fields: Mapping[str, str] = NO_FIELDS
) -> list[Item]:
    """Return the items of a kind, of one plan or of all, whose fields have these values, by reference."""
    if past_position(db) is None:
        return _read_items_of_kind(db, kind, plan, fields)
    key = items_of_kind, kind, plan
    found: list[Item] = kept_while_still(db, key, lambda: _read_items_of_kind(db, kind, plan, NO_FIELDS))
    wanted = fields.items()
    return [item for item in found if all(item.fields.get(name) == value for name, value in wanted)]


def _read_items_of_kind(db: Database, kind: str, plan: str | None, fields: Mapping[str, str]) -> list[Item]:
    """Return these items by the table of their fields, which holds those of now."""
    in_plan = "" if plan is None else " AND items.plan = ?"
    matches = " AND items.id IN (SELECT item FROM item_fields WHERE name = ? AND value = ?)" * len(fields)
    values = [kind, *([] if plan is None else [plan]), *(part for pair in fields.items() for part in pair)]
    rows = db.execute(
        f"{_BODIES_BY_KIND} WHERE items.kind = ?{in_plan}{matches} AND to_position = {OPEN}"
        " ORDER BY ref_key, item",
        values,
    )
    return items_of(db, rows.fetchall())


def items_referring_to(db: Database, item_id: str, names: Collection[str]) -> set[str]:
    """Return the ids of the items that have this item's id as the value of one of these fields."""
    marks = ", ".join("?" * len(names))
    rows = db.query(
        f"SELECT item FROM item_fields WHERE name IN ({marks}) AND value = ?",  # noqa: S608  # fixed words
        [*names, item_id],
    )
    return {row["item"] for row in rows}


def item_numbers(db: Database, reader: Reader | None = None) -> dict[str, int]:
    """Return the number of items of each kind that a reader may read, of all plans and in all states."""
    numbers = {row["kind"]: row["number"] for row in db.query(_NUMBERS)}
    if reader is None:
        return numbers
    return {
        kind: number if reader.reads_all_of(kind) else _readable_number(db, reader, kind)
        for kind, number in numbers.items()
        if kind in reader.scopes
    }


def _readable_number(db: Database, reader: Reader, kind: str) -> int:
    """Return the number of items of a kind that a reader may read, who may not read all of them."""
    condition, values = reading.condition_of(reading.readable_items(db, reader, kind))
    sql = f"SELECT count(*) FROM cards WHERE kind = :kind AND to_position = {OPEN} AND {condition}"  # noqa: S608  # fixed words
    return int(db.execute(sql, values | {"kind": kind}).fetchone()[0])


def top_level_tasks(db: Database) -> list[Item]:
    """Return the tasks that are no part of another task, in plan order, without the cancelled ones."""
    rows = db.execute(
        f"{_BODIES} WHERE cards.kind = 'task' AND parent IS NULL AND state != 'cancelled'"
        f" AND to_position = {OPEN} ORDER BY cards.plan, ref_key, item"
    )
    return items_of(db, rows.fetchall())


def unfinished_items(db: Database, kind: str) -> list[Item]:
    """Return the items of a kind that are in no final state, the newest first."""
    rows = db.execute(
        f"{_BODIES} WHERE cards.kind = ? AND final = 0 AND to_position = {OPEN} ORDER BY item DESC", [kind]
    )
    return items_of(db, rows.fetchall())


def unfinished_wholes(db: Database) -> list[Item]:
    """Return the items with parts that are in no final state, by reference."""
    rows = db.execute(
        f"{_BODIES} WHERE whole = 1 AND final = 0 AND to_position = {OPEN} ORDER BY ref_key, item"
    )
    return items_of(db, rows.fetchall())


def items_due_by(db: Database, day: date) -> list[str]:
    """Return the ids of the open items whose deadline is that day or earlier, the earliest first."""
    rows = db.query(
        f"SELECT item FROM cards WHERE to_position = {OPEN} AND final = 0 AND whole = 0 AND done IS NULL"  # noqa: S608  # fixed words
        " AND rests_since IS NULL AND deadline <= ? ORDER BY due_key, ref_key, item",
        [day.isoformat()],
    )
    return [row["item"] for row in rows]


def open_work_of_unit(db: Database, unit: str) -> list[Item]:
    """Return the open items with a due day that a unit leads, the earliest first."""
    rows = db.execute(
        f"{_BODIES} WHERE to_position = {OPEN} AND final = 0 AND whole = 0 AND done IS NULL"
        " AND due IS NOT NULL AND rests_since IS NULL AND lead = ? ORDER BY due_key, ref_key, item",
        [unit],
    )
    return items_of(db, rows.fetchall())


def has_older_version(db: Database, kind: str, version: int) -> bool:
    """Tell whether any running item of a kind follows an older version of its workflow."""
    sql = (
        f"SELECT 1 FROM cards WHERE to_position = {OPEN} AND kind = ? AND workflow < ? AND final = 0"  # noqa: S608  # fixed words
        " LIMIT 1"
    )
    return db.execute(sql, [kind, version]).fetchone() is not None


def fold(db: Database, event: RecordedEvent) -> None:
    """Apply an event of an item, or a changed setting, to the rows; other events are ignored."""
    if event.type == NAMES[SettingChanged]:
        _rewrite_open_cards(db, event)
    if event.type.startswith("item."):
        _fold_item(db, event)


def _fold_item(db: Database, event: RecordedEvent) -> None:
    item_id = event.stream.removeprefix("item-")
    before = find_item(db, item_id)
    after = evolve(before, item_id, event)
    if isinstance(db, ReadModels) and db.folded is not None:
        db.folded[item_id] = after
    body, at = msgspec.json.encode(after), event.position
    db.execute(_UPSERT, [item_id, after.plan, after.kind, body, at, at])
    if before is None:
        words = " ".join(filter(None, (after.ref, after.title, after.heading, after.text, after.product)))
        db.execute("INSERT INTO item_words VALUES (?, ?)", [item_id, search_key(words)])
    if before is None or before.fields != after.fields:
        rows = [(item_id, name, value) for name, value in after.fields.items()]
        db.execute("DELETE FROM item_fields WHERE item = ?", [item_id])  # undoing a step may remove fields
        db.conn.executemany("INSERT INTO item_fields VALUES (?, ?, ?)", rows)
    _write_card(db, event.position, after)
    for other in _dependent_items(db, after, is_new=before is None):
        _write_card(db, event.position, other)


def _dependent_items(db: Database, changed: Item, *, is_new: bool) -> list[Item]:
    """Return the items whose cards depend on a changed one.

    Those are the parts of a whole; for a part its whole, and when it is new the unit's parts of earlier
    periods: finished ones leave the board to it.
    """
    if not changed.parent:
        return parts_of(db, changed.id) if changed.distribution else []
    if not is_new:
        whole = find_item(db, changed.parent)
        return [whole] if whole else []
    earlier = db.query(
        f"SELECT item FROM cards WHERE parent = ? AND to_position = {OPEN} AND unit = ? AND period < ?",  # noqa: S608  # fixed words
        [changed.parent, changed.unit, changed.period],
    )
    ids = [changed.parent, *(row["item"] for row in earlier)]
    return [item for item_id in ids if (item := find_item(db, item_id))]


def _rewrite_open_cards(db: Database, event: RecordedEvent) -> None:
    """Write the cards of open items again, since holidays and the rules for deadlines may have changed.

    Items done on this very day are included: a day is judged by the settings in force at its end.
    """
    rows = db.query(
        f"SELECT item FROM cards WHERE to_position = {OPEN} AND due IS NOT NULL"  # noqa: S608  # fixed words
        " AND ((done IS NULL AND final = 0) OR done = ?)"
        " ORDER BY whole",  # wholes come last: they read the cards of their parts
        [day_of(event.recordedtime).isoformat()],
    )
    for row in list(rows):
        if stored := find_item(db, row["item"]):
            _write_card(db, event.position, stored)


def _write_card(db: Database, position: int, item: Item) -> None:
    write_card(db, position, item, find_item(db, item.parent) if item.parent else None)


def find_item(db: Database, item_id: str) -> Item | None:
    """Return an item as it is now, or None."""
    if isinstance(db, ReadModels) and db.folded and item_id in db.folded:
        return db.folded[item_id]
    row = db.execute("SELECT id, position, body FROM items WHERE id = ?", [item_id]).fetchone()
    return items_of(db, [row])[0] if row else None


def newest_position(db: Database, item_id: str) -> int:
    """Return the position of an item's newest event, 0 if there is no such item."""
    row = db.execute("SELECT position FROM items WHERE id = ?", [item_id]).fetchone()
    return int(row[0]) if row else 0
