"""Sentences with numbers in them, and typed words as the blocks of a document."""

import string
from collections.abc import Iterator, Sequence
from itertools import groupby

from cchc_flow.documents.blocks import Block, Listing, Number, Paragraph, Run, Text

MARKS = "-–—•+*"
"""The signs with which people begin the entries of a list."""


def fill(words: str, **runs: Run) -> Text:
    """Return words whose {places} are taken by numbers and other runs."""
    return tuple(_runs(words, runs))


def _runs(words: str, runs: dict[str, Run]) -> Iterator[Run]:
    for before, name, _, _ in string.Formatter().parse(words):
        if before:
            yield before
        if name is not None:
            yield runs[name]


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


def plain_words(text: Text) -> str:
    """Return a text without its looks."""
    return "".join(run if isinstance(run, str) else run.words for run in text)


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


def is_number(run: Run) -> bool:
    """Tell whether a run is a number that can be asked for its events."""
    return isinstance(run, Number)
