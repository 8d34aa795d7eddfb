"""Marks by QĐ 766: full from a threshold on, fewer below it, neither none nor all where nothing counts."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

WHOLE = Decimal(100)


class Part(msgspec.Struct, frozen=True):
    """One share of a group: `done` out of `of`, which earns full marks from `full` percent on.

    With `of` zero there is nothing to count; `recorded` then tells whether figures say so or are missing.
    `weight` is its part of the group's marks, in proportion to the weights of the other parts.
    """

    title: str
    done: Decimal
    of: Decimal
    full: Decimal
    recorded: bool = True
    weight: Decimal = Decimal(1)


class Group(msgspec.Struct, frozen=True):
    """One of the groups; `weight` is the most marks that it can earn.

    If it `spreads`, parts that have something to count earn all of its marks; else the marks of the other
    parts cannot be earned, and are told apart.
    """

    key: str
    title: str
    weight: Decimal
    parts: tuple[Part, ...]
    spreads: bool = True


class Total(msgspec.Struct, frozen=True):
    """The marks of all that can be counted, out of the marks that it can earn.

    Of the rest, `not_arisen` are the marks of parts of which figures say that there is nothing to count,
    `not_recorded` those of parts without figures. Groups that spread their weight leave no rest.
    """

    marks: Decimal
    out_of: Decimal
    not_arisen: Decimal = Decimal(0)
    not_recorded: Decimal = Decimal(0)


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


def most_marks(group: Group, part: Part) -> Decimal:
    """Return the most marks that a part of a group can earn, by its weight among the parts."""
    return _marks_of_weights(group, part.weight)


def marks_of_part(group: Group, part: Part) -> Decimal | None:
    """Return the marks of a part of a group; None when there is nothing to count."""
    reached = attainment(part)
    return None if reached is None else _marks_of_weights(group, part.weight * reached)


def marks(group: Group) -> Decimal | None:
    """Return the marks of a group; None when no part of it has anything to count."""
    reached = [part.weight * value for part in group.parts if (value := attainment(part)) is not None]
    return _marks_of_weights(group, sum(reached, Decimal())) if reached else None


def out_of(group: Group) -> Decimal:
    """Return the marks that a group can earn: of its parts that have something to count."""
    counted = _counted(group)
    return _marks_of_weights(group, _weight(counted)) if counted else Decimal()


def _marks_of_weights(group: Group, weights: Decimal) -> Decimal:
    """Return the marks of some weights of a group's parts.

    Where the group spreads, only the parts that have something to count share its marks.
    """
    sharing = _counted(group) if group.spreads else group.parts
    return group.weight * weights / _weight(sharing)


def total(groups: Sequence[Group]) -> Total | None:
    """Return the marks of all groups together; None when no group has anything to count."""
    earned = [value for group in groups if (value := marks(group)) is not None]
    if not earned:
        return None
    return Total(
        marks=sum(earned, Decimal()),
        out_of=sum(map(out_of, groups), Decimal()),
        not_arisen=_rest(groups, recorded=True),
        not_recorded=_rest(groups, recorded=False),
    )


def _rest(groups: Sequence[Group], *, recorded: bool) -> Decimal:
    """Return the marks of parts with nothing to count, as figures say, or for lack of figures."""
    rest = (
        most_marks(group, part)
        for group in groups
        if not group.spreads
        for part in group.parts
        if not part.of and part.recorded is recorded
    )
    return sum(rest, Decimal())


def _counted(group: Group) -> tuple[Part, ...]:
    """Return the parts of a group that have something to count."""
    return tuple(part for part in group.parts if part.of)


def _weight(parts: Sequence[Part]) -> Decimal:
    return sum((part.weight for part in parts), Decimal())
