"""What the words of two lines say about whether one goes on in the other, where their places say nothing."""

import re

from cchc_flow.plan_import.structure.marks import parse_mark

SENTENCE_ENDS = (".", ";", ":", "!", "?", "…", "./")
CITING = re.compile(
    r"(?:^|[\s(])(?:phần|mục|khoản|điểm|số|điều|chương|lục|tiết|năm|tháng|quý|ngày|và|đến|từ|hoặc|thứ|lần|nhóm)$",
    re.IGNORECASE,
)
"""How a line ends whose sentence goes on with a number: «theo khoản / 2. Điều 5»."""
NUMBER_OF_A_DOCUMENT = re.compile(r"\d{1,5}(?:/\d{4})?/[A-ZĐ]{2}")
DASH = re.compile(r"(?:[Kk]inh tế|[Vv]ăn hóa|[Cc]hính trị|\d{4})\n[-–] (?:[Xx]ã hội|\d{4})")
"""A dash within a name or between years."""
JOINING = re.compile(
    r"(?:[,\-–/]|\b(?:và|với|của|tại|cho|do|là|hoặc|gồm|các|theo|về|thuộc|trong))$", re.IGNORECASE
)
MOTTO = re.compile("CỘNG (?:HÒA|HOÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def begins_with_mark(before: str, text: str) -> bool:
    """Return whether a line begins with the mark of a paragraph, not with a number that `before` cites."""
    if parse_mark(text) is None or NUMBER_OF_A_DOCUMENT.match(text) or DASH.search(f"{before[-9:]}\n{text}"):
        return False
    return CITING.search(before) is None


def begins_outside(before: str, text: str) -> bool:
    """Return whether a line further out begins a paragraph: with a number, or a dash after a sentence."""
    if not begins_with_mark(before, text):
        return False
    return text[0].isalnum() or text[0] == "(" or before.endswith(SENTENCE_ENDS)


def begins_anew(before: str, text: str) -> bool:
    """Return whether a line begins a paragraph by its words: with a mark, or a sentence after a sentence."""
    return begins_with_mark(before, text) or (before.endswith(SENTENCE_ENDS) and text[:1].isupper())


def leads_on(before: str, text: str) -> bool:
    """Return whether a sentence goes on by its words: in small letters, or behind a comma or an "and"."""
    return text[:1].islower() or any(pattern.search(before) for pattern in (JOINING, CITING))


def is_torn_motto(before: str, text: str) -> bool:
    """Return whether the name of the state did not fit into its column: it stands in every letterhead."""
    return MOTTO.fullmatch(f"{before} {text}") is not None
