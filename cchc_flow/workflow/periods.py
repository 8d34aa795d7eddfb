"""Reporting periods, named 2026-03, 2026-Q1, 2026-H1, 2026-9M or 2026, and the cadences they recur in."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, date, timedelta
from unicodedata import normalize

import msgspec

from cchc_flow.errors import BadInput
from cchc_flow.workflow.shares import roman_numeral

CADENCE = (
    ("once", "Một lần"),
    ("monthly", "Hằng tháng"),
    ("quarterly", "Hằng quý"),
    ("half_yearly", "6 tháng"),
    ("yearly", "Hằng năm"),
)
FORM = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])|(9M)))?", re.ASCII)
NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
SORTS = {"month": "Tháng", "quarter": "Quý", "half": "6 tháng", "nine": "9 tháng", "year": "Năm"}
LENGTHS = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}
TYPED = (
    (re.compile(r"(?:tháng )?(\d{1,2})(?:/| năm )(\d{4})", re.ASCII), "{1}-{0:0>2}"),
    (re.compile(r"quý ([1-4]|iv|i{1,3})(?:/| năm )(\d{4})", re.ASCII), "{1}-Q{0}"),
    (re.compile(r"6 tháng đầu(?:/| năm )(\d{4})", re.ASCII), "{0}-H1"),
    (re.compile(r"6 tháng cuối(?:/| năm )(\d{4})", re.ASCII), "{0}-H2"),
    (re.compile(r"9 tháng(?: đầu)?(?:/| năm )(\d{4})", re.ASCII), "{0}-9M"),
    (re.compile(r"năm (\d{4})", re.ASCII), "{0}"),
)
"""How people write periods: patterns, and the name of the period that each means."""
YEARS_BACK = 5
STEPS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


class Period(msgspec.Struct, frozen=True, order=True):
    """Whole months of one year, from `first` to `last`; `name` is the stored form, such as 2026-Q1."""

    year: int
    first: int
    last: int
    name: str

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return last_day(self.year, self.last)

    @property
    def sort(self) -> str:
        """Its length: a key of SORTS."""
        months = self.last - self.first + 1
        return next(sort for sort, length in LENGTHS.items() if length == months)

    def words(self) -> str:
        """Return the period in Vietnamese: tháng 3/2026, quý I/2026, 6 tháng đầu năm 2026."""
        months = self.last - self.first + 1
        if months == 12:
            return f"năm {self.year}"
        if months == 9:
            return f"9 tháng năm {self.year}"
        if months == 6:
            return f"6 tháng {'đầu' if self.first == 1 else 'cuối'} năm {self.year}"
        if months == 3:
            return f"quý {roman_numeral(self.last // 3)}/{self.year}"
        return f"tháng {self.first}/{self.year}"

    def title_words(self) -> str:
        """Return the period as the title of a document has it: tháng 01 năm 2026, 9 tháng đầu năm 2026.

        The months 1 and 2 have a leading 0 (Nghị định 30/2020/NĐ-CP).
        """
        if self.sort == "month":
            return f"tháng {self.first:0{2 if self.first < 3 else 1}} năm {self.year}"
        return self.words().replace("/", " năm ").replace("9 tháng năm", "9 tháng đầu năm")

    def following(self) -> "Period":
        """Return what comes next: after nine months the last quarter, after a year the next one."""
        months = 3 if self.sort == "nine" else self.last - self.first + 1
        begin = self.last + 1 if self.last < 12 else 1
        return _period(self.year + self.last // 12, begin, begin + months - 1)

    def short_words(self, year: int) -> str:
        """Return the period as a card has room for it: T3, Q.I, 6T đầu; with its year, if that is another."""
        months = self.last - self.first + 1
        if months == 12:
            return self.words()
        half = "6T đầu" if self.first == 1 else "6T cuối"
        words = {9: "9T", 6: half, 3: f"Q.{roman_numeral(self.last // 3)}", 1: f"T{self.first}"}[months]
        return words if self.year == year else f"{words}/{self.year}"


def parse(name: str) -> Period:
    """Return the period with a name such as 2026-Q1; raise BadInput for anything else."""
    match = FORM.fullmatch(name)
    if match is None or not 1 <= int(match[1]) < MAXYEAR:  # the day after its end must be a day as well
        raise BadInput(f"«{name[:20]}» không phải một kỳ.", "Kỳ ghi như 2026-03, 2026-Q1, 2026-H1 hoặc 2026.")
    year, month, quarter, half, nine = match.groups()
    if month:
        return Period(int(year), int(month), int(month), name)
    if quarter:
        return Period(int(year), 3 * int(quarter) - 2, 3 * int(quarter), name)
    if half:
        return Period(int(year), 6 * int(half) - 5, 6 * int(half), name)
    return Period(int(year), 1, 9 if nine else 12, name)


def shorter_periods(period: Period) -> list[Period]:
    """Return the months of a quarter, or the quarters of a longer period, in order; none for a month."""
    months = 1 if period.sort == "quarter" else 3
    if period.sort == "month":
        return []
    lasts = range(period.first + months - 1, period.last + 1, months)
    return [_period(period.year, last - months + 1, last) for last in lasts]


def parse_typed(words: str) -> Period:
    """Return the period meant by typed words: a name (2026-Q1) or «quý I/2026»; raise BadInput for others."""
    plain = " ".join(re.sub(r"\s*/\s*", "/", normalize("NFC", words.lower())).split())
    for form, name in TYPED:
        if match := form.fullmatch(plain):
            return parse(name.format(*(NUMERALS.get(number, number) for number in match.groups())))
    return parse(words.strip().upper())


def period_choices(sort: str, today: date) -> list[Period]:
    """Return the periods of a sort that a form offers: those of this year and the last that have begun.

    The newest comes first. Of whole years it offers five past ones, since a first figure may be old, and at
    the end the next, which is planned in this one.
    """
    back = YEARS_BACK if sort == "year" else 1
    years = range(today.year - back, today.year + 2)
    periods = [period for year in years for period in periods_of_sort(sort, year)]
    begun = [period for period in periods if period.begin <= today]
    return [*reversed(begun), *(periods[len(begun) : len(begun) + 1] if sort == "year" else ())]


def place_words(ref: str | None, period: str | None) -> str:
    """Return an item's reference in the plan and its period in words: III.2.1 · quý I/2026."""
    return " · ".join(filter(None, (ref, parse(period).words() if period else "")))


