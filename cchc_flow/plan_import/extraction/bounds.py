"""Finds the direction of a figure: the word of its clause that bounds it, or the change that is asked for."""

import re

from cchc_flow.plan_import.proposal import Direction

LIGHT = (
    r"(?:\s+(?:đạt|phải|có|là|bằng|mỗi|hằng|hàng|năm|quý|tháng|đơn|vị|cơ|quan|xã|tổ|chức|được|thêm|từ|khoảng|mức|tỷ"
    r"|lệ|cần|thực|hiện|hoàn|thành|xử|lý|giải|quyết|số|một|lượng|trên|hơn|tăng|giảm|thì|cũng|ra)){0,6}\s*$"
)
AT_LEAST = re.compile(
    rf"(?:\b(?:tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn)){LIGHT}"
)
AT_MOST = re.compile(
    rf"(?:\b(?:tối đa|nhiều nhất|không quá|không vượt quá|không vượt|không trên|không hơn"
    rf"|không lớn hơn|không để quá|chậm nhất|muộn nhất)){LIGHT}"
)
RIGHT_BEFORE_LEAST = re.compile(r"(?:\b(?:trên|hơn|vượt)|≥|>|\bđạt từ|\bphấn đấu từ|^\s*lên)\s*$")
RIGHT_BEFORE_MOST = re.compile(
    r"(?:^\s*xuống(?: còn)?|^\s*còn|\b(?:dưới|ít hơn|thấp hơn|nhỏ hơn|chưa đến|chưa tới)|≤|<)\s*$"
)
AND_UP = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}trở lên\b")
AND_UP_AT_ONCE = re.compile(r"\s*trở lên\b")
AND_UP_LATER = re.compile(
    r"\s*(?:[^\W\d_]+\s+){1,7}(?<!khá )(?<!tốt )(?<!giỏi )(?<!đạt )(?<!học )(?<!đẳng )(?<!cấp )(?<!bình )"
    r"(?<!vụ )(?<!sắc )(?<!viên )trở lên\b"
)
"""«90% người dân hài lòng trở lên»; behind a grade it belongs to that: «xếp loại khá trở lên»."""
SLIPS = (
    (re.compile(r"\bít nh[âa]t\b"), "ít nhất"),
    (re.compile(r"\bt[ốôo]i thi[êe]u\b"), "tối thiểu"),
    (re.compile(r"\bt[ốôo]i đa\b"), "tối đa"),
    (re.compile(r"\bkhông qua(?=\s*$)"), "không quá"),
    (re.compile(r"(?<!đấu )\bgiam\b"), "giảm"),
)
"""Words of direction that were typed without some of their marks."""
AND_DOWN = re.compile(r"\s*(?:[^\W\d_]+\s+){0,3}trở xuống\b")
LEAST_BEHIND = re.compile(r"\s*(?:là\s+)?(?:tối thiểu|ít nhất)\s*$")
# "tăng cường", "tăng trưởng", "giảm thiểu", "giảm nghèo" … are other words; so are "gia tăng", "suy giảm".
GROW = re.compile(
    r"(?:cao|nhiều) hơn(?= năm \d{4})|(?<!gia )\btăng(?! cường| trưởng| tốc| ca\b| gia| thu nhập)\b"
)
SHRINK = re.compile(
    r"(?:thấp|ít) hơn(?= năm \d{4})|\btinh giản\b"
    r"|(?<!suy )(?<!thuyên )\b(?:giảm(?! thiểu| nghèo(?!\s*(?:tối thiểu|ít nhất)?\s*$)| nhẹ| tải| trừ| sút"
    r"| phát thải)|rút ngắn)\b"
)
# Between a word of change and a figure these begin a new predicate, or a noun that the figure belongs to.
OTHER_MATTER = re.compile(
    r"\b(?:đạt|bảo đảm|đảm bảo|hoàn thành|(?<!so )với|cho|để|nhằm|xử lý|có|được|phấn đấu|duy trì|tổ chức"
    r"|trong đó|tại|ở|bằng)\b"
)
MORE = re.compile(r"\bcó thêm(?: ít nhất| tối thiểu)?(?: từ)?\s*$")
LEVEL = re.compile(r"\b(?:lên|còn|xuống|tới)\b")
# "Giảm thời gian 20%, chi phí 10%": the next subject of the same change, before its figure.
NEXT_ITEM = re.compile(
    r"\s*(?:[,;]\s*(?:và\s+)?|và\s+)(?:tổng|lượng|số|thời gian|chi phí|biên chế|khối lượng|kinh phí|văn bản"
    r"|hội nghị|cuộc họp|giấy tờ)\b(?:\s+[^\W\d_]+){0,6}\s*"
)
LIST_JOINT = re.compile(r"[^;,]*[,;]\s*(?:và\s+)?$|.*\bvà\s*$", re.DOTALL)
RANGE = re.compile(r"\s*(?:đến|tới|lên|xuống(?: còn)?|còn|-|–)\s*(?:dưới|trên|đến)?\s*")
RANGE_IS_GOAL = re.compile(
    r"\b(?:đạt|phấn đấu|tăng|giảm|tối thiểu|ít nhất|có thêm|thêm|tổ chức|xây dựng|thành lập|kiểm tra"
    r"|ban hành|mở)(?: từ)?\s*$"
)


