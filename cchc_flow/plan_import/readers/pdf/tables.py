"""Joins the parts of a table that goes on over pages: its head repeated, cells broken where a page ends."""

from collections.abc import Sequence

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.readers.pdf.page import Grid
from cchc_flow.plan_import.readers.pdf.segments import join_texts

SAME_COLUMN = 6.0
MOST_HEAD_ROWS = 3
MOSTLY = 0.6
SENTENCE_ENDS = (".", ";", ":", "!", "?")
Cells = tuple[str, ...]


class Tables:
    """Takes the tables of pages one by one, and gives back each when it has ended."""

    def __init__(self) -> None:
        self._rows: list[Cells] = []
        self._last: Grid | None = None
        self._page = 0

    def add(self, grid: Grid) -> Table | None:
        """Take a table; return the one before it unless this one continues it."""
        if self._last is not None and continues(self._last, grid):
            self._join(grid)
            self._last = grid
            return None
        ended = self.end()
        self._rows, self._last, self._page = list(grid.rows), grid, grid.page
        return ended

    def end(self) -> Table | None:
        """Return the table that is being read; None if there is none."""
        rows, self._rows, self._last = self._rows, [], None
        return Table(tuple(rows), page=self._page) if rows else None

    def _join(self, grid: Grid) -> None:
        rows = list(grid.rows)
        repeated = repeated_head(self._rows, rows)
        rows = rows[repeated:]
        if rows and is_broken(self._rows, rows[0]):
            self._rows[-1] = join_rows(self._rows[-1], rows.pop(0))
        self._rows += rows


def continues(before: Grid, grid: Grid) -> bool:
    """Return whether a table has the columns of one on the page before it."""
    if grid.page != before.page + 1 or len(grid.columns) != len(before.columns):
        return False
    widths = zip(relative(before.columns), relative(grid.columns), strict=True)
    return all(abs(one - other) <= SAME_COLUMN for one, other in widths)


def relative(columns: Sequence[float]) -> list[float]:
    """Return where columns begin, from the first one on."""
    return [column - columns[0] for column in columns]


def repeated_head(rows: Sequence[Cells], more: Sequence[Cells]) -> int:
    """Return how many rows at the beginning repeat the head of the table."""
    count = 0
    while count < min(MOST_HEAD_ROWS, len(rows), len(more)) and rows[count] == more[count]:
        count += 1
    return count


def is_broken(rows: Sequence[Cells], row: Cells) -> bool:
    """Return whether a row continues the last one, which the end of a page broke."""
    if row[0] or not rows or len(set(rows[-1])) == 1:
        return False
    filled = [(before, after) for before, after in zip(rows[-1], row, strict=True) if after]
    is_mid_sentence = any(
        after[:1].islower() or (len(before) > 20 and not before.endswith(SENTENCE_ENDS))
        for before, after in filled
        if before
    )
    return is_mid_sentence or sum(bool(one[0]) for one in rows) >= MOSTLY * len(rows)


def join_rows(before: Cells, after: Cells) -> Cells:
    """Return a row with the rest of its cells, which stood on the next page."""
    return tuple(
        join_texts(one, other) if one and other else one or other
        for one, other in zip(before, after, strict=True)
    )
