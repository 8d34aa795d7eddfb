"""Days to report by and days to be done by."""

import pytest
from support.plans import read_plan_bytes

from cchc_flow.plan_import.extraction.deadlines import find_deadlines
from cchc_flow.plan_import.extraction.dues import find_day
from cchc_flow.plan_import.proposal import Statement


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hoàn thành trước ngày 30/6/2026.", "2026-06-30"),
        ("Gửi báo cáo chậm nhất là ngày 05-11-2026.", "2026-11-05"),
        ("Xong trước ngày 15 tháng 9 năm 2026.", "2026-09-15"),
        ("Hoàn thành trong quý I/2026.", "2026-03-31"),
        ("Ban hành trong quý IV năm 2026.", "2026-12-31"),
        ("Ban hành trước quý IV năm 2026.", "2026-09-30"),
        ("Ban hành trước quý I/2026.", "2025-12-31"),
        ("Ban hành trước hết quý II/2026.", "2026-06-30"),
        ("Xong trong tháng 02/2028.", "2028-02-29"),
        ("Làm sạch sổ sách, tháng 9/2026.", "2026-09-30"),
        ("Tháng 9/2026 kiểm kê sổ sách.", "2026-09-30"),
        ("Họp dân trong quý I và quý III/2026.", "2026-09-30"),
        ("Họp dân xong trước ngày 15/6/2026 và ngày 15/12/2026.", "2026-12-15"),
        ("Trình trước ngày 15/6/2026; nếu chậm thì trước ngày 30/6/2026.", "2026-06-15"),
        ("Làm sạch sổ sách (quý II/2026).", "2026-06-30"),
        ("Mua sắm tập trung, hoàn thành ngày 28/02/2026.", "2026-02-28"),
        ("Lấy ý kiến từ ngày 01/3/2026 đến hết ngày 15/3/2026.", "2026-03-15"),
    ],
)
def test_a_text_that_sets_a_day_is_due_then(text: str, day: str) -> None:
    found = find_day(text)
    assert found is not None
    assert found.iso == day


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị định số 60/2021/NĐ-CP ngày 21/6/2021.",
        "Thực hiện thường xuyên trong năm 2026.",
        "Hoàn thành trước ngày 31/02/2026.",
        "Theo Kế hoạch ban hành ngày 05/01/2026 của tỉnh.",
        "Ngay từ đầu năm 2026.",
        "Kỷ niệm ngày hội (06/01/1946 - 06/01/2026).",
        "Lập bảng với số liệu tính đến ngày 14/6/2026.",
        "Lập bảng số liệu từ ngày 15/12/2025 đến ngày 14/6/2026.",
    ],
)
def test_other_days_are_no_deadline(text: str) -> None:
    assert find_day(text) is None


@pytest.mark.parametrize(
    ("text", "monthly", "periodic"),
    [
        ("Báo cáo chậm nhất ngày 15 hàng tháng và ngày 10 của các quý, 6 tháng, năm.", 15, 10),
        ("Báo cáo trước ngày 12 hằng tháng.", 12, None),
        ("Định kỳ gửi ngày 20 của tháng cuối quý.", None, 20),
        ("Gửi ngày 5 mỗi tháng, ngày 10 hằng quý.", 5, 10),
    ],
)
def test_a_recurring_deadline_has_its_days(text: str, monthly: int | None, periodic: int | None) -> None:
    (deadline,) = find_deadlines("Phòng Kinh tế", Statement("V.1", text))
    assert (deadline.kind, deadline.date) == ("recurring", None)
    assert (deadline.monthly_day, deadline.period_day) == (monthly, periodic)


def test_only_the_sentence_that_sets_the_day_is_kept() -> None:
    assignment = Statement(
        "V.1", "Chủ trì việc chung. Báo cáo UBND xã (qua Phòng Tư pháp) ngày 15 hằng tháng. Việc khác."
    )
    (deadline,) = find_deadlines("Phòng Kinh tế", assignment)
    assert deadline.text == "Báo cáo UBND xã (qua Phòng Tư pháp) ngày 15 hằng tháng."
    assert deadline.to == "Phòng Tư pháp"


def test_a_day_that_no_month_has_is_none() -> None:
    (deadline,) = find_deadlines("A", Statement("V.1", "Báo cáo ngày 45 hằng tháng."))
    assert deadline.monthly_day is None


