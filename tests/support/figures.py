"""The items behind a figure, all of them, as the list shows them page by page."""

from datetime import date

from sqlite_utils import Database

from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.cards.queries import Card


def cards_behind(
    db: Database, figure: str, scope: Filters, today: date, *, at: int | None = None
) -> list[Card]:
    """Return the items counted in one of the `FIGURES`, ordered as on the board: by due day and reference."""
    return counts.cards_of_rows(db, counts.rows_behind(db, figure, scope, today, at=at))
