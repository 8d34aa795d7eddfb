"""The board: windows on the rows of the items, now and on any past day by one query."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import msgspec
from sqlite_utils import Database

from cchc_flow.errors import NotFound
from cchc_flow.projections import settings
from cchc_flow.projections.cards.row import BY_ALL, BY_UNIT, OPEN
from cchc_flow.projections.search import search_key
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge, badge, due_words

_CARD = (
    "item AS id, kind, ref, plan, area, title, state, lane, final, lead, officer, parent, unit, period,"
    " whole, due, deadline, rests_since, asked, done, progress, state_version"
)
_NOW = f"to_position = {OPEN}"
_THEN = "from_position <= :at AND :at < to_position"


class Card(msgspec.Struct, frozen=True):
    """An item as the board shows it, in the column `lane`; `lead` is a unit's id, days are ISO days.

    `deadline` is the last day in time, which may be later than the `due` day. A `whole` is done in parts:
    while it goes on, its days are those of the open part that is the most urgent. `asked` is the due day of a
    request for an extension that nobody decided on yet.
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
    parent: str | None
    unit: str | None
    period: str | None
    whole: int
    due: str | None
    deadline: str | None
    rests_since: str | None
    asked: str | None
    done: str | None
    progress: int
    state_version: int

    @property
    def place(self) -> str:
        """The reference in the plan, with the period of a part; a report has its period in its title."""
        return periods.place_words(self.ref, self.period if self.parent else None)

    @property
    def due_words(self) -> str:
        """The due day in words, with the last day in time where it differs; "" where there is none."""
        if self.due is None or self.deadline is None:
            return ""
        return due_words(date.fromisoformat(self.due), date.fromisoformat(self.deadline))


NONE = "-"
"""Stands in `Filters` for what has no plan, area, unit, officer or period."""


class Filters(msgspec.Struct, frozen=True):
    """What the reader wants to see of one kind; `due` is late, soon, in_time, asked, none or done.

    The rows of one plan are found at once, those of all plans by looking at each.
    """

    kind: str = "task"
    plan: str | None = None
    area: str | None = None
    unit: str | None = None
    officer: str | None = None
    period: str | None = None
    due: str | None = None
    words: str = ""

    @property
    def is_of_a_unit(self) -> bool:
        """Tell whether a unit or a person looks at its own work: then parts are shown, not their wholes."""
        return bool(self.unit or self.officer)


class CardColumn(msgspec.Struct, frozen=True):
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
) -> list[CardColumn]:
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
) -> CardColumn:
    """Return the cards of a state in the order of due day and reference, beginning behind a cursor."""
    where, values = _where(db, state, filters, today, at)
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
    cards = tuple(card_from_row(row) for row in rows[:limit])
    total = len(cards) if after is None and len(rows) <= limit else _total(db, where, values)
    return CardColumn(state, total, cards, _after(rows[limit - 1]) if len(rows) > limit else None)


def count_cards(db: Database, state: str, filters: Filters, today: date, *, at: int | None = None) -> int:
    """Return how many cards a state has."""
    return _total(db, *_where(db, state, filters, today, at))


def card(db: Database, item_id: str) -> Card:
    """Return the card of an item as it is now; raise NotFound."""
    for row in db.query(f"SELECT {_CARD} FROM cards WHERE item = ? AND to_position = {OPEN}", [item_id]):  # noqa: S608  # fixed words
        return card_from_row(row)
    raise NotFound(f"Không có công việc «{item_id}».", "Hãy mở lại từ bảng công việc.")


def cards_of_parts(db: Database, whole: str) -> list[Card]:
    """Return the cards of the parts of a whole as they are now."""
    sql = f"SELECT {_CARD} FROM cards WHERE parent = ? AND to_position = {OPEN} ORDER BY unit, period"  # noqa: S608  # fixed words
    return [card_from_row(row) for row in db.query(sql, [whole])]


def is_in_charge(db: Database, person: str) -> bool:
    """Tell whether any card, of whatever state, is in the charge of a person now."""
    sql = f"SELECT 1 FROM cards WHERE officer = ? AND to_position = {OPEN} LIMIT 1"  # noqa: S608  # fixed words
    return db.execute(sql, [person]).fetchone() is not None


