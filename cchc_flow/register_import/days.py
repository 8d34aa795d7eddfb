"""Decides in which order the days of a column are written: is 03/04 in April, or in March?

With us the day comes first. A day that fits only one order decides for its column; if none does, the column
is read in our order and that is told.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import msgspec

from cchc_flow.register_import.cells import Cell, Line, number_ranges
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.definition import Field

DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
MONTHS = 12
MIXED = (
    "là ngày thật của bảng tính, còn ô khác trong cột ghi ngày bằng chữ; bảng gõ theo lối Anh, Mỹ thường bị"
    " đổi chỗ ngày và tháng như vậy, hãy định dạng cả cột là Văn bản rồi gõ lại"
)
Written = tuple[int, int, int]
Tell = Callable[[str], None]


class _Column:
    """The cells of a column of days, by the place of their lines."""

    def __init__(self, title: str, lines: Sequence[Line], cells: Mapping[int, Cell]) -> None:
        self.title, self.lines, self.cells = title, lines, cells
        self.written = {place: day for place, cell in cells.items() if (day := _written(cell))}

    def settle(self, tell: Tell) -> dict[int, Cell]:
        """Return the cells that change."""
        day_first = any(first > MONTHS for first, _, _ in self.written.values())
        month_first = any(second > MONTHS for _, second, _ in self.written.values())
        if day_first:
            return self._refuse_swapped()
        if month_first:
            return self._read_month_first(tell)
        self._tell_unsure(tell)
        return {}

    def _refuse_swapped(self) -> dict[int, Cell]:
        """Return the days of a sheet as faults if all may be swapped ones, beside days that stayed text.

        Where the month comes first, 25/03/2026 stays text when it is typed, and 03/04/2026 is the fourth of
        March.
        """
        real = {place: cell for place, cell in self.cells.items() if cell.day}
        if all(cell.day and cell.day.day <= MONTHS for cell in real.values()):
            return {place: msgspec.structs.replace(cell, fault=MIXED) for place, cell in real.items()}
        return {}

    def _read_month_first(self, tell: Tell) -> dict[int, Cell]:
        """Return the cells with their days, read with the month first, and tell that they are."""
        days = {place: day for place, pair in self.written.items() if (day := _month_first_day(pair))}
        if examples := [place for place in days if self.written[place][1] > MONTHS]:
            place = examples[0]
            tell(
                f"Cột «{self.title}» được đọc theo thứ tự tháng/ngày/năm, vì «{self.cells[place].text}» ở"
                f" dòng {self.lines[place].number} chỉ đọc được như vậy ({day_words(days[place])})."
            )
        return {place: msgspec.structs.replace(self.cells[place], day=day) for place, day in days.items()}

    def _tell_unsure(self, tell: Tell) -> None:
        """Tell which days fit both orders, and how they were read."""
        unsure = [place for place, (first, second, _) in self.written.items() if first != second]
        if unsure:
            day, month, year = self.written[unsure[0]]
            numbers = number_ranges(self.lines[place].number for place in unsure)
            tell(
                f"Cột «{self.title}», dòng {numbers}: ngày viết được hiểu theo hai cách; đã đọc theo thứ tự"
                f" ngày/tháng/năm, «{self.cells[unsure[0]].text}» là ngày {day} tháng {month} năm {year}."
            )


def settle_days(lines: Sequence[Line], columns: Mapping[int, Field], tell: Tell) -> list[Line]:
    """Return the lines with their written days settled; `tell` is called for a column with two orders."""
    settled = list(lines)
    for column, field in columns.items():
        if field.kind == "day":
            cells = {place: line.cells[column] for place, line in enumerate(lines) if column in line.cells}
            for place, cell in _Column(field.title, lines, cells).settle(tell).items():
                changed = {**settled[place].cells, column: cell}
                settled[place] = msgspec.structs.replace(settled[place], cells=changed)
    return settled


def _written(cell: Cell) -> Written | None:
    """Return the three numbers of a day that is written as text, None for anything else."""
    match = None if cell.day or cell.fault else DAY.fullmatch(cell.text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _month_first_day(written: Written) -> date | None:
    """Return the day in month, day and year, None if there is none."""
    month, day, year = written
    try:
        return date(year, month, day)
    except ValueError:
        return None
