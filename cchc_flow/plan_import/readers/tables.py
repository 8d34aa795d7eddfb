"""A table while it is being read: a cell that spans columns or rows has its text in each of them."""

from lxml import etree

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.readers.word_xml import W, child_value, parse_whole_number

WIDEST = 64


class TableBuilder:
    """Rows and cells as they come; `closed` gives the table once its end was read."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, ...]] = []
        self._row: list[str] = []
        self._lines: list[str] = []
        self._width = 1
        self._goes_on = False
        self._dropped = False

    def start_row(self) -> None:
        self._row, self._dropped = [], False

    def start_cell(self) -> None:
        self._lines, self._width, self._goes_on = [], 1, False

    def cell_spans(self, properties: etree._Element) -> None:
        self._width = min(max(parse_whole_number(child_value(properties, "gridSpan"), 1), 1), WIDEST)
        merge = properties.find(f"{W}vMerge")
        self._goes_on = merge is not None and merge.get(f"{W}val") != "restart"

    def drop_row(self) -> None:
        """Forget the row: it was deleted with tracked changes."""
        self._dropped = True

    def add_text(self, text: str) -> None:
        if text:
            self._lines.append(text)

    def end_cell(self) -> None:
        text = self._above() if self._goes_on else "\n".join(self._lines)
        self._row.extend([text] * self._width)

    def end_row(self) -> None:
        if self._row and not self._dropped:
            self._rows.append(tuple(self._row[:WIDEST]))

    def closed(self) -> Table:
        return Table(tuple(self._rows))

    def as_text(self) -> str:
        return "\n".join(" ".join(row) for row in self._rows)

    def _above(self) -> str:
        place = len(self._row)
        return self._rows[-1][place] if self._rows and place < len(self._rows[-1]) else ""