@pytest.mark.parametrize(
    ("text", "is_before"),
    [
        ("Hoàn thành trước ngày 25/01/2026.", True),
        ("Trước 25/01/2026 phải xong.", True),
        ("Xong trước ngày 25 tháng 1 năm 2026.", True),
        ("Chậm nhất trước ngày 25/01/2026.", True),
        ("Chậm nhất ngày 25/01/2026.", False),
        ("Muộn nhất là ngày 25/01/2026.", False),
        ("Thực hiện đến hết ngày 25/01/2026.", False),
        ("Hạn cuối là 25/01/2026.", False),
        ("Xong ngày 25/01/2026.", False),
        ("Gửi trước 16 giờ 30 ngày 25/01/2026.", False),
        ("Gửi trước 17h00 ngày 25/01/2026.", False),
        ("Gửi trước hoặc trong ngày 25/01/2026.", False),
    ],
)
def test_only_the_words_before_a_day_leave_that_day_out(text: str, is_before: bool) -> None:
    day = find_day(text)
    assert day is not None
    assert (day.iso, day.is_before) == ("2026-01-25", is_before)


@pytest.mark.parametrize(
    ("words", "exclusive", "due"),
    [
        ("trước ngày 25/01/2026", True, "2026-01-24"),
        ("trước ngày 25/01/2026", False, "2026-01-25"),
        ("trước ngày 01/3/2028", True, "2028-02-29"),
        ("chậm nhất ngày 25/01/2026", True, "2026-01-25"),
        ("đến hết ngày 25/01/2026", True, "2026-01-25"),
        ("trong quý I/2026", True, "2026-03-31"),
    ],
)
def test_a_task_is_due_as_the_setting_reads_its_words(
    small_plan: str, words: str, exclusive: bool, due: str
) -> None:
    text = small_plan.replace("trước ngày 30/6/2026", words)
    plan = read_plan_bytes("a.txt", text.encode(), before_is_exclusive=exclusive)
    assert plan.areas[0].tasks[1].due == due


def test_where_a_day_before_counts_the_remark_says_so(small_plan: str) -> None:
    plan = read_plan_bytes("a.txt", small_plan.encode(), before_is_exclusive=False)
    assert "«Trước ngày 30/06/2026» tính cả ngày đó: hạn là hết ngày 30/06/2026" in " ".join(
        remark.message for remark in plan.warnings
    )


def test_days_of_each_year_are_deadlines_of_their_own() -> None:
    text = "Gửi danh sách về Sở Nội vụ trước ngày 10/5 và ngày 20/10 hằng năm."
    deadlines = find_deadlines("A", Statement("V.1", text), 2026)
    assert [(one.kind, one.date, one.to) for one in deadlines] == [
        ("yearly", "2026-05-10", "Sở Nội vụ"),
        ("yearly", "2026-10-20", "Sở Nội vụ"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lập đề cương, xong trong tháng 4/2026.", "2026-04-30"),
        ("Gửi số liệu chậm nhất ngày 22 tháng 9.", "2026-09-22"),
        ("Gửi số liệu trước 22/9.", "2026-09-22"),
        ("Trình dự thảo trong quý III.", "2026-09-30"),
    ],
)
def test_a_day_without_a_year_is_of_the_plans_year(text: str, day: str) -> None:
    (deadline,) = find_deadlines("A", Statement("V.1", text), 2026)
    assert (deadline.kind, deadline.date) == ("once", day)


def test_a_sentence_can_set_recurring_days_and_single_ones() -> None:
    text = "Báo cáo tháng trước ngày 20 hằng tháng, báo cáo 6 tháng trước ngày 10/6, năm trước ngày 05/12."
    found = find_deadlines("A", Statement("V.1", text), 2026)
    assert [(one.kind, one.date, one.monthly_day, one.period_day) for one in found] == [
        ("recurring", None, 20, None),
        ("once", "2026-06-10", None, None),
        ("once", "2026-12-05", None, None),
    ]


def test_two_days_of_each_month_are_two_deadlines() -> None:
    text = "Ngày 15 hằng tháng gửi Phòng Nội chính; ngày 25 hằng tháng gửi Sở Nội vụ."
    found = find_deadlines("A", Statement("V.1", text))
    assert [one.monthly_day for one in found] == [15, 25]


def test_two_days_before_one_cadence_are_two_deadlines() -> None:
    found = find_deadlines("A", Statement("V.1", "Ngày 15 và ngày 30 hằng tháng đăng tin."))
    assert [one.monthly_day for one in found] == [15, 30]


def test_the_day_of_a_yearly_report_is_one_of_the_plans_year() -> None:
    (found,) = find_deadlines("A", Statement("V.1", "Gửi báo cáo năm trước ngày 05/12."), 2026)
    assert (found.kind, found.date) == ("once", "2026-12-05")


def test_one_day_of_every_third_month_is_a_day_of_each_quarter() -> None:
    (found,) = find_deadlines("A", Statement("V.1", "Báo cáo trước ngày 14/3, 14/6, 14/9 và 14/12."), 2026)
    assert (found.kind, found.period_day) == ("recurring", 14)


def test_a_report_due_in_the_month_after_says_so() -> None:
    (deadline,) = find_deadlines("A", Statement("V.1", "Báo cáo trước ngày 05 của tháng sau."), 2026)
    assert (deadline.kind, deadline.monthly_day, deadline.is_after) == ("recurring", 5, True)
