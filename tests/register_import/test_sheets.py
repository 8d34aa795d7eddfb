"""Workbooks are read as people see them; what cannot be seen or told is refused by line, or told."""

import time
from typing import Any

import openpyxl
import pytest
from register_import.reading import read
from support.tables import DAY_STYLE, raw_workbook, row, saved, sheet, text_cells

from cchc_flow.errors import BadInput

HEAD = ("Tên", "Mã")
MOVE = "; hãy xóa hoặc chuyển vào cột của nó."
TOP = row(1, *HEAD)


def styled(value: Any, code: str, column: str = "Tên") -> bytes:
    """Return a workbook with one cell of a value in a format, under a heading."""
    book = openpyxl.Workbook()
    book.active.append([column])
    book.active["A2"] = value
    book.active["A2"].number_format = code
    return saved(book)


# Which cells


def test_rows_below_a_wrong_used_range_are_read() -> None:
    rows = TOP + "".join(row(number, f"Việc {number}") for number in range(2, 30))
    content = raw_workbook(rows, before='<dimension ref="A1:B2"/>')
    assert read(content).values("title") == [f"Việc {number}" for number in range(2, 30)]
    assert len(read(raw_workbook(rows, before='<dimension ref="A1"/>')).rows) == 28


def test_cells_and_rows_without_references_stand_where_they_follow() -> None:
    rows = f"<row>{text_cells(*HEAD)}</row><row/><row>{text_cells('Việc', 'A-1')}</row>"
    reading = read(raw_workbook(rows))
    assert [row.line for row in reading.rows] == [3] and reading.values("code") == ["A-1"]


def test_blank_formatted_rows_to_the_end_cost_nothing() -> None:
    blank = "".join(f'<row r="{number}" s="1"><c r="B{number}" s="1"/></row>' for number in range(4, 100_000))
    end = '<row r="1048576" ht="15" customHeight="1"><c r="XFD1048576" s="1"/></row>'
    content = raw_workbook(TOP + row(2, "Một", "A-1") + row(3, "Hai", "A-2") + blank + end)
    begun = time.process_time()
    assert read(content).values("title") == ["Một", "Hai"]
    assert time.process_time() - begun < 10
    far = raw_workbook(TOP + row(2, "Một", "A-1") + row(1_048_576, "Hai", "A-2"))
    assert [row.line for row in read(far).rows] == [2, 1_048_576]


def test_a_cell_beyond_the_last_heading_is_refused_by_line() -> None:
    reading = read(sheet(HEAD, ("Việc", "A-1"), ("Việc", "A-2", "bỏ quên")))
    assert reading.faults == [f"Dòng 3: Nội dung «bỏ quên» ở ô C3 nằm ngoài các cột có tên{MOVE}"]
    far = read(sheet(HEAD, ("Việc", "A-1", *[None] * 200, "rất xa")))
    assert far.faults == [f"Dòng 2: Nội dung «rất xa» ở ô GU2 nằm ngoài các cột có tên{MOVE}"]


def test_a_column_without_a_heading_is_passed_over_and_told() -> None:
    reading = read(sheet(("Tên", None, "Mã"), ("Một", "riêng", "A-1"), ("Hai", None, "A-2")))
    assert reading.values("code") == ["A-1", "A-2"]
    assert reading.notes == ["Cột B không có tên nên không được đọc; có nội dung ở dòng 2."]


# What is hidden


def test_the_sheet_that_people_see_first_is_read_and_the_others_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Nháp"
    book.active.append(("Tên",))
    book.active.append(("Việc ẩn",))
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("Số liệu")
    seen.append(("Tên",))
    seen.append(("Việc thấy",))
    book.create_sheet("Trống")
    reading = read(saved(book))
    assert reading.values("title") == ["Việc thấy"]
    assert reading.notes == ["Chỉ đọc trang tính «Số liệu»; không đọc trang «Nháp» (ẩn)."]


def test_the_sheet_that_lies_on_top_is_read() -> None:
    book = '<bookViews><workbookView activeTab="1"/></bookViews>'
    other = ("Danh sách", row(1, "Tên") + row(2, "Trên cùng"))
    reading = read(raw_workbook(row(1, "Tên") + row(2, "Bên dưới"), book=book, sheets=[other]))
    assert reading.values("title") == ["Trên cùng"]
    assert reading.notes == ["Chỉ đọc trang tính «Danh sách»; không đọc trang «Sheet1»."]


def test_a_sheet_of_charts_counts_among_the_sheets() -> None:
    book = openpyxl.Workbook()
    book.active.append(("Tên",))
    book.active.append(("Bên dưới",))
    book.create_chartsheet("Biểu đồ")
    seen = book.create_sheet("Số liệu")
    seen.append(("Tên",))
    seen.append(("Trên cùng",))
    book.active = 2
    assert read(saved(book)).values("title") == ["Trên cùng"]


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    book = openpyxl.Workbook()
    for line in [("Tên", "Ghi chú", "Mã"), *[(f"Việc {n}", "riêng", f"A-{n}") for n in range(2, 8)]]:
        book.active.append(line)
    for number in (3, 4, 6):
        book.active.row_dimensions[number].hidden = True
    book.active.column_dimensions["B"].hidden = True
    reading = read(saved(book))
    assert reading.values("title") == ["Việc 2", "Việc 5", "Việc 7"]
    assert reading.notes == ["Dòng ẩn không được đọc: 3–4, 6.", "Cột ẩn không được đọc: B."]


