"""Reads the words of a page with pdfium: letter by letter, with their places, sizes and fonts."""

import math
import re
import unicodedata
from collections import Counter
from ctypes import byref, c_double, c_int, c_void_p, cast, create_string_buffer
from typing import Any

import msgspec
from pypdfium2 import raw as pdfium

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.readers.pdf.letters import SPACES, UNKNOWN, letter_of
from cchc_flow.plan_import.readers.pdf.page import Word

MOST_LETTERS_ON_A_PAGE = 100_000
GAP, JUMP = 0.22, 0.6
"""In parts of the letters' size: what is a gap between words, what is no place for the next letter."""
SPACE = 0x20
BOLD = re.compile(r"bold|black|heavy|demi|-bd\b", re.IGNORECASE)
ITALIC = re.compile(r"italic|oblique|-it\b", re.IGNORECASE)
FORCED_BOLD, ITALIC_FLAG = 0x40000, 0x40
FILLED_AND_STROKED = 2
LONGEST_FONT_NAME = 200
FULL_TURN = 4


class Font(msgspec.Struct, frozen=True):
    """How letters are set: their size in points, their font, and the quarter turn (0 to 3) they stand at.

    `turn` is None for letters that stand aslant, such as a watermark.
    """

    size: float
    name: str
    bold: bool
    italic: bool
    turn: int | None


class Letters(msgspec.Struct):
    """The letters of a word that is being read; `box` is left, bottom, right, top on the paper."""

    text: list[str]
    font: Font
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    has_space: bool
    is_spaced: bool


class WordReader:
    """Reads the letters of one page, and gives its words their places on the page turned for reading."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self._fonts: dict[int, Font] = {}
        self._word: Letters | None = None
        self._read: list[Letters] = []
        self._has_space = self._is_spaced = False
        self.unmapped = 0

    def read(self) -> tuple[int, list[Word]]:
        """Return the quarter turn that most letters of the page stand at, and the words that stand so.

        Raise BadInput for a page of far too many letters.
        """
        count = pdfium.FPDFText_CountChars(self._textpage)
        if count > MOST_LETTERS_ON_A_PAGE:
            raise BadInput("Tệp PDF có trang quá nhiều chữ để là văn bản; tệp không được đọc.")
        self._read_letters(count)
        self._end_word()
        turns = Counter[int]()
        for word in self._read:
            if word.font.turn is not None:
                turns[word.font.turn] += len(word.text)
        turn = max(turns, key=lambda key: turns[key], default=0)
        return turn, [turn_word(word, turn) for word in self._read if word.font.turn == turn]

    def _read_letters(self, count: int) -> None:
        """Read letters one by one; the calls are bound to names, for there are thousands on a page."""
        page, box = self._textpage, pdfium.FS_RECTF()
        unicode_of, object_of, box_of = (
            pdfium.FPDFText_GetUnicode,
            pdfium.FPDFText_GetTextObject,
            pdfium.FPDFText_GetLooseCharBox,
        )
        place, last, font = byref(box), 0, None
        for index in range(count):
            code = unicode_of(page, index)
            if code in SPACES:
                self._meet_space(code, index)
                continue
            handle = cast(object_of(page, index), c_void_p).value or 0
            if font is None or handle != last:
                font, last = self._font(index, handle), handle
            if letter := letter_of(code):
                box_of(page, index, place)
                self._add(letter, index, font, box)

    def _meet_space(self, code: int, index: int) -> None:
        self._has_space = True
        if code == SPACE and not pdfium.FPDFText_IsGenerated(self._textpage, index):
            self._is_spaced = True

    def _add(self, letter: str, index: int, font: Font, box: Any) -> None:
        """Add a letter to the current word, or begin another with it."""
        if letter == UNKNOWN:
            self.unmapped += 1
        word = self._word
        if word is not None and (unicodedata.combining(letter[0]) or self._follows(word, font, box)):
            word.text.append(letter)
            word.left, word.bottom = min(word.left, box.left), min(word.bottom, box.bottom)
            word.right, word.top = max(word.right, box.right), max(word.top, box.top)
            return
        self._end_word()
        x, y = self._origin(index)
        self._word = Letters(
            [letter], font, box.left, box.bottom, box.right, box.top, x, y, self._has_space, self._is_spaced
        )
        self._has_space = self._is_spaced = False

    def _follows(self, word: Letters, font: Font, box: Any) -> bool:
        """Return whether the next letter stands right behind a word, in the same font."""
        if self._has_space or font is not word.font:
            return False
        match font.turn:
            case 1:
                ahead, aside = box.bottom - word.top, box.right - word.right
            case 2:
                ahead, aside = word.left - box.right, box.top - word.top
            case 3:
                ahead, aside = word.bottom - box.top, box.left - word.left
            case _:
                ahead, aside = box.left - word.right, box.bottom - word.bottom
        is_near = -JUMP * font.size < ahead < GAP * font.size
        return bool(is_near and abs(aside) < GAP * font.size)

    def _end_word(self) -> None:
        if self._word is not None:
            self._read.append(self._word)
        self._word = None

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
    )


def turn_word(word: Letters, turn: int) -> Word:
    """Return a word with its place on the page turned so that its text runs from left to right."""
    left, right, y = {
        0: (word.left, word.right, word.y),
        1: (word.bottom, word.top, -word.x),
        2: (-word.right, -word.left, -word.y),
        3: (-word.top, -word.bottom, word.x),
    }[turn]
    font = word.font
    text = "".join(word.text)
    return Word(text, left, right, y, font.size, font.bold, font.italic, word.has_space, word.is_spaced)
