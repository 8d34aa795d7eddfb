"""The calendar of the state: public holidays, days off in exchange, and the Saturdays worked for them.

Holidays come from the library `holidays` (Bộ luật Lao động 2019, Điều 112; Tết and Giỗ Tổ by the lunar
calendar). What the government decides for a single year is in `DECIDED`, which goes before the library: that
lacks what was decided late in the year before. A commune adds what comes after this release in its settings.
"""

from datetime import date
from functools import cache

import holidays
import msgspec

LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
NEW_YEAR_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
NATIONAL_DAY_2026 = "Phương án nghỉ Tết Âm lịch và Quốc khánh năm 2026 được Thủ tướng Chính phủ đồng ý"


class StateDay(msgspec.Struct, frozen=True):
    """A day off that is no weekend's, or a Saturday that is worked; `source` says who decided so."""

    day: date
    working: bool
    name: str
    source: str = LABOUR_CODE


DECIDED: tuple[StateDay, ...] = (
    StateDay(date(2026, 1, 2), False, "Nghỉ Tết Dương lịch (làm bù ngày 10/01/2026)", NEW_YEAR_2026),
    StateDay(date(2026, 1, 10), True, "Làm bù cho ngày 02/01/2026", NEW_YEAR_2026),
    StateDay(date(2026, 8, 22), True, "Làm bù cho ngày 31/08/2026", NATIONAL_DAY_2026),
    StateDay(date(2026, 8, 31), False, "Nghỉ Quốc khánh (làm bù ngày 22/08/2026)", NATIONAL_DAY_2026),
)
"""What the government decided for single years, with its source."""
LAST_DECIDED_YEAR = max(each.day.year for each in DECIDED)
"""The last year of which this release knows the exchanged days."""


@cache
def state_days(year: int) -> dict[date, StateDay]:
    """Return the irregular days of a year by day, in order: holidays, exchanged days, worked Saturdays."""
    library = _library(year)
    off = {day: StateDay(day, False, name) for day, name in library.items()}
    worked = {
        day: StateDay(day, True, "Làm bù (thứ Bảy)") for day in library.weekend_workdays if day.year == year
    }
    decided = {each.day: each for each in DECIDED if each.day.year == year}
    return dict(sorted((off | worked | decided).items()))


def is_state_working_day(day: date) -> bool:
    """Tell whether offices work on a day by the calendar of the state."""
    irregular = state_days(day.year).get(day)
    return irregular.working if irregular else day.weekday() < 5


@cache
def _library(year: int) -> holidays.HolidayBase:
    """Return the public holidays of a year, names by day, as the library knows them."""
    return holidays.country_holidays("VN", years=year, language="vi")
