"""Compares words: the similarity of two texts, and abbreviations that look like misspellings of another."""

import re
from collections import Counter
from itertools import pairwise

WORD = re.compile(r"\w+")
ABBREVIATION = re.compile(r"\b[A-ZĐ]{4,12}\b")
DEFINED = re.compile(r"\(([A-ZĐ]{4,12})\)")
MOST_ABBREVIATIONS = 300


def similarity(first: str, second: str) -> float:
    """Return the share of word pairs that two texts have in common (Jaccard), from 0 to 1."""
    first_pairs, second_pairs = word_pairs(first), word_pairs(second)
    if not first_pairs or not second_pairs:
        return 0.0
    return len(first_pairs & second_pairs) / len(first_pairs | second_pairs)


def word_pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring words in lower case; a single word makes a pair with nothing."""
    words = [word.lower() for word in WORD.findall(text)]
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)


def find_misspellings(text: str) -> list[tuple[str, str]]:
    """Return (misspelling, correction) for abbreviations one letter away from one that the text defines."""
    defined = dict.fromkeys(DEFINED.findall(text))
    counts = Counter(ABBREVIATION.findall(text)).most_common(MOST_ABBREVIATIONS)
    misspellings = []
    for abbreviation, _ in counts:
        correction = next((other for other in defined if is_one_letter_away(abbreviation, other)), None)
        if abbreviation not in defined and correction is not None:
            misspellings.append((abbreviation, correction))
    return misspellings


def is_one_letter_away(first: str, second: str) -> bool:
    """Return whether two words of five letters or more differ in one letter, which is not the first."""
    shorter, longer = sorted((first, second), key=len)
    if first == second or first[0] != second[0] or len(longer) - len(shorter) > 1 or len(shorter) < 5:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    rest = shorter[start + 1 :] if len(shorter) == len(longer) else shorter[start:]
    return rest == longer[start + 1 :]
