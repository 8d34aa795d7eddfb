"""The official counts of any scope as of any day, and the items behind each: one query for board and reports.

What is counted is what somebody does: an item by itself, or each part of a whole. What was cancelled or
excused is told apart. On which side an item stands is said once, in `calendar.standing`.
"""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections.board import Card, Filters, card_of, matching
from cchc_flow.workflow.calendar import Standing, standing

COUNTED = "whole = 0 AND NOT (final = 1 AND lane = '')"
GIVEN_UP = "whole = 0 AND final = 1 AND lane = ''"
_WHAT = "done, deadline, rests_since, regular, unmet"


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many items stand where (Nghị định 61/2018 and the reports' own sentence).

    Of the `total`, so many are `regular` (thường xuyên), the others have a day of their own; `unmet` were
    handed in and given back; `given_up`, cancelled or excused, are in no other figure.
    """

    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    regular: int = 0
    regular_done: int = 0
    unmet: int = 0
    given_up: int = 0

    @property
    def total(self) -> int:
        """All that is to be done."""
        return self.done + self.open_in_time + self.open_late

    @property
    def done(self) -> int:
        """What is done, in time or late."""
        return self.done_in_time + self.done_late

    @property
    def dated(self) -> int:
        """What has a day of its own."""
        return self.total - self.regular

    @property
    def dated_done(self) -> int:
        """What is done of it."""
        return self.done - self.regular_done


def counts(db: Database, scope: Filters, today: date, *, at: int | None = None) -> Counts:
    """Return the counts of a scope as of the end of a day, whose last position is `at` (None: now)."""
    return by(db, None, scope, today, at=at).get(None, Counts())


def by(
    db: Database, column: str | None, scope: Filters, today: date, *, at: int | None = None
) -> dict[str | None, Counts]:
    """Return the counts of a scope for each value of a column of `cards` (lead, area, officer, period)."""
    where, values = matching(db, scope, today, at)
    group = column or "NULL"
    rows = db.query(
        f"SELECT {group} AS part, {_WHAT}, count(*) AS number FROM cards"  # noqa: S608  # fixed words
        f" WHERE {where} AND {COUNTED} GROUP BY part, {_WHAT}",
        values,
    )
    found: dict[str | None, dict[str, int]] = {}
    for row in rows:
        _add(found.setdefault(row["part"], {}), row, today)
    given_up = db.query(
        f"SELECT {group} AS part, count(*) AS number FROM cards WHERE {where} AND {GIVEN_UP} GROUP BY part",  # noqa: S608  # fixed words
        values,
    )
    for row in given_up:
        found.setdefault(row["part"], {})["given_up"] = row["number"]
    return {part: Counts(**figures) for part, figures in found.items()}


def behind(db: Database, figure: str, scope: Filters, today: date, *, at: int | None = None) -> list[Card]:
    """Return the items behind one figure of `Counts` ("total" and "done" too), in the order of the board."""
    where, values = matching(db, scope, today, at)
    which = GIVEN_UP if figure == "given_up" else COUNTED
    rows = db.query(
        f"SELECT *, item AS id FROM cards WHERE {where} AND {which} ORDER BY due_key, ref_key, item",  # noqa: S608  # fixed words
        values,
    )
    return [card_of(row) for row in rows if figure in (*_figures(row, today), "given_up")]


def _add(figures: dict[str, int], row: dict[str, object], today: date) -> None:
    for figure in _figures(row, today) & COUNTS:
        figures[figure] = figures.get(figure, 0) + int(str(row["number"]))


COUNTS = set(Counts.__struct_fields__)


def _figures(row: dict[str, object], today: date) -> set[str]:
    """Return the figures in which an item counts."""
    side = standing_of(row, today)
    is_done, is_regular = side.startswith("done"), bool(row["regular"])
    kind = "regular" if is_regular else "dated"
    found = {"total", side, kind}
    found |= {"done", f"{kind}_done"} if is_done else set()
    return found | ({"unmet"} if row["unmet"] and not is_done else set())


def standing_of(row: dict[str, object], today: date) -> Standing:
    """Return on which side the item of a row stands on a day."""
    clock = _day(row["rests_since"]) or today
    return standing(_day(row["deadline"]), _day(row["done"]), clock)


def _day(words: object) -> date | None:
    return date.fromisoformat(str(words)) if words else None
