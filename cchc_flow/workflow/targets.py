"""Targets: how a measure stands on a day, by its readings: its state, its trend, and what is to be expected.

A reading says how the measure stands at the end of a period, counted from the beginning of the year.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from cchc_flow.workflow.events import Measure, Target, TargetSet
from cchc_flow.workflow.shares import format_quantity
from cchc_flow.workflow.target_forecast import CHANGE, COUNT, SHARE, Bounds, Forecast, Point, forecast

STATES = {
    "met": "Đạt",
    "on_track": "Trong tầm",
    "at_risk": "Nguy cơ",
    "missed": "Không đạt",
    "no_data": "Chưa có số liệu",
}
COMPUTED, REPORTED, BOTH = "computed", "reported", "both"
SOURCES = {
    COMPUTED: "Hệ thống tính từ sổ theo dõi",
    REPORTED: "Đơn vị báo cáo",
    BOTH: "Cả hai nguồn, có đối chiếu",
}
CHANGES = {"increase_at_least": "tăng", "decrease_at_least": "giảm"}
"""Directions whose readings say by how much a figure has changed, in the wanted direction."""
JUDGED = "judged"
"""The direction of a target without figures: 1 says that it is reached, 0 that it is not."""
DIRECTIONS = {
    "at_least": "ít nhất",
    "at_most": "không quá",
    "equal": "đạt",
    "increase_at_least": "tăng ít nhất",
    "decrease_at_least": "giảm ít nhất",
    JUDGED: "đánh giá định tính",
}
PLANNED = ("at_least", "at_most", "equal")


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """What a measure is to reach between two days; what `accumulates` grows from nothing during them."""

    value: Decimal
    unit: str | None
    direction: str
    begin: date
    end: date
    baseline_year: int | None = None
    accumulates: bool = False

    @property
    def is_ceiling(self) -> bool:
        """Tell whether the figure may not rise above the goal; «đạt 0» is meant so as well."""
        return self.direction == "at_most" or (self.direction == "equal" and self.value == 0)

    @property
    def is_share(self) -> bool:
        """Tell whether it is a share of something, which nothing can be counted of when nothing arose."""
        return self.direction in PLANNED and (self.unit or "").startswith("%")

    def is_reached_by(self, value: Decimal) -> bool:
        """Tell whether a figure is as good as the goal."""
        return value <= self.value if self.is_ceiling else value >= self.value

    def words(self) -> str:
        """Return the goal in words: «giảm ít nhất 15 % so với năm 2025»."""
        if self.direction == JUDGED:
            return DIRECTIONS[JUDGED]
        base = f" so với năm {self.baseline_year}" if self.baseline_year else ""
        return f"{DIRECTIONS[self.direction]} {format_quantity(self.value, self.unit)}{base}"


def measure_numbers(target: Target) -> range:
    """Return the numbers of a target's measures: from 1 on, or 0 alone for one without figures."""
    return range(1, len(target.measures) + 1) if target.measures else range(1)


def planned_measure(target: Target, number: int) -> Measure | None:
    """Return a measure as the plan says it; None for the judgement of a target without figures."""
    return target.measures[number - 1] if number else None


def goal_of(target: Target, number: int, setting: TargetSet | None, year: int, end: date) -> Goal:
    """Return what a measure of the plan of a year, which closes on the day `end`, is to reach."""
    begin, measure = date(year, 1, 1), planned_measure(target, number)
    if measure is None:
        return Goal(value=Decimal(1), unit=None, direction=JUDGED, begin=begin, end=end)
    return Goal(
        value=Decimal(measure.value),
        unit=measure.unit,
        direction=measure.direction,
        begin=begin,
        end=end,
        baseline_year=measure.baseline_year,
        accumulates=setting.accumulates if setting else is_count(measure),
    )


def is_count(measure: Measure) -> bool:
    """Tell whether a measure counts what happens in the course of the year: two dialogues, forty courses."""
    return measure.direction in PLANNED and not (measure.unit or "%").startswith("%")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a measure stands: a key of STATES and a sentence why; `trend` is up, down, same or None."""

    state: str
    why: str
    trend: str | None = None
    forecast: Forecast | None = None


def judge(goal: Goal, points: Sequence[Point], day: date) -> Standing:
    """Return how a measure stands on a day by its readings until then, the oldest first."""
    if not points:
        return Standing(state="no_data", why="Chưa có số liệu của kỳ nào.")
    value, is_over = points[-1].value, day > goal.end
    if value is None:
        return _judge_nothing(goal, is_over=is_over)
    trend = _trend(points)
    if goal.direction == JUDGED:
        return _judge_judgement(value > 0, trend, is_over=is_over)
    expected = None if is_over else forecast(points, goal.begin, goal.end, goal.accumulates, _bounds(goal))
    state = _state(goal, value, expected, is_over=is_over)
    why = _why(goal, state, value, expected)
    return Standing(state=state, why=why, trend=trend, forecast=expected)


def _judge_nothing(goal: Goal, *, is_over: bool) -> Standing:
    """Return how a measure stands if nothing arose: of a share of nothing nothing is missing."""
    if not goal.is_share:
        return Standing(state="no_data", why="Kỳ gần nhất ghi «Không phát sinh», nên chưa có số để so.")
    if is_over:
        return Standing(state="met", why="Không phát sinh trường hợp nào nên không có gì trái chỉ tiêu.")
    return Standing(state="on_track", why="Đến kỳ gần nhất không phát sinh trường hợp nào.")


def _judge_judgement(is_reached: bool, trend: str | None, *, is_over: bool) -> Standing:
    """Return how a target without figures stands by the newest judgement."""
    if is_reached:
        return Standing(state="met", why="Kỳ gần nhất được đánh giá là đạt.", trend=trend)
    why = "Kỳ gần nhất được đánh giá là chưa đạt."
    return Standing(state="missed" if is_over else "at_risk", why=why, trend=trend)


def _state(goal: Goal, value: Decimal, expected: Forecast | None, *, is_over: bool) -> str:
    """Return the state of a measure with a figure; a ceiling is held only once the year is over."""
    is_reached = goal.is_reached_by(value)
    if is_over:
        return "met" if is_reached else "missed"
    if goal.is_ceiling and goal.accumulates and not is_reached:
        return "missed"
    if is_reached and not (goal.is_ceiling and goal.accumulates):
        return "met"
    return "on_track" if expected and goal.is_reached_by(expected.value) else "at_risk"


def _why(goal: Goal, state: str, value: Decimal, expected: Forecast | None) -> str:
    """Return the sentence that tells why a measure is in its state."""
    now = f"Số gần nhất là {format_quantity(value, goal.unit)}, mức phải đạt: {goal.words()}"
    if state == "missed":
        rest = "đã vượt mức của cả năm" if expected else "năm kế hoạch đã kết thúc"
        return f"{now}; {rest}."
    if expected is None or state == "met":
        return f"{now}."
    return f"{now}; dự báo cuối năm {format_quantity(expected.value, goal.unit)}."


def _trend(points: Sequence[Point]) -> str | None:
    """Return whether the newest figure is above, below or the same as the one before it; None without one."""
    values = [point.value for point in points if point.value is not None]
    if len(values) < 2:
        return None
    before, now = values[-2:]
    return "same" if now == before else "up" if now > before else "down"


def _bounds(goal: Goal) -> Bounds:
    """Return between which figures a forecast of a measure stays."""
    return CHANGE if goal.direction in CHANGES else SHARE if goal.is_share else COUNT
