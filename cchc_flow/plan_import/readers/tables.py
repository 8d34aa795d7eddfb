"""Builds a table from the events of an XML walk; a merged cell repeats its text in every place it covers."""

from collections.abc import Sequence

from lxml import etree

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.readers.word_xml import W, child_value, parse_whole_number

WIDEST = 64
MOST_CELLS, MOST_LETTERS = 100_000, 5_000_000


class TableSize:
    """How much a table holds, with the text of merged cells as often as it is repeated."""

    def __init__(self) -> None:
        self._cells = self._letters = 0

    def add(self, row: Sequence[str], times: int = 1) -> None:
        """Count a row; raise BadInput if the table is too large to be one of a plan."""
        self._cells += times * len(row)
        self._letters += times * sum(map(len, row))
        if self._cells > MOST_CELLS or self._letters > MOST_LETTERS:
            raise BadInput("Tệp có một bảng quá lớn để là bảng của một kế hoạch; tệp không được đọc.")


class TableBuilder:
    """A table that is being read; call `build` at its end."""

    def __init__(self) -> None:
        self._size = TableSize()
        self._rows: list[tuple[str, ...]] = []
        self._row: list[str] = []
        self._lines: list[str] = []
        self._width = 1
        self._continues_above = self._continues_left = False
        self._is_dropped = False

    def start_row(self) -> None:
        self._row, self._is_dropped = [], False

    def start_cell(self) -> None:
        self._lines, self._width = [], 1
        self._continues_above = self._continues_left = False

    def read_cell_properties(self, properties: etree._Element) -> None:
        """Note how many columns the cell spans, and whether it goes on from the row above."""
        self._width = min(max(parse_whole_number(child_value(properties, "gridSpan"), 1), 1), WIDEST)
        merge = properties.find(f"{W}vMerge")
        self._continues_above = merge is not None and merge.get(f"{W}val") != "restart"
        beside = properties.find(f"{W}hMerge")
        self._continues_left = beside is not None and beside.get(f"{W}val") != "restart"

    def read_row_properties(self, properties: etree._Element) -> None:
        """Leave the row out if a tracked change deleted it; note the columns before its first cell."""
        self._is_dropped = properties.find(f"{W}del") is not None
        before = parse_whole_number(child_value(properties, "gridBefore"), 0)
        self._row.extend([""] * min(max(before, 0), WIDEST))

    def add_text(self, text: str) -> None:
        """Add a line of text to the current cell."""
        if text:
            self._lines.append(text)

    def end_cell(self) -> None:
        """Add the current cell to the row, once for each column that it spans."""
        text = "\n".join(self._lines)
        if self._continues_above:
            text = self._text_above()
        elif self._continues_left and self._row:
            text = self._row[-1]
        self._row.extend([text] * self._width)

    def end_row(self) -> None:
        """Add the current row to the table, unless it was dropped."""
        if self._row and not self._is_dropped:
            self._size.add(self._row[:WIDEST])
            self._rows.append(tuple(self._row[:WIDEST]))

    def build(self) -> Table:
        """Return the table with the rows that were read."""
        return Table(tuple(self._rows))

    def as_text(self) -> str:
        """Return the text of a nested table: its rows as lines, a merged cell once."""
        return "\n".join(" ".join(dict.fromkeys(row)).strip() for row in self._rows)

    def _text_above(self) -> str:
        """Return the text of the cell above the current one, or "" if there is none."""
        column = len(self._row)
        return self._rows[-1][column] if self._rows and column < len(self._rows[-1]) else ""
