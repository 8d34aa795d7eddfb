"""The table of a province's communes as .xlsx."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from cchc_flow.province.overview import Sighting
from cchc_flow.workflow.calendar import STANDINGS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (28, 14, 14, 14, 14, 14, 14, 26, 12, 14, 40)


def write_table(sightings: Sequence[Sighting], title: str, day: date) -> bytes:
    """Return the table: a row for each commune, with the position of its log that the figures are of."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True})
    sheet = book.add_worksheet("Các xã")
    sheet.write_string(0, 0, f"Tổng quan {title}, tính đến hết ngày {day:%d/%m/%Y}", bold)
    for column, (head, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, wrap)
    for row, sighting in enumerate(sightings, 3):
        for column, value in enumerate(_values(sighting)):
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                sheet.write_string(row, column, value)
    sheet.freeze_panes(3, 1)
    book.close()
    return buffer.getvalue()


def _heads() -> list[str]:
    return [
        "Xã, phường, đặc khu",
        *STANDINGS.values(),
        "Chỉ tiêu có nguy cơ hoặc không đạt",
        "Báo cáo quá hạn",
        "Chờ lâu nhất ở bước",
        "Số ngày chờ",
        "Đến sự kiện số",
        "Ghi chú",
    ]


def _values(sighting: Sighting) -> list[int | str]:
    summary = sighting.summary
    if summary is None:
        return [sighting.commune.title, *[""] * 9, sighting.trouble or "Chưa đọc"]
    longest = summary.longest
    return [
        sighting.commune.title,
        *(getattr(summary.counts, str(side)) for side in STANDINGS),
        summary.targets_behind,
        summary.late_reports,
        longest.title if longest else "",
        longest.days if longest else "",
        summary.position,
        " ".join([*(["Số liệu cũ."] if sighting.is_old else []), sighting.trouble, *summary.faults]).strip(),
    ]
