"""Days to report by and days to be done by."""

import pytest

from cchc_flow.plan_import.deadlines import deadlines_in, due_in
from cchc_flow.plan_import.proposal import Statement


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hoàn thành trước ngày 30/6/2026.", "2026-06-30"),
        ("Gửi báo cáo chậm nhất là ngày 05-11-2026.", "2026-11-05"),
        ("Xong trước ngày 15 tháng 9 năm 2026.", "2026-09-15"),
        ("Hoàn thành trong quý I/2026.", "2026-03-31"),
        ("Ban hành trong quý IV năm 2026.", "2026-12-31"),
        ("Xong trong tháng 02/2028.", "2028-02-29"),
    ],
)
def test_a_text_that_sets_a_day_is_due_then(text: str, day: str) -> None:
    assert due_in(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị định số 60/2021/NĐ-CP ngày 21/6/2021.",
        "Thực hiện thường xuyên trong năm 2026.",
        "Hoàn thành trước ngày 31/02/2026.",
        "Theo Kế hoạch ban hành ngày 05/01/2026 của tỉnh.",
        "Ngay từ đầu năm 2026.",
    ],
)
def test_other_days_are_no_deadline(text: str) -> None:
    assert due_in(text) is None


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
    (found,) = deadlines_in("Phòng Kinh tế", Statement("V.1", text))
    assert (found.kind, found.monthly_day, found.period_day, found.date) == (
        "recurring",
        monthly,
        periodic,
        None,
    )


def test_only_the_sentence_that_sets_the_day_is_kept() -> None:
    told = Statement(
        "V.1", "Chủ trì việc chung. Báo cáo UBND xã (qua Phòng Tư pháp) ngày 15 hằng tháng. Việc khác."
    )
    (found,) = deadlines_in("Phòng Kinh tế", told)
    assert found.text == "Báo cáo UBND xã (qua Phòng Tư pháp) ngày 15 hằng tháng."
    assert found.to == "Phòng Tư pháp"


def test_a_day_that_no_month_has_is_none() -> None:
    (found,) = deadlines_in("A", Statement("V.1", "Báo cáo ngày 45 hằng tháng."))
    assert found.monthly_day is None
