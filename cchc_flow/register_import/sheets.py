"""Reads the sheet of an .xlsx that people see first, as it is shown; what is hidden is left out and told."""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import islice

import msgspec
from lxml import etree

from cchc_flow.register_import.cells import (
    UNREADABLE,
    Cell,
    Line,
    Table,
    column_name,
    number_ranges,
    text_cell,
)
from cchc_flow.register_import.limits import refuse_many_cells, refuse_many_lines, refuse_many_places
from cchc_flow.register_import.moments import moment_cell, moment_of
from cchc_flow.register_import.number_formats import is_date_code, show_number, show_text
from cchc_flow.register_import.workbooks import ON, Workbook, damaged, elements, text_of

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
NOT_COUNTED = "là công thức chưa có kết quả trong tệp; hãy mở tệp bằng Excel rồi lưu lại"
NOT_SHOWN = "có số liệu nhưng định dạng của ô không cho hiện ra"
MERGED_ACROSS = "gộp qua nhiều cột"
MERGED_HEAD = "gộp với dòng dưới, mà tên cột chỉ được chiếm một dòng"
DAY_CODE = "dd/mm/yyyy"
LAST_COLUMN = 16_383
DIGITS = 15
"""Digits of a number that spreadsheets keep."""
Place = tuple[int, int]


class Merge(msgspec.Struct, frozen=True):
    """Cells that are shown as one, with the value of the first: their lines and columns, ends included."""

    top: int
    left: int
    bottom: int
    right: int


def read_sheet(content: bytes) -> Table:
    """Return the lines that people see when they open a workbook; raise BadInput for none or a damaged one.

    A formula has the value that was stored with it, and is at fault without one.
    """
    book = Workbook(content)
    sheet = book.first_seen()
    reader = _SheetReader(book)
    reader.read(book.read(sheet.part))
    others = [
        f"«{other.name}»" + (" (ẩn)" if other.is_hidden else "") for other in book.others_with_content(sheet)
    ]
    note = f"Chỉ đọc trang tính «{sheet.name}»; không đọc trang {', '.join(others)}."
    return reader.table([note] if others else [])


