"""Queries of what changed on a board after a position of the log: which cards, and which left it."""

import json
from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.filters import Filters, filter_condition
from cchc_flow.projections.cards.queries import CARD, Card
from cchc_flow.projections.cards.row import BY_ALL, BY_UNIT, OPEN

_ITEMS = "(SELECT value FROM json_each(:items))"
_AMONG = f"item IN {_ITEMS}"
_WHOLES = f"(SELECT parent FROM cards WHERE {_AMONG} AND to_position = {OPEN} AND parent IS NOT NULL)"  # noqa: S608  # fixed words
_NEAR = f"({_AMONG} OR item IN {_WHOLES} OR parent IN {_WHOLES} OR parent IN {_ITEMS})"
"""With an item the cards of its whole, of the other parts of that and of its own parts may change."""


def changed_cards(db: Database, kind: str, items: Sequence[str], since: int) -> list[Card]:
    """Return the cards of a kind that became others after a position, by events of some items."""
    rows = db.query(
        f"SELECT {CARD} FROM cards WHERE to_position = {OPEN} AND from_position > :since AND kind = :kind"  # noqa: S608  # fixed words
        f" AND {_NEAR}",
        {"kind": kind, "items": json.dumps(items), "since": since},
    )
    return [queries.card_from_row(row) for row in rows]


def shown_items(
    db: Database, filters: Filters, today: date, items: Sequence[str], at: int | None = None
) -> set[str]:
    """Return those of some items that are on a board with these filters, now or as of a position."""
    where, values = filter_condition(db, filters, today, at)
    shown = BY_UNIT if filters.shows_parts else BY_ALL
    sql = f"SELECT item FROM cards WHERE {where} AND lane <> '' AND shown & {shown:d} AND {_AMONG}"  # noqa: S608  # fixed words
    return {row["item"] for row in db.query(sql, values | {"items": json.dumps(items)})}
