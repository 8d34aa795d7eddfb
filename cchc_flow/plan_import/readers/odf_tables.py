"""Builds a table from the events of an OpenDocument walk; a merged cell repeats its text in every place."""

from lxml import etree

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.readers.odf_xml import TABLE, whole_number
from cchc_flow.plan_import.readers.tables import WIDEST, TableSize

MOST_REPEATS = 100
Cover = tuple[str, int]
"""The text of a cell that spans others, and the last row that it reaches."""


class OdfTable:
    """A table that is being read; call `build` at its end."""

    def __init__(self) -> None:
        self._size = TableSize()
        self._rows: list[tuple[str, ...]] = []
        self._row: list[str] = []
        self._lines: list[str] = []
        self._covers: dict[int, Cover] = {}

    def start_row(self) -> None:
        """Begin a row."""
        self._row = []

    def start_cell(self) -> None:
        """Begin a cell."""
        self._lines = []

    def add_text(self, text: str) -> None:
        """Add a line of text to the current cell."""
        if text:
            self._lines.append(text)

    def end_cell(self, cell: etree._Element) -> None:
        """Add a cell to the row, as often as it is repeated, and note the places that it covers."""
        text, column = "\n".join(self._lines), len(self._row)
        last_row = len(self._rows) + whole_number(cell, f"{TABLE}number-rows-spanned", 1) - 1
        width = min(whole_number(cell, f"{TABLE}number-columns-spanned", 1), WIDEST)
        self._covers |= dict.fromkeys(range(column, column + width), (text, last_row))
        self._row.extend([text] * self._repeats(cell))
        self._lines = []

    def end_covered_cell(self, cell: etree._Element) -> None:
        """Add the text of the cell that covers this one."""
        for _ in range(self._repeats(cell)):
            text, last_row = self._covers.get(len(self._row), ("", -1))
            self._row.append(text if last_row >= len(self._rows) else "")
        self._lines = []

    def _repeats(self, cell: etree._Element) -> int:
        """Return how many columns a cell stands for, as far as the table may be wide."""
        return max(min(whole_number(cell, f"{TABLE}number-columns-repeated", 1), WIDEST - len(self._row)), 0)

    def end_row(self, row: etree._Element) -> None:
        """Add the current row; one that is repeated stands for several unless it is empty."""
        repeats = whole_number(row, f"{TABLE}number-rows-repeated", 1) if any(self._row) else 1
        if self._row:
            self._size.add(self._row, min(repeats, MOST_REPEATS))
            self._rows.extend([tuple(self._row)] * min(repeats, MOST_REPEATS))

    def build(self) -> Table:
        """Return the table with the rows that were read."""
        return Table(tuple(self._rows))

    def as_text(self) -> str:
        """Return the text of a nested table: its rows as lines, a merged cell once."""
        return "\n".join(" ".join(dict.fromkeys(row)).strip() for row in self._rows)
