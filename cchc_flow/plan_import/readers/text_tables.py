"""Finds the tables of a plain text: cells parted by tabs, as pasted from Word or Excel, or by bars."""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.readers.tables import TableSize
from cchc_flow.plan_import.structure.marks import parse_mark

WIDEST = 64
LONGEST_HEAD, LONGEST_SPAN = 60, 160
MOST_LINES_IN_A_CELL = 20
FEWEST_ROWS = 2
HEAD = re.compile(
    r"(?:stt|tt|số tt|số thứ tự|mã|(?:tên |các )?(?:nhiệm vụ|nội dung|công việc|hoạt động|chỉ tiêu|mục tiêu"
    r"|lĩnh vực|tiêu chí|đề án|giải pháp|sản phẩm|kết quả|hạng mục)|cơ quan|đơn vị|bộ phận|người|cá nhân"
    r"|chủ trì|phối hợp|thời gian|thời hạn|hoàn thành|tiến độ|ngày|tháng|năm|quý|ghi chú|đvt|kế hoạch"
    r"|thực hiện|kinh phí|dự toán|căn cứ|minh chứng|phụ trách|theo dõi|lãnh đạo|địa điểm|hình thức"
    r"|số lượng)\b",
    re.IGNORECASE,
)
TYPED = re.compile(
    r"\d{1,3}(?:\.\d{1,2})*[.)]?|[IVX]{1,6}\.?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}/\d{4}|[\d.,]+\s*%?|[xX✓✔☑]"
    r"|(?:quý|tháng|năm|trước ngày|hằng|hàng)\s.{1,30}|thường xuyên",
    re.IGNORECASE,
)
LIST_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,6}|[A-ZĐ]|[a-zđ])?[.)]?")
BAR_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
GRID_RULE = re.compile(r"\+(?:[-=:]+\+)+")
BAR = re.compile(r"(?<!\\)\|")


def find_tables(lines: Sequence[str]) -> list[tuple[int, int, Table]]:
    """Return the tables among the lines of a file, each as (first line, line after its last, table)."""
    tables: list[tuple[int, int, Table]] = []
    at = plain_until = 0
    while at < len(lines):
        found = head_table(lines, at) or bar_table(lines, at)
        if found is None and at >= plain_until:
            plain_until, rows = rows_alike(lines, at)
            found = (plain_until, rows) if rows else None
        if found is None:
            at += 1
            continue
        end, rows = found
        tables.append((at, end, checked_table(rows)))
        at = end
    return tables


def checked_table(rows: Sequence[Sequence[str]]) -> Table:
    """Return rows as a table; raise BadInput for one that is too large."""
    size, even = TableSize(), even_rows(rows)
    for row in even:
        size.add(row)
    return Table(even)


