"""Finds tables without rules: rows whose words leave the same gaps free."""

from collections.abc import Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.cells import cell_text
from cchc_flow.plan_import.readers.pdf.page import Grid, Word
from cchc_flow.plan_import.readers.pdf.segments import Row

NARROWEST = 6.0
"""How wide a gap between two columns is at least, in points."""
FEWEST_COLUMNS, FEWEST_ROWS = 3, 3
LARGE_STEP = 1.22
FARTHEST = 4.0
"""How far below each other rows of a table may stand, in parts of the letters' size."""
END = 100_000.0
Gap = tuple[float, float]


def find_aligned(rows: Sequence[Row], page: int) -> tuple[list[Grid], list[Row]]:
    """Return the tables among the rows of a page, and the rows that are in none."""
    grids: list[Grid] = []
    others: list[Row] = []
    start = 0
    while start < len(rows):
        end, gaps = find_end(rows, start)
        if gaps and (grid := read_aligned(rows[start:end], gaps, page)) is not None:
            grids.append(grid)
        else:
            end = start + 1
            others.append(rows[start])
        start = end
    return grids, others


def find_end(rows: Sequence[Row], start: int) -> tuple[int, list[Gap]]:
    """Return where the table that begins at a row ends, and the gaps between its columns, if one does."""
    gaps = first_gaps(rows[start])
    end = start + 1
    while len(gaps) >= FEWEST_COLUMNS - 1 and end < len(rows) and is_near(rows[end - 1], rows[end]):
        left = narrow_gaps(gaps, rows[end])
        if len(left) >= FEWEST_COLUMNS - 1 and (len(left) == len(gaps) or end - start < FEWEST_ROWS):
            gaps = left
        elif not is_spanning(rows, end, gaps):
            break
        end += 1
    return end, gaps if len(gaps) >= FEWEST_COLUMNS - 1 else []


def first_gaps(row: Row) -> list[Gap]:
    """Return the gaps in the first row of a table: three groups far apart, or a head that begins with STT."""
    words = [word for group in row for word in group]
    if len(row) < FEWEST_COLUMNS and words[0].text not in ("STT", "TT"):
        return []
    pairs = ((before.right, after.left) for before, after in pairwise(words))
    return [gap for gap in pairs if gap[1] - gap[0] >= NARROWEST]


def is_near(row: Row, below: Row) -> bool:
    """Return whether a row stands so near below another that it may be of the same table."""
    return row[0][0].y - below[0][0].y <= FARTHEST * row[0][0].size


def narrow_gaps(gaps: Sequence[Gap], row: Row) -> list[Gap]:
    """Return what a row leaves of the gaps between columns."""
    left: list[Gap] = []
    for low, high in gaps:
        for word in (word for group in row for word in group):
            if word.left < high and word.right > low:
                if (word.left + word.right) / 2 < (low + high) / 2:
                    low = max(low, word.right)
                else:
                    high = min(high, word.left)
        if high - low >= NARROWEST:
            left.append((low, high))
    return left


def is_spanning(rows: Sequence[Row], place: int, gaps: Sequence[Gap]) -> bool:
    """Return whether a row heads a group: it goes over the columns, and the next row keeps to them."""
    if (
        len(rows[place]) > FEWEST_COLUMNS - 1
        or place + 1 >= len(rows)
        or not is_near(rows[place], rows[place + 1])
    ):
        return False
    below = rows[place + 1]
    edges = [(low + high) / 2 for low, high in gaps]
    is_filled = sum(map(bool, split_at_edges(below, edges))) >= FEWEST_COLUMNS
    return is_filled and len(narrow_gaps(gaps, below)) == len(gaps)


def read_aligned(rows: Sequence[Row], gaps: Sequence[Gap], page: int) -> Grid | None:
    """Return the table that some rows make; None if they are too few to be one."""
    edges = [(low + high) / 2 for low, high in gaps]
    lines = [split_at_edges(row, edges) for row in rows]
    if sum(sum(map(bool, line)) >= FEWEST_COLUMNS for line in lines) < FEWEST_ROWS:
        return None
    widths = [
        column_width([line[column] for line in lines], edge) for column, edge in enumerate((*edges, END))
    ]
    records = [
        tuple(
            cell_text(words, width) if (words := [word for line in record for word in line[column]]) else ""
            for column, width in enumerate(widths)
        )
        for record in group_lines(lines)
    ]
    first = [min(word.left for line in lines for word in line[column]) for column in range(len(widths))]
    ys = [row[0][0].y for row in rows]
    return Grid(tuple(records), tuple(first), max(ys) + 1, min(ys), page)


def split_at_edges(row: Row, edges: Sequence[float]) -> list[list[Word]]:
    """Return the words of a row by column; what goes over the edges of columns stays in its first one."""
    cells: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    column, before = 0, None
    for word in (word for group in row for word in group):
        here = sum(edge < (word.left + word.right) / 2 for edge in edges)
        is_apart = before is None or word.left - before.right >= NARROWEST - 1
        if is_apart or here < column:
            column = here
        cells[column].append(word)
        before = word
    return cells


def column_width(cells: Sequence[Sequence[Word]], edge: float) -> float:
    """Return the width of the widest line of a column that ends at its edge."""
    lines = [words for words in cells if words and words[-1].right <= edge]
    return max((words[-1].right - words[0].left for words in lines), default=0.0)


def group_lines(lines: Sequence[list[list[Word]]]) -> list[list[list[list[Word]]]]:
    """Return the lines of a table in groups that are one row each: by gaps between them, or by numbers."""
    heights = [next(word.y for cell in line for word in cell) for line in lines]
    steps = [above - below for above, below in pairwise(heights)]
    usual = min(steps, default=0.0)
    has_gaps = any(step > LARGE_STEP * usual for step in steps) and any(
        step <= LARGE_STEP * usual for step in steps
    )
    has_numbers = sum(bool(line[0]) for line in lines) > 1
    groups = [[lines[0]]]
    for line, step in zip(lines[1:], steps, strict=True):
        begins = step > LARGE_STEP * usual if has_gaps else bool(line[0]) or not has_numbers
        if begins:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups
