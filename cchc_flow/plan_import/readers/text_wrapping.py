"""Puts paragraphs together again that a plain text breaks over lines of a fixed width."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from cchc_flow.plan_import.readers.text_lines import COMMON, PRINTED, TextLine, length_in
from cchc_flow.plan_import.structure.mark_sequence import MarkSequence, is_cited
from cchc_flow.plan_import.structure.marks import Mark, parse_mark

SENTENCE_ENDS = (".", ";", ":", "!", "?", "…")
NARROWEST_PAGE, WIDEST_PAGE = 30, 200
SLACK = 0.96
"""How much of the width a printed line must fill: its letters are only about as wide as assumed."""
SURE_SHARE = 0.95
MOST_OF_A_LINE = 0.8
TRUSTED_SHARE = 0.9
"""The share of surely broken lines that a width must explain; the rest may be slips."""
MOST_LONGER_LINES = 0.1
FULL_LINES = 3
BROKEN_HYPHEN = re.compile(r"[^\W\d_]-$")
INSIDE = re.compile(r"([.;:…]) (?=\d|[^\W\d_])")
LABEL = re.compile(
    r"(?:(?:Đơn vị|Cơ quan|Bộ phận|Người|Thời gian|Thời hạn|Tiến độ|Sản phẩm|Kết quả|Kinh phí|Nguồn)\b"
    r"[^:.;]{0,40}|Chủ trì|Phối hợp|Hoàn thành):"
)
LEGAL_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét|Trên đây|Nơi nhận|Kính gửi)\b")
DASH = re.compile(r"[-–—]\s+(\S+)")
PAIR = re.compile(r"(\w+)\s+[-–—]\s+(\w+)")


def join_wrapped(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return one line for each paragraph: a line goes on if the next word would not have fitted on it.

    A text that is not broken at a width comes back as it is.
    """
    width = find_width(lines)
    return list(lines) if width is None else Joiner(lines, width).join()


class Width(msgspec.Struct, frozen=True):
    """How a text is broken: `limit` is the longest line, counted as `measure`; words may break at hyphens."""

    limit: int
    measure: int
    breaks_hyphens: bool

    def is_full(self, line: TextLine, following: TextLine) -> bool:
        """Return whether the next line's first word would not have fitted on this one."""
        return reach(line, following, self.measure, self.breaks_hyphens) > self.limit


def reach(line: TextLine, following: TextLine, measure: int, breaks_hyphens: bool) -> int:
    """Return how long a line would be with the first word of the next one."""
    word = following.text.split(maxsplit=1)[0]
    if breaks_hyphens and (hyphen := re.match(r".*?[^\W\d_]{2}-(?=\w{2})", word)):
        word = hyphen[0]
    written = (
        word if measure == PRINTED or not following.is_decomposed else unicodedata.normalize("NFD", word)
    )
    is_whole = not (breaks_hyphens and BROKEN_HYPHEN.search(line.text))
    return line.lengths[measure] + is_whole * length_in(" ", measure) + length_in(written, measure)


def find_width(lines: Sequence[TextLine]) -> Width | None:
    """Return the width at which the text was broken, or None if it was not."""
    pairs = [(line, after) for line, after in pairwise(lines) if not after.after_gap]
    broken = [pair for pair in pairs if is_surely_broken(*pair)]
    hyphens = any(BROKEN_HYPHEN.search(line.text) and after.text[0].isalpha() for line, after in pairs)
    if not broken:
        return None
    widths = [width_by(measure, lines, broken, hyphens) for measure in range(PRINTED + 1)]
    full = [(sum(width.is_full(*pair) for pair in broken), width) for width in widths if width is not None]
    exact = [pair for pair in full if pair[1].measure != PRINTED and pair[0] >= SURE_SHARE * len(broken)]
    chosen = max(exact or full, key=lambda pair: (pair[0], -pair[1].measure), default=None)
    return None if chosen is None else chosen[1]


