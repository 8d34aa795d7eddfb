"""Where the words that were searched for stand in a text: to be marked, or shown with what is around them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from cchc_flow.audit.event_words import terms_of, typed_texts
from cchc_flow.errors import NotFound
from cchc_flow.projections.search import search_key
from cchc_flow.workspace import Workspace

AROUND = 70
"""How many characters of a text are shown on each side."""


def split_at_words(text: str, words: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, and whether each is one of the words; case and diacritics do not count."""
    text = unicodedata.normalize("NFC", text)
    end = 0
    for match in _pattern(terms_of(words)).finditer(search_key(text)):
        yield text[end : match.start()], False
        yield text[match.start() : match.end()], True
        end = match.end()
    yield text[end:], False


def find_excerpt(ws: Workspace, position: int, words: str, shown: str) -> str:
    """Return a passage of what was typed with an event that has a word which is not in what is `shown`.

    "" when all words are shown, or the text that has them is erased.
    """
    key = search_key(shown)
    missing = [term for term in terms_of(words) if not _pattern([term]).search(key)]
    if not missing:
        return ""
    try:
        texts = [*typed_texts(ws, ws.log.event(position))]
    except (NotFound, msgspec.MsgspecError):
        return ""
    return next(filter(None, (_passage(text, missing) for text in texts)), "")


def _passage(text: str, terms: list[str]) -> str:
    text = " ".join(unicodedata.normalize("NFC", text).split())
    match = _pattern(terms).search(search_key(text))
    if match is None:
        return ""
    begin, end = max(match.start() - AROUND, 0), match.end() + AROUND
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of the terms as whole words, the longest first."""
    words = sorted((r"[\W_]+".join(term.split()) for term in terms), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])" if words else r"(?!)")
