"""The geometry of the small pictures of targets; every figure in them stands in words or a table beside."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from cchc_flow.reporting.targets import TargetRow
from cchc_flow.workflow import periods
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.target_readings import Reading

HEIGHT, TOP, BOTTOM = 200, 22, 164
LEFT, RIGHT = 11.0, 98.0
"""Where the months of the year lie, in percent of the width; heights are in pixels."""
LEVELS = 4
"""How many steps the vertical axis has at most."""
ROOM = Decimal("1.1")
"""How much higher than its highest figure a picture is."""


class Bar(msgspec.Struct, frozen=True):
    """A bar up to a figure, with marks at the goal and the forecast, in percent of the width."""

    value: float
    goal: float
    forecast: float | None


class Dot(msgspec.Struct, frozen=True):
    """A figure in a chart, and its words."""

    x: float
    y: float
    words: str


class Series(msgspec.Struct, frozen=True):
    """The figures of one source, the oldest first, and the lines between them."""

    name: str
    dots: tuple[Dot, ...]

    @property
    def lines(self) -> list[tuple[Dot, Dot]]:
        """Each two figures that follow one another."""
        return list(zip(self.dots, self.dots[1:], strict=False))


class Chart(msgspec.Struct, frozen=True):
    """The figures of a measure over the year, the goal, and what is expected by its end."""

    series: tuple[Series, ...]
    goal: float
    goal_words: str
    unit: str
    levels: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    forecast: tuple[Dot, Dot] | None
    height: int = HEIGHT
    top: int = TOP
    bottom: int = BOTTOM
    left: float = LEFT
    right: float = RIGHT


def bar_of(row: TargetRow) -> Bar | None:
    """Return the bar of a measure; None for one without a figure, or that is only judged."""
    if row.number == 0 or row.current is None or row.current.value is None:
        return None
    value, expected = Decimal(row.current.value), row.standing.forecast
    forecast = expected.value if expected and expected.value != value else None
    top = ROOM * max(row.goal.value, value, forecast or Decimal(0), Decimal(1))

    def place(number: Decimal) -> float:
        return round(float(max(number, Decimal(0)) / top) * 100, 2)

    return Bar(place(value), place(row.goal.value), None if forecast is None else place(forecast))


def chart_of(row: TargetRow) -> Chart | None:
    """Return the chart of a measure; None while there is no figure of any period, or nothing to count."""
    plane = _plane(row)
    sources = (("reported", row.reported), ("computed", row.recorded))
    series = [Series(name, tuple(_dots(plane, row, readings))) for name, readings in sources]
    if row.current and row.current.source == "computed" and row.series:
        last = row.series[-1]
        if last.value is not None and not any(dot.x == plane.x(last.day) for dot in series[1].dots):
            words = f"{row.current.when}: {row.value_words(row.current.value)}"
            series[1] = Series("computed", (*series[1].dots, plane.dot(last.day, last.value, words)))
    if row.number == 0 or not any(one.dots for one in series):
        return None
    return Chart(
        series=tuple(one for one in series if one.dots),
        goal=plane.y(row.goal.value),
        goal_words=f"Mức phải đạt: {row.goal.words()}",
        unit=row.goal.unit or "",
        levels=tuple(plane.levels()),
        ticks=tuple(plane.ticks()),
        forecast=_forecast(plane, row),
    )


class Plane(msgspec.Struct, frozen=True):
    """The plane of a chart: the days of the plan from left to right, figures from low to high."""

    begin: date
    end: date
    low: Decimal
    high: Decimal

    def x(self, day: date) -> float:
        """Return where the end of a day lies, in percent."""
        before = self.begin - timedelta(days=1)
        part = (min(max(day, before), self.end) - before).days / (self.end - before).days
        return round(LEFT + part * (RIGHT - LEFT), 2)

    def y(self, value: Decimal) -> float:
        """Return how far from the top a figure lies, in pixels."""
        part = float((value - self.low) / (self.high - self.low))
        return round(BOTTOM - part * (BOTTOM - TOP), 1)

    def dot(self, day: date, value: Decimal, words: str) -> Dot:
        """Return a figure as of the end of a day."""
        return Dot(self.x(day), self.y(value), words)

    def levels(self) -> Iterable[tuple[float, str]]:
        """Yield where round figures of the vertical axis lie, from low to high, with their words."""
        step = _round_step((self.high - self.low) / LEVELS)
        for number in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            figure = (number * step).normalize()
            yield self.y(figure), format_number(figure)

    def ticks(self) -> Iterable[tuple[float, str]]:
        """Yield where each quarter of the year ends, with its last month."""
        for month in (3, 6, 9, 12):
            yield self.x(periods.last_day(self.begin.year, month)), f"T{month}"


def _round_step(least: Decimal) -> Decimal:
    """Return the lowest of 1, 2, 5, 10, 20, … and of 0,5, 0,2, 0,1, … that is not below a figure above 0."""
    power = Decimal(10) ** least.adjusted()
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least)


def _plane(row: TargetRow) -> Plane:
    figures = [row.goal.value, Decimal(0)]
    figures += [point.value for point in row.series if point.value is not None]
    figures += [Decimal(reading.value) for reading in (*row.reported, *row.recorded) if reading.value]
    figures += [row.standing.forecast.value] if row.standing.forecast else []
    low, high = min(figures), max(figures)
    room = (high - low) / 20 or Decimal(1)
    return Plane(row.goal.begin, row.goal.end, low, high + room)


def _dots(plane: Plane, row: TargetRow, readings: Sequence[Reading]) -> Iterable[Dot]:
    for reading in readings:
        if reading.value is not None:
            period = periods.parse(reading.period)
            words = f"{period.words()}: {row.value_words(reading.value)}"
            yield plane.dot(period.end, Decimal(reading.value), words)


def _forecast(plane: Plane, row: TargetRow) -> tuple[Dot, Dot] | None:
    """Return the line from the newest figure to what is expected at the end; None without a forecast."""
    known = [point for point in row.series if point.value is not None]
    expected = row.standing.forecast
    if expected is None or not known or known[-1].value is None or known[-1].day >= row.goal.end:
        return None
    words = f"dự báo cuối năm: {format_number(expected.value)}"
    return (
        plane.dot(known[-1].day, known[-1].value, ""),
        plane.dot(row.goal.end, expected.value, words),
    )