def width_by(
    measure: int, lines: Sequence[TextLine], broken: Sequence[tuple[TextLine, TextLine]], hyphens: bool
) -> Width | None:
    """Return the width in one measure, or None if the lines do not keep to one."""
    lengths = sorted(line.lengths[measure] for line in lines)
    reaches = sorted((reach(*pair, measure, hyphens) for pair in broken), reverse=True)
    shortest = reaches[min(int(len(reaches) * TRUSTED_SHARE), len(reaches) - 1)]
    limit = max((length for length in lengths if length < shortest), default=0)
    longer = sum(length > limit for length in lengths)
    is_kept = longer <= max(MOST_LONGER_LINES * len(lengths), 1)
    unit = COMMON if measure == PRINTED else 1
    is_page = NARROWEST_PAGE * unit < limit <= WIDEST_PAGE * unit * (1 + (measure < PRINTED) * measure)
    if not is_kept or not is_page:
        return None
    return Width(int(limit * SLACK) if measure == PRINTED else limit, measure, hyphens)


def is_surely_broken(line: TextLine, following: TextLine) -> bool:
    """Return whether a sentence goes on in the next line: with a small letter, or the number it leads to."""
    if line.text.endswith(SENTENCE_ENDS) or is_heading(line.text):
        return False
    is_unmarked = parse_mark(following.text) is None
    goes_on = following.text[0].islower() or (
        following.text[0].isdigit() and is_cited(line.text, following.text)
    )
    return is_unmarked and goes_on


def is_heading(text: str) -> bool:
    """Return whether the text is in capitals, as a title or a section's heading is."""
    return text.isupper() and " " in text and not text.endswith((".", ","))


