"""Reads the text in a cell of a table: its lines joined, its paragraphs kept apart."""

from collections.abc import Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.letters import compose
from cchc_flow.plan_import.readers.pdf.page import Frame, Line, Word
from cchc_flow.plan_import.readers.pdf.segments import join_texts, line_of, rows_of_words
from cchc_flow.plan_import.structure.marks import parse_mark

SPACE, SLACK = 0.25, 0.5


def cell_text(words: Sequence[Word], width: float) -> str:
    """Return the text of a cell with room for lines of `width` points; each paragraph is a line of it."""
    lines = [line_of(row, 0, Frame(0, width)) for row in rows_of_words(words)]
    text = lines[0].text
    for before, line in pairwise(lines):
        text = join_texts(text, line.text) if goes_on(before, line, width) else f"{text}\n{line.text}"
    return compose(text)


def goes_on(before: Line, line: Line, width: float) -> bool:
    """Return whether a line of a cell goes on in the next one: its first word would not have fitted."""
    if parse_mark(line.text) and before.text.endswith((".", ";", ":")):
        return False
    return before.width + SPACE * before.size + line.first_width > width - SLACK