def even_rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the rows with as many cells as the widest has, empty ones at the end."""
    width = min(max(len(row) for row in rows), WIDEST)
    return tuple((*row[:width], *[""] * (width - len(row))) for row in rows)


def head_table(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]] | None:
    """Return the end and the rows of a table whose head with tabs is this line; None if it is none."""
    if "\t" not in lines[start] or not is_head(lines[start].split("\t")):
        return None
    end, rows = rows_below_head(lines, start)
    return (end, rows) if len(rows) >= FEWEST_ROWS else None


def is_head(cells: Sequence[str]) -> bool:
    """Return whether cells are the head of a table: short, and at least two are words for columns."""
    written = [cell.strip() for cell in cells if cell.strip()]
    words = [cell for cell in written if HEAD.match(cell)]
    is_short = all(len(cell) <= LONGEST_HEAD for cell in written)
    return is_short and len(words) >= 2 and 2 * len(words) >= len(written)


def rows_below_head(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]]:
    """Return the end and the rows of a table with a head; a line without tabs may span all columns."""
    at, head = read_row(lines, start)
    rows = [head]
    while at < len(lines):
        place = next_written(lines, at)
        if place is None:
            break
        after, cells = read_row(lines, place)
        if not is_row(cells, len(head), has_gap=place > at):
            if len(cells) > 1 or not is_span(lines, place, after, len(head)):
                break
            cells = cells * len(head)
        rows.append(cells)
        at = after
    return at, rows


def next_written(lines: Sequence[str], at: int) -> int | None:
    """Return the index of the next written line, at most one blank line further; None if there is none."""
    return next((place for place in (at, at + 1) if place < len(lines) and lines[place].strip()), None)


def is_row(cells: Sequence[str], width: int, *, has_gap: bool) -> bool:
    """Return whether cells are a row: as many as the head has, or fewer behind a number of the list."""
    if len(cells) == width:
        return True
    return not has_gap and 1 < len(cells) < width and LIST_NUMBER.fullmatch(cells[0]) is not None


def is_span(lines: Sequence[str], place: int, after: int, width: int) -> bool:
    """Return whether a line without tabs is a row across all columns: short, and a whole row follows it."""
    following = next_written(lines, after)
    return (
        len(lines[place]) <= LONGEST_SPAN
        and following is not None
        and len(read_row(lines, following)[1]) == width
    )


def rows_alike(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]]:
    """Return the end and the rows of lines with the same number of tabs, two at least, and typed cells.

    No rows if they are no table; the end is then that of the lines that were looked at.
    """
    if "\t" not in lines[start]:
        return start, []
    at, cells = read_row(lines, start)
    rows = [cells]
    while at < len(lines) and lines[at].count("\t") == len(cells) - 1:
        at, more = read_row(lines, at)
        rows.append(more)
    is_typed = has_typed_column(rows) or has_typed_column(rows[1:])  # a head may have words of its own
    is_table = len(cells) > 2 and len(rows) >= FEWEST_ROWS and is_typed
    return at, rows if is_table else []


def has_typed_column(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the cells of one column are all numbers, days or ticks."""
    columns = ([cell for cell in column if cell] for column in zip(*rows, strict=False))
    return any(
        len(cells) >= FEWEST_ROWS and all(TYPED.fullmatch(cell) for cell in cells) for cells in columns
    )


def read_row(lines: Sequence[str], at: int) -> tuple[int, list[str]]:
    """Return the line after a row and its cells; a cell in quotation marks may go on over lines."""
    line = lines[at]
    end = at + 1
    is_quoted = line.startswith('"') or '\t"' in line
    while is_quoted and line.count('"') % 2 and end < min(len(lines), at + MOST_LINES_IN_A_CELL):
        line = f"{line}\n{lines[end]}"
        end += 1
    if line.count('"') % 2:
        line, end = lines[at], at + 1
    return end, [unquote(cell.strip(" \r\n")) for cell in line.split("\t")]


def unquote(cell: str) -> str:
    """Return a cell without the quotation marks that a spreadsheet puts around it."""
    is_quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def bar_table(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]] | None:
    """Return the end and the rows of a table drawn with upright bars; None if none begins at this line."""
    end = start
    while end < len(lines) and is_bar_line(lines[end]):
        end += 1
    drawn = [line.strip() for line in lines[start:end]]
    rows = grid_rows(drawn) if any(GRID_RULE.fullmatch(line) for line in drawn) else bar_rows(drawn)
    is_table = len(rows) >= FEWEST_ROWS and len(rows[0]) > 1 and parse_mark(drawn[0].strip("| ")) is None
    return (end, rows) if is_table else None


def is_bar_line(line: str) -> bool:
    """Return whether a line is a row or a rule of a table drawn with bars."""
    drawn = line.strip()
    return (drawn.startswith("|") and drawn.count("|") > 1) or bool(GRID_RULE.fullmatch(drawn))


def bar_rows(drawn: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table in Markdown."""
    return [bar_cells(line) for line in drawn if not BAR_RULE.fullmatch(line)]


def bar_cells(line: str) -> list[str]:
    """Return the cells between the bars of a line."""
    inner = line.removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|").replace("<br>", "\n") for cell in BAR.split(inner)]


def grid_rows(drawn: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table whose rules of "+---+" part rows of several lines."""
    rows: list[list[str]] = []
    is_open = False
    for line in drawn:
        if GRID_RULE.fullmatch(line):
            is_open = False
            continue
        cells = bar_cells(line)
        if is_open and len(cells) == len(rows[-1]):
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        is_open = True
    return rows
