"""Reads the tasks in the tables of an appendix."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.dues import parse_due
from cchc_flow.plan_import.extraction.table_cells import (
    SUPPORT_TICK,
    goes_on,
    is_tick,
    number_level,
    split_units,
)
from cchc_flow.plan_import.extraction.table_columns import Columns, is_head, recognise_columns
from cchc_flow.plan_import.extraction.target_tables import is_target_table
from cchc_flow.plan_import.proposal import AnnexRow

LABELS = re.compile(r"(?:Đơn vị |Cơ quan )?(chủ trì|phối hợp)\s*:\s*", re.IGNORECASE)
REFERENCE = "PL"
Row = Sequence[str]


def annex_rows(tables: Sequence[Table], plan_year: int | None = None) -> tuple[AnnexRow, ...]:
    """Return the tasks of all tables of tasks, with the references PL.1, PL.2 … in their order.

    A day without a year is of the plan's year.
    """
    rows: list[AnnexRow] = []
    columns: Columns | None = None
    for table in tables:
        columns = None if is_target_table(table) else recognise_columns(table, columns)
        if columns is not None:
            area = rows[-1].area if rows and goes_on_from_above(table, columns) else None
            rows += task_rows(table, columns, plan_year, area)
    return tuple(replace(row, ref=f"{REFERENCE}.{number}") for number, row in enumerate(rows, 1))


def goes_on_from_above(table: Table, columns: Columns) -> bool:
    """Return whether a table only goes on with the one before it: no head, or a first number above 1."""
    first = table.rows[columns.first_row] if columns.first_row < len(table.rows) else ()
    place = columns.places.get("number", 0)
    number = first[place].strip().rstrip(".") if place < len(first) else ""
    return columns.first_row == 0 or (number.isdecimal() and int(number) > 1)


def task_rows(
    table: Table, columns: Columns, plan_year: int | None = None, area: str | None = None
) -> list[AnnexRow]:
    """Return the tasks of a table, each with the area of the last area row above it, at first `area`."""
    tasks: list[AnnexRow] = []
    rows = joined_rows(table, columns)
    for index, (place, row) in enumerate(rows):
        following = rows[index + 1][1] if index + 1 < len(rows) else ()
        if is_area_row(row, columns, following):
            area = area_text(row, columns)
        elif cell_text(row, columns, "task"):
            tasks.append(replace(annex_row(row, columns, area, plan_year), place=place, page=table.page))
    return tasks


def joined_rows(table: Table, columns: Columns) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows below the head with their places; one that a page break tore apart is joined again.

    A head that is repeated on the next page is left out.
    """
    rows: list[tuple[int, tuple[str, ...]]] = []
    heads = set(table.rows[: columns.first_row])
    for index, row in enumerate(table.rows[columns.first_row :], columns.first_row):
        if row in heads or (number_level(row[0]) is None and not _is_spanned(row) and is_head(row)):
            continue
        if rows and is_continuation(row, rows[-1][1], columns):
            rows[-1] = (rows[-1][0], tuple(map(_joined_cell, rows[-1][1], row)))
        else:
            rows.append((table.place + index, tuple(row)))
    return rows


def is_continuation(row: Row, before: Row, columns: Columns) -> bool:
    """Return whether a row only goes on with the one before: no number, and no task that begins."""
    number = columns.places.get("number")
    if (
        number is None
        or number >= len(row)
        or row[number].strip()
        or len(row) != len(before)
        or _is_spanned(row)
    ):
        return False
    task, task_before = (row_text(one, columns, "task") for one in (row, before))
    has_number = bool(before[number].strip())
    return has_number and any(cell.strip() for cell in row) and (not task or goes_on(task_before or "", task))


def _joined_cell(before: str, cell: str) -> str:
    """Return a cell with its rest from the next page; units and days in lines of their own stay apart."""
    if not before or not cell:
        return before or cell
    return f"{before} {cell}" if goes_on(before, cell) else f"{before}\n{cell}"


