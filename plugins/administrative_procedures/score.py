"""The five groups of QĐ 766 and their marks: full from a threshold on, proportionally fewer below it."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

WHOLE = Decimal(100)


class Part(msgspec.Struct, frozen=True):
    """One share of a group: `done` out of `of`, which earns full marks from `full` percent on.

    With `of` zero there is nothing to count; `recorded` then tells whether figures say so or are missing.
    """

    title: str
    done: Decimal
    of: Decimal
    full: Decimal
    recorded: bool = True


class Group(msgspec.Struct, frozen=True):
    """One of the five groups; `weight` is the most marks that it can earn."""

    key: str
    title: str
    weight: Decimal
    parts: tuple[Part, ...]


class Total(msgspec.Struct, frozen=True):
    """The marks of all groups that have something to count, out of the marks that those can earn."""

    marks: Decimal
    out_of: Decimal


def is_recorded(groups: Sequence[Group]) -> bool:
    """Tell whether figures are recorded for any part of some groups."""
    return any(part.recorded for group in groups for part in group.parts)


def share(part: Part) -> Decimal | None:
    """Return the share of a part in percent; None when there is nothing to count."""
    return WHOLE * part.done / part.of if part.of else None


def attainment(part: Part) -> Decimal | None:
    """Return how near a share is to its threshold, from 0 to 1; None when there is nothing to count."""
    percent = share(part)
    return None if percent is None else min(Decimal(1), percent / part.full)


def marks(group: Group) -> Decimal | None:
    """Return the marks of a group; None when no part of it has anything to count.

    All parts that have something to count carry equal weight, and the others none.
    """
    attainments = [value for part in group.parts if (value := attainment(part)) is not None]
    return group.weight * sum(attainments) / len(attainments) if attainments else None


def total(groups: Sequence[Group]) -> Total | None:
    """Return the marks of all groups together; None when no group has anything to count."""
    counted = [(value, group.weight) for group in groups if (value := marks(group)) is not None]
    if not counted:
        return None
    return Total(
        sum((value for value, _ in counted), Decimal()), sum((weight for _, weight in counted), Decimal())
    )
