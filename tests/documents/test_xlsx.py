"""The produced .xlsx, read again: sheets, types of cells, no formulas."""

import io
from datetime import date, datetime
from decimal import Decimal

import msgspec
import openpyxl
from support.documents import REPORT, TASKS

from cchc_flow.documents.blocks import Column, Number, Row, Table
from cchc_flow.documents.xlsx import write_xlsx


def read(table: Table) -> openpyxl.Workbook:
    document = msgspec.structs.replace(REPORT, blocks=(table,), appendices=())
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(document)))


def test_numbers_and_days_keep_their_types() -> None:
    sheet = read(TASKS).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]] == ["TT", "Công việc", "Số lượng", "Hạn"]
    assert sheet["A5"].value == "1. Cải cách thể chế"
    number, words, amount, day = (cell.value for cell in sheet[6])
    assert (number, words, amount) == (1, "Rà soát văn bản đợt 1", 1250.5)
    assert isinstance(day, datetime) and day.date() == date(2026, 6, 5)
    assert sheet["D6"].number_format == "dd/mm/yyyy"


def test_a_figure_is_a_number_with_its_unit_and_as_many_places_as_it_has() -> None:
    figures = (
        Number("14", "a", Decimal(14)),
        Number("98,5\N{NO-BREAK SPACE}%", "b", Decimal("98.5")),
        Number("1.250 văn bản", "c", Decimal(1250)),
        Number("05", "d", Decimal(5)),
        Number("Chưa có số liệu", "e"),
    )
    sheet = read(Table((Column("Số", "number"),), tuple(Row((one,)) for one in figures))).active
    assert sheet is not None
    cells = [sheet.cell(line, 1) for line in range(5, 10)]
    assert [cell.value for cell in cells] == [14, 98.5, 1250, "05", "Chưa có số liệu"]
    assert [cell.number_format for cell in cells[:3]] == [
        "#,##0",
        '#,##0.0"\N{NO-BREAK SPACE}%"',
        '#,##0" văn bản"',
    ]


def test_words_that_look_like_a_formula_or_an_address_stay_words() -> None:
    words = ("=1+1", "http://example.org", "+84 90", "@SUM(A1)", "1.10", "007")
    sheet = read(Table((Column("Chữ"),), tuple(Row((one,)) for one in words))).active
    assert sheet is not None
    cells = [sheet.cell(line, 1) for line in range(5, 5 + len(words))]
    assert [(cell.value, cell.data_type) for cell in cells] == [(one, "s") for one in words]
    assert not any(cell.hyperlink for cell in cells)


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_written_as_words() -> None:
    sheet = read(Table((Column("Số", "number"),), (Row((Decimal("12345678901234567"),)),))).active
    assert sheet is not None and sheet["A5"].value == "12.345.678.901.234.567"


def test_each_table_has_a_sheet_with_a_name_that_sheets_can_have() -> None:
    names = [
        "Bảng số liệu: kỳ [1/2026] rất dài và còn dài hơn nữa",
        "Bảng số liệu: kỳ [1/2026] rất dài và khác",
    ]
    tables = tuple(Table((Column("A"),), (Row((1,)),), name) for name in names)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(msgspec.structs.replace(REPORT, blocks=tables))))
    assert len(set(map(str.casefold, book.sheetnames))) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert book.sheetnames[-1] == "Danh sách nhiệm vụ"


def test_a_document_without_tables_has_its_title_alone() -> None:
    document = msgspec.structs.replace(REPORT, blocks=(), appendices=())
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(document))).active
    assert sheet is not None and sheet["A1"].value == REPORT.title


def test_an_empty_cell_is_empty_and_a_day_before_1900_does_not_break_the_file() -> None:
    sheet = read(Table((Column("A"), Column("B", "day")), (Row((None, date(1890, 1, 1))),))).active
    assert sheet is not None and (sheet["A5"].value, sheet["B5"].value) == (None, "01/01/1890")
