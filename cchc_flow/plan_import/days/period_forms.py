"""Reads periods: months, quarters, halves, years, parts of them, and ranges of them."""

from msgspec.structs import replace

from cchc_flow.plan_import.days.drafts import Draft, read_year, span_of_months, year_behind
from cchc_flow.plan_import.days.numbers import read_count, read_count_or_digits
from cchc_flow.plan_import.days.tokens import Tokens

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
QUARTER_WORDS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
MONTH_WORDS = {"giêng": 1, "tư": 4, "chạp": 12}
TO = ("đến hết", "đến", "tới", "-")
WEEKS = {"đầu": 1, "một": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3, "cuối": 4, "tư": 4, "bốn": 4, "4": 4}
PHASES = ("giai đoạn", "thời kỳ", "các năm", "năm học", "nhiệm kỳ")


def read_period(tokens: Tokens, place: int) -> Draft | None:
    """Return the period that begins at a place, or None."""
    return (
        read_part(tokens, place)
        or read_half(tokens, place)
        or read_quarter(tokens, place)
        or read_month(tokens, place)
        or read_years(tokens, place)
    )


def read_month(tokens: Tokens, place: int, *, in_list: bool = False) -> Draft | None:
    """Return the month at a place, or the months from one to another: «tháng 3/2026», «tháng 3-5», «12/2026».

    `in_list` allows a number alone, behind other months: «tháng 6, 12».
    """
    has_name = tokens.is_word(place, "tháng")
    number = place + 1 if has_name else place
    found = _month_number(tokens, number, has_name=has_name)
    if found is None:
        return None
    month, end = found
    year, end = year_behind(tokens, end)
    if not has_name and not (in_list or _is_month_of_year(tokens, place, year)):
        return None
    draft = span_of_months("month", month, month, place, end, year)
    until = tokens.after_any(end, TO) if has_name else None
    last = read_month(tokens, until, in_list=True) if until is not None else None
    return _joined(draft, last) if last else draft


def _is_month_of_year(tokens: Tokens, place: int, year: int | None) -> bool:
    """Return whether a number without «tháng» is a month, since a stroke and a year follow: «12/2026»."""
    ends = not tokens.is_word(place + 3, "/") or tokens[place + 3].is_apart
    begins = tokens[place].is_apart or not tokens.is_word(place - 1, "/", ".", ",", "-")
    return year is not None and tokens.is_word(place + 1, "/") and begins and ends


def _month_number(tokens: Tokens, place: int, *, has_name: bool) -> tuple[int, int] | None:
    """Return the number of a month, in digits or behind «tháng» in words, and the place behind it."""
    month = tokens.digits(place)
    end = place + 1
    if month is None and has_name and tokens[place].text in MONTH_WORDS:
        month = MONTH_WORDS[tokens[place].text]
    elif month is None and has_name and not tokens.is_word(place, "năm"):
        count = read_count(tokens, place)
        if count is not None and not tokens.is_word(count[1], "lần", "cuộc", "buổi", "kỳ"):
            month, end = int(count[0]), count[1]
    return (month, end) if month is not None and 1 <= month <= 12 else None


def read_quarter(tokens: Tokens, place: int, *, in_list: bool = False) -> Draft | None:
    """Return the quarter at a place, or the quarters from one to another: «Quí IV-2026», «quý I đến quý III».

    `in_list` allows a number alone, behind other quarters: «quý II, IV».
    """
    has_name = tokens.is_word(place, "quý", "q")
    if not has_name and not in_list:
        return None
    number = place + has_name
    number += has_name and tokens.is_word(number, ".") and tokens.is_word(place, "q")
    quarter = _quarter_number(tokens, number, has_name=has_name)
    if quarter is None:
        return None
    year, end = year_behind(tokens, number + 1)
    draft = span_of_months("quarter", 3 * quarter - 2, 3 * quarter, place, end, year)
    until = tokens.after_any(end, TO) if has_name else None
    last = read_quarter(tokens, until, in_list=True) if until is not None else None
    return _joined(draft, last) if last else draft


def _quarter_number(tokens: Tokens, place: int, *, has_name: bool) -> int | None:
    """Return the number of a quarter: I to IV, 1 to 4, or behind «quý» a word; None for anything else."""
    text = tokens[place].text
    number = tokens.digits(place, 1) if has_name else None
    quarter = number or ROMAN.get(text) or (QUARTER_WORDS.get(text) if has_name else None)
    is_count = text in QUARTER_WORDS and tokens.is_word(place + 1, "lần")
    return quarter if quarter is not None and 1 <= quarter <= 4 and not is_count else None


