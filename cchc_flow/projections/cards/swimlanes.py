"""The cards of a board by swimlane and column: one swimlane for all, or one for each area, unit or person."""

import json
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.filters import Filters, board_condition
from cchc_flow.projections.cards.queries import CARD, CardColumn, card_from_row
from cchc_flow.projections.cards.stand_ins import doer_column, stand_ins
from cchc_flow.projections.memory import kept_while_still

COLUMNS = {"area": "area", "unit": "lead"}
"""By which column of a card each kind of swimlane is made, besides those of the people who do the work."""
PARAMETERS = {"area": "area", "unit": "unit", "person": "officer"}
"""The parameter of a URL that has the cards of one swimlane."""
FIRST = 10
"""How many cards a swimlane shows of each column at first."""
_FIRST_CARDS = """
SELECT * FROM (
    SELECT {card}, {column} AS swimlane, due_key, ref_key, count(*) OVER cells AS number,
        row_number() OVER (PARTITION BY {column}, lane ORDER BY due_key, ref_key, item) AS place
    FROM cards WHERE lane != '' AND {where} WINDOW cells AS (PARTITION BY {column}, lane)
) WHERE place <= {limit:d} ORDER BY place
"""
_NUMBERS = "SELECT {column} AS swimlane, lane, count(*) AS number FROM cards WHERE {where} GROUP BY 1, 2"
_CARDS_OF_ITEMS = """
SELECT {card}, {column} AS swimlane FROM cards
WHERE {where} AND item IN (SELECT value FROM json_each(:items)) ORDER BY due_key, ref_key, item
"""


class Swimlane(msgspec.Struct, frozen=True):
    """The columns of a swimlane in their order; `key` is an area's code, a unit or a person, None for none.

    A board that is not divided is one swimlane.
    """

    key: str | None
    columns: list[CardColumn]


def swimlanes(
    db: Database, by: str, states: Sequence[str], filters: Filters, today: date, *, at: int | None = None
) -> list[Swimlane]:
    """Return the swimlanes that have cards, with the first cards of each column; not divided, the only one.

    `by` is a key of PARAMETERS, or empty.
    """
    if not by:
        return [Swimlane(None, queries.columns(db, states, filters, today, at=at))]
    key = swimlanes, by, tuple(states), filters, today, at
    found: list[Swimlane] = kept_while_still(db, key, lambda: _divided(db, by, states, filters, today, at=at))
    return found


def _divided(
    db: Database, by: str, states: Sequence[str], filters: Filters, today: date, *, at: int | None
) -> list[Swimlane]:
    where, values = board_condition(db, filters, today, at)
    column, who = _key_column(db, by, today, at)
    sql = _FIRST_CARDS.format(card=CARD, column=column, where=where, limit=FIRST)
    cells: dict[tuple[str | None, str], list[dict[str, object]]] = {}
    for row in db.query(sql, values | who):
        cells.setdefault((row["swimlane"], row["lane"]), []).append(row)
    columns = {place: _column(place[1], rows) for place, rows in cells.items()}
    return [
        Swimlane(key, [columns.get((key, state)) or CardColumn(state, 0, (), None) for state in states])
        for key in dict.fromkeys(key for key, state in columns if state in states)
    ]


def _key_column(db: Database, by: str, today: date, at: int | None) -> tuple[str, dict[str, str]]:
    """Return what makes the swimlanes, in SQL, and its values; a past day tells of holders alone."""
    if by == "person":
        return doer_column(stand_ins(db, today) if at is None else {})
    return COLUMNS.get(by, "NULL"), {}


def _column(state: str, rows: Sequence[dict[str, object]]) -> CardColumn:
    """Return a column of a swimlane from the rows of its first cards."""
    total, last = int(str(rows[0]["number"])), rows[-1]
    after = queries.cursor((last["due_key"], last["ref_key"], last["id"])) if total > len(rows) else None
    return CardColumn(state, total, tuple(map(card_from_row, rows)), after)


def changed_swimlanes(
    db: Database, by: str, states: Sequence[str], filters: Filters, today: date, items: Sequence[str]
) -> list[Swimlane]:
    """Return the swimlanes as they are now with all totals, and of the cards only those of some items."""
    where, values = board_condition(db, filters, today, None)
    column, who = _key_column(db, by, today, None)
    values |= who
    numbers = {
        (row["swimlane"], row["lane"]): row["number"]
        for row in db.query(_NUMBERS.format(column=column, where=f"lane != '' AND {where}"), values)
    }
    cards: dict[tuple[str | None, str], list[queries.Card]] = {}
    sql = _CARDS_OF_ITEMS.format(card=CARD, column=column, where=where)
    for row in db.query(sql, values | {"items": json.dumps(items)}):
        cards.setdefault((row["swimlane"], row["lane"]), []).append(card_from_row(row))
    keys = dict.fromkeys(key for key, state in numbers if state in states) if by else {None: None}
    return [
        Swimlane(
            key,
            [
                CardColumn(state, numbers.get((key, state), 0), tuple(cards.get((key, state), ())), None)
                for state in states
            ],
        )
        for key in keys
    ]


def latest_swimlanes(db: Database, by: str, item: str, today: date) -> list[str | None]:
    """Return the keys of the swimlane in which an item is, and of that in which it was before, if another."""
    column, who = _key_column(db, by, today, None)
    sql = f"SELECT {column} FROM cards WHERE item = :item ORDER BY from_position DESC LIMIT 2"  # noqa: S608  # fixed words
    return list(dict.fromkeys(key for (key,) in db.execute(sql, who | {"item": item})))


def swimlane_numbers(db: Database, by: str, key: str | None, filters: Filters, today: date) -> dict[str, int]:
    """Return how many cards a swimlane has now in each column, by state; a column without any is left out."""
    where, values = board_condition(db, filters, today, None)
    column, who = _key_column(db, by, today, None)
    sql = f"SELECT lane, count(*) FROM cards WHERE lane != '' AND {where} AND {column} IS :key GROUP BY 1"  # noqa: S608  # fixed words
    return dict(db.execute(sql, {**values, **who, "key": key}).fetchall())
