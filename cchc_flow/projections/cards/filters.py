"""Which cards to show: the filters of boards, lists and counts, and the condition that each means in SQL."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import reading, settings
from cchc_flow.projections.cards.row import BY_ALL, BY_UNIT, OPEN
from cchc_flow.projections.cards.stand_ins import is_done_by
from cchc_flow.projections.cards.word_search import word_conditions
from cchc_flow.projections.reading import ReadableItems

_NOW = f"to_position = {OPEN}"
_THEN = "from_position <= :at AND :at < to_position"
IN_STATE_SINCE = (
    "coalesce((SELECT max(to_position) FROM cards AS former WHERE former.item = cards.item"
    " AND former.state != cards.state AND former.to_position <= cards.from_position),"
    " (SELECT min(from_position) FROM cards AS first WHERE first.item = cards.item))"
)
"""The position from which a row's item has been in its state."""
_BOUNDS = {
    "due_from": "deadline >= :due_from",
    "due_to": "deadline <= :due_to",
    "moved_after": f"{IN_STATE_SINCE} > :moved_after",
    "moved_by": f"{IN_STATE_SINCE} <= :moved_by",
}
_CLOCK = "coalesce(rests_since, :today)"
_DUE_CONDITIONS = {
    "late": f"done IS NULL AND deadline < {_CLOCK}",
    "soon": f"done IS NULL AND deadline >= {_CLOCK} AND deadline <= date({_CLOCK}, :soon)",
    "in_time": f"done IS NULL AND deadline > date({_CLOCK}, :soon)",
    "asked": "asked IS NOT NULL",
    "none": "done IS NULL AND due IS NULL",
    "done": "done IS NOT NULL",
}
NONE = "-"
"""A value of `Filters` that matches items without a plan, area, unit, person or period."""


class Filters(msgspec.Struct, frozen=True):
    """Which items of a kind to show; `due` is late, soon, in_time, asked, none or done.

    `officer` is who has the work in hand, or does it for somebody today. `due_from` and `due_to` are the
    first and last deadline, as ISO days. Items that came into their state after the position `moved_after`,
    up to `moved_by`, match.

    With a `plan` the rows are found by an index; without one all rows are scanned. `readable` limits them to
    what the reader may read of the kind; None: to everything, for a figure that is the same for all.
    """

    kind: str = "task"
    plan: str | None = None
    area: str | None = None
    unit: str | None = None
    officer: str | None = None
    period: str | None = None
    state: str | None = None
    due: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    moved_after: int | None = None
    moved_by: int | None = None
    words: str = ""
    parts: bool = False
    readable: ReadableItems | None = None

    @property
    def shows_parts(self) -> bool:
        """Tell whether parts appear instead of their wholes: if asked for, or of one unit, officer or state.

        A whole stands in a state of its own, while each part waits where it is.
        """
        return bool(self.parts or self.unit or self.officer or self.state)


def column_condition(
    db: Database, lane: str, filters: Filters, today: date, at: int | None
) -> tuple[str, dict[str, str | int | None]]:
    """Return the SQL condition and values for the cards of a board column."""
    where, values = board_condition(db, filters, today, at)
    return f"lane = :lane AND {where}", values | {"lane": lane}


def board_condition(
    db: Database, filters: Filters, today: date, at: int | None
) -> tuple[str, dict[str, str | int | None]]:
    """Return the SQL condition and values for the cards of a board, in whatever column."""
    where, values = filter_condition(db, filters, today, at)
    shown = BY_UNIT if filters.shows_parts else BY_ALL
    return f"shown & {shown:d} AND {where}", values


def filter_condition(
    db: Database, filters: Filters, today: date, at: int | None
) -> tuple[str, dict[str, str | int | None]]:
    """Return the SQL condition on `cards`, and its values, for the rows that match filters at a position."""
    values: dict[str, str | int | None] = {"kind": filters.kind, "at": at}
    conditions = ["kind = :kind", _NOW if at is None else _THEN]
    required = {"plan": filters.plan, "area": filters.area, "lead": filters.unit}
    for name, value in (required | {"period": filters.period, "state": filters.state}).items():
        if value == NONE:
            conditions.append(f"{name} IS NULL")
        elif value:
            conditions.append(f"{name} = :{name}")
            values[name] = value
    if filters.officer:
        person = None if filters.officer == NONE else filters.officer
        condition, who = is_done_by(db, person, today if at is None else None)
        conditions.append(condition)
        values |= who
    if filters.due in _DUE_CONDITIONS:
        conditions.append(_DUE_CONDITIONS[filters.due])
        soon = settings.effective_settings(db, at).deadlines.soon
        values |= {"today": today.isoformat(), "soon": f"+{soon} days"}
    for name, condition in _BOUNDS.items():
        if (bound := getattr(filters, name)) is not None:
            conditions.append(condition)
            values[name] = bound
    if filters.words:
        found, sought = word_conditions(db, filters.words)
        conditions += found
        values |= sought
    if filters.readable is not None:
        condition, own = reading.condition_of(filters.readable)
        conditions.append(condition)
        values |= own
    return " AND ".join(conditions), values
