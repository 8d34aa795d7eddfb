"""Recognises the columns of a table of tasks: by the words of its head, then by its cells."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.plan_import.days import find_times
from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.dues import parse_due
from cchc_flow.plan_import.extraction.table_cells import (
    LONG,
    column_cells,
    is_tick,
    is_unit_name,
    number_level,
    share,
)

PRODUCT = re.compile(r"sản phẩm|kết quả|đầu ra", re.IGNORECASE)
HEADS = (
    ("number", re.compile(r"^(?:stt|s\.tt|tt|số tt|số thứ tự)\.?$", re.IGNORECASE)),
    ("measure", re.compile(r"đơn vị tính|^đvt\.?$", re.IGNORECASE)),
    ("support", re.compile(r"phối hợp", re.IGNORECASE)),
    (
        "lead",
        re.compile(
            r"chủ trì|đầu mối|phụ trách|tham mưu|chịu trách nhiệm"
            r"|(?:đơn vị|cơ quan|bộ phận|phòng|người)[^.]{0,24} thực hiện",
            re.IGNORECASE,
        ),
    ),
    ("due", re.compile(r"thời gian|thời hạn|thời điểm|tiến độ|hoàn thành|\bhạn\b|kết thúc", re.IGNORECASE)),
    ("product", PRODUCT),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|việc cần làm", re.IGNORECASE)),
    ("target", re.compile(r"chỉ tiêu|tiêu chí", re.IGNORECASE)),
    ("note", re.compile(r"ghi chú", re.IGNORECASE)),
    ("unit", re.compile(r"^(?:tên )?(?:các )?(?:đơn vị|cơ quan|bộ phận|phòng, ban)\b", re.IGNORECASE)),
)
BOTH = re.compile(r"chủ trì.*phối hợp", re.IGNORECASE)
"""The head of one column that names who leads and who helps."""
TASK_TABLE = ("support", "lead", "due", "product", "task")
LONGEST_HEAD = 80
TALLEST_HEAD = 5
MOST = 0.6
SAMPLE = 200
"""So many rows tell what a column holds."""


class Columns(msgspec.Struct, frozen=True):
    """The columns of a table by name, the units whose columns are ticked, and the first row below the head.

    `both` says that one column names who leads and who supports.
    """

    places: dict[str, int]
    first_row: int
    ticks: dict[int, str]
    width: int
    both: bool = False


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the index of each column of a table of tasks that the header's words name: "task", "lead" …"""
    return {name: place for name, place in name_columns(header).items() if name in TASK_TABLE}


def name_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the index of each column that the header's words name, the first of several."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(header):
        name = name_of_head(cell)
        if name is not None:
            columns.setdefault(name, column)
    return columns


def name_of_head(cell: str) -> str | None:
    """Return the name of the column with this head, or None."""
    text = " ".join(cell.split())
    if len(text) >= LONGEST_HEAD:
        return None
    if BOTH.search(text):
        return "lead"
    return next((name for name, pattern in HEADS if pattern.search(text)), None)


def recognise_columns(table: Table, before: Columns | None = None) -> Columns | None:
    """Return the columns of a table of tasks, or None if it is none.

    `before` are those of the table before it: a table as wide and without a head goes on from that one.
    """
    head = next((row for row, cells in enumerate(table.rows[:TALLEST_HEAD]) if is_head(cells)), None)
    width = max((len(row) for row in table.rows), default=0)
    if head is None and before is not None and before.width == width and _begins_with_number(table):
        return Columns(before.places, 0, before.ticks, width, before.both)
    first = 0 if head is None else head_end(table, head)
    heads = head_texts(table.rows[0 if head is None else head : first], width)
    sample = table.rows[first : first + SAMPLE]
    columns = _assign(heads, sample, width)
    ticks = _tick_columns(sample, heads, columns)
    is_known = "task" in columns and (len(columns.keys() & set(TASK_TABLE)) > 1 or bool(ticks))
    if not is_known or (head is None and not {"lead", "due"} & columns.keys()):
        return None
    lead = " ".join(heads[columns["lead"]]).lower() if "lead" in columns else ""
    if _is_of_units(columns, lead):
        return None
    return Columns(columns, first, ticks, width, bool(BOTH.search(lead)))


def _is_of_units(columns: dict[str, int], lead: str) -> bool:
    """Return whether a table says what each unit has to do, rather than who does each task.

    Its units come first, and are not called the ones in charge, or nothing else is told of the work.
    """
    if "lead" not in columns or columns["lead"] > columns["task"] or "chủ trì" in lead:
        return False
    return name_of_head(lead) != "lead" or not {"support", "due", "product"} & columns.keys()


def _begins_with_number(table: Table) -> bool:
    return bool(table.rows) and bool(table.rows[0]) and number_level(table.rows[0][0]) is not None


def is_head(cells: Sequence[str]) -> bool:
    """Return whether a row is the head of a table of tasks, by its words, or begins with «TT»."""
    names = name_columns(cells)
    return len(find_columns(cells)) >= 2 or ("number" in names and len({cell for cell in cells if cell}) > 1)


def head_end(table: Table, head: int) -> int:
    """Return the first row below the head that begins at row `head`: it can have several rows."""
    end = head + 1
    while end < min(len(table.rows), head + TALLEST_HEAD) and _is_more_head(
        table.rows[head], table.rows[end]
    ):
        end += 1
    return end


