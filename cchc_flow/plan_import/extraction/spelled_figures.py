"""Finds the figures of a text that are written in words, and shares: «ba mươi sáu buổi», «một phần ba»."""

import re
from collections.abc import Iterator

import msgspec

from cchc_flow.plan_import.days import Number, find_numbers

MAY_HOLD_NUMBER = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\b|\d/\d", re.IGNORECASE)
BOUNDED = re.compile(
    r"\b(?:ít nhất|tối thiểu|không quá|tối đa|nhiều nhất|không dưới|không vượt quá|không để quá|có thêm|thêm"
    r"|tăng|giảm|đạt từ)\s*$",
    re.IGNORECASE,
)
FIVE = re.compile(r"\b(?:ít nhất|tối thiểu|không quá|tối đa|nhiều nhất|không dưới)\s*$", re.IGNORECASE)
"""Behind these «năm» is five, not a year."""
NAMED = re.compile(r"\b(?:thứ|số|ngày|tháng|năm|quý|điều|khoản|cấp|nhóm|khóa|bậc|cả|giữa)\s*$", re.IGNORECASE)
COUNTED = re.compile(
    r"\s(?:mô hình|hội nghị|hội thi|hội thảo|sáng kiến|giải pháp|lớp|cuộc|buổi|đợt|chuyên mục|cấp phó)\b",
    re.IGNORECASE,
)
IN_DIGITS = re.compile(r"\s?\(\s?0*(\d{1,9})\s?\)")
SHARE_OF = re.compile(
    r"\s(?:số|tổng số|các|thời gian|thời hạn|chi phí|lượng|khối lượng|nhiệm vụ)\b", re.IGNORECASE
)
DIGIT_SHARE = re.compile(r"(?<![\w/.,-])(\d{1,2})/(\d{1,2})(?=\s(?:tổng )?số\b)")
SMALL_SHARE = re.compile(r"(?<![\w/.,-])([1-4])/([2-5])(?=\s(?!thôn|buôn|trường|xã|đơn vị|cơ quan)[^\W\d_])")
"""A common fraction before a noun, «ít nhất 3/4 khu phố»; of four hamlets it would be three («3/4 thôn»)."""


class SpelledNumber(msgspec.Struct, frozen=True):
    """A value and its place in the text, up to where its unit begins; `unit` is set for a share: %."""

    value: int | float
    start: int
    end: int
    unit: str | None = None


def spelled_numbers(text: str) -> Iterator[SpelledNumber]:
    """Yield the numbers in words that can be figures to reach, and shares as per cent; the text is in NFC.

    A single word counts only where something bounds it («không quá hai»), digits repeat it («bốn (04)») or
    it counts what plans promise («hai hội nghị»): «một» and «năm» are too often other words.
    """
    if not MAY_HOLD_NUMBER.search(text):
        return
    shares = [match for match in SMALL_SHARE.finditer(text) if BOUNDED.search(text[: match.start()][-24:])]
    for match in {match.start(): match for match in (*DIGIT_SHARE.finditer(text), *shares)}.values():
        if 0 < int(match[1]) < int(match[2]):
            yield SpelledNumber(percent(int(match[1]) / int(match[2])), match.start(), match.end(), "%")
    for number in find_numbers(text):
        before = text[max(0, number.start - 24) : number.start]
        if number.is_share:
            if BOUNDED.search(before) or SHARE_OF.match(text, number.end):
                yield SpelledNumber(percent(number.value), number.start, number.end, "%")
        elif repeated := IN_DIGITS.match(text, number.end):
            if int(repeated[1]) == number.value:
                yield SpelledNumber(number.value, number.start, repeated.end())
        elif is_figure(text, number, before):
            yield SpelledNumber(number.value, number.start, number.end)


def is_figure(text: str, number: Number, before: str) -> bool:
    """Return whether a number in words counts something, by the words on both sides."""
    if not text[number.end : number.end + 1].isspace() or NAMED.search(before):
        return False
    word = text[number.start : number.end].lower()
    if word == "năm":
        return bool(FIVE.search(before)) and not text[number.end + 1 : number.end + 2].isdigit()
    if number.words > 1 or BOUNDED.search(before):
        return True
    return word != "một" and COUNTED.match(text, number.end) is not None


def percent(share: float) -> int | float:
    """Return a share as per cent, with two decimals at most."""
    value = round(100 * share, 2)
    return int(value) if value.is_integer() else value