def _is_spanned(row: Row) -> bool:
    """Return whether one text spans all columns of a row, or all but the first."""
    return len(set(row[1:])) == 1 and bool(row[-1].strip())


def is_area_row(row: Row, columns: Columns, following: Row) -> bool:
    """Return whether a row only names an area: one text in all columns, or nothing but a task's text.

    The latter is a task with empty cells where its number is one of tasks and no deeper number follows.
    """
    texts = {cell for cell in row if cell}
    if not texts:
        return False
    if len(set(row[1:])) == 1:
        return True
    filled = {name for name in columns.places if name != "note" and cell_text(row, columns, name)} - {
        "number"
    }
    if filled != {"task"} or any(column < len(row) and row[column].strip() for column in columns.ticks):
        return False
    level, next_level = (level_of(one, columns) for one in (row, following))
    if level is None or level < 2:
        return True
    return next_level is not None and next_level > level


def level_of(row: Row, columns: Columns) -> int | None:
    """Return how deep the number of a row stands, or None if it has none."""
    number = columns.places.get("number", 0)
    return number_level(row[number]) if number < len(row) else None


def area_text(row: Row, columns: Columns) -> str:
    """Return the name of the area that an area row names, on one line."""
    text = cell_text(row, columns, "task") or next(cell for cell in reversed(row) if cell)
    number, _, rest = text.partition(" ")
    is_numbered = number_level(number) is not None and number.endswith((".", ")")) and bool(rest)
    return " ".join((rest if is_numbered else text).split())


def annex_row(row: Row, columns: Columns, area: str | None, plan_year: int | None = None) -> AnnexRow:
    """Return one row of a table as a task of the appendix."""
    due_text = cell_text(row, columns, "due")
    leads, support = units_of_row(row, columns)
    return AnnexRow(
        area=area,
        task=cell_text(row, columns, "task") or "",
        product=cell_text(row, columns, "product"),
        lead="; ".join(leads) or None,
        support=support,
        due_text=due_text,
        due=parse_due(due_text or "", plan_year),
    )


def units_of_row(row: Row, columns: Columns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who leads and who supports: by ticks in the units' columns, or as the cells name them."""
    ticked = {
        column: row[column].strip() for column in columns.ticks if column < len(row) and is_tick(row[column])
    }
    lead = "" if columns.places.get("lead") in columns.ticks else row_text(row, columns, "lead") or ""
    support = (
        "" if columns.places.get("support") in columns.ticks else row_text(row, columns, "support") or ""
    )
    if columns.both:
        lead, support = split_roles(lead)
    leading = tuple(
        columns.ticks[column] for column, tick in ticked.items() if not SUPPORT_TICK.fullmatch(tick)
    )
    helping = tuple(columns.ticks[column] for column, tick in ticked.items() if SUPPORT_TICK.fullmatch(tick))
    leads = split_units(lead) if "\n" in lead else tuple(filter(None, (lead.strip(),)))
    return leads or leading, split_units(support) or helping


def split_roles(cell: str) -> tuple[str, str]:
    """Return who leads and who supports by one cell: by its labels, else its first line and the others."""
    if LABELS.search(cell):
        parts = LABELS.split(cell)
        named = {
            name.lower(): text.strip(" ;.\n") for name, text in zip(parts[1::2], parts[2::2], strict=True)
        }
        return named.get("chủ trì", parts[0].strip(" ;.\n")), named.get("phối hợp", "")
    first, *others = split_units(cell) or ("",)
    return first, "\n".join(others)


def row_text(row: Row, columns: Columns, name: str) -> str | None:
    """Return the text of the row's cell in a named column, its lines apart; None if empty or missing."""
    column = columns.places.get(name)
    return (row[column].strip() or None) if column is not None and column < len(row) else None


def cell_text(row: Row, columns: Columns, name: str) -> str | None:
    """Return the text of the row's cell in a named column on one line; None if it is empty or missing."""
    text = row_text(row, columns, name)
    return " ".join(text.split("\n")) if text else None
