"""Extracts the measures of a target: each figure to reach, with its direction, baseline year and subject."""

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
    mend_slips,
    rises_later,
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
    """Return the measures of one objective or target in the order of its text; none if it is qualitative."""
    return tuple(measure for piece in split_text(text) for measure in measures_in_piece(piece))


def split_text(text: str) -> list[str]:
    """Return the text whole, or if it is very long in pieces by sentence, so that time stays linear."""
    if len(text) <= LONGEST_PIECE:
        return [text]
    edges = [0, *(match.end() for match in SENTENCE_END.finditer(text) if match[0] == "."), len(text)]
    return [
        text[start : min(start + LONGEST_PIECE, end)]
        for begin, end in pairwise(edges)
        for start in range(begin, end, LONGEST_PIECE)
    ]


def measures_in_piece(text: str) -> Iterator[Measure]:
    """Yield the measures of one piece; a figure whose words name no subject has that of the one before."""
    figures = sorted(
        (*written_figures(text), *figures_without_number(text)), key=lambda directed: directed.figure.start
    )
    years = baseline_years(text, figures)
    what = ""
    for index, directed in enumerate(figures):
        what = measured_subject(text, figures, index) or what or sentence_around(text, directed.figure)
        yield Measure(
            value=directed.figure.value,
            unit=directed.figure.unit,
            direction=directed.direction,
            baseline_year=years.get(index),
            what=what,
        )


def measured_subject(text: str, figures: list[DirectedFigure], index: int) -> str:
    """Return the phrase that says what the figure at `index` measures, or "" if its words name nothing."""
    figure = figures[index].figure
    previous_end = figures[index - 1].figure.end if index else None
    next_start = figures[index + 1].figure.start if index + 1 < len(figures) else len(text)
    subject_end = find_subject_end(text, figure.end, next_start)
    rest = text[figure.end : next_start if subject_end is None else subject_end]
    start = head_start(text, previous_end, figure.start)
    head = "" if figures[index].is_implied else text[start : figure.start]
    is_noun = figure.unit not in (None, "%") and text[: figure.end].endswith(f" {figure.unit}")
    return subject_words(head, figure.unit or "" if is_noun and rest.startswith(" ") else "", rest)


def sentence_around(text: str, figure: Figure) -> str:
    """Return the sentence of a figure, from its beginning to the sentence's end."""
    end = SENTENCE_END.search(text, figure.end)
    return text[head_start(text, None, figure.start) : end.start() if end else len(text)].strip(EDGES)


def head_start(text: str, previous_end: int | None, start: int) -> int:
    """Return where the words before a figure begin: at its sentence, or behind those of the figure before."""
    sentence_starts = [match.end() for match in SENTENCE_END.finditer(text, previous_end or 0, start)]
    if sentence_starts or previous_end is None:
        return sentence_starts[-1] if sentence_starts else 0
    return find_subject_end(text, previous_end, start) or previous_end


def written_figures(text: str) -> list[DirectedFigure]:
    """Return the figures with a number that are to be reached; those that only describe are left out."""
    goals: list[DirectedFigure] = []
    figures = find_figures(text)
    implied_ends = [match.end() for match in implied_matches(text)]
    for index in range(len(figures)):
        before = clause_before(text, figures, index)
        after = clause_after(text, figures, index)
        if only_describes(text, figures, index, implied_ends) or is_other_end_of_range(text, figures, index):
            continue
        last = goals[-1] if goals else None
        goal = judge_figure(text, last, figure_with_unit(text, figures, index), (before, after))
        if goal is not None:
            goals.append(goal)
    return goals


def figure_with_unit(text: str, figures: list[Figure], index: int) -> Figure:
    """Return a figure; as the lower end of a range it has the unit of the upper end: "từ 3 đến 5 bậc"."""
    figure = figures[index]
    if figure.unit is not None or index + 1 == len(figures):
        return figure
    end = figures[index + 1]
    return replace(figure, unit=end.unit) if is_range(text[figure.end : end.start]) else figure


def judge_figure(
    text: str, last: DirectedFigure | None, figure: Figure, around: tuple[str, str]
) -> DirectedFigure | None:
    """Return the figure with its direction, or None if it is no goal.

    `last` is the goal before it, `around` the words of its clause before and after it.
    """
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
    """Return whether the figure asks the same change of the next subject: "…, chi phí 10%"."""
    return last.direction in CHANGES and last.figure.unit == figure.unit and joins_next_item(between)


def counts_places(figure: Figure, before: str) -> bool:
    """Return whether the number only counts places: "trên 2 nền tảng"."""
    return figure.unit in PLACES and before.rstrip().endswith("trên")


