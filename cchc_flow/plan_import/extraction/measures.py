"""What a target asks for: each figure with its direction and base year, by the words that govern it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from cchc_flow.plan_import.extraction.baselines import baseline_years
from cchc_flow.plan_import.extraction.bounds import (
    find_bound,
    find_change,
    is_change_of_level,
    is_range,
    is_range_goal,
    joins_list,
    joins_next_item,
)
from cchc_flow.plan_import.extraction.figures import CHANGES, PERIODS, DirectedFigure, Figure, find_figures
from cchc_flow.plan_import.extraction.wording import (
    BOUNDARY,
    EDGES,
    SENTENCE_END,
    find_subject_end,
    subject_words,
)
from cchc_flow.plan_import.proposal import Direction, Measure

ONE_MORE = re.compile(
    r"\bcó thêm (?=(?:ĐVSN|đơn vị|mô hình|sáng kiến|giải pháp|cơ quan|dịch vụ|thủ tục|trường|trạm"
    r"|tổ |lớp |điểm "
    r"|hợp tác xã|doanh nghiệp|thôn|buôn|sản phẩm|nhà |trung tâm|chuyên mục))",
    re.IGNORECASE,
)
QUANTITY = re.compile(r"\s*(?:tổng|lượng|số|thời gian|chi phí|biên chế|khối lượng|kinh phí)\b")
PURPOSE = re.compile(r"\b(?:để|nhằm|giúp|tạo)\b[^,;.]*$")
PLACES = frozenset({"nền", "hệ", "cổng", "trang", "kênh", "phương", "môi", "địa"})
TIMES = frozenset({"ngày", "ngày làm việc", "giờ", "giờ làm việc", "phút"})
# "(năm 2025 đạt …", "trễ hạn quá …".
DESCRIBED = re.compile(
    r"\((?:năm \d{4}|hiện|hiện nay|kết quả|trước đây)\b[^()]*$|(?<!không )(?<!không để )(?<!vượt )\bquá\s*$",
    re.IGNORECASE,
)
OUT_OF_ALL = re.compile(r"\b(?:trong(?: vòng| số| tổng số| thời hạn)?|thuộc)\s*$", re.IGNORECASE)
LONGEST_PIECE = 4_000
HEAD_NOUN = re.compile(
    r"(đơn vị|ĐVSN\w*|mô hình|sáng kiến|giải pháp|cơ quan|dịch vụ|thủ tục|hợp tác xã|doanh nghiệp|[^\W\d_]+)"
)


def measures(text: str) -> tuple[Measure, ...]:
    """The measures of one objective or target, in the order of its text; none if it is qualitative."""
    return tuple(measure for piece in split_text(text) for measure in measures_in_piece(piece))


def split_text(text: str) -> list[str]:
    """The text itself; a very long one sentence by sentence, so that time grows with its length only."""
    if len(text) <= LONGEST_PIECE:
        return [text]
    edges = [0, *(match.end() for match in SENTENCE_END.finditer(text) if match[0] == "."), len(text)]
    return [
        text[start : min(start + LONGEST_PIECE, end)]
        for begin, end in pairwise(edges)
        for start in range(begin, end, LONGEST_PIECE)
    ]


def measures_in_piece(text: str) -> Iterator[Measure]:
    found = sorted((*written_figures(text), *implied_figures(text)), key=lambda one: one.figure.start)
    years = baseline_years(text, found)
    what = ""
    for place, one in enumerate(found):
        what = measured_subject(text, found, place) or what or clause_around(text, one.figure)
        yield Measure(
            value=one.figure.value,
            unit=one.figure.unit,
            direction=one.direction,
            baseline_year=years.get(place),
            what=what,
        )


def measured_subject(text: str, found: list[DirectedFigure], place: int) -> str:
    """What the figure measures, or "" where its words name nothing: it then speaks of the one before it."""
    figure = found[place].figure
    before = found[place - 1].figure.end if place else None
    after = found[place + 1].figure.start if place + 1 < len(found) else len(text)
    edge = find_subject_end(text, figure.end, after)
    rest = text[figure.end : after if edge is None else edge]
    head = "" if found[place].is_implied else text[head_start(text, before, figure.start) : figure.start]
    is_noun = figure.unit not in (None, "%") and text[: figure.end].endswith(f" {figure.unit}")
    return subject_words(head, figure.unit or "" if is_noun and rest.startswith(" ") else "", rest)


def clause_around(text: str, figure: Figure) -> str:
    end = SENTENCE_END.search(text, figure.end)
    return text[head_start(text, None, figure.start) : end.start() if end else len(text)].strip(EDGES)


def head_start(text: str, before: int | None, place: int) -> int:
    """Where the words before a figure begin: at its sentence, or where the figure before it lets go."""
    edges = [match.end() for match in SENTENCE_END.finditer(text, before or 0, place)]
    if edges or before is None:
        return edges[-1] if edges else 0
    return find_subject_end(text, before, place) or before


def written_figures(text: str) -> list[DirectedFigure]:
    """The written figures that are to be reached; figures that only describe something are left out."""
    found: list[DirectedFigure] = []
    every = find_figures(text)
    described = [match.end() for match in implied_matches(text)]
    for place in range(len(every)):
        before = clause_before(text, every, place)
        after = clause_after(text, every, place)
        if is_descriptive(text, every, place, described) or is_descriptive_range(text, every, place):
            continue
        one = judge_figure(
            text, found[-1] if found else None, figure_with_unit(text, every, place), (before, after)
        )
        if one is not None:
            found.append(one)
    return found


def figure_with_unit(text: str, every: list[Figure], place: int) -> Figure:
    """The figure; the lower end of a range has the unit of the upper: "từ 3 đến 5 bậc"."""
    figure = every[place]
    if figure.unit is not None or place + 1 == len(every):
        return figure
    end = every[place + 1]
    return replace(figure, unit=end.unit) if is_range(text[figure.end : end.start]) else figure


def judge_figure(
    text: str, last: DirectedFigure | None, figure: Figure, around: tuple[str, str]
) -> DirectedFigure | None:
    before, after = around
    direction = find_direction(figure, before, after)
    between = text[last.figure.end : figure.start] if last is not None else ""
    in_list = last is not None and (joins_list(between) or is_next_item(last, figure, between))
    if (
        direction is None
        and in_list
        and last is not None
        and can_inherit_direction(last, figure, text, after)
    ):
        return DirectedFigure(figure, last.direction, in_list=True)
    if counts_places(figure, before) or (direction is None and not is_goal_by_itself(figure, before)):
        return None
    return DirectedFigure(figure, direction or ("at_least" if figure.is_range else "equal"), in_list=in_list)


def is_next_item(last: DirectedFigure, figure: Figure, between: str) -> bool:
    return last.direction in CHANGES and last.figure.unit == figure.unit and joins_next_item(between)


def counts_places(figure: Figure, before: str) -> bool:
    """Whether the number counts where something happens: "trên 2 nền tảng"."""
    return figure.unit in PLACES and before.rstrip().endswith("trên")


def find_direction(figure: Figure, before: str, after: str) -> Direction | None:
    """The direction that the clause gives a figure; None if no word in it governs the figure."""
    bound, change = find_bound(before, after, figure.unit), find_change(before, figure.unit, after)
    if change is None:
        return bound
    if bound == "at_most" or (bound is not None and change in ("at_least", "at_most")):
        return bound
    return change


def can_inherit_direction(last: DirectedFigure, figure: Figure, text: str, after: str) -> bool:
    """Whether a bare figure in a list takes the direction of the one before it."""
    if figure.unit == "%" and figure.value >= 100:
        return False
    if re.search(r"\b(?:được|đạt)\b", after) and not QUANTITY.match(after):
        return False
    between = text[last.figure.end : figure.start]
    if last.direction in CHANGES:
        return True
    return last.direction != "equal" and ";" not in between and not re.search(r"\b(?:được|đạt|có)\b", between)


def is_goal_by_itself(figure: Figure, before: str) -> bool:
    """Whether a figure without a governing word is one to reach: it has a unit that is no length of time."""
    if figure.unit is None:
        return re.search(r"\b(?:đạt|bằng)\s*$", before) is not None
    return figure.unit not in PERIODS


def clause_before(text: str, every: list[Figure], place: int) -> str:
    """The words of the clause before a figure, from the figure before it on."""
    start = every[place - 1].end if place else 0
    clause = text[start : every[place].start]
    edges = [match.end() for match in BOUNDARY.finditer(clause)]
    return clause[edges[-1] if edges else 0 :].lower().replace(":", " ")


def clause_after(text: str, every: list[Figure], place: int) -> str:
    end = every[place + 1].start if place + 1 < len(every) else len(text)
    clause = text[every[place].end : end]
    edge = BOUNDARY.search(clause)
    return (clause[: edge.start()] if edge else clause).lower()


def is_descriptive_range(text: str, every: list[Figure], place: int) -> bool:
    """Whether the figure opens or ends a range that describes: "tự bảo đảm từ 10% đến dưới 30%"."""
    figure = every[place]
    between = text[figure.end : every[place + 1].start] if place + 1 < len(every) else ""
    if between and is_range(between):
        return is_change_of_level(between) or not is_range_goal(clause_before(text, every, place))
    behind = text[every[place - 1].end : figure.start] if place else ""
    return bool(behind) and is_range(behind) and not is_change_of_level(behind)


def is_descriptive(text: str, every: list[Figure], place: int, described: list[int]) -> bool:
    """Whether the figure only describes: what there is one more of, an age, how it was, out of how many."""
    figure = every[place]
    if figure.unit == "tuổi" or DESCRIBED.search(text[max(0, figure.start - 60) : figure.start]):
        return True
    if figure.unit != "%" and OUT_OF_ALL.search(text[max(0, figure.start - 16) : figure.start]):
        return figure.unit not in TIMES or place > 0
    nearest = bisect_left(described, figure.start) - 1
    return nearest >= 0 and not BOUNDARY.search(text, described[nearest], figure.start)


def implied_matches(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in ONE_MORE.finditer(text)
        if not PURPOSE.search(text[max(0, match.start() - 200) : match.start()])
    ]


def implied_figures(text: str) -> list[DirectedFigure]:
    """A measure for each "có thêm" without a number: one more of what it names."""
    found = []
    for match in implied_matches(text):
        noun = HEAD_NOUN.match(text, match.end())
        unit = noun[1] if noun else None
        unit = "đơn vị" if unit is not None and unit.startswith("ĐVSN") else unit
        found.append(
            DirectedFigure(Figure(1, unit, match.start(), match.end()), "increase_at_least", is_implied=True)
        )
    return found
