"""The five groups of QĐ 766: how shares become marks. Full marks from a threshold on, linear below it."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

WHOLE = Decimal(100)


class Part(msgspec.Struct, frozen=True):
    """One share of a group: `done` of `of`, with full marks from `full` percent on.

    Where there is nothing to count, `recorded` tells whether figures say so or there are none yet.
    """

    title: str
    done: Decimal
    of: Decimal
    full: Decimal
    recorded: bool = True


class Group(msgspec.Struct, frozen=True):
    """One of the five groups: `weight` is the marks that it can bring."""

    key: str
    title: str
    weight: Decimal
    parts: tuple[Part, ...]


class Total(msgspec.Struct, frozen=True):
    """The marks of all groups with anything to count, and the marks that these could have brought."""

    marks: Decimal
    out_of: Decimal


def is_recorded(groups: Sequence[Group]) -> bool:
    """Tell whether there are figures of any part of some groups."""
    return any(part.recorded for group in groups for part in group.parts)


def share(part: Part) -> Decimal | None:
    """Return the share in percent; None where there is nothing to count."""
    return WHOLE * part.done / part.of if part.of else None


def reached(part: Part) -> Decimal | None:
    """Return from 0 to 1 how far a share reaches its threshold; None where there is nothing to count."""
    percent = share(part)
    return None if percent is None else min(Decimal(1), percent / part.full)


def marks(group: Group) -> Decimal | None:
    """Return the marks of a group: its parts count alike, those without anything to count not at all."""
    found = [one for part in group.parts if (one := reached(part)) is not None]
    return group.weight * sum(found) / len(found) if found else None


def total(groups: Sequence[Group]) -> Total | None:
    """Return the marks of all groups together; None when no group has anything to count."""
    counted = [(one, group.weight) for group in groups if (one := marks(group)) is not None]
    if not counted:
        return None
    return Total(sum((one for one, _ in counted), Decimal()), sum((top for _, top in counted), Decimal()))
