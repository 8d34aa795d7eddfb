"""Finds the baseline years of figures: the year that "so với năm …" in their sentence compares them with."""

import re

from cchc_flow.plan_import.extraction.figures import CHANGES, DirectedFigure
from cchc_flow.plan_import.extraction.wording import SENTENCE_END

BASELINE_YEAR = re.compile(
    r"\b(?:so (?:với|năm|cùng)|(?:cao|thấp|nhiều|ít) hơn năm)"
    r"(?:\s+(?!giai đoạn|so với|tăng|giảm|\S*%)[^\s;,.()]{1,20}){0,14}?\s((?:19|20)\d{2})(?![\d/])",
    re.IGNORECASE,
)


def baseline_years(text: str, figures: list[DirectedFigure]) -> dict[int, int]:
    """Return the baseline year of each figure that has one, by the figure's index in the list."""
    years: dict[int, int] = {}
    start = 0
    for end in [match.start() for match in SENTENCE_END.finditer(text)] + [len(text)]:
        inside = [index for index, directed in enumerate(figures) if start <= directed.figure.start < end]
        years |= baseline_years_in(text, figures, inside, (start, end))
        start = end
    return years


def baseline_years_in(
    text: str, figures: list[DirectedFigure], inside: list[int], span: tuple[int, int]
) -> dict[int, int]:
    """Return the baseline years in one sentence: its `span` in the text, `inside` its figures' indexes."""
    years: dict[int, int] = {}
    for match in BASELINE_YEAR.finditer(text, *span):
        before = [
            index for index in inside if figures[index].figure.start < match.start() and index not in years
        ]
        compared = compared_figures(text, figures, before) if before else inside
        years |= {index: int(match[1]) for index in compared if index not in years}
    return years


def compared_figures(text: str, figures: list[DirectedFigure], before: list[int]) -> list[int]:
    """Return the indexes of the last figure before "so với năm …" and of those in one list with it."""
    compared = [before[-1]]
    for index in reversed(before[:-1]):
        between = text[figures[index].figure.end : figures[index + 1].figure.start]
        if "so với" in between or not (figures[index + 1].in_list or figures[index].direction in CHANGES):
            break
        compared.append(index)
    return compared
