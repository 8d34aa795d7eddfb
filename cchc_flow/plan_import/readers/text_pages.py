"""Takes out of a plain text what only its pages carry: their numbers, running heads and form feeds."""

import re
from collections import Counter
from collections.abc import Sequence

PAGE_NUMBER = re.compile(
    r"[-–—\s]*(\d{1,3})[-–—\s]*|(?:trang|page)\s*(\d{1,3})(?:\s*(?:/|of|trên)\s*\d+)?", re.I
)
LINE_ENDS = re.compile(r"\r\n|[\n\r\v\x1c\x1d\x1e\x85\u2028\u2029]")
DIGITS = re.compile(r"\d+")
SENTENCE_ENDS = (".", ";", ":", "!", "?", "…")
LONGEST_HEAD = 120
FEWEST_HEADS = 3
TALLEST_TOP = 6
"""How many lines, blank ones too, a page's head and its number take at most."""


def split_lines(text: str) -> list[str]:
    """Return the lines of a text without what its pages carry; a paragraph goes on over the end of a page."""
    lines: list[str] = []
    page_starts: set[int] = set()
    for page in text.split("\f"):
        if lines:
            page_starts.add(len(lines))
        lines.extend(LINE_ENDS.split(page))
    numbers = page_numbers(lines)
    if not numbers and not page_starts:
        return lines
    heads = running_heads(lines, page_starts, numbers) | heads_above_numbers(lines, page_starts, numbers)
    return without_edges(lines, page_starts, numbers | heads)


def heads_above_numbers(lines: Sequence[str], page_starts: set[int], numbers: set[int]) -> set[int]:
    """Return the lines between a form feed and the page's number: a head, even if it stands once.

    Sentences there are the text of a short page, whose number stands at its foot.
    """
    heads: set[int] = set()
    for start in page_starts:
        written = [at for at in range(start, min(start + TALLEST_TOP, len(lines))) if lines[at].strip()]
        number = next((place for place, at in enumerate(written) if at in numbers), None)
        above = written[: number or 0]
        if not any(lines[at].rstrip().endswith(SENTENCE_ENDS) for at in above):
            heads.update(above)
    return heads


def running_heads(lines: Sequence[str], page_starts: set[int], numbers: set[int]) -> set[int]:
    """Return the indexes of the lines that stand alike at the top, or the foot, of three pages or more."""
    tops = {0} | page_starts | {number + 1 for number in numbers}
    feet = {start - 1 for start in page_starts} | {number - 1 for number in numbers} | {len(lines) - 1}
    heads: set[int] = set()
    for borders, step in ((tops, 1), (feet, -1)):
        edge_lines = {at for border in borders if (at := nearest(lines, border, step, numbers)) is not None}
        times = Counter(edge_words(lines[at]) for at in edge_lines)
        pages = max(len(page_starts), len(numbers))
        heads |= {
            at
            for at in edge_lines
            if times[edge_words(lines[at])] >= FEWEST_HEADS and 2 * times[edge_words(lines[at])] >= pages
        }
    return heads


def edge_words(line: str) -> str:
    """Return a line without its digits, in which the heads of two pages differ."""
    return DIGITS.sub("", line).strip()


def nearest(lines: Sequence[str], at: int, step: int, numbers: set[int]) -> int | None:
    """Return the index of the nearest written line from a page's border, page numbers apart."""
    while 0 <= at < len(lines) and (not lines[at].strip() or at in numbers):
        at += step
    is_written = 0 <= at < len(lines) and len(lines[at]) <= LONGEST_HEAD
    return at if is_written and not lines[at].rstrip().endswith(SENTENCE_ENDS) else None


def page_numbers(lines: Sequence[str]) -> set[int]:
    """Return the indexes of lines that hold only a number, where these count on as pages do."""
    numbered = [
        (index, int(match[1] or match[2]))
        for index, line in enumerate(lines)
        if (match := PAGE_NUMBER.fullmatch(line.strip())) is not None
    ]
    counted: set[int] = set()
    expected: int | None = None
    for index, value in numbered:
        if expected is None and value > 2:
            continue
        if expected is None or value == expected:
            counted.add(index)
            expected = value + 1
    return counted


def without_edges(lines: Sequence[str], page_starts: set[int], edges: set[int]) -> list[str]:
    """Return the lines without the edges of pages; blank lines beside them go where a sentence goes on."""
    text_lines: list[str] = []
    is_at_edge = False
    for index, line in enumerate(lines):
        is_at_edge = is_at_edge or index in edges or index in page_starts
        if index in edges or (is_at_edge and not line.strip()):
            continue
        if is_at_edge:
            mend_border(text_lines)
            is_at_edge = False
        text_lines.append(line)
    return text_lines


def mend_border(text_lines: list[str]) -> None:
    """Let the last written line be followed by the next page's first, unless its sentence ended."""
    while text_lines and not text_lines[-1].strip():
        text_lines.pop()
    if text_lines and text_lines[-1].rstrip().endswith(SENTENCE_ENDS):
        text_lines.append("")
