"""Short titles for cards: the beginning of a task's text, cut at a natural break."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from cchc_flow.plan_import.extraction.phrases import (
    CLAUSES,
    FELLOWS,
    PHRASES,
    WEAK_PHRASES,
    count_dangling_words,
    is_compound,
    starts_with_opener,
)

LONGEST = 80
SHORTEST = 24
# The score of a break, in letters: a title that ends there may be that much shorter than another.
PAUSE, CLAUSE, PHRASE, WEAK, BRACKET, LIST, INNER = 60, 36, 25, 12, 6, -10, -26
CLOSE = 4  # breaks of a list with fewer words between them are inside one phrase
STOPS, ENDS = ".;:", ' ,;:.-–—(“"['
BRACKETS = (("(", ")"), ("“", "”"))


class Break(msgspec.Struct, frozen=True):
    """A position in the text between two words; the higher its score, the more natural is a cut there."""

    position: int
    score: int


def short_title(text: str) -> str:
    """Return the beginning of the text, at most 80 characters, cut at a natural break.

    It never ends inside a word or on a word that needs another after it ("và", "đối với").
    """
    text = " ".join(text.split())
    first = text if len(text.rstrip(ENDS)) <= LONGEST else text[: cut_position(text)]
    return strip_tail(drop_open_bracket(first)) or text[:LONGEST].strip()


def cut_position(text: str) -> int:
    """Return where to cut a long text: as late as possible, and rather after a clause than inside a list."""
    candidates = [
        (place.position + place.score, place.position)
        for place in possible_breaks(text)
        if place.position >= SHORTEST and len(text[: place.position].rstrip(ENDS)) <= LONGEST
    ]
    space = text[: LONGEST + 1].rfind(" ")
    return max(candidates)[1] if candidates else (space if space > 0 else LONGEST)


def possible_breaks(text: str) -> Iterator[Break]:
    """Yield the breaks in the beginning of the text that are outside brackets."""
    words = text[: 2 * LONGEST].split(" ")
    position, depth, last_in_list = -1, 0, -CLOSE
    for number, (before, after) in enumerate(pairwise(words), 1):
        position += len(before) + 1
        depth += before.count("(") - before.count(")")
        score = None if depth > 0 else break_score(words[max(0, number - 3) : number], words[number:])
        is_inner = number - last_in_list < CLOSE or any(
            map(continues_list, words[number + 1 : number + CLOSE])
        )
        if continues_list(before) or after == "và":
            last_in_list = number
        if score is not None:
            yield Break(position, INNER if score == LIST and is_inner else score)


def continues_list(word: str) -> bool:
    """Return whether another item of a list follows this word."""
    return word == "và" or word.endswith(",")


def break_score(last: list[str], rest: list[str]) -> int | None:
    """Return the score of a break between the last words and the rest; None if no title may end there."""
    before = last[-1]
    if before.endswith(("...", "…")):
        return None
    if before[-1:] in STOPS:
        return PAUSE if len(before) > 2 else None
    if before.endswith(","):
        return (
            CLAUSE
            if starts_with_opener(CLAUSES, rest)
            else None
            if starts_with_opener(FELLOWS, rest)
            else LIST
        )
    if rest[0].startswith(("(", "[", "“")):
        return BRACKET
    if is_compound(before, rest[0]) or count_dangling_words(" ".join(last)):
        return None
    return opener_score(rest)


def opener_score(rest: list[str]) -> int | None:
    """Return the score of a break before these words if they open a clause or a phrase, else None."""
    if rest[0] in ("và", "hoặc"):
        return PHRASE if starts_with_opener(CLAUSES, rest[1:]) else LIST
    if starts_with_opener(PHRASES, rest):
        return PHRASE
    return WEAK if starts_with_opener(WEAK_PHRASES, rest) else None


def drop_open_bracket(title: str) -> str:
    """Return the title up to a bracket or quotation mark that it opens but does not close."""
    for opening, closing in BRACKETS:
        if title.count(opening) > title.count(closing) and title.rfind(opening) > 0:
            title = title[: title.rfind(opening)]
    return title


def strip_tail(title: str) -> str:
    """Return the title without punctuation and dangling words ("để", "đảm bảo") at its end."""
    previous = ""
    while title != previous:
        previous = title
        title = title.rstrip(ENDS)
        if count := count_dangling_words(title):
            title = title.rsplit(" ", count)[0]
    return title
