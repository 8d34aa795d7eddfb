"""Reads the words of a page with pdfium: letter by letter, with their places, sizes and fonts."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from ctypes import PYFUNCTYPE, byref, c_double, c_int, c_uint, c_void_p, cast, create_string_buffer
from typing import Any, NamedTuple

import msgspec
from pypdfium2 import raw as pdfium

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.legacy.fonts import encoding_of_font
from cchc_flow.plan_import.readers.pdf.letters import SPACES, UNKNOWN, convert_old, letter_of
from cchc_flow.plan_import.readers.pdf.page import Word
from cchc_flow.plan_import.readers.pdf.segments import rows_of_groups, words_text
from cchc_flow.plan_import.readers.pdf.turning import Box, turn_box

MOST_LETTERS_ON_A_PAGE = 100_000
GAP, JUMP = 0.22, 0.6
"""In parts of the letters' size: what is a gap between words, what is no place for the next letter."""
SPACE, SOFT_HYPHEN = 0x20, 0xAD
BOLD = re.compile(r"bold|black|heavy|demi|-bd\b", re.IGNORECASE)
ITALIC = re.compile(r"italic|oblique|-it\b", re.IGNORECASE)
FORCED_BOLD, ITALIC_FLAG = 0x40000, 0x40
FILLED_AND_STROKED = 2
LONGEST_FONT_NAME = 200
FULL_TURN = 4


class Font(msgspec.Struct, frozen=True):
    """How letters are set: their size in points, their font, and the quarter turn (0 to 3) they stand at.

    `turn` is None for letters that stand aslant, such as a watermark. A font that `is_old` shows the letters
    of an encoding before Unicode, in which a soft hyphen is one of them.
    """

    size: float
    name: str
    bold: bool
    italic: bool
    turn: int | None
    is_old: bool = False


NO_FONT = Font(0.0, "", False, False, None)


class Letters(NamedTuple):
    """The letters of a word, and its box (left, bottom, right, top) and origin on the paper."""

    text: str
    font: Font
    box: Box
    origin: tuple[float, float]
    has_space: bool
    is_spaced: bool


