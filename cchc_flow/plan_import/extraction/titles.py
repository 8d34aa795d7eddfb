"""Short titles for cards: the beginning of a task's text, cut where a reader would pause."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from cchc_flow.plan_import.extraction.phrases import (
    CLAUSES,
    FELLOWS,
    PHRASES,
    WEAK_PHRASES,
    is_whole,
    opens,
    waits,
)

LONGEST = 80
SHORTEST = 24
# What a joint is worth in letters: a title that ends at it may be so much shorter than another.
PAUSE, CLAUSE, PHRASE, WEAK, BRACKET, LIST, INNER = 60, 36, 25, 12, 6, -10, -26
CLOSE = 4  # joints of a list with fewer words between them part one phrase
STOPS, ENDS = ".;:", ' ,;:.-–—(“"['
BRACKETS = (("(", ")"), ("“", "”"))


class Joint(msgspec.Struct, frozen=True):
    """A place between two words, and how natural it is to stop there."""

    place: int
    worth: int


def short_title(text: str) -> str:
    """The text up to a natural joint within 80 characters: never inside a word, never on a dangling word."""
    text = " ".join(text.split())
    first = text if len(text.rstrip(ENDS)) <= LONGEST else text[: cut(text)]
    return without_tail(balanced(first)) or text[:LONGEST].strip()


def cut(text: str) -> int:
    """Where to cut: as late as there is room, rather where a clause or a phrase ends than in a list."""
    places = [
        (one.place + one.worth, one.place)
        for one in joints(text)
        if one.place >= SHORTEST and len(text[: one.place].rstrip(ENDS)) <= LONGEST
    ]
    space = text[: LONGEST + 1].rfind(" ")
    return max(places)[1] if places else (space if space > 0 else LONGEST)


def joints(text: str) -> Iterator[Joint]:
    """The joints of the text's beginning, outside brackets, each with its worth."""
    words = text[: 2 * LONGEST].split(" ")
    place, depth, last_in_list = -1, 0, -CLOSE
    for number, (before, after) in enumerate(pairwise(words), 1):
        place += len(before) + 1
        depth += before.count("(") - before.count(")")
        worth = None if depth > 0 else worth_between(words[max(0, number - 3) : number], words[number:])
        is_inner = number - last_in_list < CLOSE or any(map(joins, words[number + 1 : number + CLOSE]))
        if joins(before) or after == "và":
            last_in_list = number
        if worth is not None:
            yield Joint(place, INNER if worth == LIST and is_inner else worth)


def joins(word: str) -> bool:
    return word == "và" or word.endswith(",")


def worth_between(last: list[str], rest: list[str]) -> int | None:
    """What it is worth to stop behind the last words, by them and by the rest; None if one must not."""
    before = last[-1]
    if before.endswith(("...", "…")):
        return None
    if before[-1:] in STOPS:
        return PAUSE if len(before) > 2 else None
    if before.endswith(","):
        return CLAUSE if opens(CLAUSES, rest) else None if opens(FELLOWS, rest) else LIST
    if rest[0].startswith(("(", "[", "“")):
        return BRACKET
    if is_whole(before, rest[0]) or waits(" ".join(last)):
        return None
    return worth_of_opener(rest)


def worth_of_opener(rest: list[str]) -> int | None:
    if rest[0] in ("và", "hoặc"):
        return PHRASE if opens(CLAUSES, rest[1:]) else LIST
    if opens(PHRASES, rest):
        return PHRASE
    return WEAK if opens(WEAK_PHRASES, rest) else None


def balanced(title: str) -> str:
    """Without a bracket or quotation that was opened and not closed, if enough is left."""
    for opening, closing in BRACKETS:
        if title.count(opening) > title.count(closing) and title.rfind(opening) > 0:
            title = title[: title.rfind(opening)]
    return title


def without_tail(title: str) -> str:
    """Without end marks and words that wait for another ("để", "đảm bảo")."""
    before = ""
    while title != before:
        before = title
        title = title.rstrip(ENDS)
        if count := waits(title):
            title = title.rsplit(" ", count)[0]
    return title
