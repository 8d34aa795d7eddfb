"""The official counts of any scope as of any day, and the items behind each: one query for board and reports.

What is counted is what somebody does: an item by itself, or each part of a whole that has begun. What was
cancelled or excused is told apart. On which side an item stands is said once, in `calendar.standing`.

A figure of a day says what the log held when that day ended, and nothing that came later changes it: a result
that was handed in on Monday and approved on Wednesday is not done as of Tuesday, and from Wednesday on it is
done on Monday. So what was printed on a day can be printed again.
"""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections.cards.queries import NONE, Card, Filters, card_from_row, filter_condition
from cchc_flow.projections.cards.row import OPEN
from cchc_flow.workflow.calendar import Standing, standing

_WHAT = "deadline, done, rests_since, regular, unmet, state, final, lane"
"""What tells in which figures an item counts, in the order of the index `cards_counted`."""
NOT_STARTED = ("planned", "assigned", "due")
"""States of work that nobody has taken up yet."""
_NOW = "cards INDEXED BY {}"
_THEN = f"""(
    SELECT cards.* FROM cards AS newest INDEXED BY cards_counted CROSS JOIN cards ON cards.rowid = iif(
        newest.from_position <= :at, newest.rowid, (
            SELECT rowid FROM cards AS row WHERE row.item = newest.item AND row.from_position <= :at
            ORDER BY row.from_position DESC LIMIT 1
        )
    ) WHERE newest.to_position = {OPEN} AND {{}}
) AS cards"""  # noqa: S608  # fixed words
"""The row of each item that was true at a position, by at most one seek for each: however long its history
is, it costs the same."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many items stand where: the four official counts, and what the sentence of a report says.

    Of the `total`, so many are `regular` (thường xuyên), the others have a day of their own; `unmet` were
    handed in and given back; of those open in time so many are `not_started`; `given_up`, cancelled or
    excused, are in no other figure.
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
        """All that is to be done."""
        return self.done + self.open_in_time + self.open_late

    @property
    def all(self) -> int:
        """All that is known, also what left the board."""
        return self.total + self.given_up

    @property
    def done(self) -> int:
        """What is done, in time or late."""
        return self.done_in_time + self.done_late

    @property
    def under_way(self) -> int:
        """What has been taken up and is not late."""
        return self.open_in_time - self.not_started

    @property
    def dated(self) -> int:
        """What has a day of its own."""
        return self.total - self.regular

    @property
    def dated_done(self) -> int:
        """What is done of it."""
        return self.done - self.regular_done


_COUNTED = frozenset(Counts.__struct_fields__)
FIGURES = (*Counts.__struct_fields__, "total", "all", "done", "under_way", "dated", "dated_done")
"""All that can be asked of `Counts`, and of which the items can be shown."""


def counts(db: Database, scope: Filters, today: date, *, at: int | None = None) -> Counts:
    """Return the counts of a scope as of the end of a day, whose last position is `at` (None: now)."""
    return counts_by(db, None, scope, today, at=at).get(None, Counts())


def counts_by(
    db: Database, column: str | None, scope: Filters, today: date, *, at: int | None = None
) -> dict[str | None, Counts]:
    """Return the counts of a scope for each value of a column of `cards` (lead, area, officer, period)."""
    source, values = _rows(db, scope, today, at, index="cards_counted")
    group = f"{column}, {_WHAT}" if column else _WHAT
    rows = db.query(
        f"SELECT {column or 'NULL'} AS part, {_WHAT}, count(*) AS number FROM {source} GROUP BY {group}",  # noqa: S608  # fixed words
        values,
    )
    found: dict[str | None, dict[str, int]] = {}
    for row in rows:
        figures = found.setdefault(row["part"], {})
        for figure in _figures(row, today) & _COUNTED:
            figures[figure] = figures.get(figure, 0) + row["number"]
    return {part: Counts(**figures) for part, figures in found.items()}


def cards_behind(
    db: Database, figure: str, scope: Filters, today: date, *, at: int | None = None
) -> list[Card]:
    """Return the items behind one of the `FIGURES`, in the order of the board: by due day and reference."""
    source, values = _rows(db, scope, today, at, index="cards_now")
    rows = db.query(
        f"SELECT *, item AS id FROM {source} ORDER BY due_key, ref_key, item",  # noqa: S608  # fixed words
        values,
    )
    return [card_from_row(row) for row in rows if figure in _figures(row, today)]


def items_due_between(db: Database, begin: date, end: date, at: int) -> list[str]:
    """Return the items of all kinds that, at a position, were due in some days or had no due day."""
    rows = db.query(
        f"SELECT item FROM {_THEN.format('true')} WHERE whole = 0 AND NOT (final = 1 AND lane = '')"  # noqa: S608  # fixed words
        " AND (due IS NULL OR due BETWEEN :begin AND :end) ORDER BY due_key, ref_key, item",
        {"at": at, "begin": begin.isoformat(), "end": end.isoformat()},
    )
    return [row["item"] for row in rows]


def _rows(
    db: Database, scope: Filters, today: date, at: int | None, *, index: str
) -> tuple[str, dict[str, str | int | None]]:
    """Return the SQL of the rows that are counted, and its values; those of now are found by an index."""
    where, values = filter_condition(db, scope, today, at)
    is_of_one = scope.plan not in (None, NONE)
    whose = "newest.kind = :kind AND newest.plan = :plan" if is_of_one else "newest.kind = :kind"
    rows = _NOW.format(index) if at is None else _THEN.format(whose)
    return f"{rows} WHERE {where} AND whole = 0", values


def _figures(row: dict[str, object], today: date) -> set[str]:
    """Return the figures in which an item counts."""
    if row["final"] and row["lane"] == "":
        return {"given_up", "all"}
    side, kind = _standing(row, today), "regular" if row["regular"] else "dated"
    found = {"total", "all", side, kind}
    if side.startswith("done"):
        found |= {"done", f"{kind}_done"}
        return found
    if side == "open_in_time":
        found.add("not_started" if row["state"] in NOT_STARTED else "under_way")
    return found | ({"unmet"} if row["unmet"] else set())


def _standing(row: dict[str, object], today: date) -> Standing:
    """Return on which side the item of a row stands on a day."""
    clock = _day(row["rests_since"]) or today
    return standing(_day(row["deadline"]), _day(row["done"]), clock)


def _day(words: object) -> date | None:
    return date.fromisoformat(str(words)) if words else None
