"""What a plan says of its report days: where it differs from the setting or from itself, and single days."""

from datetime import date

import pytest
from msgspec.structs import replace

from cchc_flow.workflow.events import Deadline
from cchc_flow.workflow.plan_deadlines import differences, single_dues, with_stated_days
from cchc_flow.workflow.settings.values import Deadlines, Reporting, Settings

OFFICE, PROVINCE = "Phòng Văn hóa – Xã hội", "Sở Nội vụ tỉnh"


def stated(
    to: str | None, monthly: int | None, period: int | None, text: str = "Báo cáo định kỳ."
) -> Deadline:
    return Deadline(
        kind="recurring", who=None, to=to, date=None, monthly_day=monthly, period_day=period, text=text
    )


def once(text: str) -> Deadline:
    return Deadline(
        kind="once",
        who="Các đơn vị",
        to=OFFICE,
        date="2026-01-25",
        monthly_day=None,
        period_day=None,
        text=text,
    )


def test_a_plan_that_says_what_the_setting_says_differs_in_nothing() -> None:
    assert differences([stated(OFFICE, 15, 10), stated(PROVINCE, 25, 20)], Settings()) == ()
    assert differences([], Settings()) == ()


def test_each_series_is_told_by_who_receives_it() -> None:
    found = differences([stated(OFFICE, 14, 10), stated(PROVINCE, 25, 18)], Settings())
    assert [(one.field, one.stated) for one in found] == [
        ("monthly_day", (14,)),
        ("commune_period_day", (18,)),
    ]
    assert found[0].words() == "Đơn vị báo cáo tháng: kế hoạch ghi ngày 14, thiết lập đang là ngày 15."


@pytest.mark.parametrize("other", [None, "Sở Khoa học và Công nghệ", "Bộ Nội vụ", "Chủ tịch UBND tỉnh"])
def test_a_report_to_somebody_else_is_another_matter(other: str | None) -> None:
    assert differences([stated(other, 20, 5)], Settings()) == ()


def test_a_plan_that_contradicts_itself_says_so_and_changes_nothing() -> None:
    texts = ("Chậm nhất ngày 15.", "Chậm nhất ngày 12.")
    deadlines = [stated(OFFICE, 15, 10, texts[0]), stated(OFFICE, 12, 8, texts[1]), stated(OFFICE, None, 8)]
    monthly, period = differences(deadlines, Settings())
    assert (monthly.stated, monthly.is_clear, monthly.texts) == ((12, 15), False, texts)
    assert "kế hoạch ghi nhiều ngày khác nhau (12, 15)" in monthly.words()
    assert with_stated_days(deadlines, Settings()) == Reporting()
    assert (period.stated, period.is_clear) == ((8, 10), False)


def test_what_is_taken_over_differs_in_nothing_and_keeps_the_rest() -> None:
    present = Settings(reporting=Reporting(units=("tram-y-te",), all_months=True))
    deadlines = [stated(OFFICE, 14, 9), stated(PROVINCE, None, 18)]
    taken = with_stated_days(deadlines, present)
    assert taken == Reporting(14, 9, 25, 18, all_months=True, units=("tram-y-te",))
    assert differences(deadlines, replace(present, reporting=taken)) == ()


@pytest.mark.parametrize(
    ("exclusive", "text", "day"),
    [
        (True, "Báo cáo trước ngày 15 hằng tháng.", 14),
        (False, "Báo cáo trước ngày 15 hằng tháng.", 15),
        (True, "Báo cáo chậm nhất ngày 15 hằng tháng.", 15),
    ],
)
def test_before_a_day_means_what_it_means_for_tasks(exclusive: bool, text: str, day: int) -> None:
    settings = Settings(
        deadlines=Deadlines(before_is_exclusive=exclusive), reporting=Reporting(monthly_day=1)
    )
    (found,) = differences([stated(OFFICE, 15, None, text)], settings)
    assert found.stated == (day,)


@pytest.mark.parametrize(
    ("text", "exclusive", "due"),
    [
        ("Gửi kế hoạch trước ngày 25/01/2026.", True, date(2026, 1, 24)),
        ("Gửi kế hoạch trước ngày 25 tháng 01 năm 2026.", True, date(2026, 1, 24)),
        ("Gửi kế hoạch trước 25/1/2026.", True, date(2026, 1, 24)),
        ("Gửi kế hoạch trước ngày 25/01/2026.", False, date(2026, 1, 25)),
        ("Gửi kế hoạch chậm nhất ngày 25/01/2026, họp trước ngày 20/01/2026.", True, date(2026, 1, 25)),
    ],
)
def test_a_single_day_is_in_time_until_its_end(text: str, exclusive: bool, due: date) -> None:
    (found,) = single_dues([once(text), stated(OFFICE, 15, 10)], exclusive=exclusive)
    assert (found.due, found.who, found.to, found.text) == (due, "Các đơn vị", OFFICE, text)
