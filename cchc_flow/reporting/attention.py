"""What a leader has to see to on a day besides the targets: who is late, and which reports are due."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.projections import directory
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.reporting.report_matrix import PeriodRow, ReportMatrix, report_matrix


class LateUnit(msgspec.Struct, frozen=True):
    """A unit with overdue work (None: given to none): how much, and how many days the oldest is overdue."""

    unit: str | None
    title: str
    count: int
    days: int


class DuePeriod(msgspec.Struct, frozen=True):
    """A period whose reports are due: its row, and the short names of the units that have not reported."""

    row: PeriodRow
    missing: tuple[str, ...]


class DueReports(msgspec.Struct, frozen=True):
    """The reports of a day: the periods that lack some, the newest first, and the one that comes next."""

    open: tuple[DuePeriod, ...]
    coming: PeriodRow | None


def late_units(db: Database, scope: Filters, today: date, *, at: int | None = None) -> list[LateUnit]:
    """Return the units with overdue work of a scope, the one with most of it first."""
    titles = {unit.id: unit.words for unit in directory.units(db)}
    days: dict[str | None, list[int]] = {}
    for row in counts.rows_behind(db, "open_late", scope, today, at=at):
        clock = date.fromisoformat(row["rests_since"]) if row["rests_since"] else today
        days.setdefault(row["lead"], []).append((clock - date.fromisoformat(row["deadline"])).days)
    late = [
        LateUnit(unit, titles.get(unit or "", unit or "Chưa giao cho đơn vị nào"), len(each), max(each))
        for unit, each in days.items()
    ]
    return sorted(late, key=lambda unit: (-unit.count, -unit.days, unit.title))


def due_reports(db: Database, year: int, scope: Filters, today: date, *, at: int | None = None) -> DueReports:
    """Return which reports of a year are due on a day; `scope` as for the matrix of reports."""
    matrix = report_matrix(db, year, scope, today, at=at)
    begun = [row for row in matrix.rows if row.due.due.replace(day=1) <= today]
    lacking = (row for row in reversed(begun) if row.accepted < row.owed or _is_owed(row))
    coming = next((row for row in matrix.rows if row not in begun), None)
    return DueReports(tuple(DuePeriod(row, _missing(matrix, row)) for row in lacking), coming)


def _is_owed(row: PeriodRow) -> bool:
    return row.commune is not None and row.commune.is_open


def _missing(matrix: ReportMatrix, row: PeriodRow) -> tuple[str, ...]:
    """Return the short names of the units whose report of a period was not accepted yet."""
    return tuple(name for name, report in zip(matrix.short_names, row.reports, strict=True) if report.is_owed)