class WordReader:
    """Reads the letters of one page, and gives its words their places on the page turned for reading."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self._fonts: dict[int, Font] = {}
        self._read: list[Letters] = []
        self._has_space = self._is_spaced = False
        self.unmapped = 0

    def read(self) -> tuple[int, list[Word], list[Word]]:
        """Return the quarter turn that most letters of the page stand at, and the words that stand so.

        The last are lines that stand at another turn, each as one word. Raise BadInput for a page of far too
        many letters.
        """
        count = pdfium.FPDFText_CountChars(self._textpage)
        if count > MOST_LETTERS_ON_A_PAGE:
            raise BadInput(
                "Tệp PDF có trang quá nhiều chữ để là văn bản; tệp không được đọc.",
                "Hãy chọn đúng tệp kế hoạch cải cách hành chính.",
            )
        self._read_letters(count)
        turns = Counter[int]()
        for word in self._read:
            if word.font.turn is not None:
                turns[word.font.turn] += len(word.text)
        turn = max(turns, key=lambda key: turns[key], default=0)
        others = [line for aside in turns if aside != turn for line in lines_aside(self._read, aside, turn)]
        return turn, [turn_word(word, turn) for word in self._read if word.font.turn == turn], others

    def _read_letters(self, count: int) -> None:
        """Read letters one by one, thousands on a page; within an object pdfium tells the gaps of words.

        Only where another object begins is it measured whether it goes on with the word.
        """
        page, handle, text, first, last, font = self._textpage, 0, list[str](), 0, 0, NO_FONT
        for index in range(count):
            code = unicode_of(page, index)
            if code in SPACES:
                if text:
                    self._end_word(text, font, first, last)
                    text = []
                self._meet_space(code, index)
                continue
            before = font
            if (here := object_of(page, index)) != handle:
                font = self._font(index, here)
            letter = chr(code) if code == SOFT_HYPHEN and font.is_old else letter_of(code)
            if here != handle:
                handle = here
                if text and not is_mark(letter) and not self._follows(before, font, last, index):
                    self._end_word(text, before, first, last)
                    text = []
            if not text:
                first = last = index
            text.append(letter)
            if letter and not is_mark(letter):
                last = index
        if text:
            self._end_word(text, font, first, last)

    def _meet_space(self, code: int, index: int) -> None:
        self._has_space = True
        if code == SPACE and not pdfium.FPDFText_IsGenerated(self._textpage, index):
            self._is_spaced = True

    def _end_word(self, text: list[str], font: Font, first: int, last: int) -> None:
        """Keep a word whose letters are those from `first` to `last`."""
        word = convert_old("".join(text), font.name) if font.is_old else "".join(text)
        box = self._box(first)
        if last != first:
            box = around(box, self._box(last))
        if word:
            self._read.append(Letters(word, font, box, self._origin(first), self._has_space, self._is_spaced))
        self.unmapped += word.count(UNKNOWN)
        self._has_space = self._is_spaced = False

    def _follows(self, before: Font, font: Font, last: int, index: int) -> bool:
        """Return whether a letter stands right behind the one before it, in the same font."""
        if font is not before or font.turn is None:
            return False
        one, other = turn_box(self._box(last), font.turn), turn_box(self._box(index), font.turn)
        is_near = -JUMP * font.size < other[0] - one[2] < GAP * font.size
        return is_near and abs(other[1] - one[1]) < GAP * font.size

    def _box(self, index: int) -> Box:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._textpage, index, byref(box))
        return box.left, box.bottom, box.right, box.top

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = c_double(), c_double()
        pdfium.FPDFText_GetCharOrigin(self._textpage, index, byref(x), byref(y))
        return x.value, y.value

    def _font(self, index: int, handle: int) -> Font:
        """Return how the letter at an index is set; letters of one object are set alike."""
        if handle not in self._fonts:
            font = read_font(self._textpage, index)
            same = next((known for known in self._fonts.values() if known == font), font)
            self._fonts[handle] = same
        return self._fonts[handle]


def is_mark(letter: str) -> bool:
    """Return whether a letter is a mark that belongs to the one before it."""
    return letter > "\u02ff" and bool(unicodedata.combining(letter[0]))


def around(one: Box, other: Box) -> Box:
    """Return the box around two boxes."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def read_font(textpage: Any, index: int) -> Font:
    """Return how a letter is set."""
    matrix, flags = pdfium.FS_MATRIX(), c_int()
    pdfium.FPDFText_GetMatrix(textpage, index, byref(matrix))
    name_bytes = create_string_buffer(LONGEST_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(textpage, index, name_bytes, LONGEST_FONT_NAME, byref(flags))
    name = name_bytes.value.decode("utf-8", "replace").rpartition("+")[2]
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(textpage, index))
    return Font(
        size=max(pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d), 0.1),
        name=name,
        bold=bool(BOLD.search(name)) or bool(flags.value & FORCED_BOLD) or mode == FILLED_AND_STROKED,
        italic=bool(ITALIC.search(name)) or bool(flags.value & ITALIC_FLAG),
        turn=quarter % FULL_TURN if abs(angle - quarter * 90) < 3 else None,
        is_old=encoding_of_font(name) is not None,
    )


def turn_word(word: Letters, turn: int) -> Word:
    """Return a word with its place on the page turned so that its text runs from left to right."""
    left, _, right, _ = turn_box(word.box, turn)
    x, y = word.origin
    _, baseline, _, _ = turn_box((x, y, x, y), turn)
    font = word.font
    return Word(
        word.text, left, right, baseline, font.size, font.bold, font.italic, word.has_space, word.is_spaced
    )


def lines_aside(words: Iterable[Letters], aside: int, turn: int) -> list[Word]:
    """Return the lines that stand at a turn of their own as words of the page: heads of narrow columns."""
    rows = rows_of_groups(turn_word(word, aside) for word in words if word.font.turn == aside)
    return [line_aside(group, aside, turn) for row in rows for group in row]


def line_aside(group: Sequence[Word], aside: int, turn: int) -> Word:
    """Return words of a line at another turn as one word, in the middle of the place that it takes."""
    first = group[0]
    paper = turn_box(
        (first.left, first.y, group[-1].right, first.y + first.size), (FULL_TURN - aside) % FULL_TURN
    )
    left, bottom, right, top = turn_box(paper, turn)
    middle = (bottom + top) / 2 - 0.3 * first.size
    return Word(words_text(group), left, right, middle, first.size, first.bold, first.italic)


def bind(function: Any, result: Any) -> Any:
    """Return a function of pdfium that takes a page of text and an index, without checks at each call."""
    return PYFUNCTYPE(result, c_void_p, c_int)(cast(function, c_void_p).value or 0)


unicode_of, object_of = (
    bind(pdfium.FPDFText_GetUnicode, c_uint),
    bind(pdfium.FPDFText_GetTextObject, c_void_p),
)
