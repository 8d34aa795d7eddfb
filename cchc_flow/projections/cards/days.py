"""The items that are due on each day of some weeks: how many, and the first of each day."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections.cards.filters import Filters, filter_condition
from cchc_flow.projections.cards.queries import CARD, Card, card_from_row

_CARDS = """
SELECT * FROM (
    SELECT {card}, due_key, ref_key, count(*) OVER days AS number,
        row_number() OVER (PARTITION BY deadline ORDER BY ref_key, item) AS place
    FROM cards WHERE {where} AND whole = 0 AND NOT (final = 1 AND lane = '')
    WINDOW days AS (PARTITION BY deadline)
) WHERE place <= {limit:d} ORDER BY due_key, place
"""


class DueDay(msgspec.Struct, frozen=True):
    """The items of one day: their number, and the first of them by reference."""

    total: int
    cards: tuple[Card, ...]


def items_by_day(
    db: Database,
    scope: Filters,
    today: date,
    begin: date,
    end: date,
    *,
    at: int | None = None,
    limit: int = 4,
) -> dict[date, DueDay]:
    """Return the items by their deadline, from `begin` to `end`: those that the list of a day counts in all.

    As in the official counts, parts stand for their whole, and what was given up does not count.
    """
    days = msgspec.structs.replace(
        scope,
        due_from=max(filter(None, (scope.due_from, begin.isoformat()))),
        due_to=min(filter(None, (scope.due_to, end.isoformat()))),
    )
    where, values = filter_condition(db, days, today, at)
    found: dict[date, DueDay] = {}
    for row in db.query(_CARDS.format(card=CARD, where=where, limit=limit), values):
        day, card = date.fromisoformat(row["deadline"]), card_from_row(row)
        earlier = found[day].cards if day in found else ()
        found[day] = DueDay(row["number"], (*earlier, card))
    return found
