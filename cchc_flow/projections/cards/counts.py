"""The official counts of any scope as of any day, and the items behind each, for the board and the reports.

An item without parts counts once; of an item with parts, each part counts, and the item does not. Cancelled
and excused items are counted apart. Whether an item is done or open, in time or late, is decided in one
place: `calendar.standing`.

A figure as of a day depends only on the events up to the end of that day. A result submitted on Monday and
approved on Wednesday is not done as of Tuesday; as of Wednesday it is done, on Monday. So a report of a past
day can be printed again with the same figures.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.projections.cards.filters import NONE, Filters, filter_condition
from cchc_flow.projections.cards.queries import CARD, Card, card_from_row
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.projections.memory import kept_while_still, past_position
from cchc_flow.workflow.calendar import Standing, standing

_CLASSIFYING = "deadline, done, rests_since, regular, unmet, state, final, lane"
"""The columns that decide in which figures an item counts, in the order of the index `cards_counted`."""
NOT_STARTED = ("planned", "assigned", "due")
"""States of work that nobody has started."""
_NOW = "cards INDEXED BY {}"
_THEN = f"""(
    SELECT cards.* FROM main.cards AS newest INDEXED BY cards_counted
    CROSS JOIN main.cards ON cards.rowid = iif(
        newest.from_position <= :at, newest.rowid, (
            SELECT rowid FROM main.cards AS row WHERE row.item = newest.item AND row.from_position <= :at
            ORDER BY row.from_position DESC LIMIT 1
        )
    ) WHERE newest.to_position = {OPEN} AND {{}}
) AS cards"""  # noqa: S608  # fixed words
"""The row of each item as of a position, by at most one index seek for each, however many rows it has."""
_THEN_OF_ALL_PLANS = """(
    SELECT cards.* FROM main.items AS known INDEXED BY items_by_kind
    CROSS JOIN main.cards ON cards.rowid = (
        SELECT rowid FROM main.cards AS row WHERE row.item = known.id AND row.from_position <= :at
        ORDER BY row.from_position DESC LIMIT 1
    ) WHERE known.kind = :kind AND known.opened <= :at
) AS cards"""
"""The same of the items of a kind in whatever plan: those that were opened later are not looked at."""


_WANTED = "SELECT key AS place, value ->> 0 AS wanted, value ->> 1 AS since FROM json_each(?)"
FigureRow = dict[str, Any]
"""What an item is sorted and classified by: `item` and `from_position` are the key of its row in `cards`."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The four official counts of items (done or open, in time or late), and the figures of a report.

    `regular` items (thường xuyên) have no due day of their own; `unmet` were submitted and returned;
    `not_started` are among those open in time; `given_up` items, cancelled or excused, are in no other count.
    """

    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    regular: int = 0
    regular_done: int = 0
    unmet: int = 0
    not_started: int = 0
    given_up: int = 0

    @property
    def total(self) -> int:
        """All items that are to be done."""
        return self.done + self.open_in_time + self.open_late

    @property
    def all(self) -> int:
        """All items, including those given up."""
        return self.total + self.given_up

    @property
    def done(self) -> int:
        """Items done, in time or late."""
        return self.done_in_time + self.done_late

    @property
    def under_way(self) -> int:
        """Open items that were started and are not late."""
        return self.open_in_time - self.not_started

    @property
    def dated(self) -> int:
        """Items with a due day of their own."""
        return self.total - self.regular

    @property
    def dated_done(self) -> int:
        """Items done that have a due day of their own."""
        return self.done - self.regular_done


_COUNTED = frozenset(Counts.__struct_fields__)
FIGURES = (*Counts.__struct_fields__, "total", "all", "done", "under_way", "dated", "dated_done")
"""All figures of `Counts`; the items behind each can be shown."""


def counts(db: Database, scope: Filters, today: date, *, at: int | None = None) -> Counts:
    """Return the counts of a scope on a day, from the log up to the position `at` (None: all of it)."""
    key = counts, scope, today, at
    found: Counts = kept_while_still(
        db, key, lambda: counts_by(db, None, scope, today, at=at).get(None, Counts())
    )
    return found


def counts_by(
    db: Database, column: str | None, scope: Filters, today: date, *, at: int | None = None
) -> dict[str | None, Counts]:
    """Return the counts of a scope by the values of a column of `cards` (lead, area, officer or period)."""
    source, values = _row_source(db, scope, today, at, index="cards_counted")
    group = f"{column}, {_CLASSIFYING}" if column else _CLASSIFYING
    rows = db.query(
        f"SELECT {column or 'NULL'} AS value, {_CLASSIFYING}, count(*) AS number"  # noqa: S608  # fixed words
        f" FROM {source} GROUP BY {group}",
        values,
    )
    groups: dict[str | None, dict[str, int]] = {}
    for row in rows:
        figures = groups.setdefault(row["value"], {})
        for figure in _figure_names(row, today) & _COUNTED:
            figures[figure] = figures.get(figure, 0) + row["number"]
    return {value: Counts(**figures) for value, figures in groups.items()}


def rows_behind(
    db: Database, figure: str, scope: Filters, today: date, *, at: int | None = None
) -> list[FigureRow]:
    """Return what a list of the items behind a figure is sorted by, ordered as on the board.

    It is little: of the many items of a figure a page shows few, and only these are read as cards.
    """
    return [row for row, names in classified_rows(db, scope, today, at=at) if figure in names]


def classified_rows(
    db: Database, scope: Filters, today: date, *, at: int | None = None
) -> list[tuple[FigureRow, set[str]]]:
    """Return the rows of a scope, ordered as on the board, each with the figures in which it counts."""
    source, values = _row_source(db, scope, today, at, index="cards_now")
    rows = db.query(
        f"SELECT item, from_position, ref_key, title, lead, due_key, {_CLASSIFYING}"  # noqa: S608  # fixed words
        f" FROM {source} ORDER BY due_key, ref_key, item",
        values,
    )
    return [(row, _figure_names(row, today)) for row in rows]


def cards_of_rows(db: Database, rows: Sequence[FigureRow]) -> list[Card]:
    """Return the cards of some rows, in their order and as of the position from which each row is true."""
    keys = json.dumps([[row["item"], row["from_position"]] for row in rows])
    found = db.query(
        f"SELECT {CARD} FROM ({_WANTED}) CROSS JOIN cards"  # noqa: S608  # fixed words
        " ON item = wanted AND from_position = since ORDER BY place",
        [keys],
    )
    return [card_from_row(row) for row in found]


def items_due_between(db: Database, begin: date, end: date, at: int) -> list[str]:
    """Return the ids of the items that, at a position, were due from `begin` to `end` or had no due day."""
    rows = db.query(
        f"SELECT item FROM {_THEN.format('true')} WHERE whole = 0 AND NOT (final = 1 AND lane = '')"  # noqa: S608  # fixed words
        " AND (due IS NULL OR due BETWEEN :begin AND :end) ORDER BY due_key, ref_key, item",
        {"at": at, "begin": begin.isoformat(), "end": end.isoformat()},
    )
    return [row["item"] for row in rows]


def _row_source(
    db: Database, scope: Filters, today: date, at: int | None, *, index: str
) -> tuple[str, dict[str, str | int | None]]:
    """Return the SQL of the counted rows, to follow FROM, and its values; `index` is used for rows of now."""
    at = past_position(db) if at is None else at
    where, values = filter_condition(db, scope, today, at)
    rows = _NOW.format(index) if at is None else _THEN_OF_ALL_PLANS
    if at is not None and scope.plan not in (None, NONE):
        rows = _THEN.format("newest.kind = :kind AND newest.plan = :plan")
    return f"{rows} WHERE {where} AND whole = 0", values


def _figure_names(row: dict[str, object], today: date) -> set[str]:
    """Return the names of the figures in which the item of a row counts."""
    if row["final"] and row["lane"] == "":
        return {"given_up", "all"}
    side, kind = _standing(row, today), "regular" if row["regular"] else "dated"
    figures = {"total", "all", side, kind}
    if side.startswith("done"):
        return figures | {"done", f"{kind}_done"}
    if side == "open_in_time":
        figures.add("not_started" if row["state"] in NOT_STARTED else "under_way")
    return figures | ({"unmet"} if row["unmet"] else set())


def _standing(row: dict[str, object], today: date) -> Standing:
    """Return whether the item of a row is done or open on a day, and in time or late."""
    clock = _day(row["rests_since"]) or today
    return standing(_day(row["deadline"]), _day(row["done"]), clock)


def _day(words: object) -> date | None:
    return date.fromisoformat(str(words)) if words else None
