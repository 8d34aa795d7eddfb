"""The traps in the report days of a year, each told by the periods that it is about."""

from msgspec.structs import replace

from cchc_flow.workflow.report_warnings import report_warnings
from cchc_flow.workflow.reporting import report_schedules
from cchc_flow.workflow.settings.values import FIRST_SETTINGS, Deadlines, Reporting, Settings

UNITS, COMMUNE = "Đơn vị báo cáo Phòng Văn hóa - Xã hội", "UBND xã báo cáo Sở Nội vụ"


def warnings(year: int = 2026, settings: Settings = FIRST_SETTINGS) -> list[str]:
    return report_warnings(report_schedules(settings, year), settings, year)


def with_reporting(**days: int) -> Settings:
    return replace(FIRST_SETTINGS, reporting=replace(FIRST_SETTINGS.reporting, **days))


def test_days_off_that_do_not_move_are_told_with_what_to_do() -> None:
    assert warnings()[1:] == [
        f"{UNITS}: từ khi hết kỳ số liệu đến hạn không có ngày làm việc nào (tháng 2/2026, tháng 8/2026,"
        " tháng 11/2026); Nghị định 09/2019/NĐ-CP để ít nhất một ngày.",
        f"{UNITS}: hạn rơi vào ngày nghỉ (tháng 2/2026, tháng 8/2026, tháng 11/2026) và theo thiết lập không"
        " chuyển; cần nộp trước ngày nghỉ.",
        f"{COMMUNE}: hạn rơi vào ngày nghỉ (tháng 1/2026, tháng 4/2026, 6 tháng đầu năm 2026, tháng 7/2026,"
        " quý III/2026, tháng 10/2026, năm 2026) và theo thiết lập không chuyển; cần nộp trước ngày nghỉ.",
    ]


def test_days_off_that_move_leave_a_working_day_but_at_tet_little_time_to_merge() -> None:
    found = warnings(settings=replace(FIRST_SETTINGS, deadlines=Deadlines(roll=True)))
    assert f"{UNITS}: hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo (tháng 2/2026," in found[1]
    assert not [words for words in found if "không có ngày làm việc nào" in words]
    assert found[-1] == (
        "Từ hạn của đơn vị đến hạn của xã còn ít hơn 3 ngày làm việc (tháng 2/2026): không đủ để tổng hợp và"
        " trình ký."
    )


def test_a_period_that_is_due_before_its_figures_end_is_an_estimate() -> None:
    estimate = f"{UNITS}: hạn đến trước khi hết kỳ số liệu (quý I/2026, 6 tháng đầu năm 2026,"
    assert warnings()[0].startswith(estimate)
    assert not [
        words for words in warnings(settings=with_reporting(period_day=18)) if "ước thực hiện" in words
    ]


def test_figures_of_another_day_than_the_decree_has_are_told() -> None:
    assert not [words for words in warnings() if "Kỳ số liệu tính từ" in words]
    assert warnings(settings=with_reporting(window_from=1))[0].startswith(
        "Kỳ số liệu tính từ ngày 1 theo thiết lập của xã, không phải ngày 15"
    )


def test_a_year_whose_days_off_are_not_announced_says_so() -> None:
    assert warnings(2031)[0].startswith("Bản này chưa có lịch nghỉ năm 2031")


def test_days_that_leave_nothing_to_mind_are_told_of_in_no_sentence() -> None:
    settings = Settings(
        reporting=Reporting(period_day=17, monthly_day=17, nine_months=False, commune_period_day=26),
        deadlines=Deadlines(roll=True),
    )
    assert not [words for words in warnings(2025, settings) if "ngày nghỉ" not in words]
