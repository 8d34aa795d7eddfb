"""Joins lines to paragraphs, over pages too: by gaps, indents, and whether a word would have fitted."""

from collections import Counter

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.pdf.letters import compose
from cchc_flow.plan_import.readers.pdf.page import Line
from cchc_flow.plan_import.readers.pdf.segments import join_texts
from cchc_flow.plan_import.readers.pdf.wording import (
    begins_anew,
    begins_outside,
    begins_with_mark,
    is_torn_motto,
    leads_on,
)
from cchc_flow.plan_import.structure.marks import parse_mark

SAME_PLACE = 3.0
SMALLEST_INDENT = 10.0
SPACE, SLACK = 0.25, 1.0
LARGE_GAP, SMALL_GAP = 1.3, 1.1
OTHER_SIZE = 1.2
WIDEST_HANGING = 20.0
CENTRED, INSET = 7.0, 18.0
NARROW = 300.0
"""In points: in a narrower column nobody can tell whether a centred line ended by itself."""


class Paragraphs:
    """Takes the lines of a document one by one, and gives back the paragraphs that they end."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pitch = 0.0  # from line to line of a paragraph, in parts of the letters' size
        self._first_indents: set[int] = set()
        self._breaks = Counter[float]()

    def add(self, line: Line) -> Paragraph | None:
        """Take a line; return the paragraph before it if this one begins another."""
        if self._lines and self._goes_on(line):
            self._note_habits(line)
            self._lines.append(line)
            return None
        self._note_break(line)
        ended = self.end()
        self._lines = [line]
        return ended

    def end(self) -> Paragraph | None:
        """Return the paragraph that is being read; None if there is none."""
        lines, self._lines = self._lines, []
        return build(lines) if lines else None

    def _note_habits(self, line: Line) -> None:
        """Remember how far apart the lines of a paragraph are, and how far in the first one begins."""
        first, last = self._lines[0], self._lines[-1]
        if line.left < first.left - SAME_PLACE and line.page == first.page:
            self._first_indents.add(round(first.left - first.frame.left))
        is_wide = line.frame.width > NARROW and not is_centred(last)
        if is_wide and last.page == line.page and 0 < last.y - line.y < 4 * line.size:
            self._pitch = (last.y - line.y) / line.size

    def _note_break(self, line: Line) -> None:
        """Remember how far a paragraph stands below one whose last line was surely its last."""
        last = self._lines[-1] if self._lines else line
        is_wide = line.frame.width > NARROW and last.frame == line.frame
        if is_wide and last.y > line.y and not is_full(last, line) and not is_centred(last):
            self._breaks[round((last.y - line.y) / line.size, 1)] += 1

    def _paragraph_gap(self) -> float:
        """Return how far paragraphs mostly stand below each other, in parts of their size; 0 at first."""
        usual = max(self._breaks.values(), default=0) / 2
        return min((gap for gap, count in self._breaks.items() if count >= usual), default=0.0)

    def _has_gaps(self) -> bool:
        """Return whether this document sets paragraphs apart by gaps."""
        return bool(self._pitch) and self._paragraph_gap() > SMALL_GAP * self._pitch

    def _goes_on(self, line: Line) -> bool:
        """Return whether a line continues the paragraph."""
        last = self._lines[-1]
        if (line.frame != last.frame and line.page == last.page) or abs(line.size - last.size) > OTHER_SIZE:
            return False
        if is_torn_motto(last.text, line.text):
            return True
        if not is_full(last, line) or self._is_far(last, line) or self._is_another_weight(line):
            return False
        if line.frame.width <= NARROW and not leads_on(last.text, line.text):
            return False
        return self._stands_right(line)

    def _is_far(self, last: Line, line: Line) -> bool:
        """Return whether the gap above a line is larger than between lines of a paragraph."""
        if last.page != line.page:
            return False
        gap = last.y - line.y
        if self._has_gaps():
            return gap <= 0 or gap > (self._pitch + self._paragraph_gap()) / 2 * line.size
        usual = self._pitch * line.size or 1.5 * line.size
        return gap <= 0 or gap > LARGE_GAP * max(usual, line.size)

    def _is_another_weight(self, line: Line) -> bool:
        """Return whether a line that is not bold begins anew below a bold one."""
        last = self._lines[-1]
        return last.bold and not line.bold and not leads_on(last.text, line.text)

    def _stands_right(self, line: Line) -> bool:
        """Return whether a line begins where one of the same paragraph can."""
        first, last = self._lines[0], self._lines[-1]
        left = line.left - (line.frame.left - last.frame.left if line.page != last.page else 0)
        if share_middle(first, line):
            return first.bold == line.bold and not parse_mark(line.text)
        if len(self._lines) > 1:
            is_in_line = abs(left - last.left) <= SAME_PLACE
            may_begin = left >= first.left - SAME_PLACE
            return is_in_line and not (may_begin and self._begins_anew(line))
        if left > first.left + SAME_PLACE:
            is_hanging = left <= first.text_left + WIDEST_HANGING and not parse_mark(line.text)
            return is_hanging and bool(parse_mark(first.text))
        if left < first.left - SAME_PLACE:
            return not begins_outside(last.text, line.text)
        return not self._begins_anew(line) and not self._is_first_indent(first)

    def _begins_anew(self, line: Line) -> bool:
        """Return whether a line begins a paragraph by its words, which say less where gaps say it."""
        last = self._lines[-1]
        is_first_of_all = len(self._lines) > 1 and not self._breaks
        if is_first_of_all or (self._has_gaps() and last.page == line.page):
            return begins_with_mark(last.text, line.text)
        return begins_anew(last.text, line.text)

    def _is_first_indent(self, first: Line) -> bool:
        """Return whether a line stands as far in as only the first line of a paragraph does."""
        indent = first.left - first.frame.left
        return indent >= SMALLEST_INDENT and any(
            abs(indent - known) <= SAME_PLACE for known in self._first_indents
        )


def share_middle(first: Line, line: Line) -> bool:
    """Return whether two lines are centred below each other, in text that is as wide as the page."""
    return line.frame.width > NARROW and is_centred_below(first, line)


def is_centred_below(first: Line, line: Line) -> bool:
    """Return whether two lines have one middle, and one of them stands away from the edges."""
    return have_one_middle(first, line) and (is_centred(first) or is_centred(line))


def have_one_middle(first: Line, line: Line) -> bool:
    """Return whether the middles of two lines lie below each other."""
    return abs(first.left + first.right - line.left - line.right) / 2 < CENTRED / 2


def is_full(last: Line, line: Line) -> bool:
    """Return whether the first word of a line would not have fitted behind the one before it."""
    if is_centred_below(last, line):
        return last.width + SPACE * last.size + line.first_width > last.frame.width - SLACK
    return last.right + SPACE * last.size + line.first_width > last.frame.right - SLACK


def is_centred(line: Line) -> bool:
    """Return whether a line stands in the middle of its column, away from both of its edges."""
    inset = min(line.left - line.frame.left, line.frame.right - line.right)
    return inset > INSET and abs((line.left + line.right) / 2 - line.frame.middle) < CENTRED


def build(lines: list[Line]) -> Paragraph:
    """Return the paragraph of some lines."""
    text = lines[0].text
    for line in lines[1:]:
        text = join_texts(text, line.text)
    first = lines[0]
    return Paragraph(
        compose(text),
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        centred=is_centred(first),
        indent=round(max(0.0, first.left - first.frame.left), 1),
        page=first.page,
    )
