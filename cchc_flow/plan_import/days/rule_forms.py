"""Reads rules: «hằng quý», «6 tháng một lần», «ngày 25 của tháng cuối quý», «ngày 05 của tháng sau»."""

import msgspec

from cchc_flow.plan_import.days.numbers import read_count_or_digits
from cchc_flow.plan_import.days.period_forms import ROMAN
from cchc_flow.plan_import.days.tokens import Tokens

EACH = ("hằng", "mỗi", "từng")
MONTHS = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}
"""The cadence of a period of so many months: keys of `periods.CADENCE`."""
TIMES_A_YEAR = {1: "yearly", 2: "half_yearly", 4: "quarterly", 12: "monthly"}
ORDER = ("ongoing", "monthly", "quarterly", "half_yearly", "yearly")
ONGOING = ("thường xuyên", "liên tục", "quanh năm", "suốt năm")
LAST_DAY = ("ngày cuối cùng", "ngày làm việc cuối cùng", "ngày cuối")
NEXT_MONTH = ("tháng sau", "tháng kế tiếp", "tháng tiếp theo", "tháng liền kề", "tháng liền sau", "tháng kế")
LAST_MONTH = ("tháng cuối cùng", "tháng cuối")
SMALL = frozenset(("của", "các", "mỗi", "hằng", "vào", "cùng"))


class RuleDraft(msgspec.Struct, frozen=True):
    """A rule at the tokens from `place` to before `end`; its cadence is «ongoing» for daily work."""

    cadence: str
    place: int
    end: int
    day: int | None = None
    is_after: bool = False


def read_rule(tokens: Tokens, place: int) -> RuleDraft | None:
    """Return the rule that begins at a place, or None."""
    return read_day_rule(tokens, place) or read_cadence(tokens, place) or _read_ongoing(tokens, place)


def _read_ongoing(tokens: Tokens, place: int) -> RuleDraft | None:
    end = tokens.after_any(place, ONGOING)
    return None if end is None else RuleDraft("ongoing", place, end)


def read_day_rule(tokens: Tokens, place: int) -> RuleDraft | None:
    """Return the day of each month or period that is named at a place, or None."""
    end = tokens.after_any(place, LAST_DAY)
    day: int | None = 31
    if end is None and tokens.is_word(place, "ngày"):
        number = place + 1 + tokens.is_word(place + 1, "mùng")
        day, end = tokens.digits(number), number + 1
    elif end is None and tokens[place + 1].text in EACH and tokens.is_word(place + 2, "tháng"):
        day, end = tokens.digits(place), place + 1  # «trước 25 hằng tháng»
    if end is None or day is None:
        return None
    day = day if 1 <= day <= 31 else None
    tail = _read_tail(tokens, end)
    return None if tail is None else RuleDraft(tail.cadence, place, tail.end, day, tail.is_after)


def _read_tail(tokens: Tokens, place: int) -> RuleDraft | None:
    """Return whose day a rule's day is: «hằng tháng», «của tháng cuối quý», «của tháng sau», «các quý»."""
    start = tokens.skip(place, SMALL)
    if tokens.is_word(place, "/") and tokens.is_word(place + 1, "tháng", "quý"):  # «ngày 25/tháng»
        return RuleDraft("monthly" if tokens.is_word(place + 1, "tháng") else "quarterly", place, place + 2)
    if (end := tokens.after_any(start, LAST_MONTH)) is not None:
        return _read_period_name(tokens, tokens.skip(end, SMALL), place) or RuleDraft("quarterly", place, end)
    if (end := tokens.after_any(start, NEXT_MONTH)) is not None:
        name = _read_period_name(tokens, tokens.skip(end, (*SMALL, "kết", "thúc", "khi", "sau")), place)
        return RuleDraft(name.cadence if name else "monthly", place, name.end if name else end, is_after=True)
    if (end := tokens.after_any(start, ("tháng đầu tiên", "tháng đầu"))) is not None:
        name = _read_period_name(tokens, tokens.skip(end, SMALL), place)
        following = tokens.after_any(name.end, ("sau", "kế tiếp", "tiếp theo")) if name else None
        return RuleDraft(name.cadence, place, following or name.end, is_after=True) if name else None
    if tokens.is_word(start, "tháng") and start > place and tokens[start + 1].kind != "digits":
        return RuleDraft("monthly", place, start + 1)
    if tokens.is_word(start, "tháng") and tokens.is_word(place - 1, "cuối", "cùng"):
        return None if tokens[start + 1].kind == "digits" else RuleDraft("monthly", place, start + 1)
    return _read_period_name(tokens, start, place)


