"""Which text of a reading stands for which right text: alike by nine tenths, one to one, the likest first."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

ALIKE = 0.9
NO_LETTERS = re.compile(r"[\W_]+")


def normalize(text: str) -> str:
    """Keep letters and digits: spaces, marks of punctuation and the form of accents are no difference."""
    return NO_LETTERS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()


def likeness(first: str, second: str) -> float:
    """How alike two normalized texts are, 0 when they cannot reach what is asked."""
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def match_texts(right: Sequence[Iterable[str]], read: Sequence[str]) -> dict[int, int]:
    """Pair right texts (each in the ways that are right) with read ones: position → position."""
    ways = [{normalize(text) for text in texts} for texts in right]
    texts = [normalize(text) for text in read]
    pairs = [
        (max(likeness(way, text) for way in alternatives), expected, found)
        for expected, alternatives in enumerate(ways)
        for found, text in enumerate(texts)
    ]
    matches: dict[int, int] = {}
    used: set[int] = set()
    for alike, expected, found in sorted(pairs, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]))):
        if alike and expected not in matches and found not in used:
            matches[expected] = found
            used.add(found)
    return matches
