"""Sentences with numbers in them, and typed words as the blocks of a document."""

from collections.abc import Sequence
from itertools import groupby

from cchc_flow.documents.blocks import Block, Listing, Paragraph, Run, Text
from cchc_flow.documents.wording import fill as fill
from cchc_flow.documents.wording import plain_words as plain_words

MARKS = "-–—•+*"
"""The signs with which people begin the entries of a list."""


def sentence(words: str, **runs: Run) -> Paragraph:
    """Return a paragraph whose {places} are taken by numbers and other runs."""
    return Paragraph(fill(words, **runs))


def joined(texts: Sequence[Text], last: str = ", ") -> Text:
    """Return texts as one, with commas between them and `last` before the last one."""
    runs: list[Run] = []
    for place, text in enumerate(texts):
        if place:
            runs.append(last if place == len(texts) - 1 else ", ")
        runs += text
    return tuple(runs)


def padded(number: int) -> str:
    """Return a count as official letters write it: 05 below ten."""
    return f"{number:02d}" if 0 < number < 10 else f"{number:,}".replace(",", ".")


def typed_blocks(words: str) -> list[Block]:
    """Return typed words as blocks: a line is a paragraph, one that begins with a dash an entry of a list."""
    lines = [line for line in map(str.strip, words.splitlines()) if line.strip(MARKS + " ")]
    blocks: list[Block] = []
    for is_entry, group in groupby(lines, key=lambda line: line[0] in MARKS and line[1:2] == " "):
        if is_entry:
            blocks.append(Listing(tuple((line[1:].strip(),) for line in group)))
        else:
            blocks += [Paragraph((line,)) for line in group]
    return blocks