# Cells that are shown as one


def merged(*ranges: str) -> bytes:
    book = openpyxl.Workbook()
    for line in [
        ("Tên", "Mã", "Kỳ"),
        ("Một", "A-1", "11/2026"),
        ("Hai", "A-1", None),
        ("Ba", "A-3", "12/2026"),
    ]:
        book.active.append(line)
    for cells in ranges:
        book.active.merge_cells(cells)
    return saved(book)


def test_cells_merged_downwards_have_their_value_in_each_line() -> None:
    assert read(merged("C2:C3")).values("period") == ["11/2026", "11/2026", "12/2026"]
    assert read(merged()).values("period") == ["11/2026", "", "12/2026"]


def test_a_line_that_is_only_the_rest_of_merged_cells_is_no_line() -> None:
    assert [row.line for row in read(merged("A2:A3", "B2:B3", "C2:C3")).rows] == [2, 4]


def test_cells_merged_across_columns_and_heads_of_two_lines_are_refused() -> None:
    assert read(merged("A3:B3")).faults == ["Dòng 3: Hãy nhập tên: ô A3 gộp qua nhiều cột."]
    with pytest.raises(BadInput, match="Tên cột ở ô A1 gộp với dòng dưới"):
        read(merged("A1:A2"))


# Formulas and errors


def formula(value: str, kind: str = "") -> str:
    return f'<c{kind}><f>UPPER("a")</f>{value}</c>'


def test_a_formula_has_the_value_that_was_stored_with_it() -> None:
    rows = TOP + row(2, formula("<v>Việc</v>", ' t="str"'), formula("<v>12</v>"))
    reading = read(raw_workbook(rows))
    assert (reading.values("title"), reading.values("code")) == (["Việc"], ["12"])
    blank = read(raw_workbook(TOP + row(2, "Việc", formula("<v></v>", ' t="str"'))))
    assert blank.values("code") == [""]


@pytest.mark.parametrize(
    ("cell", "book"),
    [
        (formula(""), ""),
        (formula("<v/>"), ""),
        (formula("<v>0</v>"), '<calcPr calcId="124519" fullCalcOnLoad="1"/>'),
        (formula("<v></v>", ' t="str"'), '<calcPr fullCalcOnLoad="1"/>'),
    ],
    ids=["no value", "empty value", "a value that is counted anew", "a text that is counted anew"],
)
def test_a_formula_that_was_not_counted_is_refused_by_line(cell: str, book: str) -> None:
    (fault,) = read(raw_workbook(TOP + row(2, cell, "A-1"), book=book)).faults
    why = "là công thức chưa có kết quả trong tệp; hãy mở tệp bằng Excel rồi lưu lại"
    assert fault == f"Dòng 2: Hãy nhập tên: ô A2 {why}."


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#SPILL!"])
@pytest.mark.parametrize("kind", ["e", "str"])
def test_an_error_is_refused_by_line_and_is_no_title(error: str, kind: str) -> None:
    (fault,) = read(raw_workbook(TOP + row(2, f'<c t="{kind}"><v>{error}</v></c>'))).faults
    assert fault == f"Dòng 2: Hãy nhập tên: ô A2 báo lỗi {error}."


def test_an_error_that_is_not_known_yet_is_one_too() -> None:
    (fault,) = read(raw_workbook(TOP + row(2, '<c t="e"><v>#NEW!</v></c>'))).faults
    assert fault == "Dòng 2: Hãy nhập tên: ô A2 báo lỗi #NEW!."


def test_a_heading_that_is_an_error_is_refused() -> None:
    with pytest.raises(BadInput, match="Tên cột ở ô B1 báo lỗi #REF!"):
        read(raw_workbook(row(1, "Tên", '<c t="e"><v>#REF!</v></c>') + row(2, "Việc")))


# More than any table has


def test_a_sheet_of_more_cells_merges_or_hidden_columns_than_any_table_has_is_refused_soon() -> None:
    begun = time.process_time()
    wide = "".join(row(number, "<c><v>1</v></c>" * 2_000) for number in range(1, 30))
    with pytest.raises(BadInput, match=r"hơn 50\.000 ô"):
        read(raw_workbook(wide))
    cells = "".join(row(number, *HEAD) for number in range(1, 300))
    merges = "".join(f'<mergeCell ref="A1:B{number}"/>' for number in range(2, 200_000))
    assert len(read(raw_workbook(row(1, *HEAD) + row(2, "Việc"), after=merges.replace("A1", "Z9"))).rows) == 1
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 10_000 + "</cols>"
    with pytest.raises(BadInput, match="quá nhiều ô gộp hoặc cột ẩn"):
        read(raw_workbook(cells, before=columns))
    assert time.process_time() - begun < 60


