"""Text of a document from words with places in them, and back to plain words."""

import string
from collections.abc import Iterator, Mapping

from cchc_flow.documents.blocks import Run, Text


def fill(words: str, /, **runs: Run) -> Text:
    """Return words whose {places} are taken by numbers and other runs."""
    return tuple(_runs(words, runs))


def _runs(words: str, runs: Mapping[str, Run]) -> Iterator[Run]:
    for before, name, _, _ in string.Formatter().parse(words):
        if before:
            yield before
        if name is not None:
            yield runs[name]


def plain_words(text: Text) -> str:
    """Return a text without its looks."""
    return "".join(run if isinstance(run, str) else run.words for run in text)
