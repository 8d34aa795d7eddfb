"""Gives each line of a document its role, all together, with the corrections of a person as constraints."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.first_guess import guess_roles
from cchc_flow.plan_import.roles.levels import find_levels
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role, Tagged

NOTHING: Mapping[int, Role] = MappingProxyType({})


def tag(
    lines: Sequence[Line],
    areas: Sequence[Area],
    *,
    weights: object = None,
    fixed: Mapping[int, Role] = NOTHING,
) -> tuple[Tagged, ...]:
    """Return the role of each line in order; `fixed` are roles by place that a person decided."""
    guesses = guess_roles(lines, find_levels(lines), areas)
    return tuple(
        Tagged(fixed[line.place], section)
        if line.place in fixed
        else Tagged(role, section, 0.5, "other" if role != "other" else None)
        for line, (role, section) in zip(lines, guesses, strict=True)
    )
