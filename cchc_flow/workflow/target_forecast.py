"""What a measure will come to by the end of the year, from its readings, and the method in words."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

import msgspec

from cchc_flow.workflow.periods import last_day
from cchc_flow.workflow.shares import format_number, in_percent

CENT = Decimal("0.01")
FEWEST = 3
"""How many figures make a trend."""
DAMPING = Decimal("0.85")
"""Which part of a month's change the next month has (Gardner and McKenzie's damped trend)."""
Bounds = tuple[Decimal | None, Decimal | None]
SHARE: Bounds = (Decimal(0), Decimal(100))
COUNT: Bounds = (Decimal(0), None)
CHANGE: Bounds = (None, None)
"""Between which figures a forecast stays: a share cannot be above 100, a number not below 0."""


class Point(msgspec.Struct, frozen=True):
    """A figure as of the end of a day; None says that nothing arose until then."""

    day: date
    value: Decimal | None


class Forecast(msgspec.Struct, frozen=True):
    """The figure to be expected on the last day, and the method in words."""

    value: Decimal
    method: str


def forecast(
    points: Sequence[Point], begin: date, end: date, accumulates: bool, bounds: Bounds
) -> Forecast | None:
    """Return the figure to be expected on the day `end`; None without any figure.

    The slope is the median of those between any two figures (Theil–Sen), so that one odd period does not
    decide. What accumulates begins with nothing on the day before `begin` and goes on at its pace. Any other
    trend is damped, as it seldom lasts for a year, and needs three figures.
    """
    known = [(_months(point.day), point.value) for point in points if point.value is not None]
    if not known:
        return None
    last_month, last_value = known[-1]
    remaining = max(Decimal(0), _months(end) - last_month)
    if accumulates:
        known = [(Decimal(12) * begin.year + begin.month - 1, Decimal(0)), *known]
    slope = _slope(known) if accumulates or len(known) >= FEWEST else None
    if slope is None:
        return Forecast(last_value, f"Giữ nguyên số gần nhất, vì mới có số của {len(known)} kỳ.")
    ahead = remaining if accumulates else _damped_months(remaining)
    expected = _within(bounds, last_value + slope * ahead)
    value = expected.quantize(_unit_of(known, bounds), ROUND_HALF_UP)
    return Forecast(_plainly(value), _method_words(slope, remaining, len(known), accumulates))


def _damped_months(months: Decimal) -> Decimal:
    """Return for how many months a trend goes on in full, if each month has DAMPING of that before it."""
    whole = int(months)
    full = sum((DAMPING**month for month in range(1, whole + 1)), Decimal(0))
    return full + (months - whole) * DAMPING ** (whole + 1)


def _months(day: date) -> Decimal:
    """Return a day's end in months, so that the end of a month is a whole number."""
    length = last_day(day.year, day.month).day
    return Decimal(12 * day.year + day.month - 1) + Decimal(day.day) / length


def _slope(known: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return by how much a figure changes in a month; None where there are no two moments to compare."""
    slopes = [
        (later - earlier) / (after - before)
        for (before, earlier), (after, later) in combinations(known, 2)
        if after != before
    ]
    return _median(sorted(slopes)) if slopes else None


def _median(ordered: Sequence[Decimal]) -> Decimal:
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def _unit_of(known: Sequence[tuple[Decimal, Decimal]], bounds: Bounds) -> Decimal:
    """Return to what a forecast is rounded: nobody holds 2,19 dialogues, but a share may be 87,29 %."""
    is_share_or_change = bounds != COUNT
    is_whole = all(value == value.to_integral_value() for _, value in known)
    return CENT if is_share_or_change or not is_whole else Decimal(1)


def _plainly(number: Decimal) -> Decimal:
    """Return a number without zeros at the end."""
    return Decimal(f"{number.normalize():f}")


def _within(bounds: Bounds, value: Decimal) -> Decimal:
    low, high = bounds
    value = value if low is None else max(low, value)
    return value if high is None else min(high, value)


def _method_words(slope: Decimal, remaining: Decimal, count: int, accumulates: bool) -> str:
    """Return the method in a sentence, with the change of a month that it goes on with."""
    monthly = slope.quantize(CENT, ROUND_HALF_UP)
    basis = f"{count - 1} kỳ và mức 0 đầu năm" if accumulates else f"{count} kỳ"
    change = "không đổi" if not monthly else f"{'tăng' if monthly > 0 else 'giảm'} {_plain(abs(monthly))}"
    weaker = (
        ""
        if accumulates
        else f", mỗi tháng sau còn {in_percent(_plainly(100 * DAMPING))} mức của tháng trước"
    )
    return (
        f"Từ số gần nhất, kéo dài mức thay đổi trung vị giữa các kỳ ({basis}):"
        f" {change} mỗi tháng, cho {_plain(remaining.quantize(CENT, ROUND_HALF_UP))} tháng còn lại{weaker}."
    )


def _plain(number: Decimal) -> str:
    return format_number(_plainly(number))
