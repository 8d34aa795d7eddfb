"""How much two texts have in common, and which abbreviations look like slips of another."""

import re
from collections import Counter
from itertools import pairwise

WORD = re.compile(r"\w+")
ABBREVIATION = re.compile(r"\b[A-ZĐ]{4,12}\b")
DEFINED = re.compile(r"\(([A-ZĐ]{4,12})\)")
MOST_ABBREVIATIONS = 300


def similarity(one: str, other: str) -> float:
    """The share of word pairs that two texts have in common: 0 none, 1 all."""
    first, second = word_pairs(one), word_pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def word_pairs(text: str) -> frozenset[tuple[str, str]]:
    words = [word.lower() for word in WORD.findall(text)]
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)


def find_misspellings(text: str) -> list[tuple[str, str]]:
    """(as written, as probably meant) for abbreviations one letter away from one that the text explains."""
    defined = dict.fromkeys(DEFINED.findall(text))
    written = [one for one, _ in Counter(ABBREVIATION.findall(text)).most_common(MOST_ABBREVIATIONS)]
    found = []
    for one in written:
        meant = next((other for other in defined if is_one_letter_away(one, other)), None)
        if one not in defined and meant is not None:
            found.append((one, meant))
    return found


def is_one_letter_away(one: str, other: str) -> bool:
    """Whether one letter was left out, put in or changed; the first letter is taken to be right."""
    if one == other or one[0] != other[0] or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rests = one[start:], other[start:]
    if len(one) == len(other):
        return rests[0][1:] == rests[1][1:]
    short, long = sorted(rests, key=len)
    return short == long[1:]
