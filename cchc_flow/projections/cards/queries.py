"""Queries of cards: the columns of the board page by page, as of now or any past day."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import convert, decode
from cchc_flow.errors import NotFound
from cchc_flow.projections.cards import items
from cchc_flow.projections.cards.filters import Filters, board_condition, column_condition
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.memory import kept_while_still
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge, badge, due_words

CARD = (
    "item AS id, kind, ref, plan, area, title, state, lane, final, lead, officer, holder, parent, unit,"
    " period, whole, due, deadline, rests_since, asked, done, returned, waiting, suggested_lead,"
    " progress, state_version"
)
"""The columns of a row that a card is made of."""
_NAMES = tuple(column.rpartition(" ")[2] for column in CARD.split(","))


class Card(msgspec.Struct, frozen=True):
    """An item as the board shows it, in the column `lane`; `lead` is a unit's id, days are ISO days.

    `officer` is in charge, `holder` is who has the work in hand: the officer, or who took it up.

    `deadline` is the last day that counts as in time; it may be later than the `due` day. A `whole` is done
    in parts, and while it is open its days are those of its most urgent open part. `asked` is the due day
    that an extension was requested for, if nobody has decided on it yet. Work that is `returned` came back
    from its review, and was not submitted again. `waiting` says how many parts of a whole wait for a
    decision. While nobody has the work, `suggested_lead` is the unit that the plan suggests for it.
    """

    id: str
    kind: str
    ref: str | None
    plan: str | None
    area: str | None
    title: str
    state: str
    lane: str
    final: int
    lead: str | None
    officer: str | None
    holder: str | None
    parent: str | None
    unit: str | None
    period: str | None
    whole: int
    due: str | None
    deadline: str | None
    rests_since: str | None
    asked: str | None
    done: str | None
    returned: int
    waiting: str | None
    suggested_lead: str | None
    progress: int
    state_version: int

    @property
    def place(self) -> str:
        """The reference in the plan, with the period of a part; a report has its period in its title."""
        return periods.place_words(self.ref, self.period if self.parent else None)

    @property
    def due_words(self) -> str:
        """The due day in words, with the deadline where it differs; "" if there is no due day."""
        if self.due is None or self.deadline is None:
            return ""
        return due_words(date.fromisoformat(self.due), date.fromisoformat(self.deadline))


class CardColumn(msgspec.Struct, frozen=True):
    """A page of a board column: its total, some cards in order, and the cursor of the next page (`after`)."""

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
) -> list[CardColumn]:
    """Return the first page of each column, as of now or of the position `at`."""
    key = columns, tuple(states), filters, today, at, limit

    def read() -> list[CardColumn]:
        return [column(db, state, filters, today, at=at, limit=limit) for state in states]

    found: list[CardColumn] = kept_while_still(db, key, read)
    return found


def column(
    db: Database,
    state: str,
    filters: Filters,
    today: date,
    *,
    at: int | None = None,
    after: str | None = None,
    limit: int = 50,
) -> CardColumn:
    """Return the cards of a column ordered by due day and reference, from the cursor `after` on."""
    where, values = column_condition(db, state, filters, today, at)
    behind = ""
    if after is not None:
        behind = " AND (due_key, ref_key, item) > (:due_key, :ref_key, :item)"
        values |= dict(zip(("due_key", "ref_key", "item"), _parse_cursor(after), strict=True))
    rows = db.execute(
        f"SELECT due_key, ref_key, {CARD} FROM cards WHERE {where}{behind} "  # noqa: S608  # fixed words
        f"ORDER BY due_key, ref_key, item LIMIT {limit + 1:d}",
        values,
    ).fetchall()
    cards = tuple(_card_of(row[2:]) for row in rows[:limit])
    total = len(cards) if after is None and len(rows) <= limit else count_rows(db, where, values)
    return CardColumn(state, total, cards, cursor(rows[limit - 1][:3]) if len(rows) > limit else None)


def count_cards(db: Database, state: str, filters: Filters, today: date, *, at: int | None = None) -> int:
    """Return how many cards a column has."""
    return count_rows(db, *column_condition(db, state, filters, today, at))


def count_board(db: Database, filters: Filters) -> int:
    """Return how many cards the board has now in all its columns, by filters that ask for no day."""
    where, values = board_condition(db, filters, date.min, None)
    return count_rows(db, f"lane != '' AND {where}", values)


def card(db: Database, item_id: str) -> Card:
    """Return the card of an item as it is now; raise NotFound."""
    if found := find_card(db, item_id):
        return found
    raise items.no_such_item(item_id)


def find_card(db: Database, item_id: str) -> Card | None:
    """Return the card of an item as it is now, None if there is no such item."""
    rows = db.query(f"SELECT {CARD} FROM cards WHERE item = ? AND to_position = {OPEN}", [item_id])  # noqa: S608  # fixed words
    return next(map(card_from_row, rows), None)


def cards_by_id(db: Database, ids: Sequence[str]) -> list[Card]:
    """Return the cards of items as they are now, in the order of the ids; an id of no item has none."""
    rows = db.query(
        f"SELECT {CARD} FROM (SELECT key AS place, value AS wanted FROM json_each(?)) CROSS JOIN cards"  # noqa: S608  # fixed words
        f" ON item = wanted AND to_position = {OPEN} ORDER BY place",
        [json.dumps(list(ids))],
    )
    return [card_from_row(row) for row in rows]


def cards_of_parts(db: Database, whole: str) -> list[Card]:
    """Return the cards of an item's parts, ordered by unit and period."""
    sql = f"SELECT {CARD} FROM cards WHERE parent = ? AND to_position = {OPEN} ORDER BY unit, period"  # noqa: S608  # fixed words
    return [card_from_row(row) for row in db.query(sql, [whole])]


