"""Reads a .csv: UTF-8, its cells divided by the sign that gives the most known headings."""

import csv
import io
from collections.abc import Callable, Iterator

from cchc_flow.errors import BadInput
from cchc_flow.register_import.cells import Cell, Line, Table, text_cell
from cchc_flow.register_import.limits import refuse_many_lines
from cchc_flow.register_import.workbooks import SAVE_AGAIN

DELIMITERS = ",;\t"
DECLARATION = "sep="
"""Excel's own first line, which names the delimiter and is no line of the table."""
FORMULA = "là công thức (bắt đầu bằng dấu =); hãy ghi kết quả của nó"


def read_text_file(content: bytes, is_heading: Callable[[str], bool]) -> Table:
    """Return the lines of a .csv as they stand there; raise BadInput for one that cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("Tệp .csv không phải UTF-8.", SAVE_AGAIN) from None
    lines: list[Line] = []
    width = 0
    for number, cells in _records(text, _delimiter(text, is_heading)):
        if not lines:
            refuse_many_lines(number)
        if found := {column: cell for column, words in enumerate(cells) if (cell := _cell(words))}:
            width = width or len(cells)
            lines.append(Line(number, found))
            refuse_many_lines(len(lines))
    return Table(lines, width=width)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with their numbers, counted as a spreadsheet does; raise BadInput for an open quote."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1 and text.lower().startswith(DECLARATION):
                continue
            yield number, cells
    except csv.Error:
        why = f"Tệp .csv hỏng ở dòng {number + 1}: dấu ngoặc kép không khớp, hoặc ô quá dài."
        raise BadInput(why, SAVE_AGAIN) from None


def _delimiter(text: str, is_heading: Callable[[str], bool]) -> str:
    """Return the sign between the cells: the one the file declares, else what gives the most headings."""
    if text.lower().startswith(DECLARATION) and text[len(DECLARATION) : len(DECLARATION) + 1] in DELIMITERS:
        return text[len(DECLARATION)]
    return max(DELIMITERS, key=lambda delimiter: _score(text, delimiter, is_heading))


def _score(text: str, delimiter: str, is_heading: Callable[[str], bool]) -> tuple[int, int]:
    """Return how many cells of the head are known headings, and how many cells it has."""
    try:
        head = next(filter(any, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), [])
    except csv.Error:
        return 0, 0
    return sum(map(is_heading, head)), len(head)


def _cell(words: str) -> Cell | None:
    """Return a cell as it stands in the file, None for blanks; a formula is at fault: nobody counted it."""
    cell = text_cell(words)
    if cell.text.startswith("=") and len(cell.text) > 1:
        return Cell(cell.text, fault=FORMULA)
    return cell if cell.text or cell.fault else None
