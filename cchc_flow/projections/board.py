"""The board: what each item looked like between two positions, so that now and any past day are one query."""

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import Recorded
from cchc_flow.projections.search import folded
from cchc_flow.workflow.calendar import DUE_SOON_DAYS
from cchc_flow.workflow.item import Item, done_on, evolve

OPEN = 2**62
"""`to_position` of a row that is still true."""

SCHEMA = f"""
CREATE TABLE items (id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE item_words (item TEXT PRIMARY KEY, folded TEXT NOT NULL) STRICT;
CREATE TABLE cards (
    item TEXT NOT NULL, from_position INTEGER NOT NULL, to_position INTEGER NOT NULL DEFAULT {OPEN},
    ref TEXT, ref_key TEXT NOT NULL, plan TEXT, area TEXT, title TEXT NOT NULL, state TEXT NOT NULL,
    lead TEXT, officer TEXT, due TEXT, due_key TEXT NOT NULL, done TEXT,
    progress INTEGER NOT NULL, state_version INTEGER NOT NULL,
    PRIMARY KEY (item, from_position)
) STRICT;
CREATE INDEX cards_in_order ON cards (state, due_key, ref_key, item, from_position, to_position);
"""

_CARD = "item AS id, ref, plan, area, title, state, lead, officer, due, done, progress, state_version"
_TRUE = "from_position <= :at AND :at < to_position"


class Card(msgspec.Struct, frozen=True):
    """An item as the board shows it; `lead` is a unit's id, `due` and `done` are ISO days."""

    id: str
    ref: str | None
    plan: str | None
    area: str | None
    title: str
    state: str
    lead: str | None
    officer: str | None
    due: str | None
    done: str | None
    progress: int
    state_version: int


class Filters(msgspec.Struct, frozen=True):
    """What the reader wants to see; `due` is late, soon, in_time, none or done."""

    area: str | None = None
    unit: str | None = None
    officer: str | None = None
    due: str | None = None
    words: str = ""


class Column(msgspec.Struct, frozen=True):
    """A window on one state: its total, some cards in order, and the cursor of the next ones."""

    state: str
    total: int
    cards: tuple[Card, ...]
    after: str | None


def columns(
    db: Database,
    states: Sequence[str],
    filters: Filters,
    today: date,
    *,
    at: int | None = None,
    limit: int = 50,
) -> list[Column]:
    """Return the first window of each state, now or as of position `at`."""
    return [column(db, state, filters, today, at=at, limit=limit) for state in states]