def cadence_periods(cadence: str, year: int) -> list[Period]:
    """Return the periods of a cadence (a key of STEPS) in a year, in order; none for other cadences."""
    months = STEPS.get(cadence)
    return _equal_periods(year, months) if months else []


def periods_between(cadence: str, since: date, until: date) -> Iterator[Period]:
    """Yield the periods of a cadence that end on `since` or later and have begun by `until`."""
    for year in range(since.year, until.year + 1):
        for period in cadence_periods(cadence, year):
            if period.end >= since and period.begin <= until:
                yield period


def day_in(period: Period, day: int | None) -> date:
    """Return a day of the period's last month: its last day if `day` is None or beyond the month's end."""
    end = period.end
    return end if day is None or day >= end.day else end.replace(day=max(1, day))


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def periods_of_sort(sort: str, year: int) -> list[Period]:
    """Return the periods of a sort (a key of SORTS) in a year, in order."""
    return [parse(f"{year}-9M")] if sort == "nine" else _equal_periods(year, LENGTHS[sort])


def _equal_periods(year: int, months: int) -> list[Period]:
    """Return the periods of so many months that fill a year, in order."""
    return [_period(year, last - months + 1, last) for last in range(months, 13, months)]


def _period(year: int, first: int, last: int) -> Period:
    """Return the period from the month `first` to `last`: a month, quarter, half or whole year."""
    months = last - first + 1
    names = {1: f"{year}-{last:02}", 3: f"{year}-Q{last // 3}", 6: f"{year}-H{last // 6}", 12: f"{year}"}
    return Period(year, first, last, names[months])
