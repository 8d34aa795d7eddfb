"""Local days, working days and reporting days of a commune, and how due days are shown."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from cchc_flow.workflow.periods import Period, day_in, parse
from cchc_flow.workflow.settings.values import Day, Settings
from cchc_flow.workflow.state_calendar import is_announced, is_expected, is_state_working_day, state_days

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VIETNAMESE_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
DAY_OF_DIGITS = re.compile(r"(\d\d)(\d\d)((?:19|20)\d\d)", re.ASCII)
"""A day typed without marks, 25012026; none of them is also a day that begins with its year."""
NO_CHANGES: Mapping[date, bool] = {}


Standing = Literal["done_in_time", "done_late", "open_in_time", "open_late"]
STANDINGS: dict[Standing, str] = {
    "done_in_time": "Đã hoàn thành đúng hạn",
    "done_late": "Đã hoàn thành quá hạn",
    "open_in_time": "Chưa hoàn thành trong hạn",
    "open_late": "Chưa hoàn thành quá hạn",
}
"""The four official counts, with their titles: every report and dashboard shows them."""


class Badge(msgspec.Struct, frozen=True):
    """How a due day is shown; `kind` is none, in_time, soon, late, done_in_time or done_late."""

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
    """Return a day in Vietnamese notation: 05/02/2026."""
    return f"{day:%d/%m/%Y}"


def parse_day(words: str) -> date:
    """Return the day in 25/01/2026, 25-1-2026, 25.1.2026, 25012026 or 2026-01-25; raise ValueError.

    Other text is none, and neither is a day without its full year: nothing is guessed where it is recorded.
    """
    if match := VIETNAMESE_DAY.fullmatch(words):
        return date(int(match[4]), int(match[3]), int(match[1]))
    if match := DAY_OF_DIGITS.fullmatch(words):
        return date(int(match[3]), int(match[2]), int(match[1]))
    return date.fromisoformat(words)


def moment_words(instant: str) -> str:
    """Return an RFC 3339 instant as local time in words: 14 giờ 05 ngày 05/02/2026."""
    moment = datetime.fromisoformat(instant).astimezone(ZONE)
    return f"{moment.hour} giờ {moment:%M} ngày {day_words(moment.date())}"


def standing(due: date | None, done: date | None, today: date) -> Standing:
    """Return which of the four official counts an item falls under on a day.

    `done` is the day of the submission that was later approved; work that still waits for approval is not
    done. For a suspended item, `today` is the day on which the suspension began.
    """
    if done is not None:
        return "done_late" if due is not None and done > due else "done_in_time"
    return "open_late" if due is not None and due < today else "open_in_time"


def deadline(due: date, settings: Settings) -> date:
    """Return the last day in time: the due day, or by the settings the next working day if that is off."""
    return next_working_day(due, settings.working_days()) if settings.deadlines.roll else due


def due_words(due: date, last: date) -> str:
    """Return a due day in words, followed by the last day in time where the two differ.

    Where that rests on a day off which the state has not announced yet, it says so.
    """
    if due == last:
        return day_words(due)
    between = (due + timedelta(days=ahead) for ahead in range((last - due).days))
    why = "ngày nghỉ dự kiến" if any(map(is_expected, between)) else "ngày nghỉ"
    return f"{day_words(due)} ({why}, tính đến {day_words(last)})"


def badge(due: date | None, done: date | None, today: date, soon: int) -> Badge:
    """Return how a due day is shown on a day, «soon» from `soon` days before it; `done` as in `standing`."""
    if done is not None:
        late = due is not None and done > due
        return Badge("done_late", "Xong quá hạn") if late else Badge("done_in_time", "Xong đúng hạn")
    if due is None:
        return Badge("none", "Không đặt hạn")
    days_left = (due - today).days
    if days_left < 0:
        return Badge("late", f"Quá hạn {-days_left} ngày")
    if days_left > soon:
        return Badge("in_time", f"Hạn {day_words(due)}")
    return Badge("soon", f"Còn {days_left} ngày" if days_left else "Hạn hôm nay")


def public_holidays(year: int) -> dict[date, str]:
    """Return the names of a year's days off by day: nothing here asks, plugins of earlier releases may."""
    return {day: each.name for day, each in state_days(year).items() if not each.working}


