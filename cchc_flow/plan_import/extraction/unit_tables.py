"""Reads assignments in a table: a column of units beside one of what each has to do."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.table_cells import column_cells, is_tick, number_level
from cchc_flow.plan_import.extraction.units import Assignment, unit_name
from cchc_flow.plan_import.proposal import Statement

UNIT_HEAD = re.compile(r"^(?:tên\s+)?(?:các\s+)?(?:cơ quan|đơn vị(?! tính)|bộ phận|phòng)\b", re.IGNORECASE)
DUTY_HEAD = re.compile(r"nội dung|nhiệm vụ|trách nhiệm|công việc|phân công", re.IGNORECASE)
DAY_HEAD = re.compile(r"thời gian|thời hạn|hạn|tiến độ|báo cáo", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s*")
TALLEST_HEAD = 3
LONGEST_HEAD = 60


class UnitColumns(msgspec.Struct, frozen=True):
    """The columns of a table of assignments, and the first row below its head."""

    unit: int
    duty: int
    day: int | None
    first_row: int


class UnitRow(msgspec.Struct, frozen=True):
    """A row of the table: its place in the file, what it assigns, and the words for a day to report."""

    place: int
    assignment: Assignment
    days: str


def unit_rows(table: Table, ref: str) -> Iterator[UnitRow]:
    """Yield the rows of a table of units and their work, with the references `ref`.1, `ref`.2 …

    Each line of a cell is an assignment. There are none unless a head names both columns, units before work.
    """
    columns = recognise_units(table)
    if columns is None:
        return
    number = 0
    for index, row in enumerate(table.rows[columns.first_row :], columns.first_row):
        if len(row) <= max(columns.unit, columns.duty) or not row[columns.duty].strip():
            continue
        name = unit_name(" ".join(row[columns.unit].split()))
        number += 1
        own = f"{ref}.{number}"
        lines = [text for line in row[columns.duty].splitlines() if (text := BULLET.sub("", line).strip())]
        days = row[columns.day].replace("\n", " ") if columns.day is not None else ""
        duties = tuple(Statement(own, line) for line in lines)
        yield UnitRow(table.place + index, Assignment(name, duties, own), days)


def recognise_units(table: Table) -> UnitColumns | None:
    """Return the columns of a table of assignments, or None if it is none."""
    for index, row in enumerate(table.rows[:TALLEST_HEAD]):
        heads = [cell if len(cell) <= LONGEST_HEAD else "" for cell in row]
        unit = find_head(heads, UNIT_HEAD)
        duty = find_head(heads, DUTY_HEAD, after=unit)
        if unit is not None and duty is not None and are_words(table.rows[index + 1 :], unit):
            return UnitColumns(unit, duty, find_head(heads, DAY_HEAD, after=duty), index + 1)
    return None


def find_head(heads: Sequence[str], pattern: re.Pattern[str], after: int | None = -1) -> int | None:
    """Return the first column behind `after` whose head has these words."""
    if after is None:
        return None
    return next((place for place in range(after + 1, len(heads)) if pattern.search(heads[place])), None)


def are_words(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether the cells of a column are names, not ticks or numbers."""
    cells = column_cells(rows, column)
    return bool(cells) and not any(is_tick(cell) or number_level(cell) is not None for cell in cells)
