"""What the grammar reads before it knows the year: a day or a span of months, to be settled with its year."""

import calendar
from datetime import date

import msgspec

from cchc_flow.plan_import.days.tokens import Tokens
from cchc_flow.plan_import.days.values import Bound, Day, Precision, Span

FIRST_YEAR, LAST_YEAR = 1900, 2100
NEXT_YEAR = ("năm sau", "năm tới", "năm kế tiếp", "năm tiếp theo")


class Draft(msgspec.Struct, frozen=True):
    """A day (`precision` None) or a span, from `first` to `last` as (month, day); day 0 is the month's last.

    `year` and `last_year` are None where the text does not name them. It stands at the tokens from `place`
    to before `end`; `is_bare` says that nothing but its numbers makes it a time («15/12», «2026»).
    """

    precision: Precision | None
    first: tuple[int, int]
    last: tuple[int, int]
    place: int
    end: int
    year: int | None = None
    last_year: int | None = None
    is_bare: bool = False


def span_of_months(
    precision: Precision, first: int, last: int, place: int, end: int, year: int | None
) -> Draft:
    """Return the draft of whole months, `first` to `last` of one year."""
    return Draft(precision, (first, 1), (last, 0), place, end, year)


def is_range(draft: Draft) -> bool:
    """Return whether a draft goes from one period to another: «tháng 3 đến tháng 5»."""
    months = draft.last[0] - draft.first[0]
    usual = {"month": 0, "quarter": 2, "year": 11}.get(draft.precision or "", months)
    return months != usual or (draft.last_year or draft.year) != draft.year


def read_year(tokens: Tokens, place: int) -> int | None:
    """Return the year written at a place in four digits, or None."""
    token = tokens[place]
    if token.kind != "digits" or len(token.text) != 4:
        return None
    year = int(token.text)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def year_behind(tokens: Tokens, place: int) -> tuple[int | None, int]:
    """Return the year that follows a day or period at a place, and the place behind it; None for no year.

    «/2026», «-2026», «năm 2026», «, năm 2026», «năm sau».
    """
    start = tokens.skip(place, (",", "của"), 1) if tokens.is_word(place + 1, "năm") else place
    if tokens.is_word(start, "năm"):
        if (year := read_year(tokens, start + 1)) is not None:
            return year, start + 2
        if tokens.plan_year and (end := tokens.after_any(start, NEXT_YEAR)) is not None:
            return tokens.plan_year + 1, end
        if tokens.plan_year and (end := tokens.after_words(start, "năm nay")) is not None:
            return tokens.plan_year, end
    if tokens.is_word(place, "/", "-", ".") and (year := read_year(tokens, place + 1)) is not None:
        return year, place + 2
    return None, place


def settle(tokens: Tokens, draft: Draft, bound: Bound, year: int | None) -> Day | Span | None:
    """Return a draft as a day or span of the year that it names, else of `year`; None if no such day is."""
    first_year = draft.year or year
    if first_year is None:
        return None
    last_year = draft.last_year or first_year
    first, last = _day(first_year, draft.first), _day(last_year, draft.last)
    if first is None or last is None or last < first:
        return None
    start, end = tokens[draft.place].start, tokens[draft.end - 1].end
    if draft.precision is None:
        return Day(first.isoformat(), start, end, bound)
    return Span(first.isoformat(), last.isoformat(), draft.precision, start, end, bound)


def _day(year: int, month_day: tuple[int, int]) -> date | None:
    """Return a day of a year, the month's last for day 0; None if there is no such day."""
    month, day = month_day
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None