class CalendarDay(msgspec.Struct, frozen=True):
    """An irregular day as pages and the command line show it, from the state's calendar or the commune's own.

    `instead` says what the commune has decided where it differs from the state, else it is "". A day that the
    state has not announced yet `is_expected`.
    """

    day: date
    working: bool
    name: str
    source: str
    instead: str
    is_expected: bool


def calendar_days(year: int, settings: Settings) -> list[CalendarDay]:
    """Return the irregular days of the state in a year, in order, with what the commune made of them."""
    changes = settings.working_days()
    return [
        CalendarDay(
            each.day,
            each.working,
            each.name,
            each.source,
            ("xã làm việc" if changes[each.day] else "xã nghỉ")
            if changes.get(each.day, each.working) != each.working
            else "",
            is_expected(each.day),
        )
        for each in state_days(year).values()
    ]


def own_days(year: int, settings: Settings) -> list[Day]:
    """Return the days of a year that the commune has declared working or free."""
    return [day for day in settings.calendar.days if day.day.year == year]


def undecided_sentence(year: int) -> str:
    """Return the sentence that the days off of a year are only to be expected; "" if they are announced."""
    if is_announced(year):
        return ""
    return (
        f"Bản này chưa có lịch nghỉ năm {year} do Nhà nước công bố: các ngày nghỉ của năm là dự kiến,"
        " chưa có ngày nghỉ hoán đổi, ngày làm bù. Khi có, đầu mối CCHC khai báo ở thiết lập"
        " «Ngày nghỉ, ngày làm bù»."
    )


def is_working_day(day: date, changes: Mapping[date, bool] = NO_CHANGES) -> bool:
    """Tell whether offices work on a day; `changes` overrides the public calendar for single days."""
    return changes[day] if day in changes else is_state_working_day(day)


def next_working_day(day: date, changes: Mapping[date, bool] = NO_CHANGES) -> date:
    """Return the first working day that is not before a day."""
    while day < date.max and not is_working_day(day, changes):
        day += timedelta(days=1)
    return day


def last_working_day(day: date, changes: Mapping[date, bool] = NO_CHANGES) -> date:
    """Return the last working day that is not after a day."""
    while day > date.min and not is_working_day(day, changes):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, count: int, changes: Mapping[date, bool] = NO_CHANGES) -> date:
    """Return the day that is `count` working days after a day; with 0, the next working day from it on."""
    day = next_working_day(day, changes)
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), changes)
    return day


def reporting_days(
    year: int, monthly_day: int, period_day: int, all_months: bool = False, *, nine_months: bool = False
) -> list[tuple[str, date]]:
    """Return the (period, due day) of each report of a year, in the order of the days: twelve, or sixteen.

    Monthly reports are due on `monthly_day` of their month; those of the first quarter, the half, the third
    quarter (or, where that is asked, `nine_months`) and the year on `period_day` of their last month, in
    which they replace the monthly report unless `all_months` asks for both. A day that a month lacks means
    its last day.
    """
    longer = {3: f"{year}-Q1", 6: f"{year}-H1", 9: f"{year}-{'9M' if nine_months else 'Q3'}", 12: f"{year}"}
    months = [f"{year}-{month:02}" for month in range(1, 13) if all_months or month not in longer]
    reports = [(name, day_in(parse(name), period_day)) for name in longer.values()]
    reports += [(name, day_in(parse(name), monthly_day)) for name in months]
    return sorted(reports, key=lambda report: report[1])


def reporting_window(period: Period, begins_on: int) -> tuple[date, date]:
    """Return the first and the last day whose figures belong into the report of a period.

    The window begins on day `begins_on` of the month before the period (Nghị định 09/2019/NĐ-CP, Điều 12: the
    15th) and ends the day before that day in its last month. A day that a month lacks means its last day.
    """
    before = period.begin - timedelta(days=1)
    begin = before.replace(day=min(begins_on, before.day))
    return begin, day_in(period, begins_on) - timedelta(days=1)
