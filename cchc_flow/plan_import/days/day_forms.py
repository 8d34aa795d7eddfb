"""Reads days («ngày 15 tháng 12 năm 2026», «15/12») and ranges of days («từ 01/3 đến 30/4»)."""

from msgspec.structs import replace

from cchc_flow.plan_import.days.drafts import Draft, read_year, year_behind
from cchc_flow.plan_import.days.tokens import Tokens

SEPARATORS = ("/", "-", ".")
NAMES = ("ngày", "hôm", "mùng")
UNTIL = ("đến hết ngày", "đến hết", "đến trước ngày", "đến ngày", "đến", "tới ngày", "tới", "- ngày", "-")
COUNTED = frozenset((
    "số", "tổng", "chỉ", "tiêu", "các", "thôn", "buôn", "hộ", "đơn", "trường", "xã", "cơ", "thủ", "văn", "hồ",
    "nhiệm", "điểm", "công", "tổ", "người", "trường", "lĩnh", "cán", "dịch", "phòng", "ấp", "bản",
))  # fmt: skip
"""Before one of these «3/4» is a share: «3/4 số hộ», «18/20 tiêu chí»."""


def read_days(tokens: Tokens, place: int) -> Draft | None:
    """Return the day or the range of days that begins at a place, or None."""
    return read_range(tokens, place) or read_day(tokens, place)


def read_day(tokens: Tokens, place: int, *, is_behind: bool = False) -> Draft | None:
    """Return the day that begins at a place, with its year where that is named, or None.

    Without «ngày» and a year, only numbers with a stroke are a day (`is_bare`). `is_behind` says that it
    stands behind the first day of a range, so that numbers may touch it.
    """
    is_named = tokens.is_word(place, *NAMES)
    number = place + is_named + (is_named and tokens.is_word(place + 1, "mùng"))
    day = tokens.digits(number)
    if day is None or not 1 <= day <= 31:
        return None
    if tokens.is_word(number + 1, "tháng"):
        return _with_month(tokens, place, day, number + 2)
    if not tokens.is_word(number + 1, *SEPARATORS) or (
        not is_behind and _continues_number(tokens, place, is_named=is_named)
    ):
        return None
    month = tokens.digits(number + 2)
    if month is None or not 1 <= month <= 12:
        return None
    draft = _with_month(tokens, place, day, number + 2)
    if draft is None or draft.year is not None:
        return draft
    return _without_year(tokens, draft, is_named=is_named, separator=tokens[number + 1].text)


def _with_month(tokens: Tokens, place: int, day: int, month_place: int) -> Draft | None:
    """Return the day of the month whose number stands at `month_place`, with the year behind it."""
    month = tokens.digits(month_place)
    if month is None or not 1 <= month <= 12:
        return None
    year, end = year_behind(tokens, month_place + 1)
    if year is None and (short := _short_year(tokens, month_place)) is not None:
        year, end = short, month_place + 3
    return Draft(None, (month, day), (month, day), place, end, year)


def _short_year(tokens: Tokens, month_place: int) -> int | None:
    """Return the year of «15/3/26», written in two digits behind a second stroke."""
    separator = tokens[month_place - 1].text
    number = tokens.digits(month_place + 2)
    is_date = separator == "/" and tokens.is_word(month_place + 1, "/")
    return 2000 + number if is_date and number is not None and 20 <= number <= 49 else None


def _without_year(tokens: Tokens, draft: Draft, *, is_named: bool, separator: str) -> Draft | None:
    """Return a day of numbers without a year, or None if they are a share, a decree or a longer number."""
    follows = tokens[draft.end]
    if follows.text in ("/", "%") or (follows.text in SEPARATORS and tokens[draft.end + 1].kind == "digits"):
        is_range = follows.text == "-" and read_year(tokens, draft.end + 1) is None
        if not is_range or tokens[draft.end + 1].kind != "digits":
            return None
    if is_named:
        return draft
    return replace(draft, is_bare=True) if separator == "/" and follows.text not in COUNTED else None


def _continues_number(tokens: Tokens, place: int, *, is_named: bool) -> bool:
    """Return whether the numbers at a place go on from those before it: «60/2021», «1.15/3»."""
    if is_named or tokens[place].is_apart:
        return False
    return tokens.is_word(place - 1, *SEPARATORS, ",") and tokens[place - 2].kind == "digits"


def read_range(tokens: Tokens, place: int) -> Draft | None:
    """Return the days from one to another that begin at a place: «từ 01/3 đến 30/4», «ngày 10-15/3/2026»."""
    has_from = tokens.is_word(place, "từ")
    start = place + has_from
    first = read_day(tokens, start)
    if first is None and tokens.is_word(start, *NAMES):
        return _range_in_month(tokens, place, start + 1)
    until = tokens.after_any(first.end, UNTIL) if first else None
    last = read_day(tokens, until, is_behind=True) if until is not None else None
    if first is None or last is None:
        return None
    is_bare = (first.is_bare or last.is_bare) and not has_from
    year = first.year or last.year
    return Draft("days", first.first, last.last, place, last.end, year, last.year, is_bare)


def _range_in_month(tokens: Tokens, place: int, number: int) -> Draft | None:
    """Return the days of one month from the number at a place on: «ngày 10 đến ngày 15/3»."""
    day = tokens.digits(number)
    until = tokens.after_any(number + 1, UNTIL)
    last = read_day(tokens, until, is_behind=True) if until is not None else None
    if day is None or last is None or day < 1:
        return None
    return Draft("days", (last.first[0], day), last.last, place, last.end, last.year)
