"""Reads the text in a cell of a table: its lines joined, its paragraphs kept apart."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.letters import compose
from cchc_flow.plan_import.readers.pdf.page import Frame, Line, Word
from cchc_flow.plan_import.readers.pdf.segments import join_texts, line_of, rows_of_words
from cchc_flow.plan_import.readers.pdf.wording import begins_with_mark, leads_on
from cchc_flow.plan_import.unit_words import NO_UNIT

WIDTH_OF_A_LETTER = 0.75
TORN_CAPITALS = re.compile(r"[A-ZĐ]{3}\n[A-ZĐ]{1,2}(?:\s|$)")
SPACE, SLACK = 0.25, 0.5
UNIT = re.compile(
    rf"{NO_UNIT}"
    "(?:Các )?(?:[Pp]hòng|Văn phòng|VP|Công an|Trung tâm|TT|Trạm|Trường|Ban|Đoàn|Hội|Sở|Ủy ban|Chi cục)"
    "(?: |$)"
)


def cell_text(words: Sequence[Word], width: float) -> str:
    """Return the text of a cell with room for lines of `width` points; each paragraph is a line of it."""
    lines = [line_of(row, 0, Frame(0, width)) for row in rows_of_words(words)]
    text = lines[0].text
    for before, line in pairwise(lines):
        is_one = goes_on(before, line, width) and not names_follow(text.rpartition("\n")[2], line.text)
        if is_torn_word(before, line, width):
            text += line.text
        else:
            text = join_texts(text, line.text) if is_one else f"{text}\n{line.text}"
    return compose(text)


def is_torn_word(before: Line, line: Line, width: float) -> bool:
    """Return whether a word that is wider than its cell goes on in the next line: «TTPVHC / C»."""
    if " " in before.text or width - before.width > WIDTH_OF_A_LETTER * before.size:
        return False
    return TORN_CAPITALS.search(f"{before.text}\n{line.text}") is not None


def names_follow(before: str, text: str) -> bool:
    """Return whether two lines are names of units below each other, which no comma or "và" joins."""
    return bool(UNIT.match(before) and UNIT.match(text)) and not leads_on(before, text)


def goes_on(before: Line, line: Line, width: float) -> bool:
    """Return whether a line of a cell goes on in the next one: its first word would not have fitted."""
    if begins_with_mark(before.text, line.text):
        return False
    return before.width + SPACE * before.size + line.first_width > width - SLACK