def is_in_charge(db: Database, person: str) -> bool:
    """Tell whether a person has any item in hand, in whatever state."""
    sql = f"SELECT 1 FROM cards WHERE holder = ? AND to_position = {OPEN} LIMIT 1"  # noqa: S608  # fixed words
    return db.execute(sql, [person]).fetchone() is not None


def due_badge(card: Card, today: date, soon: int) -> Badge:
    """Return the badge that tells how a card's due day stands on a day; `soon` is a number of days.

    For suspended work the day of its suspension counts. What was given up has an empty badge.
    """
    if card.final and card.done is None:
        return Badge("none", "")
    return _badge(card.deadline, card.done, card.rests_since or today.isoformat(), soon)


def mark_words(card: Card) -> str:
    """Return what a card says besides its due day: a return, a request for an extension, parts that wait."""
    request = f"{'có phần ' if card.whole else ''}xin gia hạn" if card.asked else ""
    return " · ".join(filter(None, ("bị trả lại" if card.returned else "", request, card.waiting)))


def full_badge(card: Card, today: date, soon: int) -> Badge:
    """Return the badge of the due day, which also tells of a return or a request for an extension."""
    due = due_badge(card, today, soon)
    words = " · ".join(filter(None, (due.words, mark_words(card))))
    return Badge(due.kind, words)


@lru_cache(4096)
def _badge(deadline: str | None, done: str | None, day: str, soon: int) -> Badge:
    """Return the badge of some days; cached because many cards share few days."""
    return badge(_day(deadline), _day(done), date.fromisoformat(day), soon)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def is_shown(db: Database, card: Card, filters: Filters, today: date) -> bool:
    """Tell whether a card as it is now is on a board with these filters."""
    where, values = column_condition(db, card.lane, filters, today, None)
    return bool(card.lane) and count_rows(db, f"{where} AND item = :item", values | {"item": card.id}) > 0


def all_cards(db: Database) -> list[Card]:
    """Return the cards of all items as they are now, in the order of their references."""
    rows = db.query(f"SELECT {CARD} FROM cards WHERE to_position = {OPEN} ORDER BY ref_key, item")  # noqa: S608  # fixed words
    return [card_from_row(row) for row in rows]


def readable_cards(db: Database, cards: Iterable[Card], reader: Reader | None) -> list[Card]:
    """Return those of some cards whose items a reader may read."""
    return [
        card
        for card in cards
        if reader is None
        or reader.reads_all_of(card.kind)
        or items.find_readable_item(db, card.id, reader) is not None
    ]


def count_rows(db: Database, where: str, values: dict[str, str | int | None]) -> int:
    """Return how many rows of `cards` meet a condition."""
    return int(db.execute(f"SELECT count(*) FROM cards WHERE {where}", values).fetchone()[0])  # noqa: S608  # fixed words


@lru_cache(16_384)
def _card_of(values: tuple[object, ...]) -> Card:
    """Return the card of a row's values, in the order of CARD; kept, as boards are drawn again and again."""
    return convert(dict(zip(_NAMES, values, strict=True)), Card)


def card_from_row(row: dict[str, object]) -> Card:
    """Return the card of a row of the table `cards`."""
    return _card_of(tuple(row[name] for name in _NAMES))


def cursor(place: Sequence[object]) -> str:
    """Return the cursor behind a card: its due_key, its ref_key and its item."""
    return json.dumps(place)


def _parse_cursor(after: str) -> list[str]:
    try:
        return list(decode(after, tuple[str, str, str]))
    except msgspec.DecodeError:
        raise NotFound("Đường dẫn tới trang thẻ tiếp theo không đúng.", "Hãy tải lại bảng.") from None
