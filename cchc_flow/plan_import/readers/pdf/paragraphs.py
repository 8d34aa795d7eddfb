"""Joins lines to paragraphs, over pages too: by gaps, indents, and whether a word would have fitted."""

import re
from collections.abc import Iterable, Iterator

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.pdf.letters import compose
from cchc_flow.plan_import.readers.pdf.page import Line
from cchc_flow.plan_import.readers.pdf.segments import join_texts
from cchc_flow.plan_import.structure.marks import parse_mark

SAME_PLACE = 3.0
SPACE, SLACK = 0.25, 1.0
LARGE_GAP = 1.3
OTHER_SIZE = 1.2
WIDEST_HANGING = 20.0
CENTRED, INSET = 7.0, 18.0
NARROW = 300.0
"""In points: in a narrower column nobody can tell whether a centred line ended by itself."""
SENTENCE_ENDS = (".", ";", ":", "!", "?", "…")
CLOSINGS = (".", ";", ":")
MOTTO = re.compile("CỘNG (?:HÒA|HOÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")


class Paragraphs:
    """Takes the lines of a document one by one, and gives back the paragraphs that they end."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pitch = 0.0

    def add(self, line: Line) -> Paragraph | None:
        """Take a line; return the paragraph before it if this one begins another."""
        if self._lines and self._goes_on(line):
            self._note_pitch(line)
            self._lines.append(line)
            return None
        ended = self.end()
        self._lines = [line]
        return ended

    def end(self) -> Paragraph | None:
        """Return the paragraph that is being read; None if there is none."""
        lines, self._lines = self._lines, []
        return build(lines) if lines else None

    def _note_pitch(self, line: Line) -> None:
        """Remember how far apart the lines of a paragraph are."""
        last = self._lines[-1]
        if last.page == line.page and 0 < last.y - line.y < 4 * line.size:
            self._pitch = last.y - line.y

    def _goes_on(self, line: Line) -> bool:
        """Return whether a line continues the paragraph."""
        last = self._lines[-1]
        if (line.frame != last.frame and line.page == last.page) or abs(line.size - last.size) > OTHER_SIZE:
            return False
        if is_torn_motto(last, line):
            return True
        if not is_full(last, line) or self._is_far(last, line):
            return False
        return self._stands_right(line)

    def _is_far(self, last: Line, line: Line) -> bool:
        """Return whether the gap above a line is larger than between lines of a paragraph."""
        if last.page != line.page:
            return False
        gap = last.y - line.y
        usual = self._pitch if self._pitch else 1.5 * line.size
        return gap <= 0 or gap > LARGE_GAP * max(usual, line.size)

    def _stands_right(self, line: Line) -> bool:
        """Return whether a line begins where one of the same paragraph can."""
        first, last = self._lines[0], self._lines[-1]
        shift = line.page != last.page and line.frame.left - last.frame.left
        left = line.left - (shift or 0)
        if share_middle(first, line):
            return first.bold == line.bold and not parse_mark(line.text)
        if (
            line.frame.width <= NARROW
            and have_one_middle(first, line)
            and abs(left - first.left) > SAME_PLACE
        ):
            return False
        is_new = bool(parse_mark(line.text)) and last.text.endswith(CLOSINGS)
        if len(self._lines) > 1:
            return abs(left - last.left) <= SAME_PLACE and not (is_new and left >= first.left - SAME_PLACE)
        if left > first.left + SAME_PLACE:
            is_hanging = left <= first.text_left + WIDEST_HANGING and not parse_mark(line.text)
            return is_hanging and bool(parse_mark(first.text))
        if left < first.left - SAME_PLACE:
            return True
        return not is_new and not (first.left > first.frame.left + 10 and last.text.endswith(SENTENCE_ENDS))


def is_torn_motto(last: Line, line: Line) -> bool:
    """Return whether the name of the state did not fit into its column: it stands in every letterhead."""
    return MOTTO.fullmatch(f"{last.text} {line.text}") is not None


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


def join_lines(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs of some lines."""
    paragraphs = Paragraphs()
    for line in lines:
        if (paragraph := paragraphs.add(line)) is not None:
            yield paragraph
    if (last := paragraphs.end()) is not None:
        yield last