def _read_period_name(tokens: Tokens, place: int, start: int) -> RuleDraft | None:
    """Return the rule of a period's name: «quý», «kỳ», «6 tháng», and «năm» behind something small."""
    if tokens.is_word(place, "quý", "kỳ") and not _is_number_of_quarter(tokens, place + 1):
        return RuleDraft("quarterly", start, place + 1)
    months = _read_months(tokens, place)
    if months is not None and months[0] != "monthly":
        return RuleDraft(months[0], start, months[1])
    if tokens.is_word(place, "năm") and place > start and tokens[place + 1].kind != "digits":
        return RuleDraft("yearly", start, place + 1)
    return None


def _is_number_of_quarter(tokens: Tokens, place: int) -> bool:
    return tokens[place].text in ROMAN or tokens[place].kind == "digits"


def read_cadence(tokens: Tokens, place: int) -> RuleDraft | None:
    """Return the cadence that is named at a place, or None; of several («tháng, quý, năm») the shortest."""
    read = _read_each(tokens, place) or _read_once_in(tokens, place) or _read_times_a_year(tokens, place)
    if read is None:
        return None
    cadence, end = read
    while (more := _read_more(tokens, end)) is not None:
        cadence, end = min(cadence, more[0], key=ORDER.index), more[1]
    return RuleDraft(cadence, place, end)


def _read_more(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Return the next name in a list of periods: «, quý», «/quý», «và năm»; None if the list ends."""
    if not tokens.is_word(place, ",", "/", "và", "hoặc", "-"):
        return None
    start = tokens.skip(place + 1, ("và", "hằng", "từng", "mỗi"), 2)
    more = _read_name(tokens, start)
    is_time = more is not None and (
        tokens[more[1]].kind == "digits" or tokens.is_word(more[1], "đầu", "cuối", *ROMAN)
    )
    return None if is_time else more


def _read_each(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Return the cadence of «hằng quý», «mỗi 6 tháng», «định kỳ 6 tháng», «báo cáo quý»."""
    if (end := tokens.after_words(place, "định kỳ")) is not None:
        return _read_name(tokens, tokens.skip(end, (*EACH, "theo", ":", "(", "vào"), 3))
    if (end := tokens.after_words(place, "báo cáo")) is not None:
        name = _read_name(tokens, end)
        return name if name and tokens[name[1]].kind != "digits" and name[0] != "ongoing" else None
    if not tokens.is_word(place, *EACH):
        return None
    return _read_name(tokens, place + 1)


def _read_name(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Return the cadence of a period's name, and the place behind it."""
    if tokens.is_word(place, "ngày", "tuần", "giờ"):
        return None if tokens[place + 1].kind == "digits" else ("ongoing", place + 1)
    if tokens.is_word(place, "tháng"):
        return "monthly", place + 1
    if tokens.is_word(place, "quý") and not _is_number_of_quarter(tokens, place + 1):
        return "quarterly", place + 1
    if tokens.is_word(place, "năm") and tokens[place + 1].kind != "digits":
        return "yearly", place + 1
    return _read_months(tokens, place)


def _read_months(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Return the cadence of so many months, «6 tháng», «ba tháng», and the place behind it."""
    count = read_count_or_digits(tokens, place)
    if count is None or not tokens.is_word(count[1], "tháng"):
        return None
    cadence = MONTHS.get(int(count[0]))
    return (cadence, count[1] + 1) if cadence else None


def _read_once_in(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Return the cadence of «6 tháng một lần», «3 tháng/lần», «quý một lần»."""
    name = _read_months(tokens, place) or (_read_name(tokens, place) if _can_begin(tokens, place) else None)
    if name is None:
        return None
    end = tokens.after_any(name[1], ("một lần", "1 lần", "01 lần", "/ lần", "/ 1 lần", "/ 01 lần"))
    return None if end is None else (name[0], end)


def _can_begin(tokens: Tokens, place: int) -> bool:
    return tokens.is_word(place, "tháng", "quý", "năm")


def _read_times_a_year(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Return the cadence of «01 lần/quý», «một lần mỗi tháng», «2 lần/năm»."""
    count = read_count_or_digits(tokens, place)
    if count is None or not tokens.is_word(count[1], "lần", "kỳ"):
        return None
    start = tokens.after_any(count[1] + 1, ("/", "mỗi", "trong", "một", "hằng"))
    name = _read_name(tokens, start) if start is not None else None
    if name is None:
        return None
    if name[0] == "yearly":
        cadence = TIMES_A_YEAR.get(int(count[0]))
        return (cadence, name[1]) if cadence else None
    return name if count[0] == 1 else None