def find_direction(figure: Figure, before: str, after: str) -> Direction | None:
    """Return the direction that the words around a figure give it; None if none of them refers to it."""
    bound, change = find_bound(before, after, figure.unit), find_change(before, figure.unit, after)
    if bound is None and rises_later(after, figure.unit, figure.value):
        bound = "at_least"
    if change is None:
        return bound
    if bound == "at_most" or (bound is not None and change in ("at_least", "at_most")):
        return bound
    return change


def can_inherit_direction(last: DirectedFigure, figure: Figure, text: str, after: str) -> bool:
    """Return whether a figure without a direction of its own takes that of the one before it in a list."""
    if figure.unit == "%" and figure.value >= 100:
        return False
    if re.search(r"\b(?:được|đạt)\b", after) and not QUANTITY.match(after):
        return False
    between = text[last.figure.end : figure.start]
    if last.direction in CHANGES:
        return True
    return last.direction != "equal" and ";" not in between and not re.search(r"\b(?:được|đạt|có)\b", between)


def is_goal_by_itself(figure: Figure, before: str) -> bool:
    """Return whether a figure is a goal without a word of direction: "đạt 5", or a unit that is no period."""
    if figure.unit is None:
        return re.search(r"\b(?:đạt|bằng)\s*$", before) is not None
    return figure.unit not in PERIODS


def clause_before(text: str, figures: list[Figure], index: int) -> str:
    """Return the words of the clause before a figure in lower case, from the previous figure on."""
    start = figures[index - 1].end if index else 0
    clause = text[start : figures[index].start]
    boundaries = [match.end() for match in BOUNDARY.finditer(clause)]
    return mend_slips(clause[boundaries[-1] if boundaries else 0 :].lower().replace(":", " "))


def clause_after(text: str, figures: list[Figure], index: int) -> str:
    """Return the words of the clause after a figure in lower case, up to the next figure."""
    end = figures[index + 1].start if index + 1 < len(figures) else len(text)
    clause = text[figures[index].end : end]
    boundary = BOUNDARY.search(clause)
    return (clause[: boundary.start()] if boundary else clause).lower()


def is_other_end_of_range(text: str, figures: list[Figure], index: int) -> bool:
    """Return whether the figure is an end of a range, but not the end that is to be reached.

    That holds for both ends of a range that describes ("tự bảo đảm từ 10% đến dưới 30%"), the upper end of a
    range to reach, and the level from which a change starts ("tăng từ 60% lên 80%").
    """
    figure = figures[index]
    between = text[figure.end : figures[index + 1].start] if index + 1 < len(figures) else ""
    if between and is_range(between):
        return is_change_of_level(between) or not is_range_goal(clause_before(text, figures, index))
    between_last = text[figures[index - 1].end : figure.start] if index else ""
    return bool(between_last) and is_range(between_last) and not is_change_of_level(between_last)


def only_describes(text: str, figures: list[Figure], index: int, implied_ends: list[int]) -> bool:
    """Return whether the figure at `index` is nothing to reach: an age, an earlier result, a total, part of
    "có thêm …". `implied_ends` are the places where a "có thêm" without a number ends.
    """
    figure = figures[index]
    if figure.unit == "tuổi" or DESCRIBED.search(text[max(0, figure.start - 60) : figure.start]):
        return True
    if figure.unit != "%" and OUT_OF_ALL.search(text[max(0, figure.start - 16) : figure.start]):
        return figure.unit not in TIMES or index > 0
    nearest = bisect_left(implied_ends, figure.start) - 1
    return nearest >= 0 and not BOUNDARY.search(text, implied_ends[nearest], figure.start)


def implied_matches(text: str) -> list[re.Match[str]]:
    """Return the places of "có thêm" without a number that ask for one more, and give no purpose."""
    return [
        match
        for match in ONE_MORE.finditer(text)
        if not PURPOSE.search(text[max(0, match.start() - 200) : match.start()])
    ]


def figures_without_number(text: str) -> list[DirectedFigure]:
    """Return a figure of 1 for each "có thêm" without a number: one more of the noun that follows."""
    implied = []
    for match in implied_matches(text):
        noun = HEAD_NOUN.match(text, match.end())
        unit = noun[1] if noun else None
        unit = "đơn vị" if unit is not None and unit.startswith("ĐVSN") else unit
        figure = Figure(1, unit, match.start(), match.end())
        implied.append(DirectedFigure(figure, "increase_at_least", is_implied=True))
    return implied