class Joiner:
    """Decides line by line, of a text broken at `width`, where a paragraph ends."""

    def __init__(self, lines: Sequence[TextLine], width: Width) -> None:
        self._lines, self._width = lines, width
        self._sequence = MarkSequence()
        text = "\n".join(line.text for line in lines)
        self._dashes = Counter(f"{before} {after}".lower() for before, after in PAIR.findall(text))
        self._hanging = self._usual_indent()
        self._items_end = self._share_of_ends(lambda line: line.text[0] in "-–—+•*")
        self._gaps_separate = self._share_of_gaps() >= TRUSTED_SHARE
        inside = Counter(INSIDE.findall("\n".join(line.text for line in lines)))
        self._is_inside = {end: inside[end] > self._plain_paragraphs(end) for end in SENTENCE_ENDS}

    def join(self) -> list[TextLine]:
        """Return the lines with those that go on joined to one."""
        groups: list[list[TextLine]] = []
        for line in self._lines:
            if groups and self._goes_on(groups[-1], line):
                groups[-1].append(line)
                continue
            groups.append([line])
            if (marked := parse_mark(line.text)) is not None:
                self._sequence.note(marked[0])
        return [join_lines(group) for group in groups]

    def _goes_on(self, group: Sequence[TextLine], line: TextLine) -> bool:
        """Return whether a line belongs to the paragraph whose lines so far are `group`."""
        before = group[-1]
        if line.after_gap or not (self._width.is_full(before, line) or self._is_long(before)):
            return False
        if BROKEN_HYPHEN.search(before.text) and line.text[0].isalpha():
            return True
        if is_heading(group[0].text) and is_heading(before.text):
            return line.text == line.text.upper() and parse_mark(line.text) is None
        is_wordy = len(line.text.split()) > 2 and not any(map(str.isdigit, line.text))
        if is_heading(line.text) and is_wordy:
            return False
        if (by_indent := self._indent_says(group, line)) is not None:
            return by_indent
        marked = parse_mark(line.text)
        if marked is None:
            return self._plain_goes_on(before, line)
        is_small = marked[1][:1].islower() and not before.text.endswith(SENTENCE_ENDS)
        return is_small or self._marked_goes_on(before, line, marked[0])

    def _is_long(self, line: TextLine) -> bool:
        """Return whether a line fills most of the page, in a text whose paragraphs stand apart."""
        return self._gaps_separate and line.lengths[self._width.measure] > MOST_OF_A_LINE * self._width.limit

    def _plain_goes_on(self, before: TextLine, line: TextLine) -> bool:
        """Return whether a line without a mark goes on from a full one."""
        if self._gaps_separate:
            return True
        if LABEL.match(line.text) or LEGAL_BASIS.match(line.text) or before.text.endswith("./."):
            return False
        if not before.text.endswith(SENTENCE_ENDS) or line.text[0].islower():
            return True
        return self._is_inside[before.text[-1]]

    def _marked_goes_on(self, before: TextLine, line: TextLine, mark: Mark) -> bool:
        """Return whether what looks like a mark at the beginning of a line stands inside a sentence."""
        if before.text.endswith(SENTENCE_ENDS):
            return False
        if mark.is_bullet:
            return self._dash_goes_on(before, line)
        return is_cited(before.text, line.text) or not self._sequence.is_next(mark)

    def _dash_goes_on(self, before: TextLine, line: TextLine) -> bool:
        """Return whether a dash belongs to its sentence: "kinh tế / - xã hội", "2026 / - 2030"."""
        match = DASH.match(line.text)
        if match is None:
            return self._items_end
        word = match[1].strip(".,;:()").lower()
        last = before.text.split()[-1].strip("(").lower()
        if match[1][0].islower() or (last[-1:].isdigit() and word[:1].isdigit()):
            return True
        return bool(self._dashes[f"{last} {word}"]) or self._items_end

    def _indent_says(self, group: Sequence[TextLine], line: TextLine) -> bool | None:
        """Return whether a line goes on where the text sets first lines and others apart; else None."""
        if self._hanging is None:
            return None
        if len(group) > 1:
            return None if line.indent == group[-1].indent == 0 else line.indent == group[-1].indent
        return line.indent - group[0].indent == self._hanging

    def _usual_indent(self) -> int | None:
        """Return how far second lines stand in from first ones, where that shows which is which."""
        moves: Counter[int] = Counter()
        for index, (line, after) in enumerate(pairwise(self._lines)):
            is_first = index == 0 or line.after_gap or not self._width.is_full(self._lines[index - 1], line)
            if is_first and not after.after_gap and is_surely_broken(line, after):
                moves[after.indent - line.indent] += 1
        if not moves:
            return None
        move, times = moves.most_common(1)[0]
        return move if move != 0 and times >= TRUSTED_SHARE * moves.total() else None

    def _share_of_ends(self, is_item: Callable[[TextLine], bool]) -> bool:
        """Return whether hardly a paragraph that is followed by an item ends without a full stop."""
        ends = [
            before.text.endswith(SENTENCE_ENDS)
            for before, line in pairwise(self._lines)
            if is_item(line) and is_item(before) and (line.after_gap or not self._width.is_full(before, line))
        ]
        return len(ends) >= FULL_LINES and sum(ends) >= TRUSTED_SHARE * len(ends)

    def _plain_paragraphs(self, end: str) -> int:
        """Return how many paragraphs without a mark follow, without an empty line, on one that ends so."""
        return sum(
            before.text.endswith(end)
            and not line.after_gap
            and parse_mark(line.text) is None
            and not line.text[0].islower()
            and not self._width.is_full(before, line)
            for before, line in pairwise(self._lines)
        )

    def _share_of_gaps(self) -> float:
        """Return the share of paragraphs, as far as their ends are plain to see, that stand apart."""
        gaps = [
            line.after_gap
            for before, line in pairwise(self._lines)
            if line.after_gap
            or (before.text.endswith(SENTENCE_ENDS) and not self._is_nearly_full(before, line))
        ]
        return sum(gaps) / len(gaps) if gaps else 0.0

    def _is_nearly_full(self, line: TextLine, following: TextLine) -> bool:
        """Return whether the next word would hardly have fitted on a line."""
        width = self._width
        return reach(line, following, width.measure, width.breaks_hyphens) > MOST_OF_A_LINE * width.limit


def join_lines(group: Sequence[TextLine]) -> TextLine:
    """Return the lines of a paragraph as one; a word broken at a hyphen becomes whole."""
    text = group[0].text
    for line in group[1:]:
        is_word = BROKEN_HYPHEN.search(text) is not None and line.text[0].isalpha()
        text += line.text if is_word else f" {line.text}"
    return msgspec.structs.replace(group[0], text=text)
