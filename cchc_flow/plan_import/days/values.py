"""What a text can say of time: a day, a span of days, a rule by which days recur, or that it never ends."""

from typing import Literal

import msgspec

Precision = Literal["days", "part", "month", "quarter", "half", "nine", "year"]
"""How exact a span is: the sorts of `periods.SORTS`, some days from one to another, or a part of a month."""
Bound = Literal["before", "by", "in", "from", "cited", ""]
"""What the words before a time make of it: «trước» (before it), «chậm nhất», «đến hết» (by it), «trong»,
«xong» (in it), «từ», «sau» (from it on), «Quyết định … ngày» (cited); "" if they say nothing."""


class Day(msgspec.Struct, frozen=True):
    """One day as an ISO date; the words for it go from `start` to `end` in the text."""

    iso: str
    start: int
    end: int
    bound: Bound = ""


class Span(msgspec.Struct, frozen=True):
    """All days from `first` to `last`, ISO dates: a month, a quarter, several years …"""

    first: str
    last: str
    precision: Precision
    start: int
    end: int
    bound: Bound = ""


class Rule(msgspec.Struct, frozen=True):
    """Something that recurs with a cadence, a key of `periods.CADENCE`.

    `day` is its day of the month: of each month («ngày 15 hằng tháng»), or of the last month of each quarter
    or longer period; with `is_after` of the month after it («ngày 05 của tháng sau»). 31 is the last day.
    `yearly` are its days in each year, as month and day: ((6, 1), (11, 15)); day 0 is the month's last.
    """

    cadence: str
    start: int
    end: int
    bound: Bound = ""
    day: int | None = None
    is_after: bool = False
    yearly: tuple[tuple[int, int], ...] = ()


class Ongoing(msgspec.Struct, frozen=True):
    """Work without an end: «thường xuyên», «hằng ngày»."""

    start: int
    end: int
    bound: Bound = ""


Time = Day | Span | Rule | Ongoing


class Number(msgspec.Struct, frozen=True):
    """A number in words and its place in the text; `is_share` marks a fraction: «hai phần ba».

    `words` counts its words: 1 for «ba», 3 for «ba mươi sáu».
    """

    value: int | float
    start: int
    end: int
    is_share: bool = False
    words: int = 1
