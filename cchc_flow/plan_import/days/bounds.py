"""Reads what the words before a time make of it: «trước ngày», «chậm nhất», «trong», «từ», or a citation."""

from cchc_flow.plan_import.days.tokens import Tokens
from cchc_flow.plan_import.days.values import Bound

FILLERS = ("ngày", "vào", "là", "khoảng", "của")
BY = (
    "chậm nhất",
    "muộn nhất",
    "hạn cuối",
    "hạn chót",
    "thời hạn",
    "trước hoặc trong",
    "hết",
    "đến",
    "tới",
    "xong",
    "hoàn thành",
)
IN = ("trong", "cuối", "vào", "dịp")
FROM = ("từ", "sau", "khi", "bắt đầu", "so với", "theo")
COUNTED = ("tính", "số liệu", "tính đến", "tính đến hết", "số liệu đến", "số liệu đến hết", "lũy kế đến")
"""What figures are counted up to («số liệu tính đến ngày 14/6») is no day to do something by."""
CITED = frozenset(("số", "quyết", "nghị", "luật", "chỉ", "công", "thông", "ban", "ký"))
HOURS = ("giờ", "g", "h", "phút")
FAR = 14


def read_bound(tokens: Tokens, place: int) -> Bound:
    """Return what the words right before a place make of the time that begins there; "" for nothing."""
    end = place
    while end > place - 4 and tokens.is_word(end - 1, *FILLERS):
        end -= 1
    end = _before_hour(tokens, end)
    if any(tokens.ends_with(end, phrase) for phrase in COUNTED):
        return "cited"
    if any(tokens.ends_with(end, phrase) for phrase in BY):
        return "by"
    if tokens.is_word(end - 1, "trước"):
        return "by" if end < place and tokens.is_word(end, *HOURS, *"0123456789") else "before"
    if any(tokens.ends_with(end, phrase) for phrase in IN) or tokens.is_word(end, "vào"):
        return "in"
    if any(tokens.ends_with(end, phrase) for phrase in FROM):
        return "from"
    return "cited" if _is_cited(tokens, end) else ""


def is_by_hour(tokens: Tokens, place: int) -> bool:
    """Return whether an hour stands right before a place: «trước 16 giờ 30 ngày …»."""
    end = place
    while end > place - 2 and tokens.is_word(end - 1, "ngày", "của"):
        end -= 1
    return _before_hour(tokens, end) < end


def _before_hour(tokens: Tokens, end: int) -> int:
    """Return the place before an hour that ends at `end` («16 giờ 30 phút», «17h00»), or `end` itself."""
    start = end - tokens.is_word(end - 1, "phút")
    start -= tokens[start - 1].kind == "digits"
    if tokens.is_word(start - 1, "giờ", "g", "h") and tokens[start - 2].kind == "digits":
        return start - 2
    return end


def _is_cited(tokens: Tokens, place: int) -> bool:
    """Return whether a document is named shortly before: «Quyết định số 05/QĐ-UBND ngày …»."""
    return any(
        tokens[before].text in CITED and not tokens.is_word(before + 1, "việc")
        for before in range(max(0, place - FAR), place)
    )
