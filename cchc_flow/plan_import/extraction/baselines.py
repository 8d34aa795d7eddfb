"""Which figures are compared with a year, by "so với năm …" in their clause."""

import re

from cchc_flow.plan_import.extraction.figures import CHANGES, DirectedFigure
from cchc_flow.plan_import.extraction.wording import SENTENCE_END

BASELINE_YEAR = re.compile(
    r"\b(?:so (?:với|năm|cùng)|(?:cao|thấp|nhiều|ít) hơn năm)"
    r"(?:\s+(?!giai đoạn)[^\s;,.()]{1,20}){0,14}?\s((?:19|20)\d{2})(?![\d/])",
    re.IGNORECASE,
)


def baseline_years(text: str, found: list[DirectedFigure]) -> dict[int, int]:
    """For each figure that is compared with a year, that year."""
    years: dict[int, int] = {}
    start = 0
    for end in [match.start() for match in SENTENCE_END.finditer(text)] + [len(text)]:
        inside = [place for place, one in enumerate(found) if start <= one.figure.start < end]
        years |= baseline_years_in(text, found, inside, (start, end))
        start = end
    return years


def baseline_years_in(
    text: str, found: list[DirectedFigure], inside: list[int], span: tuple[int, int]
) -> dict[int, int]:
    years: dict[int, int] = {}
    for match in BASELINE_YEAR.finditer(text, *span):
        before = [
            place for place in inside if found[place].figure.start < match.start() and place not in years
        ]
        chosen = compared_figures(found, before) if before else inside
        years |= {place: int(match[1]) for place in chosen if place not in years}
    return years


def compared_figures(found: list[DirectedFigure], before: list[int]) -> list[int]:
    """The last figure before "so với năm …", and those that form one list with it."""
    chosen = [before[-1]]
    for place in reversed(before[:-1]):
        if not (found[place + 1].in_list or found[place].direction in CHANGES):
            break
        chosen.append(place)
    return chosen
