"""Takes away what is not of the text: running heads and feet, page numbers, notes at the foot of a page."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from cchc_flow.plan_import.readers.pdf.page import Page, Word
from cchc_flow.plan_import.readers.pdf.segments import rows_of_words, words_text

DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:trang|page)?[\s:]*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—|\s.]*", re.IGNORECASE
)
NEIGHBOURS = 2
"""How many pages before and after are looked at: heads of left and right pages may differ."""
MOST_EDGE_ROWS = 3
SAME_HEIGHT = 4.0
EDGE_OF_PAGE = 0.13
"""The part of the page's height in which running heads and feet are looked for."""
NOTE_SIZE = 0.92
NOTE_RULE = (60.0, 260.0)
APART = 1.12
"""In parts of the usual distance of rows: from there on, a running head stands apart from the text."""
Row = list[Word]


class Edge(NamedTuple):
    """A row in the margin of a page: its text, its height, and the number of the page."""

    text: str
    y: float
    page: int


def without_edges(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield the pages without what is repeated at their edges; only a few are held at once."""
    window: deque[tuple[Page, list[Row]]] = deque()
    held: deque[set[Edge]] = deque()
    for page in pages:
        window.append((page, rows_of_words(page.words)))
        held.append(edges_of(*window[-1]))
        if len(window) > NEIGHBOURS:
            yield strip(*window.popleft(), held)
            trim(held, len(window))
    while window:
        yield strip(*window.popleft(), held, len(window))
        trim(held, len(window))


def trim(held: deque[set[Edge]], ahead: int) -> None:
    """Forget pages that are too far behind."""
    while len(held) > ahead + NEIGHBOURS:
        held.popleft()


def edges_of(page: Page, rows: Sequence[Row]) -> set[Edge]:
    """Return the rows at the top and the bottom of a page."""
    return {Edge(words_text(row), row[0].y, page.number) for side in edge_rows(page, rows) for row in side}


def edge_rows(page: Page, rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows in the upper margin of a page, from its edge inward, and those in the lower one.

    Rows of tables are left out: a table may repeat its head.
    """
    if not rows:
        return []
    top, bottom = page_span(page)
    margin = EDGE_OF_PAGE * (top - bottom)
    first = [row for row in rows[:MOST_EDGE_ROWS] if row[0].y > top - margin and not is_in_table(row, page)]
    last = [
        row for row in rows[-MOST_EDGE_ROWS:] if row[0].y < bottom + margin and not is_in_table(row, page)
    ]
    return [first, last[::-1]]


def is_in_table(row: Row, page: Page) -> bool:
    """Return whether a row stands beside a rule that stands upright."""
    return any(rule.start <= row[0].y <= rule.end for rule in page.upright)


def page_span(page: Page) -> tuple[float, float]:
    """Return the top and the bottom of a page in the coordinates of its words."""
    return page.top, page.top - page.height


def strip(page: Page, rows: Sequence[Row], held: Sequence[set[Edge]], ahead: int = NEIGHBOURS) -> Page:
    """Return a page without the rows that pages near it have too, page numbers, and notes at its foot."""
    own = len(held) - 1 - ahead
    others = [edges for place, edges in enumerate(held) if place != own]
    gone: set[int] = set()
    for side in edge_rows(page, rows):
        for row in side[: running_rows(side, rows, page, others)]:
            gone.update(map(id, row))
    left = [row for row in rows if id(row[0]) not in gone]
    gone.update(id(word) for row in left[notes_start(page, left) :] for word in row)
    return replace(page, words=[word for word in page.words if id(word) not in gone])


def running_rows(side: Sequence[Row], rows: Sequence[Row], page: Page, others: Sequence[set[Edge]]) -> int:
    """Return how many rows, from the edge inward, are a running head or foot, or the page's number.

    All are repeated, and a gap divides the last of them from the text.
    """
    numbered = 0
    for count, row in enumerate(side, 1):
        if is_own_number(row, page) or (count == 1 and is_number_apart(row, rows)):
            numbered = count
        elif not is_repeated(row, page, others):
            break
        if is_apart(row, rows):
            return count
    return numbered


def is_apart(row: Row, rows: Sequence[Row]) -> bool:
    """Return whether the gap between a row and the nearest one further inside is larger than is usual."""
    steps = [above[0].y - below[0].y for above, below in pairwise(rows)]
    if not steps:
        return True
    place = next(index for index, one in enumerate(rows) if one is row)
    inward = steps[place] if place < len(rows) / 2 else steps[place - 1]
    return inward > APART * sorted(steps)[(len(steps) - 1) // 2]


def is_repeated(row: Row, page: Page, others: Iterable[set[Edge]]) -> bool:
    """Return whether a row stands at the same height of a page near by, with the same words."""
    text = words_text(row)
    return any(
        abs(row[0].y - edge.y) < SAME_HEIGHT and is_same(text, edge.text, edge.page - page.number)
        for edges in others
        for edge in edges
    )


def is_same(text: str, other: str, pages: int) -> bool:
    """Return whether two texts are the same but for the number of the page, which is so many pages on."""
    if text == other:
        return True
    if DIGITS.sub("#", text) != DIGITS.sub("#", other):
        return False
    pairs = zip(DIGITS.findall(text), DIGITS.findall(other), strict=True)
    return all(int(after[:9]) - int(before[:9]) in (0, pages) for before, after in pairs)


def is_own_number(row: Row, page: Page) -> bool:
    """Return whether a row is only the number of its page."""
    match = PAGE_NUMBER.fullmatch(words_text(row))
    return match is not None and int(match[1]) == page.number


def is_number_apart(row: Row, rows: Sequence[Row]) -> bool:
    """Return whether a row is a number that stands apart: an appendix may number its pages by itself."""
    return PAGE_NUMBER.fullmatch(words_text(row)) is not None and is_apart(row, rows)


def notes_start(page: Page, rows: Sequence[Row]) -> int:
    """Return where the notes at the foot of a page begin among its rows: small letters below a short rule."""
    rule = next(
        (rule for rule in page.across if is_note_rule(rule.end - rule.start, rule.at, page, rows)), None
    )
    if rule is None:
        return len(rows)
    below = [place for place, row in enumerate(rows) if row[0].y < rule.at]
    above = [word.size for row in rows for word in row if word.y > rule.at]
    if not below or not above:
        return len(rows)
    usual = sorted(above)[len(above) // 2]
    notes = [word.size for place in below for word in rows[place]]
    starts_with_number = rows[below[0]][0].text[:1].isdigit() or rows[below[0]][0].text[:1] in "(["
    is_small = all(size <= NOTE_SIZE * usual for size in notes)
    return below[0] if is_small and starts_with_number else len(rows)


def is_note_rule(length: float, at: float, page: Page, rows: Sequence[Row]) -> bool:
    """Return whether a rule may stand above notes: it is short, and in the lower part of the page."""
    return NOTE_RULE[0] <= length <= NOTE_RULE[1] and at < page.top - page.height / 2 and len(rows) > 1
