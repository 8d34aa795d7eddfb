"""What a person says about single lines of a document: their roles, which hold for that text only."""

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from cchc_flow.plan_import.annex_choices import NO_CHOICES, RowChoices
from cchc_flow.plan_import.proposal import Passage
from cchc_flow.plan_import.roles.role import ROLES, Role
from cchc_flow.workflow.events import ReadingCorrection

FINGERPRINT_DIGITS = 16
HIGHEST_PLACE = 1_000_000
MOST_CORRECTIONS = 2_000


class Correction(msgspec.Struct, frozen=True):
    """The role of one line, and the fingerprint of the text for which a person gave it."""

    role: Role
    fingerprint: str


Corrections = Mapping[int, Correction]
"""Corrections by the place of the line."""
NO_CORRECTIONS: Corrections = MappingProxyType({})


class Decisions(msgspec.Struct, frozen=True):
    """What a person decided about a document: corrected lines, and rows of its appendix, by their places.

    `year` is the plan's year where the document names none, as it was typed. `number` and `issuer` are those
    of the plan that is made from a template, None for the document's own.
    """

    lines: Corrections = NO_CORRECTIONS
    rows: RowChoices = NO_CHOICES
    year: str = ""
    number: str | None = None
    issuer: str | None = None


NO_DECISIONS = Decisions()


def fingerprint_of(text: str) -> str:
    """Return what tells whether a line still has the text that was corrected."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:FINGERPRINT_DIGITS]


def roles_by_place(corrections: Corrections) -> dict[int, Role]:
    """Return the corrected roles, as a document is read with them."""
    return {place: correction.role for place, correction in corrections.items()}


def corrections_that_hold(corrections: Corrections, passages: Sequence[Passage]) -> dict[int, Correction]:
    """Return the corrections whose lines have the text for which they were made, in the document's order."""
    texts = {passage.place: passage.text for passage in passages}
    return {
        place: correction
        for place, correction in sorted(corrections.items())
        if place in texts and fingerprint_of(texts[place]) == correction.fingerprint
    }


def recorded_corrections(corrections: Corrections) -> tuple[ReadingCorrection, ...]:
    """Return corrections as they are kept in the event of the adoption."""
    return tuple(
        ReadingCorrection(place=place, fingerprint=correction.fingerprint, role=correction.role)
        for place, correction in sorted(corrections.items())
    )


def format_correction(correction: Correction) -> str:
    """Return a correction as the words that `parse_correction` reads: «target 3fa0c56f0b7d9e21»."""
    return f"{correction.role} {correction.fingerprint}"


def parse_correction(words: str) -> Correction | None:
    """Return the correction that the words say, None for any others."""
    role, _, fingerprint = words.partition(" ")
    known = parse_role(role)
    return Correction(known, fingerprint[:FINGERPRINT_DIGITS]) if known else None


def parse_role(word: str) -> Role | None:
    """Return the role of this name, None if there is none."""
    return next((role for role in ROLES if role == word), None)


def parse_place(word: str) -> int | None:
    """Return the place of a line that a form names, None for what is none."""
    is_number = word.isascii() and word.isdigit() and len(word) <= len(str(HIGHEST_PLACE))
    place = int(word) if is_number else 0
    return place if 0 < place <= HIGHEST_PLACE else None