def read_half(tokens: Tokens, place: int) -> Draft | None:
    """Return the first or last months of a year: «6 tháng đầu năm», «9 tháng năm 2026», «nửa cuối năm»."""
    if (end := tokens.after_any(place, ("nửa đầu năm", "nửa cuối năm"))) is not None:
        months, is_first = 6, tokens.is_word(place + 1, "đầu")
        year = read_year(tokens, end)
        return _months_of_year(months, place, end + (year is not None), year, is_first=is_first)
    count = read_count_or_digits(tokens, place)
    if count is None or count[0] not in (3, 6, 9) or not tokens.is_word(count[1], "tháng"):
        return None
    behind = count[1] + 1
    is_last = tokens.is_word(behind, "cuối")
    is_named = is_last or tokens.is_word(behind, "đầu")
    year, end = year_behind(tokens, behind + is_named)
    if not is_named and (year is None or count[0] != 9):
        return None
    if is_named and year is None and not tokens.is_word(end, "năm"):
        return None
    end += year is None and tokens.is_word(end, "năm")
    return _months_of_year(int(count[0]), place, end, year, is_first=not is_last)


def _months_of_year(months: int, place: int, end: int, year: int | None, *, is_first: bool) -> Draft:
    """Return the first or last months of a year, three, six or nine."""
    first = 1 if is_first else 13 - months
    precision = {3: "quarter", 6: "half", 9: "nine"}[months]
    return span_of_months(precision, first, first + months - 1, place, end, year)  # type: ignore[arg-type]


def read_years(tokens: Tokens, place: int) -> Draft | None:
    """Return the year or years at a place: «năm 2026», «2026 - 2027», «giai đoạn 2026-2030», «trong năm».

    «Trong năm», «cả năm» and «cuối năm» without a number are of the plan's year.
    """
    phase = tokens.after_any(place, PHASES)
    number = phase if phase is not None else place + tokens.is_word(place, "năm")
    year = read_year(tokens, number)
    if year is None:
        return _year_of_plan(tokens, place)
    is_bare = number == place
    if is_bare and (not tokens[place].is_apart and tokens.is_word(place - 1, "/", "-", ".", ",")):
        return None
    if is_bare and tokens.is_word(number + 1, "/") and not tokens[number + 1].is_apart:
        return None
    last = None
    until = tokens.after_any(number + 1, ("đến năm", "và năm", "- năm", "đến", "-", "–", "và"))
    if until is not None:
        last = read_year(tokens, until)
    end = until + 1 if last and until is not None else number + 1
    return Draft("year", (1, 1), (12, 0), place, end, year, last or year, is_bare)


def _year_of_plan(tokens: Tokens, place: int) -> Draft | None:
    """Return the plan's year where a text says «trong năm» or «cả năm», or None."""
    end = tokens.after_any(place, ("trong năm", "cả năm"))
    end = None if end is not None and tokens[end].kind == "digits" else end
    is_last = end is None and tokens.is_word(place, "năm") and tokens.is_word(place - 1, "cuối", "hết")
    if end is None and not is_last:
        return None
    return Draft("year", (1, 1), (12, 0), place, end or place + 1, None, None)


def read_part(tokens: Tokens, place: int) -> Draft | None:
    """Return the beginning, middle or a week of a month or quarter: «đầu quý II», «tuần đầu của tháng 5».

    Its end («cuối tháng 3») is read as the whole period, since both have the same last day.
    """
    week = WEEKS.get(tokens[place + 1 + tokens.is_word(place + 1, "thứ")].text)
    if tokens.is_word(place, "tuần") and week is not None:
        behind = tokens.skip(place + 2 + tokens.is_word(place + 1, "thứ"), ("của", "trong"), 1)
        month = read_month(tokens, behind) if tokens.is_word(behind, "tháng") else None
        return _part_of_month(month, place, 7 * week - 6, 7 * week if week < 4 else 0)
    is_start, is_middle = tokens.is_word(place, "đầu"), tokens.is_word(place, "giữa")
    if not is_start and not is_middle:
        return None
    behind = tokens.skip(place + 1, ("của",), 1)
    if tokens.is_word(behind, "tháng"):
        first_half = (1, 15) if tokens.is_word(place - 1, "nửa") else (1, 10)
        days = first_half if is_start else (11, 20)
        return _part_of_month(read_month(tokens, behind), place, *days)
    if tokens.is_word(behind, "năm"):
        year, end = year_behind(tokens, behind)
        end = end if year else behind + 1
        return span_of_months("quarter", 1, 3, place, end, year) if is_start else None
    quarter = read_quarter(tokens, behind)
    if quarter is None:
        return None
    part = quarter.first[0] + (0 if is_start else 1)
    return replace(quarter, precision="part", first=(part, 1), last=(part, 0), place=place)


def _part_of_month(month: Draft | None, place: int, first: int, last: int) -> Draft | None:
    """Return some days of a month as a draft that begins at `place`; None for no month or several."""
    if month is None or month.first[0] != month.last[0]:
        return None
    number = month.first[0]
    return replace(month, precision="part", first=(number, first), last=(number, last), place=place)


def _joined(first: Draft, last: Draft) -> Draft:
    """Return the periods from one to another as one draft."""
    year = first.year or last.year
    return replace(first, last=last.last, end=last.end, year=year, last_year=last.year)
