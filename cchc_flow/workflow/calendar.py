"""Days as the commune counts them: local days, working days, reporting days, and how a due day reads."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import holidays
import msgspec

from cchc_flow.workflow.periods import Period, day_in, parse
from cchc_flow.workflow.settings.values import Settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
NO_CHANGES: Mapping[date, bool] = {}


Standing = Literal["done_in_time", "done_late", "open_in_time", "open_late"]
STANDINGS: dict[Standing, str] = {
    "done_in_time": "Đã hoàn thành đúng hạn",
    "done_late": "Đã hoàn thành quá hạn",
    "open_in_time": "Chưa hoàn thành trong hạn",
    "open_late": "Chưa hoàn thành quá hạn",
}
"""The four official counts: every report and dashboard shows them."""


class Badge(msgspec.Struct, frozen=True):
    """How a due day reads: `kind` is none, in_time, soon, late, done_in_time or done_late."""

    kind: str
    words: str


def day_of(instant: str) -> date:
    """Return the local day of an RFC 3339 instant."""
    return datetime.fromisoformat(instant).astimezone(ZONE).date()


def local_day(now: datetime) -> date:
    """Return the local day of a moment."""
    return now.astimezone(ZONE).date()


def end_of_day(day: date) -> datetime:
    """Return the first moment after a local day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(UTC)


def day_words(day: date) -> str:
    """Return a day as officials write it: 05/02/2026."""
    return f"{day:%d/%m/%Y}"


def parse_day(words: str) -> date:
    """Return the day that was typed, as 25/01/2026 or as 2026-01-25; raise ValueError for none."""
    found = VIETNAMESE_DAY.fullmatch(words)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(words)


def moment_words(instant: str) -> str:
    """Return a moment as officials write it: 14 giờ 05 ngày 05/02/2026."""
    moment = datetime.fromisoformat(instant).astimezone(ZONE)
    return f"{moment.hour} giờ {moment:%M} ngày {day_words(moment.date())}"


def standing(due: date | None, done: date | None, today: date) -> Standing:
    """Return which of the four official counts an item belongs to on a day.

    `done` is the day of the submission that was later approved: what waits for approval is not done. For an
    item that rests, `today` is the day from which it does.
    """
    if done is not None:
        return "done_late" if due is not None and done > due else "done_in_time"
    return "open_late" if due is not None and due < today else "open_in_time"


def deadline(due: date, settings: Settings) -> date:
    """Return the last day on which work is in time: the due day, or the next working day where that rolls."""
    return next_working_day(due, settings.working_days()) if settings.deadlines.roll else due


def due_words(due: date, last: date) -> str:
    """Return a due day in words, with the last day in time where that is a later one."""
    if due == last:
        return day_words(due)
    return f"{day_words(due)} (ngày nghỉ, tính đến {day_words(last)})"


def badge(due: date | None, done: date | None, today: date, soon: int) -> Badge:
    """Return how a due day reads on a day; `done` as in `standing`, `soon` as in the settings."""
    if done is not None:
        late = due is not None and done > due
        return Badge("done_late", "Xong quá hạn") if late else Badge("done_in_time", "Xong đúng hạn")
    if due is None:
        return Badge("none", "Không đặt hạn")
    left = (due - today).days
    if left < 0:
        return Badge("late", f"Quá hạn {-left} ngày")
    if left > soon:
        return Badge("in_time", f"Hạn {day_words(due)}")
    return Badge("soon", f"Còn {left} ngày" if left else "Hạn hôm nay")


@cache
def public_holidays(year: int) -> holidays.HolidayBase:
    """Return the public holidays of Việt Nam in a year: names by day (Bộ luật Lao động 2019, Điều 112).

    It also knows the Saturdays that are worked in exchange for a day off.
    """
    return holidays.country_holidays("VN", years=year, language="vi")


def irregular_days(year: int) -> list[tuple[date, str]]:
    """Return the days of a year on which offices work or rest out of the usual, each with its name."""
    known = public_holidays(year)
    swapped = {day: "Làm bù (thứ Bảy)" for day in known.weekend_workdays if day.year == year}
    return sorted((dict(known.items()) | swapped).items())


def is_working_day(day: date, changes: Mapping[date, bool] = NO_CHANGES) -> bool:
    """Tell whether offices work on a day; `changes` says so for the days that differ from the rule."""
    return changes[day] if day in changes else public_holidays(day.year).is_working_day(day)


def next_working_day(day: date, changes: Mapping[date, bool] = NO_CHANGES) -> date:
    """Return the day itself if offices work on it, else the next on which they do."""
    while day < date.max and not is_working_day(day, changes):
        day += timedelta(days=1)
    return day


def last_working_day(day: date, changes: Mapping[date, bool] = NO_CHANGES) -> date:
    """Return the day itself if offices work on it, else the last before it on which they do."""
    while day > date.min and not is_working_day(day, changes):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, count: int, changes: Mapping[date, bool] = NO_CHANGES) -> date:
    """Return the day that is `count` working days after a day (0: the day itself, if worked)."""
    day = next_working_day(day, changes)
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), changes)
    return day


def reporting_days(
    year: int, monthly_day: int, period_day: int, all_months: bool = False
) -> list[tuple[str, date]]:
    """Return the twelve (period, due day) of a reporting stream, in the order of the days.

    In the last month of a quarter the longer report, due on `period_day`, replaces the monthly one; with
    `all_months` both are due. In a month that lacks the day the last one counts.
    """
    longer = {3: f"{year}-Q1", 6: f"{year}-H1", 9: f"{year}-9M", 12: f"{year}"}
    found = [(name, day_in(parse(name), period_day)) for name in longer.values()]
    months = [f"{year}-{month:02}" for month in range(1, 13) if all_months or month not in longer]
    found += [(name, day_in(parse(name), monthly_day)) for name in months]
    return sorted(found, key=lambda one: one[1])


def reporting_window(period: Period, begins_on: int) -> tuple[date, date]:
    """Return the first and the last day whose figures a period's report gives.

    They begin on a day of the month before the period (Nghị định 09/2019/NĐ-CP, Điều 12: the 15th), and end
    before that day of its last month. In a month that lacks the day the last one counts.
    """
    before = period.begin - timedelta(days=1)
    begin = before.replace(day=min(begins_on, before.day))
    return begin, day_in(period, begins_on) - timedelta(days=1)
