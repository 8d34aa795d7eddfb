"""Reads the tasks in the tables of an appendix, whose columns are recognised by their headings."""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.dues import parse_due
from cchc_flow.plan_import.proposal import AnnexRow

COLUMNS = (
    ("support", re.compile(r"phối hợp", re.IGNORECASE)),
    ("lead", re.compile(r"chủ trì|đơn vị thực hiện|cơ quan thực hiện", re.IGNORECASE)),
    ("due", re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành", re.IGNORECASE)),
    ("product", re.compile(r"sản phẩm|kết quả", re.IGNORECASE)),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc", re.IGNORECASE)),
)
SEPARATORS = re.compile(r"\s*[;\n]\s*")


def annex_rows(tables: Sequence[Table]) -> tuple[AnnexRow, ...]:
    """Return the tasks of all tables that have a task column and another column that is recognised."""
    return tuple(row for table in tables for row in task_rows(table))


def task_rows(table: Table) -> list[AnnexRow]:
    """Return the tasks of a table; none unless one of its first five rows is a header with a task column."""
    header = next((index for index, row in enumerate(table.rows[:5]) if len(find_columns(row)) >= 2), None)
    if header is None or "task" not in find_columns(table.rows[header]):
        return []
    columns = find_columns(table.rows[header])
    tasks: list[AnnexRow] = []
    area: str | None = None
    for row in table.rows[header + 1 :]:
        if is_area_row(row, columns):
            area = next(cell for cell in reversed(row) if cell)
        elif cell_text(row, columns, "task"):
            tasks.append(annex_row(row, columns, area))
    return tasks


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the index of each column that the header's words identify: "task", "lead", "due" …"""
    columns: dict[str, int] = {}
    for column, cell in enumerate(header):
        name = next((name for name, pattern in COLUMNS if pattern.search(cell)), None)
        if name is not None and len(cell) < 80:
            columns.setdefault(name, column)
    return columns


def is_area_row(row: Sequence[str], columns: dict[str, int]) -> bool:
    """Return whether the row only names an area: one text in all columns, or only the task cell filled."""
    texts = {cell for cell in row if cell}
    filled = [name for name in columns if cell_text(row, columns, name)]
    return bool(texts) and (len(set(row[1:])) == 1 or filled == ["task"])


def annex_row(row: Sequence[str], columns: dict[str, int], area: str | None) -> AnnexRow:
    """Return one row of a table as a task of the appendix; `columns` are the indexes of its columns."""
    due_text = cell_text(row, columns, "due")
    support = cell_text(row, columns, "support") or ""
    return AnnexRow(
        area=area,
        task=cell_text(row, columns, "task") or "",
        product=cell_text(row, columns, "product"),
        lead=cell_text(row, columns, "lead"),
        support=tuple(part for part in SEPARATORS.split(support) if part),
        due_text=due_text,
        due=parse_due(due_text or ""),
    )


def cell_text(row: Sequence[str], columns: dict[str, int], name: str) -> str | None:
    """Return the text of the row's cell in a named column on one line; None if it is empty or missing."""
    column = columns.get(name)
    return (row[column].replace("\n", " ") or None) if column is not None and column < len(row) else None
