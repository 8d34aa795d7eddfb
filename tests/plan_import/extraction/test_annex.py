"""Appendix tables, where their columns can be recognised."""

from collections.abc import Callable

import pytest
from support.plans import read_plan_bytes

from cchc_flow.plan_import.extraction.dues import parse_due

HEADER = ["TT", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]
ROWS = [
    HEADER,
    ["I", *["CẢI CÁCH THỂ CHẾ"] * 5],
    ["1", "Rà soát", "Danh mục", "Văn phòng", "Phòng A; Phòng B", "Quý I/2026"],
    ["II", "TÀI CHÍNH CÔNG", "", "", "", ""],
    ["1", "Giải ngân", "Báo cáo", "Phòng Kinh tế", "", "Thường xuyên"],
]


def test_the_rows_of_an_appendix_are_read_with_their_area(
    small_plan: str, word: Callable[..., bytes]
) -> None:
    plan = read_plan_bytes("a.docx", word([line for line in small_plan.splitlines() if line], table=ROWS))
    assert [(row.area, row.task, row.lead, row.support, row.due.kind) for row in plan.annex] == [
        ("CẢI CÁCH THỂ CHẾ", "Rà soát", "Văn phòng", ("Phòng A", "Phòng B"), "quarter"),
        ("TÀI CHÍNH CÔNG", "Giải ngân", "Phòng Kinh tế", (), "ongoing"),
    ]


def test_a_small_appendix_is_not_taken_for_a_letterhead(small_plan: str, word: Callable[..., bytes]) -> None:
    rows = [["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Rà soát", "Văn phòng"]]
    plan = read_plan_bytes("a.docx", word([line for line in small_plan.splitlines() if line], table=rows))
    assert [(row.task, row.lead) for row in plan.annex] == [("Rà soát", "Văn phòng")]


def test_another_table_is_no_appendix(small_plan: str, word: Callable[..., bytes]) -> None:
    rows = [["Tên", "Tuổi", "Nơi ở", "Ghi"], *[["A", "1", "B", "C"]] * 5]
    assert (
        read_plan_bytes("a.docx", word([line for line in small_plan.splitlines() if line], table=rows)).annex
        == ()
    )


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Thường xuyên", "ongoing", None),
        ("Năm 2026", "year", "2026-12-31"),
        ("Quý I/2026", "quarter", "2026-03-31"),
        ("Trước quý IV/2026", "quarter", "2026-09-30"),
        ("Trước hết quý IV/2026", "quarter", "2026-12-31"),
        ("Hằng quý", "recurring", None),
        ("Tháng 3/2026", "month", "2026-03-31"),
        ("Trước tháng 3/2026", "month", "2026-02-28"),
        ("Trước ngày 25/01/2026", "date", "2026-01-25"),
        ("Quí IV-2026", "quarter", "2026-12-31"),
        ("Năm 2026 - 2027", "year", "2027-12-31"),
        ("2026", "year", "2026-12-31"),
        ("15/12", "date", "2026-12-15"),
        ("Trong tháng 3", "month", "2026-03-31"),
        ("6 tháng đầu năm", "half", "2026-06-30"),
        ("Từ 01/3 đến 30/4", "date", "2026-04-30"),
        ("Tháng 12 hằng năm", "date", "2026-12-31"),
        ("Theo Kế hoạch số 12/KH-UBND ngày 05/01/2026", "other", None),
        ("Theo kế hoạch của tỉnh, trong quý I", "quarter", "2026-03-31"),
        ("Từ tháng 3/2026", "other", None),
        ("Từ tháng 01/2026 đến tháng 12/2026", "month", "2026-12-31"),
        ("Quý I, II, III, IV", "recurring", None),
        ("Nửa đầu tháng 5", "month", "2026-05-15"),
        ("Tháng 3 (quý I/2026)", "month", "2026-03-31"),
        ("Thường xuyên trong năm 2026", "ongoing", None),
        ("Ngay sau khi Quyết định số 5 ngày 01/3/2026 có hiệu lực", "other", None),
        ("Theo kế hoạch", "other", None),
        ("", "other", None),
    ],
)
def test_a_deadline_cell_is_understood(text: str, kind: str, value: str | None) -> None:
    due = parse_due(text, 2026)
    assert (due.kind, due.value) == (kind, value)


def test_a_cell_with_two_periods_keeps_both() -> None:
    due = parse_due("Quý II, quý IV/2026")
    assert (due.kind, due.value, due.days) == ("other", None, ("2026-06-30", "2026-12-31"))
    assert due.last_day == "2026-12-31"


@pytest.mark.parametrize(
    ("text", "cadence"),
    [("Hằng quý", "quarterly"), ("Định kỳ hàng tháng", "monthly"), ("6 tháng/lần", "half_yearly")],
)
def test_a_cell_that_recurs_has_its_cadence(text: str, cadence: str) -> None:
    due = parse_due(text)
    assert (due.kind, due.value, due.cadence) == ("recurring", None, cadence)