def find_bound(before: str, after: str, unit: str | None) -> Direction | None:
    """Return "at_least" or "at_most" if a word of the clause bounds the figure, else None.

    `before` and `after` are the words of the clause on both sides of the figure and its unit.
    """
    if RIGHT_BEFORE_MOST.search(before) and not before.rstrip().endswith(("không dưới", "không ít hơn")):
        return "at_most" if not AT_LEAST.search(before) else "at_least"
    if AT_MOST.search(before) or AND_DOWN.match(after):
        return "at_most"
    up = AND_UP_AT_ONCE if unit == "%" and not before.rstrip().endswith("từ") else AND_UP
    if AT_LEAST.search(before) or RIGHT_BEFORE_LEAST.search(before) or up.match(after):
        return "at_least"
    return "at_least" if LEAST_BEHIND.fullmatch(after) else None


def rises_later(after: str, unit: str | None, value: float) -> bool:
    """Return whether «trở lên» stands a few words behind a share below the whole."""
    return unit == "%" and value < 100 and AND_UP_LATER.match(after) is not None


def mend_slips(clause: str) -> str:
    """Return a clause in lower case with the words of direction that lost their marks as they should be."""
    for slip, words in SLIPS:
        clause = slip.sub(words, clause)
    return clause


def find_change(before: str, unit: str | None, after: str) -> Direction | None:
    """Return the change that "tăng" or "giảm" asks for, or a bound if they name the level to reach.

    None if no word of change in the clause belongs to the figure.
    """
    if MORE.search(before):
        return "increase_at_least"
    grow, shrink = last_match(GROW, before), last_match(SHRINK, before)
    if grow is None and shrink is None:
        return None
    is_growth = shrink is None or (grow is not None and grow.start() > shrink.start())
    word = grow if is_growth else shrink
    between = before[word.end() :] if word else ""
    if OTHER_MATTER.search(between):
        return None
    if LEVEL.search(between) and unit not in ("bậc", "hạng") and "so với" not in after:
        return "at_least" if is_growth else "at_most"
    return "increase_at_least" if is_growth else "decrease_at_least"


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last match of a pattern in the text, or None."""
    matches = list(pattern.finditer(text))
    return matches[-1] if matches else None


def joins_list(between: str) -> bool:
    """Return whether the text between two figures joins them in one list: "…, 50% …", "… và 10% …"."""
    return "." not in between and ":" not in between and LIST_JOINT.fullmatch(between) is not None


def joins_next_item(between: str) -> bool:
    """Return whether the text between two figures names the next subject of the same change."""
    return NEXT_ITEM.fullmatch(between) is not None and not OTHER_MATTER.search(between)


def is_range(between: str) -> bool:
    """Return whether the text between two figures makes them a range: "từ 10% đến dưới 30%"."""
    return RANGE.fullmatch(between) is not None


def is_change_of_level(between: str) -> bool:
    """Return whether a range goes from one level to another ("từ 80% lên 95%"): its upper end is the goal."""
    return LEVEL.search(between) is not None


def is_range_goal(before: str) -> bool:
    """Return whether a range is a goal, by the words before it: its lower end is then the figure to reach."""
    return RANGE_IS_GOAL.search(before) is not None
