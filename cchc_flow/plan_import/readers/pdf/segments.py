"""Puts words side by side into lines, and writes the text of lines behind each other."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.page import Frame, Line, Word

SAME_LINE = 0.45
WIDE, WIDE_WITH_SPACES = 2.0, 6.0
"""In parts of the letters' size: from this gap on, what stands side by side is in two columns."""
NARROW = 0.35
MOTTO = re.compile("CỘNG (?:HÒA|HOÀ) XÃ HỘI|Độc lập - Tự")
"""What stands beside the name of the issuer, however near that comes."""
SMALL, RAISED = 0.8, 0.15
UNITS = ("m", "km", "cm", "dm", "mm", "hm")
Row = list[list[Word]]
"""The words on one baseline, in groups with a wide gap between them."""
TORN_YEAR = re.compile(r"/(?:\d\n\d{3}|\d{2}\n\d{2}|\d{3}\n\d)(?!\d)")
GLUE = ("-", "/", "–", "−", "&")


def rows_of_words(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words in rows that stand on one baseline, from the top down, each from left to right."""
    rows: list[list[Word]] = []
    y = size = 0.0
    for word in sorted(words, key=lambda one: -one.y):
        if rows and y - word.y <= SAME_LINE * max(size, word.size):
            rows[-1].append(word)
            if word.size > size * 1.1:
                y, size = word.y, word.size
        else:
            rows.append([word])
            y, size = word.y, word.size
    return [sorted(row, key=lambda one: one.left) for row in rows]


def rows_of_groups(words: Iterable[Word]) -> list[Row]:
    """Return the words in rows from the top down, each in groups with a wide gap between them."""
    return [split_at_gaps(row) for row in rows_of_words(words)]


def split_at_gaps(row: Sequence[Word]) -> Row:
    """Return the words of a row in groups with a wide gap between them; a mark stays with its text."""
    groups = [[row[0]]]
    for place, (before, word) in enumerate(pairwise(row), 1):
        gap = (word.left - before.right) / max(before.size, word.size)
        limit = WIDE_WITH_SPACES if word.is_spaced else WIDE
        if MOTTO.match(" ".join(one.text for one in row[place : place + 4])):
            limit = NARROW
        if gap > limit and not is_mark(groups[-1]):
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def is_mark(words: Sequence[Word]) -> bool:
    """Return whether words are only the mark of a list ("-", "1.2.", "b)"), behind which a tab may stand."""
    text = words[0].text
    if len(words) > 1 or len(text) > 8:
        return False
    return text in ("-", "+", "*", "•", "▪", "➢", "–", "✓", "❖", "o") or text[-1] in ".)/:"


def line_of(words: Sequence[Word], page: int, frame: Frame) -> Line:
    """Return the line that words of one row make; signs of footnotes are left out."""
    size = max(word.size for word in words)
    base = next(word for word in words if word.size == size)
    body = [word for place, word in enumerate(words) if not is_footnote_sign(words, place, size, base.y)]
    body = body or list(words)
    letters = sum(len(word.text) for word in body)
    bold = sum(len(word.text) for word in body if word.bold)
    italic = sum(len(word.text) for word in body if word.italic)
    return Line(
        text=words_text(body),
        left=body[0].left,
        right=body[-1].right,
        y=base.y,
        size=size,
        page=page,
        frame=frame,
        first_width=first_width(body),
        text_left=next((word.left for word in body[1:] if word.has_space), body[0].right),
        bold=bold > 0.9 * letters,
        italic=italic > 0.9 * letters,
    )


def is_footnote_sign(words: Sequence[Word], place: int, size: float, y: float) -> bool:
    """Return whether a word is the raised number of a footnote; that of m² is none."""
    word = words[place]
    if not (word.size < SMALL * size and word.y > y + RAISED * size):
        return False
    before = words[place - 1].text if place else ""
    return word.text.strip("()[]*,;.").isdecimal() and not before.endswith(UNITS)


def first_width(words: Sequence[Word]) -> float:
    """Return the width of what cannot be torn apart at the beginning of a line."""
    right = words[0].right
    for word in words[1:]:
        if word.has_space or word.left - right > 0.2 * word.size:
            break
        right = word.right
    return right - words[0].left


def words_text(words: Sequence[Word]) -> str:
    """Return the text of words of one line."""
    pieces = [words[0].text]
    for before, word in pairwise(words):
        gap = word.left - before.right
        if word.has_space or gap > 0.2 * word.size:
            pieces.append(" ")
        pieces.append(word.text)
    return "".join(pieces)


def join_texts(before: str, after: str) -> str:
    """Return two lines of one paragraph as one text, without a space at a hyphen, at a slash, in a year."""
    if TORN_YEAR.search(f"{before[-6:]}\n{after[:6]}"):
        return before + after
    if len(before) > 1 and before.endswith(GLUE) and not before[-2].isspace() and after[:1].isalnum():
        return before + after
    return f"{before} {after}"
