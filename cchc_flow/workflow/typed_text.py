"""The one form of text that people type, paste or bring in a file: what it becomes before it is judged."""

import re
from itertools import groupby
from unicodedata import category, combining, normalize

from cchc_flow.workflow.shares import format_number

MOST_MARKS = 4
"""Combining marks on one letter: Vietnamese has two, no living script needs more than four."""
LONGEST_SPELLING = 3
"""Code points that one letter may take before it is composed: e, circumflex, acute."""
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Control characters that nobody types; tab and line feed stay."""
BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""What Unicode counts as letters, marks and symbols, and nobody sees."""
JOINER = "\u200d"
COMMON = 0x3000
"""Code points below are remembered, once met: those of all that is written in Vietnamese."""
SYMBOLS = ("So", "Sk", "Mn")
"""After these a joiner is part of a sign that people see: a family, a flag."""


class UnfitText(ValueError):
    """A text that is not taken; the error's words say, in Vietnamese, what is wrong with it."""


class TooLong(UnfitText):
    """A text of more characters than its field takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"dài quá {format_number(limit)} ký tự")


def clean_text(raw: str, limit: int) -> str:
    """Return a typed text in NFC without what nobody sees: control and invisible characters, outer blanks.

    All blanks become spaces and all line ends line feeds. Raise UnfitText for more than `limit` characters,
    or for a letter with a stack of marks: both are measured first, as to compose such a text takes time that
    grows with the square of its length.
    """
    text = LINE_ENDS.sub("\n", raw)
    if len(text) > LONGEST_SPELLING * limit:
        raise TooLong(limit)
    cleaned = compose(CONTROL.sub("", text)).strip()
    if len(cleaned) > limit:
        raise TooLong(limit)
    return cleaned


def clean_line(raw: str, limit: int) -> str:
    """Return a typed text as `clean_text` does, on one line and its blanks single."""
    return " ".join(clean_text(raw, limit).split())


def upper_first(words: str) -> str:
    """Return words with their first letter in upper case; unlike str.capitalize it leaves the others."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """Return words with their first letter in lower case, to go on within a sentence."""
    return words[:1].lower() + words[1:]


def compose(text: str) -> str:
    """Return a text of any length in NFC, without invisible characters and with one kind of space.

    Raise UnfitText for a letter with more than MOST_MARKS marks.
    """
    if text.isascii():
        return text
    refuse_stacks(text)
    return normalize("NFC", text.translate(_VISIBLE) if JOINER not in text else _without_stray_joiners(text))


def refuse_stacks(text: str) -> None:
    """Raise UnfitText for a letter with more than MOST_MARKS marks."""
    if text.isascii() or not any(map(combining, text)):
        return
    for is_mark, run in groupby(text, _is_mark):
        if is_mark and sum(1 for _ in run) > MOST_MARKS:
            raise UnfitText(f"có chữ mang quá {MOST_MARKS} dấu chồng lên nhau")


def _is_mark(letter: str) -> bool:
    return category(letter) in ("Mn", "Me")


def _without_stray_joiners(text: str) -> str:
    """Return the text as people see it; a joiner stays only between the signs that it makes one of."""
    first, *others = text.split(JOINER)
    seen = [first.translate(_VISIBLE)]
    for piece in others:
        letters = piece.translate(_VISIBLE)
        joins = seen[-1] and letters and category(seen[-1][-1]) in SYMBOLS and category(letters[0]) == "So"
        seen.append((JOINER if joins else "") + letters)
    return "".join(seen)


class _Visible(dict[int, int | None]):
    """A table for `str.translate`: spaces of all kinds become one, invisible characters nothing."""

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        seen = None if kind == "Cf" or chr(code) in BLANK_LETTERS else ord(" ") if kind == "Zs" else code
        if code < COMMON:
            self[code] = seen
        return seen


_VISIBLE = _Visible()
