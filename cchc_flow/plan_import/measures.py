"""What a target asks for: each figure with its direction and base year, by the words that govern it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from cchc_flow.plan_import.bounds import (
    bound_of,
    change_of,
    is_list_member,
    is_range,
    is_range_start,
    is_way,
)
from cchc_flow.plan_import.figures import PERIODS, Figure, figures
from cchc_flow.plan_import.proposal import Direction, Measure
from cchc_flow.plan_import.wording import BOUNDARY, SENTENCE_END, what_is_measured

BASE_YEAR = re.compile(
    r"\bso (?:với|năm|cùng)(?:\s+(?!giai đoạn)[^\s;,.()]{1,20}){0,14}?\s((?:19|20)\d{2})(?![\d/])",
    re.IGNORECASE,
)
ONE_MORE = re.compile(
    r"\bcó thêm (?=(?:ĐVSN|đơn vị|mô hình|sáng kiến|giải pháp|cơ quan|dịch vụ|thủ tục|trường|trạm"
    r"|tổ |lớp |điểm "
    r"|hợp tác xã|doanh nghiệp|thôn|buôn|sản phẩm|nhà |trung tâm|chuyên mục))",
    re.IGNORECASE,
)
QUANTITY = re.compile(r"\s*(?:tổng|lượng|số|thời gian|chi phí|biên chế|khối lượng|kinh phí)\b")
PURPOSE = re.compile(r"\b(?:để|nhằm|giúp|tạo)\b[^,;.]*$")
PLACES = frozenset({"nền", "hệ", "cổng", "trang", "kênh", "phương", "môi", "địa"})
LONGEST_PIECE = 4_000
CHANGES = ("increase_at_least", "decrease_at_least")
HEAD_NOUN = re.compile(
    r"(đơn vị|ĐVSN\w*|mô hình|sáng kiến|giải pháp|cơ quan|dịch vụ|thủ tục|hợp tác xã|doanh nghiệp|[^\W\d_]+)"
)


class Found(msgspec.Struct, frozen=True):
    """A figure that counts, with the direction that its words give it."""

    figure: Figure
    direction: Direction
    in_list: bool = False


def measures(text: str) -> tuple[Measure, ...]:
    """The measures of one objective or target, in the order of its text; none if it is qualitative."""
    return tuple(measure for piece in pieces(text) for measure in measures_in(piece))


def pieces(text: str) -> list[str]:
    """The text itself; a very long one sentence by sentence, so that time grows with its length only."""
    if len(text) <= LONGEST_PIECE:
        return [text]
    edges = [0, *(match.end() for match in SENTENCE_END.finditer(text) if match[0] == "."), len(text)]
    return [
        text[start : min(start + LONGEST_PIECE, end)]
        for begin, end in pairwise(edges)
        for start in range(begin, end, LONGEST_PIECE)
    ]


def measures_in(text: str) -> Iterator[Measure]:
    found = sorted((*counted(text), *one_more(text)), key=lambda one: one.figure.start)
    years = base_years(text, found)
    for place, one in enumerate(found):
        yield Measure(
            value=one.figure.value,
            unit=one.figure.unit,
            direction=one.direction,
            baseline_year=years.get(place),
            what=matter(text, found, place),
        )


def matter(text: str, found: list[Found], place: int) -> str:
    """What the figure measures, with the noun that it counts ("cuộc đối thoại …"); a share has none."""
    figure = found[place].figure
    before = found[place - 1].figure.end if place else 0
    after = found[place + 1].figure.start if place + 1 < len(found) else len(text)
    words = what_is_measured(text, (figure.start, figure.end), (before, after))
    is_counted = figure.unit not in (None, "%") and text[: figure.end].endswith(f" {figure.unit}")
    return (
        f"{figure.unit} {words}".strip() if is_counted and text.startswith(f" {words}", figure.end) else words
    )


def counted(text: str) -> list[Found]:
    """The written figures that are to be reached; figures that only describe something are left out."""
    found: list[Found] = []
    every = figures(text)
    described = [match.end() for match in one_more_places(text)]
    for place, figure in enumerate(every):
        before = before_figure(text, every, place)
        after = after_figure(text, every, place)
        if is_description(text, figure, described) or is_part_of_range(text, every, place):
            continue
        one = judged(text, found[-1] if found else None, figure, (before, after))
        if one is not None:
            found.append(one)
    return found


def judged(text: str, last: Found | None, figure: Figure, around: tuple[str, str]) -> Found | None:
    before, after = around
    direction = direction_of(figure, before, after)
    in_list = last is not None and is_list_member(text[last.figure.end : figure.start])
    if direction is None and in_list and last is not None and may_follow(last, figure, text, after):
        return Found(figure, last.direction, in_list=True)
    if is_place(figure, before) or (direction is None and not stands_alone(figure, before)):
        return None
    return Found(figure, direction or ("at_least" if figure.is_range else "equal"), in_list=in_list)


def is_place(figure: Figure, before: str) -> bool:
    """Whether the number counts where something happens: "trên 2 nền tảng"."""
    return figure.unit in PLACES and before.rstrip().endswith("trên")


def direction_of(figure: Figure, before: str, after: str) -> Direction | None:
    """The direction that the clause gives a figure; None if no word in it governs the figure."""
    bound, change = bound_of(before, after, figure.unit), change_of(before, figure.unit, after)
    if change is None:
        return bound
    if bound == "at_most" or (bound is not None and change in ("at_least", "at_most")):
        return bound
    return change


def may_follow(last: Found, figure: Figure, text: str, after: str) -> bool:
    """Whether a bare figure in a list takes the direction of the one before it."""
    if figure.unit == "%" and figure.value >= 100:
        return False
    if re.search(r"\b(?:được|đạt)\b", after) and not QUANTITY.match(after):
        return False
    between = text[last.figure.end : figure.start]
    if last.direction in CHANGES:
        return True
    return last.direction != "equal" and ";" not in between and not re.search(r"\b(?:được|đạt|có)\b", between)


def stands_alone(figure: Figure, before: str) -> bool:
    """Whether a figure without a governing word is one to reach: it has a unit that is no length of time."""
    if figure.unit is None:
        return re.search(r"\b(?:đạt|bằng)\s*$", before) is not None
    return figure.unit not in PERIODS


def before_figure(text: str, every: list[Figure], place: int) -> str:
    """The words of the clause before a figure, from the figure before it on."""
    start = every[place - 1].end if place else 0
    clause = text[start : every[place].start]
    edges = [match.end() for match in BOUNDARY.finditer(clause)]
    return clause[edges[-1] if edges else 0 :].lower().replace(":", " ")


def after_figure(text: str, every: list[Figure], place: int) -> str:
    end = every[place + 1].start if place + 1 < len(every) else len(text)
    clause = text[every[place].end : end]
    edge = BOUNDARY.search(clause)
    return (clause[: edge.start()] if edge else clause).lower()


def is_part_of_range(text: str, every: list[Figure], place: int) -> bool:
    """Whether the figure opens or ends a range that describes: "tự bảo đảm từ 10% đến dưới 30%"."""
    figure = every[place]
    between = text[figure.end : every[place + 1].start] if place + 1 < len(every) else ""
    if between and is_range(between):
        return is_way(between) or not is_range_start(before_figure(text, every, place))
    behind = text[every[place - 1].end : figure.start] if place else ""
    return bool(behind) and is_range(behind) and not is_way(behind)


def is_description(text: str, figure: Figure, described: list[int]) -> bool:
    """Whether the figure only describes what there is to be one more of."""
    nearest = bisect_left(described, figure.start) - 1
    return nearest >= 0 and not BOUNDARY.search(text, described[nearest], figure.start)


def one_more_places(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in ONE_MORE.finditer(text)
        if not PURPOSE.search(text[max(0, match.start() - 200) : match.start()])
    ]


def one_more(text: str) -> list[Found]:
    """A measure for each "có thêm" without a number: one more of what it names."""
    found = []
    for match in one_more_places(text):
        noun = HEAD_NOUN.match(text, match.end())
        unit = noun[1] if noun else None
        unit = "đơn vị" if unit is not None and unit.startswith("ĐVSN") else unit
        found.append(Found(Figure(1, unit, match.start(), match.end()), "increase_at_least"))
    return found


def base_years(text: str, found: list[Found]) -> dict[int, int]:
    """For each figure that is compared with a year, that year."""
    years: dict[int, int] = {}
    start = 0
    for end in [match.start() for match in SENTENCE_END.finditer(text)] + [len(text)]:
        inside = [place for place, one in enumerate(found) if start <= one.figure.start < end]
        years |= years_in_clause(text, found, inside, (start, end))
        start = end
    return years


def years_in_clause(
    text: str, found: list[Found], inside: list[int], span: tuple[int, int]
) -> dict[int, int]:
    years: dict[int, int] = {}
    for match in BASE_YEAR.finditer(text, *span):
        before = [
            place for place in inside if found[place].figure.start < match.start() and place not in years
        ]
        chosen = compared(found, before) if before else inside
        years |= {place: int(match[1]) for place in chosen if place not in years}
    return years


def compared(found: list[Found], before: list[int]) -> list[int]:
    """The last figure before "so với năm …", and those that form one list with it."""
    chosen = [before[-1]]
    for place in reversed(before[:-1]):
        if not (found[place + 1].in_list or found[place].direction in CHANGES):
            break
        chosen.append(place)
    return chosen
