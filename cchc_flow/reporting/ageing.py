"""How long open work has been in each state: how many items for how many days, the median and the longest."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec
from sqlite_utils import Database

from cchc_flow.projections.cards.ages import state_positions
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow.calendar import day_of, end_of_day
from cchc_flow.workspace import Workspace

WAITED: Mapping[str, str] = {
    "0-7": "Đến 7 ngày",
    "8-14": "8 đến 14 ngày",
    "15-30": "15 đến 30 ngày",
    "31": "Trên 30 ngày",
}
"""How many days items may have been in their state: from the first number to the second, or more."""


class Age(msgspec.Struct, frozen=True):
    """How long the open items of one state have been in it: `numbers` by the names of `WAITED`.

    `median` and `longest` are in days; of two items in the middle the longer one is the median.
    """

    state: str
    total: int
    numbers: Mapping[str, int]
    median: int
    longest: int


def positions_of(ws: Workspace, waited: str, day: date) -> tuple[int | None, int | None]:
    """Return after and up to which position an item came into its state that has been in it for so long.

    `waited` is a name of `WAITED`, counted back from a day; None stands for no bound.
    """
    least, _, most = waited.partition("-")
    by = ws.log.position_before(end_of_day(day - timedelta(days=int(least)))) if int(least) else None
    after = ws.log.position_before(end_of_day(day - timedelta(days=int(most) + 1))) if most else None
    return after, by


def ages(
    ws: Workspace, db: Database, scope: Filters, today: date, *, at: int | None = None
) -> dict[str, Age]:
    """Return the ages of the open items of a scope as of a day, by state."""
    bounds = {waited: positions_of(ws, waited, today) for waited in WAITED}
    return {
        state: Age(
            state,
            len(positions),
            {waited: _number_between(positions, *bound) for waited, bound in bounds.items()},
            median=_days_since(ws, positions[(len(positions) - 1) // 2], today),
            longest=_days_since(ws, positions[0], today),
        )
        for state, positions in state_positions(db, scope, today, at=at).items()
    }


def _number_between(positions: Sequence[int], after: int | None, by: int | None) -> int:
    return sum((after is None or one > after) and (by is None or one <= by) for one in positions)


def _days_since(ws: Workspace, position: int, today: date) -> int:
    """Return how many days before a day the event at a position was recorded."""
    return (today - day_of(ws.log.event(position).recordedtime)).days
