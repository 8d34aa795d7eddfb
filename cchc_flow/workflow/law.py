"""Law with days: a value holds from a day on, and what was decided before keeps the value of its day."""

from collections.abc import Sequence
from datetime import date

import msgspec


class Edition(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """A value, a decimal string, with the day from which it holds (None: as long as anybody remembers).

    `source` names the act, its article and its day. `checked` tells whether somebody compared the value with
    the text of that act; None where nobody says so, as in plugins that are older than this question.
    """

    value: str
    source: str
    since: date | None = None
    checked: bool | None = None


def edition_on(editions: Sequence[Edition], day: date) -> Edition:
    """Return the edition that holds on a day: of those that have begun the newest, else the earliest of all.

    Of two from the same day, the later in the sequence counts.
    """
    in_order = sorted(editions, key=begin)
    begun = [edition for edition in in_order if begin(edition) <= day]
    return begun[-1] if begun else in_order[0]


def value_on(general: Sequence[Edition], own: Sequence[Edition], day: date) -> Edition:
    """Return what holds on a day: what the commune decided of its `own` by then, else the `general` law.

    An own edition stays in force when a newer general one begins: only the commune ends what it decided.
    """
    return edition_on([edition for edition in own if begin(edition) <= day] or general, day)


def begin(edition: Edition) -> date:
    """Return the day from which an edition holds, `date.min` where it has none."""
    return edition.since or date.min


def merge_editions(general: Sequence[Edition], own: Sequence[Edition]) -> tuple[Edition, ...]:
    """Return the editions that hold one after the other (see `value_on`), in the order of their days."""
    merged: list[Edition] = []
    for day in sorted({begin(edition) for edition in (*general, *own)}):
        edition = value_on(general, own, day)
        if not merged or merged[-1] != edition:
            merged.append(edition)
    return tuple(merged)
