"""The table as .csv (RFC 4180): UTF-8 with a mark at its begin, by which spreadsheets know it.

Moments are written 2026-03-05 08:00:00: in that order every spreadsheet of every country reads the same day.
"""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cchc_flow.audit.exports.table import COLUMNS, Cell, TableWriter
from cchc_flow.audit.exports.view import EventView, Record

BEGINS_FORMULA = tuple("=+-@\t\r＝＋－＠")


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
        case str() if cell.lstrip(" ").startswith(BEGINS_FORMULA):
            return f"'{cell}"
        case _:
            return cell
