"""The table as .csv (RFC 4180): UTF-8 with a mark at its begin, by which spreadsheets know it.

Moments are written 2026-03-05 08:00:00: in that order every spreadsheet of every country reads the same day.
"""

import csv
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cchc_flow.audit.exports.table import COLUMNS, Cell, TableWriter
from cchc_flow.audit.exports.view import EventView, Record

BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
FORMULA_WITHIN = re.compile(r"(?<=[;\n])( *)(?=[=+@＝＋＠]|[-－]\S)")
"""Where a formula begins for a spreadsheet that takes semicolons for the ends of cells, as those of Việt Nam
do: quotation marks are none to it, so a line break in a cell begins a line."""


def write_csv(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write a line for each event below the heads of the columns."""
    table = TableWriter(view)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in COLUMNS])
        for record in records:
            writer.writerow([csv_cell(cell) for cell in table.line(record)])


def csv_cell(cell: Cell) -> str | int:
    """Return a cell as text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    match cell:
        case datetime():
            return cell.replace(microsecond=0).isoformat(sep=" ")
        case str():
            safe = FORMULA_WITHIN.sub(r"\1'", cell)
            return f"'{safe}" if cell.lstrip(" ").startswith(BEGINS_FORMULA) else safe
        case _:
            return cell
