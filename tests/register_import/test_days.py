"""Days: of sheets, of programs that shift them, and written ones that fit two orders."""

from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest
from register_import.reading import Reading, read
from support.tables import DAY_STYLE, raw_workbook, row, saved, text_file


def written(*days: str) -> Reading:
    """Read a .csv with a column of days."""
    return read(text_file(("Tên", "Ngày tiếp nhận"), *[("Việc", day) for day in days]), "bang.csv")


def in_sheet(*days: object, code: str = "dd/mm/yyyy", column: str = "Ngày tiếp nhận") -> Reading:
    """Read a workbook with a column of days in one format."""
    book = openpyxl.Workbook()
    book.active.append(("Mã", column))
    for number, day in enumerate(days, 2):
        book.active.append(("A", day))
        if not isinstance(day, str):
            book.active.cell(number, 2).number_format = code
    return read(saved(book))


def as_written_by(*values: str, attributes: str = "") -> Reading:
    """Read a workbook whose days are stored with these numbers, in the format dd/mm/yyyy."""
    cells = [f'<c s="{DAY_STYLE}"{attributes}><v>{value}</v></c>' for value in values]
    rows = [row(number, "Việc", cell) for number, cell in enumerate(cells, 2)]
    return read(raw_workbook(row(1, "Tên", "Ngày tiếp nhận") + "".join(rows)))


# Days of sheets


@pytest.mark.parametrize(
    "code", ["dd/mm/yyyy", "d/m/yy", "yyyy-mm-dd", "d-mmm-yy", "[$-42A]dd mmmm yyyy;@", "mm-dd-yy"]
)
def test_a_day_of_a_sheet_is_that_day_however_it_is_shown(code: str) -> None:
    assert in_sheet(date(2026, 4, 3), date(2026, 3, 25), code=code).values("day") == [
        "2026-04-03",
        "2026-03-25",
    ]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", "03/04/2026"),
        ("d/m/yy", "3/4/26"),
        ("yyyy-mm-dd", "2026-04-03"),
        ("mm-dd-yy", "03/04/2026"),  # number 14: the short form of the machine's country
        ('"ngày" d "tháng" m', "ngày 3 tháng 4"),
        ("mm/yyyy", "04/2026"),
        ("dd/mm/yyyy hh:mm", "03/04/2026 14:05"),
    ],
)
def test_a_day_among_words_is_stored_as_it_is_shown(code: str, shown: str) -> None:
    moment = datetime(2026, 4, 3, 14, 5)  # noqa: DTZ001  # a cell knows no zone
    assert in_sheet(moment, code=code, column="Tên").rows[0].data["title"] == shown


def test_a_cell_that_shows_no_whole_day_is_none() -> None:
    assert [row.data["day"] for row in in_sheet(date(2026, 11, 1), code="mm/yyyy").rows] == ["11/2026"]
    assert [row.data["day"] for row in in_sheet(date(2026, 11, 1), code="dd/mm").rows] == ["01/11"]


def test_a_month_is_a_period_however_excel_shows_it() -> None:
    for code in ("mm/yyyy", "mmm-yy", "dd/mm/yyyy"):
        assert in_sheet(date(2026, 11, 1), code=code, column="Kỳ").values("period") == ["2026-11"]
    assert in_sheet(date(2026, 11, 2), column="Kỳ").values("period") == ["2026-11-02"]  # refused as no period


def test_a_month_that_exceljs_wrote_one_day_early_is_refused() -> None:
    moment = datetime(2026, 10, 31, 17)  # noqa: DTZ001  # a cell knows no zone
    for code in ("mm/yyyy", "mmm-yy", "dd/mm/yyyy"):
        (fault,) = in_sheet(moment, code=code, column="Kỳ").faults
        assert "có lẽ là ngày 01/11/2026" in fault


# Programs that shift days: the numbers are those that ExcelJS 4.4.0 and SheetJS 0.18.5 wrote in our zone


@pytest.mark.parametrize(
    ("number", "hour", "before", "meant"),
    [
        ("46081.70833333333", 17, "28/02/2026", "01/03/2026"),
        ("32873.708333333336", 17, "31/12/1989", "01/01/1990"),
        ("25719.666666666668", 16, "31/05/1970", "01/06/1970"),  # Sài Gòn was eight hours ahead then
    ],
)
def test_a_day_that_exceljs_wrote_one_day_early_is_refused_and_named(
    number: str, hour: int, before: str, meant: str
) -> None:
    assert as_written_by(number).faults == [
        f"Dòng 2: Hãy nhập ngày tiếp nhận: ô B2 ghi {hour} giờ ngày {before},"
        f" có lẽ là ngày {meant} bị phần mềm xuất tệp ghi lùi."
    ]


