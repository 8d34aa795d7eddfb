"""Finds the figures of a Vietnamese text that can be goals: no dates, no years, no decree numbers."""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.days import find_numbers
from cchc_flow.plan_import.extraction.spelled_figures import SpelledNumber, spelled_numbers
from cchc_flow.plan_import.proposal import Direction

NUMBER = re.compile(
    r"(?<![\w/.,–-])(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,\d{1,4}|\.\d{1,2}(?!\d))?"
    r"(?![\w/]|[.,]\d|[–-]\d(?!\d{0,2}(?:,\d{1,2})?(?:\s?%|\s[^\W\d_])))"
)
UP_TO = re.compile(r"\s?[-–]\s?\d{1,3}(?:,\d{1,2})?\s?%")
# "03-05 mô hình" is a range; "2026-2030" and "15-01-2026" are not.
UP_TO_SOME = re.compile(r"[-–]\d{1,3}(?=\s[^\W\d_])")
# "20/20 tiêu chí" is a share of a total; before another noun it could be a date.
OUT_OF = re.compile(
    r"(?<![\w/.,-])(\d{1,4}(?:,\d{1,2})?)/\d{1,4}(?=\s(?:tiêu chí|chỉ tiêu|nhiệm vụ|thôn|buôn|trường|điểm"
    r"|đơn vị|xã|cơ quan|thủ tục|văn bản|hồ sơ)\b)"
)
IN_WORDS = re.compile(r"\s?\(\s?([^\W\d_]+(?: [^\W\d_]+){0,6})\s?\)")
PERCENT = re.compile(r"\s{0,2}(?:%|phần trăm)")
# A number behind one of these is part of a name and measures nothing: "Nghị định số 60", "ngày 15".
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
    "chỉ tiêu", "nhiệm vụ", "cấp phó", "nội dung", "lĩnh vực", "cuộc họp", "thành viên", "tổ chức", "cá nhân",
)  # fmt: skip
NO_UNIT = frozenset((
    "và", "của", "trong", "so", "đến", "theo", "tại", "là", "trở", "hoặc", "với", "cho", "từ", "trên",
    "dưới", "thì", "để", "nhằm", "được", "đạt", "về", "lên", "xuống",
))  # fmt: skip
PERIODS = frozenset({"tháng", "năm", "quý", "tuần"})
CHANGES = ("increase_at_least", "decrease_at_least")
WORD = re.compile(r"\s([^\W\d_]+)")


class Figure(msgspec.Struct, frozen=True):
    """A number with its unit and their span in the text, `start` to `end`; a range is one figure."""

    value: int | float
    unit: str | None
    start: int
    end: int
    is_range: bool = False


class DirectedFigure(msgspec.Struct, frozen=True):
    """A figure to reach, with the direction that its clause gives it.

    `in_list` says that it continues the list of the figure before it, `is_implied` that the text names no
    number ("có thêm mô hình").
    """

    figure: Figure
    direction: Direction
    in_list: bool = False
    is_implied: bool = False


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text in order; the text must be in NFC."""
    spelled = sorted(
        (spelled_figure(text, number) for number in spelled_numbers(text)), key=lambda figure: figure.start
    )
    shares = [
        share_figure(text, match) for match in OUT_OF.finditer(text) if not is_part_of_name(text, match)
    ]
    written = [figure for figure in written_numbers(text) if not is_inside(figure, spelled)]
    return sorted((*written, *spelled, *shares), key=lambda figure: figure.start)


def spelled_figure(text: str, number: SpelledNumber) -> Figure:
    """Return a number in words as a figure with its unit, or a share as a figure in per cent."""
    if number.unit is not None:
        return Figure(number.value, number.unit, number.start, number.end)
    return Figure(number.value, *unit_and_span(text, number.end, number.start))


def is_inside(figure: Figure, others: Sequence[Figure]) -> bool:
    """Return whether a figure lies within another one, as its digits in brackets: «bốn (04) mô hình»."""
    place = bisect_right(others, figure.start, key=lambda other: other.start) - 1
    return place >= 0 and figure.start < others[place].end


def share_figure(text: str, match: re.Match[str]) -> Figure:
    """Return the first number of a share ("18/20 tiêu chí") as a figure."""
    return Figure(parse_number(match[1]), *unit_and_span(text, match.end(), match.start()))


def written_numbers(text: str) -> list[Figure]:
    """Return the figures written in digits, without those that are part of a name, a date or a range."""
    numbers: list[Figure] = []
    for match in NUMBER.finditer(text):
        is_inside_previous = bool(numbers) and match.start() < numbers[-1].end
        if not is_inside_previous and not is_part_of_name(text, match):
            numbers.append(parse_figure(text, match))
    return numbers


def parse_figure(text: str, match: re.Match[str]) -> Figure:
    """Return the figure for a number that was matched; of a range ("5 - 10%") the value is the lower end."""
    if up_to := UP_TO.match(text, match.end()):
        return Figure(parse_number(match[0]), "%", match.start(), up_to.end(), is_range=True)
    if up_to := UP_TO_SOME.match(text, match.end()):
        return Figure(parse_number(match[0]), *unit_and_span(text, up_to.end(), match.start()), is_range=True)
    value = parse_number(match[0])
    return Figure(value, *unit_and_span(text, end_of_repetition(text, match.end(), value), match.start()))


def end_of_repetition(text: str, end: int, value: float) -> int:
    """Return where a number ends whose words repeat it in brackets, «04 (bốn) mô hình»; else `end` itself."""
    words = IN_WORDS.match(text, end)
    numbers = [number.value for number in find_numbers(words[1])] if words else []
    return words.end() if words and numbers == [value] else end


def unit_and_span(text: str, place: int, start: int) -> tuple[str | None, int, int]:
    """Return the unit at `place`, behind a number that begins at `start`, and the span of both."""
    unit, end = find_unit(text, place)
    return unit, start, end


def is_part_of_name(text: str, match: re.Match[str]) -> bool:
    """Return whether the number is a year, or part of a name or a date."""
    if PERCENT.match(text, match.end()) or UP_TO.match(text, match.end()):
        return False
    if match[0].isdigit() and len(match[0]) == 4 and 1900 <= int(match[0]) <= 2100:
        return True
    return NAMED.search(text[max(0, match.start() - 24) : match.start()]) is not None


def parse_number(number: str) -> int | float:
    """Return the value of a number in Vietnamese notation ("02", "1.000", "12,5"), and also of "98.5"."""
    integer, _, fraction = number.partition(",")
    if not fraction and re.search(r"\.\d{1,2}$", integer):
        integer, _, fraction = integer.rpartition(".")
    digits = integer.replace(".", "")
    return float(f"{digits}.{fraction}") if fraction and fraction.strip("0") else int(digits)


def find_unit(text: str, place: int) -> tuple[str | None, int]:
    """Return the unit that begins at `place`, and where it ends; None if no word there can be a unit."""
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
