"""Writes the tables of a document as .xlsx: a sheet for each table, cells with their types, no formulas."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cchc_flow.documents import form
from cchc_flow.documents.blocks import Block, Cell, Document, Number, Row, Table
from cchc_flow.documents.pages import cell_words
from cchc_flow.workflow.shares import format_number, roman_numeral

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACE = "Times New Roman"
NUMBER_FORMAT, DAY_FORMAT = "#,##0", "dd/mm/yyyy"
WIDTH = 1.3
"""How many characters of a sheet one unit of a column's width is: a table of 100 units fills A4 across."""
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LONGEST_NAME = 31
LONGEST_CELL = 32_767
CUT = "… (một ô của Excel không chứa hết; xem đủ ở tệp Word)"
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets have no days before 1900, and count a 29/02/1900 that never was."""
MOST_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; a longer one is written as words."""


def write_xlsx(document: Document) -> bytes:
    """Return the tables of a document as the bytes of a workbook; one without tables has its title alone."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as workbook:
        document = form.clean_document(document)
        workbook.set_properties({"title": document.title, "author": document.issuer})
        _Sheets(workbook, document).write()
    return written.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook, document: Document) -> None:
        self.workbook, self.document = workbook, document
        letters = {"font_name": FACE, "font_size": 12, "valign": "top"}
        boxed = self.boxed = letters | {"border": 1, "text_wrap": True}
        self.title = workbook.add_format(letters | {"bold": True, "font_size": 13})
        self.small = workbook.add_format(letters | {"font_size": 8})
        self.head = workbook.add_format(boxed | {"bold": True, "align": "center", "valign": "vcenter"})
        self.group = workbook.add_format(boxed | {"bold": True})
        self.formats: dict[str, Any] = {
            "words": workbook.add_format(boxed),
            "number": workbook.add_format(boxed | {"align": "right"}),
            "day": workbook.add_format(boxed | {"num_format": DAY_FORMAT, "align": "center"}),
        }

    def write(self) -> None:
        """Write a sheet for each table."""
        taken: set[str] = set()
        for table, name in _named_tables(self.document):
            self._write_sheet(self.workbook.add_worksheet(_sheet_name(name, taken)), table, name)
        if not taken:
            self.workbook.add_worksheet("Văn bản").write_string(0, 0, _fit(self.document.title), self.title)

    def _write_sheet(self, sheet: Worksheet, table: Table, name: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, _fit(self.document.title), self.title)
        sheet.write_string(1, 0, _fit(name), self.title)
        if self.document.seal:
            sheet.write_string(2, 0, _fit(self.document.seal.words), self.small)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width * WIDTH)
            sheet.write_string(3, place, _fit(column.title), self.head)
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        for line, row in enumerate(table.rows, 4):
            self._write_row(sheet, line, row, table)

    def _write_row(self, sheet: Worksheet, line: int, row: Row, table: Table) -> None:
        if row.heading:
            words = _fit(cell_words(row.cells[0]))
            last = len(table.columns) - 1
            if last:
                sheet.merge_range(line, 0, line, last, words, self.group)
            else:
                sheet.write_string(line, 0, words, self.group)
            return
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            self._write_cell(sheet, line, place, cell, column.kind)

    def _write_cell(self, sheet: Worksheet, line: int, place: int, cell: Cell, kind: str) -> None:
        look = self.formats[kind]
        match cell:
            case None:
                sheet.write_blank(line, place, None, look)
            case date() if cell >= FIRST_DAY:
                sheet.write_datetime(line, place, cell, self.formats["day"])
            case int() | Decimal() if _fits(cell):
                sheet.write_number(line, place, cell, self._number_look(Decimal(cell)))
            case Number(words=words, value=Decimal() as value) if (unit := _unit(words, value)) is not None:
                sheet.write_number(line, place, value, self._number_look(value, unit))
            case Number(words=words) | str(words):
                sheet.write_string(line, place, _fit(words), look)
            case _:
                sheet.write_string(line, place, _fit(cell_words(cell)), look)

    def _number_look(self, value: Decimal, unit: str = "") -> Any:
        """Return the format of a number: its own decimal places, and the unit after it."""
        places = max(0, -int(value.as_tuple().exponent))
        code = NUMBER_FORMAT + (f".{'0' * places}" if places else "") + (f'"{unit}"' if unit else "")
        if code not in self.formats:
            look = self.boxed | {"num_format": code, "align": "right"}
            self.formats[code] = self.workbook.add_format(look)
        return self.formats[code]


def _fits(number: int | Decimal) -> bool:
    return len(Decimal(number).as_tuple().digits) <= MOST_DIGITS


def _unit(words: str, value: Decimal) -> str | None:
    """Return what stands after a number in words («%» in «98,5 %»); None for words that are not just it."""
    begin = format_number(value)
    unit = words[len(begin) :]
    is_plain = words.startswith(begin) and not set(unit) & set('"0123456789')
    return unit if is_plain and _fits(value) else None


def _fit(words: str) -> str:
    """Return words that a cell can hold; of longer ones the beginning, which says so."""
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - len(CUT)] + CUT


def _named_tables(document: Document) -> Iterator[tuple[Table, str]]:
    """Yield each table of a document and its appendices with what it is called."""
    parts: list[tuple[str, tuple[Block, ...]]] = [("", document.blocks)]
    parts += [(appendix.title, appendix.blocks) for appendix in document.appendices]
    for place, (title, blocks) in enumerate(parts):
        for block in blocks:
            if isinstance(block, Table):
                yield block, block.title or title or (f"Phụ lục {roman_numeral(place)}" if place else "Bảng")


def _sheet_name(words: str, taken: set[str]) -> str:
    """Return a name that a sheet can have and no other has; `taken` then holds it."""
    bare = " ".join(form.clean_words(words).translate(FORBIDDEN_IN_NAMES).split()) or "Bảng"
    name, count = bare[:LONGEST_NAME].strip(), 1
    while name.casefold() in taken:
        count += 1
        ending = f" ({count})"
        name = bare[: LONGEST_NAME - len(ending)].strip() + ending
    taken.add(name.casefold())
    return name
