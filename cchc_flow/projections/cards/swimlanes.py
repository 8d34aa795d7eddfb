"""The board in rows: the cards of each area, unit or person by column, all by one query."""

from datetime import date

from sqlite_utils import Database

from cchc_flow.projections.cards.filters import Filters, board_condition
from cchc_flow.projections.cards.queries import CARD, CardColumn, card_from_row
from cchc_flow.projections.cards.stand_ins import doer_column, stand_ins

COLUMNS = {"area": "area", "unit": "lead"}
"""By which column of a card each kind of row is made, besides those of the people who do the work."""
FIRST = 20
Swimlane = dict[str, CardColumn]
_CARDS = """
SELECT * FROM (
    SELECT {card}, {column} AS row_key, due_key, ref_key, count(*) OVER cells AS number,
        row_number() OVER (PARTITION BY {column}, lane ORDER BY due_key, ref_key, item) AS place
    FROM cards WHERE lane != '' AND {where} WINDOW cells AS (PARTITION BY {column}, lane)
) WHERE place <= {limit:d} ORDER BY due_key, ref_key, id
"""


def swimlanes(
    db: Database, by: str, filters: Filters, today: date, *, at: int | None = None, limit: int = FIRST
) -> dict[str | None, Swimlane]:
    """Return the columns of each area, unit or person that has cards, with the first cards of each column."""
    where, values = board_condition(db, filters, today, at)
    column, who = _column(db, by, today, at)
    found: dict[str | None, dict[str, list[dict[str, object]]]] = {}
    for row in db.query(_CARDS.format(card=CARD, column=column, where=where, limit=limit), values | who):
        found.setdefault(row["row_key"], {}).setdefault(row["lane"], []).append(row)
    return {
        key: {
            lane: CardColumn(lane, int(str(rows[0]["number"])), tuple(map(card_from_row, rows)), None)
            for lane, rows in lanes.items()
        }
        for key, lanes in found.items()
    }


def _column(db: Database, by: str, today: date, at: int | None) -> tuple[str, dict[str, str]]:
    """Return by what the rows are made, in SQL, and its values; a past day tells of holders alone."""
    if by in COLUMNS:
        return COLUMNS[by], {}
    return doer_column(stand_ins(db, today) if at is None else {})
