"""Short titles for cards: the beginning of a task's text, cut where a reader would pause."""

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
# What a joint is worth in letters: a title that ends at it may be so much shorter than another.
PAUSE, CLAUSE, PHRASE, WEAK, BRACKET, LIST, INNER = 60, 36, 25, 12, 6, -10, -26
CLOSE = 4  # joints of a list with fewer words between them part one phrase
STOPS, ENDS = ".;:", ' ,;:.-–—(“"['
BRACKETS = (("(", ")"), ("“", "”"))


class Break(msgspec.Struct, frozen=True):
    """A place between two words, and how natural it is to stop there."""

    place: int
    worth: int


def short_title(text: str) -> str:
    """The text up to a natural joint within 80 characters: never inside a word, never on a dangling word."""
    text = " ".join(text.split())
    first = text if len(text.rstrip(ENDS)) <= LONGEST else text[: cut_position(text)]
    return strip_tail(drop_open_bracket(first)) or text[:LONGEST].strip()


def cut_position(text: str) -> int:
    """Where to cut: as late as there is room, rather where a clause or a phrase ends than in a list."""
    places = [
        (one.place + one.worth, one.place)
        for one in possible_breaks(text)
        if one.place >= SHORTEST and len(text[: one.place].rstrip(ENDS)) <= LONGEST
    ]
    space = text[: LONGEST + 1].rfind(" ")
    return max(places)[1] if places else (space if space > 0 else LONGEST)


def possible_breaks(text: str) -> Iterator[Break]:
    """The joints of the text's beginning, outside brackets, each with its worth."""
    words = text[: 2 * LONGEST].split(" ")
    place, depth, last_in_list = -1, 0, -CLOSE
    for number, (before, after) in enumerate(pairwise(words), 1):
        place += len(before) + 1
        depth += before.count("(") - before.count(")")
        worth = None if depth > 0 else break_score(words[max(0, number - 3) : number], words[number:])
        is_inner = number - last_in_list < CLOSE or any(
            map(continues_list, words[number + 1 : number + CLOSE])
        )
        if continues_list(before) or after == "và":
            last_in_list = number
        if worth is not None:
            yield Break(place, INNER if worth == LIST and is_inner else worth)


def continues_list(word: str) -> bool:
    return word == "và" or word.endswith(",")


def break_score(last: list[str], rest: list[str]) -> int | None:
    """What it is worth to stop behind the last words, by them and by the rest; None if one must not."""
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
    if rest[0] in ("và", "hoặc"):
        return PHRASE if starts_with_opener(CLAUSES, rest[1:]) else LIST
    if starts_with_opener(PHRASES, rest):
        return PHRASE
    return WEAK if starts_with_opener(WEAK_PHRASES, rest) else None


def drop_open_bracket(title: str) -> str:
    """Without a bracket or quotation that was opened and not closed, if enough is left."""
    for opening, closing in BRACKETS:
        if title.count(opening) > title.count(closing) and title.rfind(opening) > 0:
            title = title[: title.rfind(opening)]
    return title


def strip_tail(title: str) -> str:
    """Without end marks and words that wait for another ("để", "đảm bảo")."""
    before = ""
    while title != before:
        before = title
        title = title.rstrip(ENDS)
        if count := count_dangling_words(title):
            title = title.rsplit(" ", count)[0]
    return title