@pytest.mark.parametrize("number", ["46082.00034722222", "46082.0000462963"])
def test_a_day_that_sheetjs_wrote_some_seconds_late_is_that_day_and_told(number: str) -> None:
    reading = as_written_by(number, "46083")
    assert reading.values("day") == ["2026-03-01", "2026-03-02"]
    assert reading.notes == [
        "Cột «Ngày tiếp nhận», dòng 2: ô có vài giây sau 0 giờ, do phần mềm xuất tệp ghi thêm;"
        " đã lấy ngày như ô hiện ra."
    ]


def test_a_day_in_words_is_that_day() -> None:
    reading = as_written_by("2026-03-01T00:00:00.000Z", attributes=' t="d"')
    assert reading.values("day") == ["2026-03-01"]
    assert (
        "có lẽ là ngày 01/03/2026" in as_written_by("2026-02-28T17:00:00.000Z", attributes=' t="d"').faults[0]
    )


def test_a_time_of_day_beside_the_day_is_left_out_and_told() -> None:
    moment = datetime(2026, 3, 1, 14, 30)  # noqa: DTZ001  # a cell knows no zone
    reading = in_sheet(moment, code="dd/mm/yyyy hh:mm")
    assert reading.values("day") == ["2026-03-01"]
    assert reading.notes == ["Cột «Ngày tiếp nhận», dòng 2: ô ghi cả giờ; chỉ ngày được ghi vào sổ."]


# Written days


@pytest.mark.parametrize(
    ("days", "stored"),
    [
        (("03/04/2026", "25/03/2026"), ("03/04/2026", "25/03/2026")),
        (("2026-04-03", "5/5/2026"), ("2026-04-03", "5/5/2026")),
        (("31/12/2026",), ("31/12/2026",)),
    ],
)
def test_written_days_are_in_our_order_where_one_of_them_says_so(
    days: Sequence[str], stored: Sequence[str]
) -> None:
    reading = written(*days)
    assert reading.values("day") == [*stored] and reading.notes == []


def test_a_column_with_a_day_that_fits_only_the_other_order_is_read_in_that_order_and_told() -> None:
    reading = written("03/04/2026", "03/25/2026")
    assert reading.values("day") == ["2026-03-04", "2026-03-25"]
    assert reading.notes == [
        "Cột «Ngày tiếp nhận» được đọc theo thứ tự tháng/ngày/năm, vì «03/25/2026» ở dòng 3"
        " chỉ đọc được như vậy (25/03/2026)."
    ]


def test_days_of_both_orders_in_one_column_are_left_as_they_are_and_one_is_refused() -> None:
    assert written("25/03/2026", "03/26/2026").values("day") == ["25/03/2026", "03/26/2026"]


def test_days_that_all_fit_both_orders_are_read_in_ours_and_told() -> None:
    reading = written("03/04/2026", "05/05/2026", "01/02/2026")
    assert reading.values("day") == ["03/04/2026", "05/05/2026", "01/02/2026"]
    assert reading.notes == [
        "Cột «Ngày tiếp nhận», dòng 2, 4: ngày viết được hiểu theo hai cách; đã đọc theo thứ tự"
        " ngày/tháng/năm, «03/04/2026» là ngày 3 tháng 4 năm 2026."
    ]


def test_days_that_excel_swapped_beside_days_that_stayed_text_are_refused() -> None:
    """Typed into an English Excel, 03/04/2026 becomes the fourth of March, and 25/03/2026 stays text."""
    reading = in_sheet(date(2026, 3, 4), "25/03/2026", date(2026, 1, 2))
    assert [row.line for row in reading.rows if row.fault] == [2, 4]
    assert "đổi chỗ ngày và tháng" in reading.faults[0]
    early = datetime(2026, 2, 28, 17)  # noqa: DTZ001  # as ExcelJS writes the first of March
    assert [row.line for row in in_sheet(date(2026, 3, 4), early).rows if row.fault] == [3]
    assert in_sheet(date(2026, 3, 14), "25/03/2026").values("day") == ["2026-03-14", "25/03/2026"]
