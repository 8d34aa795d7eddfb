"""Reads the tasks in the tables of an appendix, whose columns are recognised by their headings."""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.deadlines import (
    day_before_month,
    end_of_month,
    end_of_quarter,
    find_due_day,
    iso_day,
)
from cchc_flow.plan_import.proposal import AnnexRow, Due

COLUMNS = (
    ("support", re.compile(r"phối hợp", re.IGNORECASE)),
    ("lead", re.compile(r"chủ trì|đơn vị thực hiện|cơ quan thực hiện", re.IGNORECASE)),
    ("due", re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành", re.IGNORECASE)),
    ("product", re.compile(r"sản phẩm|kết quả", re.IGNORECASE)),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc", re.IGNORECASE)),
)
SEPARATORS = re.compile(r"\s*[;\n]\s*")
ONGOING = re.compile(
    r"thường xuyên|hằng (?:ngày|tuần|tháng|quý|năm)|hàng (?:ngày|tuần|tháng|quý|năm)", re.IGNORECASE
)
YEAR = re.compile(r"(?:trong )?năm (\d{4})", re.IGNORECASE)
QUARTER = re.compile(r"(trước )?quý (IV|I{1,3}|[1-4])\s?[/ ]\s?(?:năm )?(\d{4})", re.IGNORECASE)
MONTH = re.compile(r"(trước )?tháng (\d{1,2})\s?[/ ]\s?(?:năm )?(\d{4})", re.IGNORECASE)
DAY = re.compile(r"(?:trước |đến )?(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)


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


def parse_due(text: str) -> Due:
    """Return what a deadline cell says: a day, a month, a quarter, a year, ongoing work, or other words."""
    if day := DAY.search(text):
        return Due("date", iso_day(day[3], day[2], day[1]))
    if month := MONTH.search(text):
        end = day_before_month if month[1] else end_of_month
        return Due("month", end(month[3], int(month[2])))
    if quarter := QUARTER.search(text):
        return Due("quarter", end_of_quarter(quarter[3], quarter[2], is_before=bool(quarter[1])))
    if ONGOING.search(text):
        return Due("ongoing", None)
    if year := YEAR.search(text):
        return Due("year", f"{year[1]}-12-31")
    return Due("other", find_due_day(text))
