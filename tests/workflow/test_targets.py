"""How a measure stands by its readings: states, trend, forecast and its method."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.target_forecast import Point, forecast
from cchc_flow.workflow.targets import JUDGED, Goal, Standing, judge

BEGIN, END = date(2026, 1, 1), date(2026, 12, 31)
AFTER = date(2027, 1, 15)


def goal(
    value: str, direction: str = "at_least", unit: str | None = "%", *, accumulates: bool = False
) -> Goal:
    return Goal(
        value=Decimal(value), unit=unit, direction=direction, begin=BEGIN, end=END, accumulates=accumulates
    )


def points(*values: str | None) -> list[Point]:
    """Return one figure for the end of each month from January on."""
    ends = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return [
        Point(date(2026, month, ends[month - 1]), None if value is None else Decimal(value))
        for month, value in enumerate(values, 1)
    ]


def stands(aim: Goal, *values: str | None, on: date = date(2026, 6, 30)) -> Standing:
    return judge(aim, points(*values), on)


def test_without_readings_there_is_no_figure() -> None:
    assert stands(goal("98")).state == "no_data"


def test_a_figure_at_the_goal_is_met() -> None:
    assert stands(goal("98"), "98").state == "met"


def test_a_steady_figure_below_the_goal_is_at_risk() -> None:
    standing = stands(goal("98"), "97")
    assert standing.state == "at_risk"
    assert standing.forecast and standing.forecast.value == 97
    assert "mới có số của 1 kỳ" in standing.forecast.method


def test_a_figure_that_rises_fast_enough_is_on_track() -> None:
    standing = stands(goal("98"), "92", "94", "96")
    assert (standing.state, standing.trend) == ("on_track", "up")
    assert standing.forecast and standing.forecast.value == 100  # a share ends at 100
    assert "3 kỳ" in standing.forecast.method and "tăng 2 mỗi tháng" in standing.forecast.method


def test_a_trend_weakens_from_month_to_month_and_two_figures_make_none() -> None:
    trend = stands(goal("98"), "50", "51", "52").forecast
    assert trend and trend.value == Decimal("56.35")  # 52 + 0,85 + 0,85² + … for nine months
    assert "mỗi tháng sau còn 85\xa0% mức của tháng trước" in trend.method
    held = stands(goal("98"), "50", "51").forecast
    assert held and held.value == 51 and "2 kỳ" in held.method


def test_money_paid_out_is_expected_to_go_on_at_the_pace_since_the_new_year() -> None:
    slow = stands(goal("95", accumulates=True), None, None, "15")
    assert slow.forecast and slow.forecast.value == 60
    assert slow.state == "at_risk"
    quick = stands(goal("95", accumulates=True), None, None, "24")
    assert (quick.state, quick.forecast and quick.forecast.value) == ("on_track", 96)


def test_a_number_of_deeds_may_be_above_the_goal() -> None:
    assert stands(goal("2", "equal", "cuộc", accumulates=True), "3").state == "met"


def test_a_goal_of_nothing_is_a_ceiling() -> None:
    late = goal("0", "equal", "hồ sơ", accumulates=True)
    assert stands(late, "0").state == "on_track"
    assert stands(late, "1").state == "missed"
    assert "đã vượt mức của cả năm" in stands(late, "1").why
    assert stands(late, "0", on=AFTER).state == "met"


def test_a_rate_above_its_ceiling_may_still_fall() -> None:
    rate = goal("5", "at_most")
    assert stands(rate, "6").state == "at_risk"
    assert stands(rate, "9", "8", "7").state == "on_track"
    assert stands(rate, "4").state == "met"


def test_a_change_may_be_negative_and_above_a_hundred() -> None:
    change = goal("15", "decrease_at_least")
    assert stands(change, "-3").state == "at_risk"
    expected = stands(change, "20", "40", "60").forecast
    assert expected and expected.value == Decimal("147.08")


def test_after_the_year_only_the_figure_counts() -> None:
    ended = stands(goal("95", accumulates=True), "90", on=AFTER)
    assert (ended.state, ended.forecast) == ("missed", None)
    assert "năm kế hoạch đã kết thúc" in ended.why
    assert stands(goal("95", accumulates=True), "95.5", on=AFTER).state == "met"


def test_a_share_of_nothing_misses_nothing() -> None:
    assert stands(goal("100", "equal"), "100", None).state == "on_track"
    assert stands(goal("100", "equal"), None, on=AFTER).state == "met"


def test_a_number_is_not_there_when_nothing_arose() -> None:
    assert stands(goal("2", "equal", "cuộc"), None).state == "no_data"


@pytest.mark.parametrize(
    ("value", "on", "state"),
    [("1", END, "met"), ("0", END, "at_risk"), ("0", AFTER, "missed"), ("1", AFTER, "met")],
)
def test_a_target_without_figures_stands_as_it_was_judged(value: str, on: date, state: str) -> None:
    judged = Goal(value=Decimal(1), unit=None, direction=JUDGED, begin=BEGIN, end=END)
    standing = stands(judged, value, on=on)
    assert (standing.state, standing.forecast) == (state, None)


def test_one_odd_period_does_not_decide_the_forecast() -> None:
    steady = stands(goal("90", accumulates=True), "8", "16", "24", "32", "40", "48").forecast
    odd = stands(goal("90", accumulates=True), "8", "16", "60", "32", "40", "48").forecast
    assert steady and odd and steady.value == 96
    assert abs(odd.value - steady.value) < 2


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12), st.booleans())
def test_a_forecast_of_a_share_stays_between_nothing_and_all(
    values: list[Decimal], accumulates: bool
) -> None:
    made = forecast(points(*map(str, values)), BEGIN, END, accumulates, (Decimal(0), Decimal(100)))
    assert made and 0 <= made.value <= 100 and made.method.endswith(".")


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12), st.booleans())
def test_at_the_end_of_the_year_the_forecast_is_the_figure(values: list[Decimal], accumulates: bool) -> None:
    full = [*values, *[values[-1]] * (12 - len(values))]
    made = forecast(points(*map(str, full)), BEGIN, END, accumulates, (Decimal(0), Decimal(100)))
    assert made and made.value == full[-1]
