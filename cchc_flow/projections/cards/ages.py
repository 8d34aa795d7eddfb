"""Since when open items have been in their state, as of now or of any past day."""

from datetime import date

from sqlite_utils import Database

from cchc_flow.projections.cards.filters import IN_STATE_SINCE, Filters, filter_condition


def state_positions(
    db: Database, scope: Filters, today: date, *, at: int | None = None
) -> dict[str, list[int]]:
    """Return the log positions from which open items have been in their state, by state, the oldest first.

    As in the official counts, parts stand for their whole.
    """
    where, values = filter_condition(db, scope, today, at)
    rows = db.query(
        f"SELECT state, {IN_STATE_SINCE} AS since FROM cards"  # noqa: S608  # fixed words
        f" WHERE {where} AND whole = 0 AND final = 0 ORDER BY since",
        values,
    )
    positions: dict[str, list[int]] = {}
    for row in rows:
        positions.setdefault(row["state"], []).append(row["since"])
    return positions