class _SheetReader:
    """Reads the rows of a sheet, then gives those that can be seen."""

    def __init__(self, book: Workbook) -> None:
        self._book, self._texts, self._formats = book, book.texts(), book.formats()
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[range] = []
        self._is_hidden = cache(self._lies_in_hidden_columns)
        self._cells = 0
        self._merges: dict[Place, Merge] = {}

    def read(self, xml: bytes) -> None:
        """Read a sheet's XML: what it says of columns, its rows, and which cells are merged."""
        number = 0
        for element in elements(xml, "col", "row", "mergeCell"):
            match etree.QName(element).localname:
                case "col":
                    self._read_column(element)
                case "row":
                    number = _whole(element.get("r"), number + 1)
                    self._read_row(number, element)
                case _:
                    self._read_merge(element.get("ref", ""))

    def table(self, notes: list[str]) -> Table:
        """Return the lines that can be seen, in order."""
        self._fill_merged_cells()
        lines, columns = [], set()
        for number in sorted(self._rows.keys() - self._hidden_rows):
            cells = self._rows[number]
            columns |= {column for column in cells if self._is_hidden(column)}
            if seen := {column: cells[column] for column in sorted(cells) if not self._is_hidden(column)}:
                lines.append(Line(number, seen))
        hidden = self._rows.keys() & self._hidden_rows
        notes += [f"Dòng ẩn không được đọc: {number_ranges(hidden)}."] if hidden else []
        names = ", ".join(column_name(column) for column in sorted(columns))
        notes += [f"Cột ẩn không được đọc: {names}."] if columns else []
        return Table(lines, tuple(notes), is_sheet=True)

    def _read_column(self, element: etree._Element) -> None:
        if element.get("hidden") in ON or element.get("width") in ("0", "0.0"):
            first, last = _whole(element.get("min"), 1), _whole(element.get("max"), 1)
            self._hidden_columns.append(range(first - 1, last))
            refuse_many_places(len(self._hidden_columns))

    def _read_row(self, number: int, row: etree._Element) -> None:
        """Read the cells of a row; one without content costs nothing."""
        cells: dict[int, Cell] = {}
        column = -1
        for element in row.iterchildren("{*}c"):
            reference = element.get("r")
            column = _place(reference)[1] if reference else column + 1
            if len(element) and (cell := self._read_cell(element)) is not None:
                cells[column] = cell
        if not cells:
            return
        self._rows.setdefault(number, {}).update(cells)
        self._cells += len(cells)
        refuse_many_lines(len(self._rows))
        refuse_many_cells(self._cells)
        if row.get("hidden") in ON or row.get("ht") in ("0", "0.0"):
            self._hidden_rows.add(number)

    def _read_cell(self, element: etree._Element) -> Cell | None:
        """Return what a cell shows, None for nothing."""
        kind, value = element.get("t", "n"), element.findtext("{*}v") or ""
        if element.find("{*}f") is not None and (self._book.recounts or not (value or kind == "str")):
            return Cell("", fault=NOT_COUNTED)
        code = self._code(element)
        if kind == "inlineStr":
            inline = element.find("{*}is")
            return _seen(show_text(code, text_of(inline))) if inline is not None else None
        if not value:
            return None
        match kind:
            case "s":
                return _seen(show_text(code, self._text(value)))
            case "b":
                return Cell("TRUE" if value in ON else "FALSE")
            case "str":
                return _seen(show_text(code, value))
            case "e":
                return Cell(value, fault=f"báo lỗi {value[:20]}")
            case "d":
                return moment_cell(_iso_moment(value), code if is_date_code(code) else DAY_CODE)
            case _:
                return self._number_cell(_number(value), code)

    def _number_cell(self, number: Decimal, code: str) -> Cell | None:
        """Return the cell that shows a number, or the moment that it stands for."""
        if is_date_code(code):
            moment = moment_of(number, self._book.is_1904)
            return text_cell("####") if moment is None else moment_cell(moment, code)
        shown = show_number(code, number)
        if shown.text is None:
            return Cell("", fault=UNREADABLE)
        if not shown.text:
            return Cell("", fault=NOT_SHOWN) if number else None
        return Cell(shown.text, shown.number, remark="rounded" if shown.is_rounded else "")

    def _code(self, element: etree._Element) -> str:
        style = _whole(element.get("s"), 0)
        return self._formats[style] if style < len(self._formats) else "General"

    def _text(self, index: str) -> str:
        try:
            return self._texts[int(index)]
        except (ValueError, IndexError):
            raise damaged() from None

    def _read_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if left in self._rows.get(top, ()):
            self._merges[top, left] = Merge(top, left, bottom, right)
            refuse_many_places(len(self._merges))

    def _fill_merged_cells(self) -> None:
        """Give the value of cells merged downwards to each line that has something of its own.

        Cells merged across columns belong to none of them, and a head may not reach into the lines below it.
        """
        lines = sorted(self._rows.keys() - self._hidden_rows)
        for merge in self._merges.values():
            cell = self._rows[merge.top][merge.left]
            if len(self._seen_columns(merge)) > 1:
                self._rows[merge.top][merge.left] = cell = Cell(cell.text, fault=MERGED_ACROSS)
            elif lines and merge.top == lines[0] and merge.bottom > merge.top:
                self._rows[merge.top][merge.left] = Cell(cell.text, fault=MERGED_HEAD)
                continue
            for line in lines:
                if merge.top < line <= merge.bottom:
                    self._rows[line].setdefault(merge.left, cell)

    def _seen_columns(self, merge: Merge) -> list[int]:
        """Return the first two columns of merged cells that can be seen."""
        columns = range(merge.left, min(merge.right, LAST_COLUMN) + 1)
        return [*islice((column for column in columns if not self._is_hidden(column)), 2)]

    def _lies_in_hidden_columns(self, column: int) -> bool:
        return any(column in columns for columns in self._hidden_columns)


def _seen(text: str) -> Cell | None:
    """Return a cell with text, None for blanks."""
    cell = text_cell(text)
    return cell if cell.text or cell.fault else None


def _number(value: str) -> Decimal:
    """Return a number as spreadsheets keep it, with 15 digits: 1.1000000000000001 is 1.1."""
    try:
        number = Decimal(f"{float(value):.{DIGITS}g}")
    except (ValueError, InvalidOperation):
        raise damaged() from None
    if not number.is_finite():
        raise damaged()
    return number


def _iso_moment(value: str) -> datetime:
    """Return the moment of a cell that has it in words, as SheetJS writes it; its zone means nothing."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None, microsecond=0)
    except ValueError:
        raise damaged() from None


def _place(reference: str) -> Place:
    """Return the line, from 1, and the column, from 0, of a reference such as C5."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise damaged()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column - 1 > LAST_COLUMN:
        raise damaged()
    return int(match[2]), column - 1


def _whole(words: str | None, otherwise: int) -> int:
    """Return a whole number from an attribute, `otherwise` without one; raise BadInput for other words."""
    if words is None:
        return otherwise
    if not words.isascii() or not words.isdigit() or len(words) > 9:
        raise damaged()
    return int(words)
