"""The calendar of the state: public holidays, days off in exchange, and the Saturdays worked for them.

What the state has announced is a table of our own (`announced_days`). The days of other years are computed by
the library `holidays` (Bộ luật Lao động 2019, Điều 112; Tết and Giỗ Tổ by the lunar calendar). In years to
come they are to be expected, without exchanged days. A commune adds what comes after this release in its
settings.
"""

from datetime import date
from functools import cache

import holidays

from cchc_flow.workflow.announced_days import ANNOUNCED, ANNOUNCED_YEARS, StateDay


@cache
def state_days(year: int) -> dict[date, StateDay]:
    """Return the irregular days of a year by day, in order: holidays, exchanged days, worked Saturdays."""
    if year in ANNOUNCED_YEARS:
        return {each.day: each for each in ANNOUNCED if each.day.year == year}
    library = _library(year)
    off = {day: StateDay(day, False, name) for day, name in library.items()}
    worked = {
        day: StateDay(day, True, "Làm bù (thứ Bảy)") for day in library.weekend_workdays if day.year == year
    }
    return dict(sorted((off | worked).items()))


def is_announced(year: int) -> bool:
    """Tell whether the state has announced the days off of a year, as far as this release knows."""
    return year <= max(ANNOUNCED_YEARS)


def is_expected(day: date) -> bool:
    """Tell whether a day is off, or worked, only as far as can be expected: its year is not announced yet."""
    return not is_announced(day.year) and day in state_days(day.year)


def is_state_working_day(day: date) -> bool:
    """Tell whether offices work on a day by the calendar of the state."""
    irregular = state_days(day.year).get(day)
    return irregular.working if irregular else day.weekday() < 5


@cache
def _library(year: int) -> holidays.HolidayBase:
    """Return the public holidays of a year, names by day, as the library knows them."""
    return holidays.country_holidays("VN", years=year, language="vi")