def column(
    db: Database,
    state: str,
    filters: Filters,
    today: date,
    *,
    at: int | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Column:
    """Return the cards of a state in the order of due day and reference, beginning behind a cursor."""
    where, values = _where(state, filters, today, at)
    behind = ""
    if after is not None:
        behind = " AND (due_key, ref_key, item) > (:due_key, :ref_key, :item)"
        values |= dict(zip(("due_key", "ref_key", "item"), _cursor(after), strict=True))
    rows = list(
        db.query(
            f"SELECT {_CARD}, due_key, ref_key FROM cards WHERE {where}{behind} "  # noqa: S608  # fixed words
            f"ORDER BY due_key, ref_key, item LIMIT {limit + 1:d}",
            values,
        )
    )
    cards = tuple(_card(row) for row in rows[:limit])
    total = len(cards) if after is None and len(rows) <= limit else _total(db, where, values)
    return Column(state, total, cards, _after(rows[limit - 1]) if len(rows) > limit else None)


def total(db: Database, state: str, filters: Filters, today: date, *, at: int | None = None) -> int:
    """Return how many cards a state has."""
    return _total(db, *_where(state, filters, today, at))


def card(db: Database, item_id: str) -> Card:
    """Return the card of an item as it is now; raise NotFound."""
    for row in db.query(f"SELECT {_CARD} FROM cards WHERE item = ? AND to_position = {OPEN}", [item_id]):  # noqa: S608  # fixed words
        return _card(row)
    raise NotFound(f"Không có công việc «{item_id}».", "Hãy mở lại từ bảng công việc.")


def is_found(db: Database, card: Card, filters: Filters, today: date) -> bool:
    """Tell whether the filters of a board show a card as it is now."""
    where, values = _where(card.state, filters, today, None)
    return _total(db, f"{where} AND item = :item", values | {"item": card.id}) > 0


def all_cards(db: Database) -> list[Card]:
    """Return the cards of all items as they are now, in the order of their references."""
    rows = db.query(f"SELECT {_CARD} FROM cards WHERE to_position = {OPEN} ORDER BY ref_key, item")  # noqa: S608  # fixed words
    return [_card(row) for row in rows]


def fold(db: Database, event: Recorded) -> None:
    """Bring the rows up to date with one more event."""
    if not event.type.startswith("item."):
        return
    item_id = event.stream.removeprefix("item-")
    before = _item(db, item_id)
    after = evolve(before, item_id, event)
    db.execute("INSERT OR REPLACE INTO items VALUES (?, ?)", [item_id, msgspec.json.encode(after)])
    if before is None:
        words = " ".join(filter(None, (after.ref, after.title, after.heading, after.text, after.product)))
        db.execute("INSERT INTO item_words VALUES (?, ?)", [item_id, folded(words)])
    if before is None or _row(before) != _row(after):
        _write(db, item_id, event.position, _row(after))


def _item(db: Database, item_id: str) -> Item | None:
    found = db.execute("SELECT body FROM items WHERE id = ?", [item_id]).fetchone()
    return msgspec.json.decode(found[0], type=Item) if found else None


def _write(db: Database, item_id: str, position: int, row: dict[str, str | int | None]) -> None:
    db.execute(
        "UPDATE cards SET to_position = ? WHERE item = ? AND to_position = ?", [position, item_id, OPEN]
    )
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    db.execute(
        f"INSERT INTO cards (item, from_position, {names}) VALUES (?, ?, {marks})",  # noqa: S608  # fixed words
        [item_id, position, *row.values()],
    )


def _row(item: Item) -> dict[str, str | int | None]:
    done = done_on(item)
    return {
        "ref": item.ref,
        "ref_key": re.sub(r"\d+", lambda number: number[0].zfill(4), item.ref or "~"),
        "plan": item.plan,
        "area": item.area,
        "title": item.title,
        "state": item.state,
        "lead": item.lead,
        "officer": item.officer,
        "due": item.due,
        "due_key": item.due or "9999-12-31",
        "done": done.isoformat() if done else None,
        "progress": item.progress,
        "state_version": item.state_version,
    }


def _where(
    state: str, filters: Filters, today: date, at: int | None
) -> tuple[str, dict[str, str | int | None]]:
    values: dict[str, str | int | None] = {"state": state, "at": OPEN - 1 if at is None else at}
    parts = ["state = :state", _TRUE]
    for name, wanted in (("area", filters.area), ("lead", filters.unit), ("officer", filters.officer)):
        if wanted:
            parts.append(f"{name} = :{name}")
            values[name] = wanted
    if filters.due in _DUE:
        parts.append(_DUE[filters.due])
        values |= {"today": today.isoformat(), "soon": (today + timedelta(days=DUE_SOON_DAYS)).isoformat()}
    for number, word in enumerate(folded(filters.words).split()[:8]):
        parts.append(_SAYS.format(number))
        values[f"word{number}"] = word
    return " AND ".join(parts), values


_SAYS = "instr((SELECT folded FROM item_words WHERE item_words.item = cards.item), :word{})"
_DUE = {
    "late": "done IS NULL AND due < :today",
    "soon": "done IS NULL AND due BETWEEN :today AND :soon",
    "in_time": "done IS NULL AND due > :soon",
    "none": "done IS NULL AND due IS NULL",
    "done": "done IS NOT NULL",
}


def _total(db: Database, where: str, values: dict[str, str | int | None]) -> int:
    return int(db.execute(f"SELECT count(*) FROM cards WHERE {where}", values).fetchone()[0])  # noqa: S608  # fixed words


def _card(row: dict[str, object]) -> Card:
    return msgspec.convert({name: row[name] for name in Card.__struct_fields__}, Card)


def _after(row: dict[str, object]) -> str:
    return json.dumps([row["due_key"], row["ref_key"], row["id"]])


def _cursor(after: str) -> list[str]:
    try:
        return list(msgspec.json.decode(after, type=tuple[str, str, str]))
    except msgspec.DecodeError:
        raise NotFound("Đường dẫn tới trang thẻ tiếp theo không đúng.", "Hãy tải lại bảng.") from None
