"""The table as .xlsx: words as words, moments as moments; written line by line, so that a long one fits.

The last sheet says what the file is: which events, as of which position, and the checkpoint that covers them.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cchc_flow.audit.export_clauses import view_words
from cchc_flow.audit.exports.table import COLUMNS, READ, Cell, TableWriter
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.documents.xlsx import LONGEST_CELL
from cchc_flow.projections import directory

MOST_LINES = 1_048_575
"""How many lines a sheet can have below the heads of its columns."""
CUT = "… (một ô không chứa hết; xem đủ ở trang của sự kiện)"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LINE_HEIGHT, HIGHEST_ROW = 15, 409
FITS = 1.15
"""How many letters of this face fit where a column is one wide, in lines that break between words."""
MOMENT = "dd/mm/yyyy hh:mm:ss"


def write_xlsx(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write a line for each event; those that one sheet cannot hold are on the next."""
    table, lines, sheets = TableWriter(view), iter(records), 0
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        formats = _formats(workbook)
        for first in chain(islice(lines, 1), lines):
            sheets += 1
            sheet = workbook.add_worksheet("Nhật ký" if sheets == 1 else f"Nhật ký ({sheets})")
            _write_sheet(sheet, formats, table, chain([first], islice(lines, MOST_LINES - 1)))
        if not sheets:
            _write_sheet(workbook.add_worksheet("Nhật ký"), formats, table, ())
        _write_about(workbook.add_worksheet("Về tệp này"), formats, view)


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Any]:
    letters = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    return {
        "words": workbook.add_format(letters | {"text_wrap": True}),
        "number": workbook.add_format(letters),
        "moment": workbook.add_format(letters | {"num_format": MOMENT}),
        "head": workbook.add_format(letters | {"bold": True, "text_wrap": True, "bottom": 1}),
    }


def _write_sheet(
    sheet: Worksheet, formats: dict[str, Any], table: TableWriter, records: Iterable[Record]
) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, formats["head"])
    last = 0
    for last, record in enumerate(records, 1):
        cells = table.line(record)
        sheet.set_row(last, _height(cells))
        for place, cell in enumerate(cells):
            _write_cell(sheet, last, place, cell, formats)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.print_area(0, 0, last, READ - 1)


def _height(cells: list[Cell]) -> float:
    """Return the height in points of a row in which the columns for reading show all their words.

    Programs that open the file do not all work it out themselves.
    """
    columns = zip(cells[:READ], COLUMNS, strict=False)
    lines = max(ceil(len(cell) / (column.width * FITS)) for cell, column in columns if isinstance(cell, str))
    return min(LINE_HEIGHT * max(lines, 1), HIGHEST_ROW)


def _write_cell(sheet: Worksheet, line: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    match cell:
        case int():
            sheet.write_number(line, place, cell, formats["number"])
        case datetime():
            sheet.write_datetime(line, place, cell, formats["moment"])
        case str() if cell:
            words = cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - len(CUT)] + CUT
            sheet.write_string(line, place, words, formats["words" if place < READ else "number"])


def _write_about(sheet: Worksheet, formats: dict[str, Any], view: EventView) -> None:
    """Write what the file is: the commune, the filters, and the newest checkpoint."""
    filters = view_words(view.filters, directory.names(view.db)).removeprefix("bộ lọc: ")
    note, key = view.ws.log.checkpoint_at(view.upto)
    facts = (
        ("Không gian làm việc", view.ws.title),
        ("Bộ lọc", filters or "toàn bộ nhật ký"),
        ("Từ ngữ đã tìm", view.words),
        ("Tính đến sự kiện số", str(view.upto)),
        ("Dấu niêm phong", note),
        ("Khóa kiểm tra", key),
        (
            "Mã băm lá",
            "SHA-256 của byte 00 và nguyên văn sự kiện (RFC 6962); tải nguyên văn dạng .jsonl để tính lại.",
        ),
    )
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for line, (title, words) in enumerate((title, words) for title, words in facts if words):
        sheet.write_string(line, 0, title, formats["head"])
        sheet.write_string(line, 1, words, formats["words"])
