"""Finds the figures in a Vietnamese sentence that can be reached: no dates, decree numbers or years."""

import re

import msgspec

from cchc_flow.plan_import.proposal import Direction

NUMBER = re.compile(
    r"(?<![\w/.,–-])(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,\d{1,4}|\.\d{1,2}(?!\d))?"
    r"(?![\w/]|[.,]\d|[–-]\d(?!\d{0,2}(?:,\d{1,2})?(?:\s?%|\s[^\W\d_])))"
)
UP_TO = re.compile(r"\s?[-–]\s?\d{1,3}(?:,\d{1,2})?\s?%")
# "03-05 mô hình"; "2026-2030" and "15-01-2026" are none.
UP_TO_SOME = re.compile(r"[-–]\d{1,3}(?=\s[^\W\d_])")
# "20/20 tiêu chí": so many of so many; with another noun it could be a day.
OUT_OF = re.compile(
    r"(?<![\w/.,-])(\d{1,4})/\d{1,4}(?=\s(?:tiêu chí|chỉ tiêu|nhiệm vụ|thôn|buôn|trường|điểm|đơn vị|xã"
    r"|cơ quan|thủ tục|văn bản|hồ sơ)\b)"
)
PERCENT = re.compile(r"\s{0,2}(?:%|phần trăm)")
SPELLED = re.compile(
    r"\b(?:ít nhất|tối thiểu|không quá|tối đa|có thêm)\s(một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?=\s)"
)
SPELLED_VALUES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# A number behind one of these names something and measures nothing: "Nghị định số 60", "ngày 15".
NAMED = re.compile(
    r"(?:(?<!mỗi )(?<!hằng )(?<!hàng )\b(?:năm|ngày|tháng|quý|kỳ)"
    r"|\b(?:số|điều|khoản|điểm|mục|chương|phần|phụ lục|biểu|mẫu|đề án|nghị quyết|nghị định|quyết định"
    r"|công văn|thông tư|chỉ thị|kế hoạch|luật|mức độ|cấp độ|cấp|giai đoạn|thứ|khóa|nhóm|loại|hạng"
    r"|phiên bản|công nghiệp|Iso|Tcvn)|\d\s?[-–])\s*[“\"(]?$",
    re.IGNORECASE,
)
UNITS = (
    "ngày làm việc", "giờ làm việc", "tỷ đồng", "triệu đồng", "nghìn đồng", "điểm phần trăm", "đơn vị",
    "cơ quan", "văn bản", "hội nghị", "sáng kiến", "thủ tục hành chính", "thủ tục", "hồ sơ", "mô hình",
    "giải pháp", "dịch vụ công", "dịch vụ", "hội viên", "đoàn viên", "học sinh", "lượt người",
    "hộ gia đình", "cán bộ", "công chức", "viên chức", "doanh nghiệp", "người dân", "chuyên mục", "tiêu chí",
    "chỉ tiêu", "nhiệm vụ",
)  # fmt: skip
NO_UNIT = frozenset((
    "và", "của", "trong", "so", "đến", "theo", "tại", "là", "trở", "hoặc", "với", "cho", "từ", "trên",
    "dưới", "thì", "để", "nhằm", "được", "đạt", "về", "lên", "xuống",
))  # fmt: skip
PERIODS = frozenset({"tháng", "năm", "quý", "tuần"})
CHANGES = ("increase_at_least", "decrease_at_least")
WORD = re.compile(r"\s([^\W\d_]+)")


class Figure(msgspec.Struct, frozen=True):
    """A number with its unit, and where both stand (`end` is behind the unit); a range is one figure."""

    value: int | float
    unit: str | None
    start: int
    end: int
    is_range: bool = False


class DirectedFigure(msgspec.Struct, frozen=True):
    """A figure that counts, with the direction that its words give it."""

    figure: Figure
    direction: Direction
    in_list: bool = False
    is_implied: bool = False


def find_figures(text: str) -> list[Figure]:
    """The figures of a text in their order; the text must be in NFC."""
    spelled = [
        Figure(SPELLED_VALUES[one[1]], *unit_and_span(text, one.end(), one.start(1)))
        for one in SPELLED.finditer(text)
    ]
    shares = [share_figure(text, one) for one in OUT_OF.finditer(text) if not is_part_of_name(text, one)]
    return sorted((*written_numbers(text), *spelled, *shares), key=lambda one: one.start)


def share_figure(text: str, match: re.Match[str]) -> Figure:
    return Figure(int(match[1]), *unit_and_span(text, match.end(), match.start()))


def written_numbers(text: str) -> list[Figure]:
    found: list[Figure] = []
    for match in NUMBER.finditer(text):
        is_inside = bool(found) and match.start() < found[-1].end
        if not is_inside and not is_part_of_name(text, match):
            found.append(parse_figure(text, match))
    return found


def parse_figure(text: str, match: re.Match[str]) -> Figure:
    if up_to := UP_TO.match(text, match.end()):
        return Figure(parse_number(match[0]), "%", match.start(), up_to.end(), is_range=True)
    if up_to := UP_TO_SOME.match(text, match.end()):
        return Figure(parse_number(match[0]), *unit_and_span(text, up_to.end(), match.start()), is_range=True)
    return Figure(parse_number(match[0]), *unit_and_span(text, match.end(), match.start()))


def unit_and_span(text: str, place: int, start: int) -> tuple[str | None, int, int]:
    """The unit behind a number, where the number starts, and where both end."""
    unit, end = find_unit(text, place)
    return unit, start, end


def is_part_of_name(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a year, or part of a name or a date."""
    if PERCENT.match(text, match.end()) or UP_TO.match(text, match.end()):
        return False
    if match[0].isdigit() and len(match[0]) == 4 and 1900 <= int(match[0]) <= 2100:
        return True
    return NAMED.search(text[max(0, match.start() - 24) : match.start()]) is not None


def parse_number(number: str) -> int | float:
    """The value of a number as Vietnamese writes it: "02", "1.000", "12,5", and also "98.5"."""
    whole, _, part = number.partition(",")
    if not part and re.search(r"\.\d{1,2}$", whole):
        whole, _, part = whole.rpartition(".")
    digits = whole.replace(".", "")
    return float(f"{digits}.{part}") if part and part.strip("0") else int(digits)


def find_unit(text: str, place: int) -> tuple[str | None, int]:
    """The unit that follows a number, and where it ends; None if no word there can be one."""
    if percent := PERCENT.match(text, place):
        return "%", percent.end()
    rest = text[place : place + 40].lower()
    for unit in UNITS:
        if rest.startswith(f" {unit}"):
            return unit, place + 1 + len(unit)
    word = WORD.match(text, place)
    if word is None or word[1].lower() in NO_UNIT:
        return None, place
    return word[1], word.end()