# Texts


def test_texts_are_read_whole_and_cleaned() -> None:
    rows = TOP + row(
        2, "  Đường\u200b thôn ", "<c t='inlineStr'><is><r><t>A</t></r><r><t>-1</t></r></is></c>"
    )
    reading = read(raw_workbook(rows))
    assert (reading.values("title"), reading.values("code")) == (["Đường thôn"], ["A-1"])
    (fault,) = read(sheet(HEAD, ("a" + "\u0301\u0323" * 10_000, "A-1"))).faults
    assert fault == "Dòng 2: Hãy nhập tên: ô A2 có chữ mang quá 4 dấu chồng lên nhau."
    (fault,) = read(sheet(HEAD, ("Đư\ufffdng", "A-1"))).faults
    assert "có chữ bị hỏng («\ufffd»)" in fault


def test_a_tick_is_a_choice() -> None:
    reading = read(sheet(("Tên", "Công khai"), ("Một", True), ("Hai", False), ("Ba", "Có")))
    assert reading.values("is_public") == ["yes", "no", "yes"]
    assert read(sheet(("Tên",), (True,))).values("title") == ["TRUE"]


# Numbers as they are shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1.1, "0.00", "1.10"),
        (7, "0000", "0007"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.0", "1.234,5"),
        (1234567, "#,##0", "1.234.567"),
        (12, '000"/QĐ-UBND"', "012/QĐ-UBND"),
        ("12", '@"/QĐ"', "12/QĐ"),
        (79123456789, "General", "79123456789"),
        (0.1 + 0.2, "General", "0.3"),
        ("0012", "General", "0012"),
        ("1.10", "@", "1.10"),
        (-5, "0;[Red](0)", "(5)"),
    ],
)
def test_a_number_among_words_is_stored_as_it_is_shown(value: Any, code: str, shown: str) -> None:
    assert read(styled(value, code)).values("title") == [shown]


@pytest.mark.parametrize(
    ("column", "value", "code", "given"),
    [
        ("Số hồ sơ", 1234, "#,##0", "1234"),
        ("Số hồ sơ", 4.0, "0.00", "4"),
        ("Kinh phí", 1234.5, "#,##0.00", "1234,5"),
        ("Kinh phí", 1.234, "0.000", "1,234"),
        ("Kinh phí", 123456789012, "General", "123456789012"),
        ("Kinh phí", 1500000, '#,##0 "₫"', "1500000"),
        ("Kinh phí", 0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "0"),
        ("Tỷ lệ", 0.5, "0%", "50"),
        ("Tỷ lệ", "50%", "@", "50"),
        ("Số hồ sơ", 0.5, "0%", "50%"),
        ("Kinh phí", 1500000, '0.0,, "triệu"', "1.5 triệu"),
    ],
)
def test_a_number_is_given_to_its_field_as_it_is_shown(
    column: str, value: Any, code: str, given: str
) -> None:
    name = {"Số hồ sơ": "count", "Kinh phí": "amount", "Tỷ lệ": "share"}[column]
    reading = read(styled(value, code, column))
    assert [row.data[name] for row in reading.rows] == [given] and reading.faults == []


def test_a_rounded_number_is_taken_as_shown_and_told() -> None:
    reading = read(styled(1234.567, "#,##0", "Kinh phí"))
    assert [row.data["amount"] for row in reading.rows] == ["1235"]
    (note,) = reading.notes
    assert note.startswith("Cột «Kinh phí», dòng 2: ô hiện số đã làm tròn; số hiện ra được ghi vào sổ")


@pytest.mark.parametrize(
    ("value", "code", "why"),
    [
        (0.5, "# ?/?", "không biết sẽ hiện ra thế nào"),
        (1234567, "0.00E+00", "không biết sẽ hiện ra thế nào"),
        (10**16, "General", "không biết sẽ hiện ra thế nào"),
        (5, "[<100]0;0.0", "không biết sẽ hiện ra thế nào"),
        (46082, "mmm-yy", "không biết sẽ hiện ra thế nào"),
        (5, ";;;", "định dạng của ô không cho hiện ra"),
        (-5, "dd/mm/yyyy", "báo lỗi ####"),
    ],
)
def test_a_number_of_which_nobody_can_tell_how_it_is_shown_is_refused(
    value: Any, code: str, why: str
) -> None:
    (fault,) = read(styled(value, code)).faults
    assert fault.startswith("Dòng 2: Hãy nhập tên: ô A2 ") and why in fault


# Days in sheets (those of text are in test_days)


def test_the_style_of_a_day_is_that_of_the_raw_workbook() -> None:
    rows = row(1, "Tên", "Ngày tiếp nhận") + row(2, "Việc", f'<c s="{DAY_STYLE}"><v>46082</v></c>')
    assert read(raw_workbook(rows)).values("day") == ["2026-03-01"]
    mac = read(raw_workbook(rows, book='<workbookPr date1904="1"/>'))
    assert mac.values("day") == ["2030-03-02"]