def due_badge(card: Card, today: date, soon: int) -> Badge:
    """Return how the card's due day reads on a day: for work that rests, on the day from which it does.

    What was given up has no due day any more.
    """
    if card.final and card.done is None:
        return Badge("none", "")
    return _badge(card.deadline, card.done, card.rests_since or today.isoformat(), soon)


@lru_cache(4096)
def _badge(deadline: str | None, done: str | None, day: str, soon: int) -> Badge:
    """Many cards share few days."""
    return badge(_day(deadline), _day(done), date.fromisoformat(day), soon)


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def is_shown(db: Database, card: Card, filters: Filters, today: date) -> bool:
    """Tell whether the filters of a board show a card as it is now."""
    where, values = _where(db, card.lane, filters, today, None)
    return bool(card.lane) and _total(db, f"{where} AND item = :item", values | {"item": card.id}) > 0


def all_cards(db: Database) -> list[Card]:
    """Return the cards of all items as they are now, in the order of their references."""
    rows = db.query(f"SELECT {_CARD} FROM cards WHERE to_position = {OPEN} ORDER BY ref_key, item")  # noqa: S608  # fixed words
    return [card_from_row(row) for row in rows]


def _where(
    db: Database, lane: str, filters: Filters, today: date, at: int | None
) -> tuple[str, dict[str, str | int | None]]:
    where, values = filter_condition(db, filters, today, at)
    shown = BY_UNIT if filters.is_of_a_unit else BY_ALL
    return f"lane = :lane AND shown & {shown:d} AND {where}", values | {"lane": lane}


def filter_condition(
    db: Database, filters: Filters, today: date, at: int | None
) -> tuple[str, dict[str, str | int | None]]:
    """Return the SQL condition on `cards`, and its values, for rows that filters show at a position."""
    values: dict[str, str | int | None] = {"kind": filters.kind, "at": at}
    parts = ["kind = :kind", _NOW if at is None else _THEN]
    asked = {"plan": filters.plan, "area": filters.area, "lead": filters.unit, "officer": filters.officer}
    for name, wanted in (asked | {"period": filters.period}).items():
        if wanted == NONE:
            parts.append(f"{name} IS NULL")
        elif wanted:
            parts.append(f"{name} = :{name}")
            values[name] = wanted
    if filters.due in _DUE:
        parts.append(_DUE[filters.due])
        soon = settings.effective_settings(db, at).deadlines.soon
        values |= {"today": today.isoformat(), "soon": f"+{soon} days"}
    for number, word in enumerate(search_key(filters.words).split()[:8]):
        parts.append(_SAYS.format(number))
        values[f"word{number}"] = word
    return " AND ".join(parts), values


_SAYS = "instr((SELECT folded FROM item_words WHERE item_words.item = cards.item), :word{})"
_CLOCK = "coalesce(rests_since, :today)"
_DUE = {
    "late": f"done IS NULL AND deadline < {_CLOCK}",
    "soon": f"done IS NULL AND deadline >= {_CLOCK} AND deadline <= date({_CLOCK}, :soon)",
    "in_time": f"done IS NULL AND deadline > date({_CLOCK}, :soon)",
    "asked": "asked IS NOT NULL",
    "none": "done IS NULL AND due IS NULL",
    "done": "done IS NOT NULL",
}


def _total(db: Database, where: str, values: dict[str, str | int | None]) -> int:
    return int(db.execute(f"SELECT count(*) FROM cards WHERE {where}", values).fetchone()[0])  # noqa: S608  # fixed words


def card_from_row(row: dict[str, object]) -> Card:
    """Return the card that a row of `cards` tells."""
    return msgspec.convert({name: row[name] for name in Card.__struct_fields__}, Card)


def _after(row: dict[str, object]) -> str:
    return json.dumps([row["due_key"], row["ref_key"], row["id"]])


def _cursor(after: str) -> list[str]:
    try:
        return list(msgspec.json.decode(after, type=tuple[str, str, str]))
    except msgspec.DecodeError:
        raise NotFound("Đường dẫn tới trang thẻ tiếp theo không đúng.", "Hãy tải lại bảng.") from None
