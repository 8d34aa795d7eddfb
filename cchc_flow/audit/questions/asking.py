"""A question of the core: where its hits are found, and how each is put into words."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Protocol

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.words import actor_name
from cchc_flow.projections.signs.rows import EVERYTHING, Key, Scope, Sign, Source, count_signs, first_signs
from cchc_flow.question_values import Given, Question
from cchc_flow.workspace import Workspace


class Teller(msgspec.Struct, frozen=True):
    """What a hit is put into words with: the names of people, units and the like by their keys."""

    ws: Workspace
    db: Database
    names: Mapping[str, str]

    def person(self, login: str | None) -> str:
        """Return the name of a person, the id where there is none."""
        return actor_name(login or "", self.names)


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is asked: with which values, about what scope, as of which position and day."""

    ws: Workspace
    db: Database
    history: Database
    given: Given
    scope: Scope = EVERYTHING
    upto: int
    today: date
    stores: ExitStack
    """What is opened for the answer, and closed with it."""
    remarks: list[str]
    """What whoever asks has to know of the answer."""

    def number(self, key: str) -> int:
        """Return the value of a parameter that is a number."""
        return int(self.given[key])


class Shelf(Protocol):
    """Where hits stand in order: the greatest key first."""

    def first(self, after: Key | None, limit: int) -> Sequence[Sign]:
        """Return the first hits after a key, or the very first ones."""

    def count(self, most: int) -> int:
        """Return how many there are, at most so many."""


class SignShelf(msgspec.Struct, frozen=True):
    """The signs of one source in a database, up to a position."""

    db: Database
    source: Source
    upto: int

    def first(self, after: Key | None, limit: int) -> Sequence[Sign]:
        """Return the first signs after a key."""
        return first_signs(self.db, self.source, upto=self.upto, after=after, limit=limit)

    def count(self, most: int) -> int:
        """Return how many signs there are, at most so many."""
        return count_signs(self.db, self.source, upto=self.upto, most=most)


class ReadyQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the core: `shelves` have its hits, `words` says what exactly one of them is.

    It `is_quick` when its hits are in the index of the history.
    """

    question: Question
    group: str
    shelves: Callable[[Asking], Sequence[Shelf]]
    words: Callable[[Sign, Teller], str]
    is_quick: bool = True


def shelf(asking: Asking, name: str, bound: int = 0) -> SignShelf:
    """Return the signs of a name in the index of the history."""
    return SignShelf(asking.history, Source(name, bound, asking.scope), asking.upto)


def chosen(asking: Asking, key: str, all_of: Sequence[str]) -> Sequence[str]:
    """Return what a parameter with choices stands for: the one that was chosen, or all."""
    value = str(asking.given[key])
    return all_of if value == ALL else [value]


ALL = "all"
