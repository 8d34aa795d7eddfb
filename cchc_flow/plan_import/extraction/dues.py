"""Reads when work is due: the words of a cell, of an attribute line, or of a task's own text."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from unicodedata import normalize

import msgspec

from cchc_flow.plan_import.days import Day, Ongoing, Rule, Span, Time, find_times
from cchc_flow.plan_import.proposal import Due

KINDS = {"days": "date", "part": "month"}
SPANS = ("days", "part", "month", "quarter", "half", "nine", "year")
JOINT = re.compile(r"[\s,;&+]*(?:(?:và|hoặc|trước|trong|ngày|đến|hết)\b[\s,]*)*", re.IGNORECASE)
QUARTER_ENDS = ["03-31", "06-30", "09-30", "12-31"]
NOT_DUE = ("from", "cited")


class NamedDay(msgspec.Struct, frozen=True):
    """The day that a text names for its work, as an ISO date; `is_before` if the words are «trước ngày»."""

    iso: str
    is_before: bool = False


def parse_due(text: str, plan_year: int | None = None) -> Due:
    """Return what a cell or attribute line says of when work is due; a day without a year is of the plan's.

    Days come before periods, periods before what recurs, that before «thường xuyên» and whole years.
    """
    times = [time for time in find_times(normalize("NFC", text), plan_year) if time.bound not in NOT_DUE]
    days = [time for time in times if isinstance(time, Day)]
    spans = innermost([time for time in times if isinstance(time, Span)])
    if days:
        return due_of_days(days)
    periods = [span for span in spans if span.precision != "year"]
    if periods:
        return due_of_spans(periods)
    rules = [time for time in times if isinstance(time, Rule)]
    if rules:
        return due_of_rule(rules[0], plan_year)
    if any(isinstance(time, Ongoing) for time in times):
        return Due("ongoing", None)
    return due_of_spans(spans) if spans else Due("other", None)


def due_of_days(days: Sequence[Day]) -> Due:
    """Return what one day or several are as a due."""
    values = tuple(dict.fromkeys(day.iso for day in days))
    if len(values) > 1:
        return Due("other", None, days=values)
    return Due("date", values[0], is_before=days[0].bound == "before")


def due_of_spans(spans: Sequence[Span]) -> Due:
    """Return what one period or several are as a due: its last day, or the day before for «trước tháng 3»."""
    values = tuple(dict.fromkeys(end_of_span(span) for span in spans))
    if [value[5:] for value in values] == QUARTER_ENDS:
        return Due("recurring", None, "quarterly", values)
    if len(values) > 1:
        return Due("other", None, days=values)
    precision = spans[0].precision
    return Due(KINDS.get(precision, precision), values[0])


def due_of_rule(rule: Rule, plan_year: int | None) -> Due:
    """Return what recurs as a due; one day of each year is a day of the plan's year."""
    days = days_of_year(rule, plan_year)
    if len(days) == 1:
        return Due("date", days[0], cadence="yearly", is_before=rule.bound == "before")
    return Due("recurring", None, rule.cadence, days)


def days_of_year(rule: Rule, year: int | None) -> tuple[str, ...]:
    """Return the yearly days of a rule in one year as ISO days; none without a year."""
    return tuple(
        day
        for month, number in rule.yearly
        if year is not None
        and (day := iso_day(year, month, number or monthrange(year, month)[1])) is not None
    )


def end_of_span(span: Span) -> str:
    """Return the last day of a period; for «trước quý IV» the day before the period begins."""
    if span.bound == "before" and span.precision != "days":
        return (date.fromisoformat(span.first) - timedelta(days=1)).isoformat()
    return span.last


def innermost(spans: Sequence[Span]) -> list[Span]:
    """Return the periods that hold no shorter one of the same text: of «tháng 3, quý I/2026» the month."""
    return [
        span
        for span in spans
        if not any(
            span is not other
            and contains(span, other)
            and SPANS.index(other.precision) < SPANS.index(span.precision)
            for other in spans[:100]
        )
    ]


def contains(span: Span, other: Span) -> bool:
    """Return whether all days of the other period are days of this one."""
    return span.first <= other.first and other.last <= span.last


def find_day(text: str, plan_year: int | None = None) -> NamedDay | None:
    """Return the day that a text sets for its work: a day, or the last day of a quarter or month.

    Of a list («quý I và quý III») the last one counts. None if it sets none; the date of a decree or decision
    is none, nor is a whole year.
    """
    times = find_times(text, plan_year)
    dated = [time for time in times if is_deadline_day(time)] or [
        time for time in times if is_deadline_period(time)
    ]
    last = last_of_list(dated, text)
    if isinstance(last, Day):
        return NamedDay(last.iso, last.bound == "before")
    return NamedDay(end_of_span(last)) if isinstance(last, Span) else None


def last_of_list(times: Sequence[Time], text: str) -> Time | None:
    """Return the last time of the list that the first one begins: «quý I và quý III»; None for no times."""
    if not times:
        return None
    last = times[0]
    for time in times[1:]:
        if JOINT.fullmatch(text, last.end, time.start) is None:
            break
        last = time
    return last


def is_deadline_day(time: Time) -> bool:
    """Return whether a time in running text is a day to be done by."""
    if isinstance(time, Span):
        is_short = int(time.last[:4]) - int(time.first[:4]) <= 1  # a longer one is history: (1946 - 2026)
        return time.precision == "days" and is_short and time.bound in ("before", "by", "in", "")
    return isinstance(time, Day) and time.bound in ("before", "by")


def is_deadline_period(time: Time) -> bool:
    """Return whether a time in running text is a period to be done in, shorter than a year."""
    is_short = isinstance(time, Span) and time.precision not in ("year", "days", "nine")
    return is_short and time.bound in ("before", "by", "in")


def iso_day(year: int, month: int, day: int) -> str | None:
    """Return a date as an ISO day, or None if there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
