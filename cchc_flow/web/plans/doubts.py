"""What a person should look at in what was read: doubtful lines first, then lines that went nowhere."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from cchc_flow.plan_import.corrections import NO_CORRECTIONS, Corrections
from cchc_flow.plan_import.proposal import Passage, Proposal
from cchc_flow.plan_import.review import doubts
from cchc_flow.plan_import.review.doubts import ROLE_WORDS, doubt_words, is_doubtful
from cchc_flow.plan_import.roles.role import Role

MOST_SHOWN = 10
"""How many doubtful lines are shown at once; the surer ones are folded."""
MOST_OFFERED = 4
FIRST_OFFERED: tuple[Role, ...] = ("task", "target", "duty", "goal")
"""What a line is most often, if it is not what it was taken for."""


class Choice(msgspec.Struct, frozen=True):
    """A role that a line can be given by one click."""

    role: Role
    words: str


class LineToCheck(msgspec.Struct, frozen=True):
    """A line with what it was read as, how sure that is («» when it is), and what else it may be."""

    place: int
    where: str
    text: str
    role: Role
    words: str
    doubt: str
    is_settled: bool
    choices: tuple[Choice, ...]


class Source(msgspec.Struct, frozen=True):
    """Where a part of the plan came from, and how sure it is that it is that part («» when it is).

    `more` are the lines that were joined to its first one.
    """

    place: int
    where: str
    role: Role
    doubt: str
    more: tuple[Passage, ...] = ()


class Review(msgspec.Struct, frozen=True):
    """What to look at: `doubtful` lines with those already settled, surer ones as `more`, and the `unread`.

    `sources` are those of the plan's parts by reference, `waiting` counts the doubtful that nobody settled,
    `choosing` is the line whose menu is open, and `address` is where a correction is sent to.
    """

    address: str = ""
    doubtful: tuple[LineToCheck, ...] = ()
    more: tuple[LineToCheck, ...] = ()
    unread: tuple[LineToCheck, ...] = ()
    sources: Mapping[str, Source] = MappingProxyType({})
    waiting: int = 0
    choosing: int | None = None

    @property
    def lists_choosing(self) -> bool:
        """Whether the line whose menu is open is one of those listed here."""
        return any(line.place == self.choosing for line in (*self.doubtful, *self.more, *self.unread))


def review_proposal(
    proposal: Proposal,
    corrections: Corrections = NO_CORRECTIONS,
    *,
    address: str = "",
    choosing: int | None = None,
) -> Review:
    """Return what a person should look at, given what was corrected already."""
    passages = proposal.passages
    open_ones = [one for one in passages if one.place not in corrections]
    doubtful = sorted((one for one in open_ones if is_doubtful(one)), key=lambda one: one.confidence)
    first = {one.place for one in doubtful[:MOST_SHOWN]}
    rest = {one.place for one in doubtful[MOST_SHOWN:]}
    unread = {one.place for one in proposal.unread} - first - rest - set(corrections)

    def lines(places: Iterable[int]) -> tuple[LineToCheck, ...]:
        chosen = set(places)
        return tuple(_line(one, corrections) for one in passages if one.place in chosen)

    return Review(
        address=address,
        doubtful=lines(first | set(corrections)),
        more=lines(rest),
        unread=lines(unread),
        sources=_sources(passages),
        waiting=len(doubtful),
        choosing=choosing,
    )


def where_words(passage: Passage) -> str:
    """Return where a line stands: «Trang 3, đoạn 41», without the page when no reader knows it."""
    words = doubts.where_words(passage)
    return words[:1].upper() + words[1:]


def _line(passage: Passage, corrections: Corrections) -> LineToCheck:
    return LineToCheck(
        place=passage.place,
        where=where_words(passage),
        text=passage.text,
        role=passage.role,
        words=ROLE_WORDS[passage.role],
        doubt=doubt_words(passage.confidence),
        is_settled=passage.place in corrections,
        choices=_choices(passage),
    )


def _choices(passage: Passage) -> tuple[Choice, ...]:
    """Return what a line may be instead: its second reading, then what lines mostly are, then nothing."""
    roles = (*([passage.other] if passage.other else []), *FIRST_OFFERED)
    likely = [role for role in dict.fromkeys(roles) if role not in (passage.role, "other")]
    unused: list[Role] = [] if passage.role == "other" else ["other"]
    return tuple(Choice(role, ROLE_WORDS[role]) for role in (*likely[: MOST_OFFERED - 1], *unused))


def _sources(passages: Sequence[Passage]) -> dict[str, Source]:
    """Return the lines of each part by reference, with the doubt about the least sure of them."""
    parts: dict[str, list[Passage]] = {}
    for one in passages:
        if one.ref:
            parts.setdefault(one.ref, []).append(one)
    return {
        ref: Source(
            first.place,
            where_words(first),
            first.role,
            doubt_words(min(one.confidence for one in (first, *more))),
            tuple(more),
        )
        for ref, (first, *more) in parts.items()
    }