def _is_more_head(head: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a row goes on with the head above: a merged cell repeated, column numbers, subheads."""
    filled = [cell for cell in row if cell.strip()]
    if not filled or any(len(cell) >= LONGEST_HEAD for cell in filled):
        return False
    if all(re.fullmatch(r"\(?(?:\d{1,2}|[A-H])\)?", cell.strip()) for cell in filled) and len(filled) > 2:
        return True
    repeated = [
        column
        for column, cell in enumerate(row)
        if cell.strip() and column < len(head) and cell == head[column]
    ]
    if repeated and len(set(row)) > 1:
        return True
    is_numbered = bool(row[0].strip())
    return (
        not is_numbered
        and len(filled) > 1
        and all(name_of_head(cell) or is_unit_name(cell) for cell in filled)
    )


def head_texts(rows: Sequence[Sequence[str]], width: int) -> list[tuple[str, ...]]:
    """Return for each column the different texts of its head, the lowest first."""
    return [
        tuple(
            dict.fromkeys(row[column] for row in reversed(rows) if column < len(row) and row[column].strip())
        )
        for column in range(width)
    ]


def _assign(heads: Sequence[tuple[str, ...]], rows: Sequence[Sequence[str]], width: int) -> dict[str, int]:
    """Return the column of each name: by its head's words where its cells allow it, then by its cells."""
    columns: dict[str, int] = {}
    names = [next(filter(None, map(name_of_head, texts)), None) for texts in heads]
    for column in range(width):
        name = "lead" if names[column] == "unit" else names[column]
        if name != "task" or "lead" not in names:
            name = _correct_by_cells(name, " ".join(heads[column]), column_cells(rows, column))
        if name in columns and _is_better(name, heads, columns[name], column, rows):
            columns[name] = column
        elif name is not None:
            columns.setdefault(name, column)
    for column in range(width):
        if (
            column not in columns.values()
            and (name := _name_by_cells(column_cells(rows, column))) is not None
        ):
            if name == "lead" and name in columns:
                name = "support"
            columns.setdefault(name, column)
    return columns


def _correct_by_cells(name: str | None, head: str, cells: Sequence[str]) -> str | None:
    """Return the name that a head gives, or another one that the cells contradict it with.

    «Kết quả thực hiện», «Tiến độ và sản phẩm» hold products as often as days, «Đơn vị» units or measures.
    """
    if name == "due" and cells and not any(is_due(cell) for cell in cells) and PRODUCT.search(head):
        return "product"
    is_units = share(cells, [is_unit_name(cell) for cell in cells]) >= MOST
    if name in ("due", "product", "task") and is_units:
        return "lead"
    return name


def _is_better(
    name: str, heads: Sequence[tuple[str, ...]], present: int, column: int, rows: Sequence[Sequence[str]]
) -> bool:
    """Return whether a later column of the same name holds it rather: the end of a time, the longer text."""
    text = " ".join(heads[column]).lower()
    if name == "due":
        return "kết thúc" in text or (
            "hoàn thành" in text and "hoàn thành" not in " ".join(heads[present]).lower()
        )
    if name == "task":
        return _mean_length(rows, column) > 1.5 * _mean_length(rows, present)
    return False


def _mean_length(rows: Sequence[Sequence[str]], column: int) -> float:
    cells = column_cells(rows, column)
    return sum(map(len, cells)) / len(cells) if cells else 0.0


def _name_by_cells(cells: Sequence[str]) -> str | None:
    """Return what the cells of a column without a known head are, or None."""
    if len(cells) < 2:
        return None
    if share(cells, [number_level(cell) is not None for cell in cells]) == 1:
        return "number"
    if share(cells, [is_unit_name(cell) for cell in cells]) >= MOST:
        return "lead"
    if share(cells, [is_only_due(cell) for cell in cells]) >= MOST:
        return "due"
    is_long = sum(map(len, cells)) / len(cells) >= LONG
    return "task" if is_long else None


def is_due(cell: str) -> bool:
    """Return whether a cell says when something is due."""
    due = parse_due(cell.replace("\n", " "), 2000)
    return due.kind != "other" or bool(due.days)


def is_only_due(cell: str) -> bool:
    """Return whether a cell says when something is due and hardly anything else."""
    said = sum(time.end - time.start for time in find_times(cell, 2000))
    return is_due(cell) and said >= MOST * len(cell) - len("chậm nhất trước ngày")  # the words before a day


def _tick_columns(
    rows: Sequence[Sequence[str]], heads: Sequence[tuple[str, ...]], columns: dict[str, int]
) -> dict[int, str]:
    """Return the columns that only hold ticks, with the unit that each one's head names; at least two."""
    ticks = dict(_ticked(rows, heads, columns))
    return ticks if len(ticks) > 1 else {}


def _ticked(
    rows: Sequence[Sequence[str]], heads: Sequence[tuple[str, ...]], columns: dict[str, int]
) -> Iterator[tuple[int, str]]:
    """Yield each column of ticks, and also one with no tick whose head is a unit beside them."""
    for column, texts in enumerate(heads):
        cells = column_cells(rows, column)
        name = " ".join(texts[0].split()) if texts else ""
        is_free = (
            column not in columns.values()
            or columns.get("lead") == column
            or columns.get("support") == column
        )
        if name and is_free and cells and all(map(is_tick, cells)):
            yield column, name
