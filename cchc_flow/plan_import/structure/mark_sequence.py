"""Tells a mark that numbers a paragraph from one that is cited inside a sentence («điểm 5 phần I.»)."""

import re

from cchc_flow.plan_import.structure.marks import Mark

LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
CITING = re.compile(
    r"(?:^|[\s(,])(?:điểm|khoản|phần|mục|tiểu mục|điều|chương|ngày|tháng|năm|quý|phụ lục|tiết|nhóm|loại"
    r"|hạng|cấp|mức|vòng|giai đoạn|đợt|lần|thứ|bước|biểu|mẫu|khóa|nhiệm kỳ|kỳ|khu vực|tổ|thôn|buôn|khối|và"
    r"|(?:định|quyết|thị|văn|bản|luật|hoạch|cáo|tư|lục|biểu|mẫu|trình|lệnh) số"
    r"|hoặc|đến|từ|các|những|là|còn|dưới|trên|đạt|tại|theo|gồm|với|của|cho)$",
    re.IGNORECASE,
)
SMALL_PART = re.compile(r"(?:phần|chương|điều)\b")


def is_cited(before: str, text: str) -> bool:
    """Return whether the words before a mark-like beginning lead to it: «điểm», «phần», «ngày», «số» …"""
    return CITING.search(before.rstrip()) is not None or SMALL_PART.match(text) is not None


class MarkSequence:
    """The marks met so far: a mark counts if it begins a list or follows the last of its kind."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def note(self, mark: Mark) -> None:
        """Remember a mark that numbers a paragraph."""
        self._last[mark.kind] = mark.label

    def is_next(self, mark: Mark) -> bool:
        """Return whether a mark may come here: the first of a list, or the one after the last of its kind."""
        last = self._last.get(mark.kind)
        if mark.kind in ("2", "3", "4"):
            head, _, tail = mark.label.rpartition(".")
            previous = (last or "").rpartition(".")
            return tail == "1" or (previous[0] == head and follows(previous[2], tail))
        value = mark.label.rpartition(" ")[2] if mark.kind in ("part", "article") else mark.label
        before = last.rpartition(" ")[2] if last else None
        return position(value) in (None, 1) or (before is not None and follows(before, value))


def follows(before: str, label: str) -> bool:
    """Return whether a label is the one after another: 3 and 4, II and III, d and đ, d and e."""
    first, second = position(before), position(label)
    if first is None or second is None:
        return False
    return second == first + 1 or (before, label) in (("d", "e"), ("e", "f"), ("f", "g"), ("D", "E"))


def position(label: str) -> int | None:
    """Return the place of a label in its row, from 1: a number, a Roman numeral or a letter; else None."""
    if label.isdecimal():
        return int(label)
    if label and all(letter in ROMAN for letter in label.upper()):
        return roman_value(label.upper())
    return LETTERS.find(label.lower()) + 1 or None if len(label) == 1 else None


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral."""
    values = [ROMAN[letter] for letter in numeral]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value
        for place, value in enumerate(values)
    )
