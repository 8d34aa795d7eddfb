"""Gives each line of a document its role, all together, with the corrections of a person as constraints."""

from collections.abc import Mapping, Sequence
from operator import add
from types import MappingProxyType

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.constraints import line_masks
from cchc_flow.plan_import.roles.features import Sheet, find_features
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role, Tagged
from cchc_flow.plan_import.roles.sequence import Scores, backward, best_path, forward
from cchc_flow.plan_import.roles.states import STATES
from cchc_flow.plan_import.roles.weights import Weights, shipped_weights

NOTHING: Mapping[int, Role] = MappingProxyType({})


def tag(
    lines: Sequence[Line],
    areas: Sequence[Area],
    *,
    weights: Weights | None = None,
    fixed: Mapping[int, Role] = NOTHING,
) -> tuple[Tagged, ...]:
    """Return the role of each line in order, from the best sequence for the whole document.

    `weights` are the shipped ones unless others are given; `fixed` are roles by place that a person decided:
    they stand, and the others are the best given them.
    """
    weights = weights or shipped_weights()
    path, margins = find_sequence(Sheet(lines, areas), weights, fixed)
    return tuple(
        Tagged(STATES[state].role, STATES[state].section)
        if line.place in fixed
        else Tagged(STATES[state].role, STATES[state].section, weights.confidence(margin), other)
        for line, state, (margin, other) in zip(lines, path, margins, strict=True)
    )


Margin = tuple[float, Role]
"""How much worse the document's best sequence gets with another role for a line, and that role."""


def find_sequence(
    sheet: Sheet, weights: Weights, fixed: Mapping[int, Role]
) -> tuple[list[int], list[Margin]]:
    """Return the best sequence of states, and for each line its margin."""
    emissions = _emissions(sheet, weights, fixed)
    tables = [weights.tables(*step) for step in sheet.steps]
    firsts = forward(emissions, [table for table, _ in tables])
    rests = backward(emissions, [turned for _, turned in tables])
    path = best_path(firsts, [table for table, _ in tables])
    totals = [list(map(add, first, rest)) for first, rest in zip(firsts, rests, strict=True)]
    return path, [_margin(scores, state) for scores, state in zip(totals, path, strict=True)]


def _emissions(sheet: Sheet, weights: Weights, fixed: Mapping[int, Role]) -> list[Scores]:
    """Return the score of each state for each line by itself."""
    emissions = [weights.emission(features) for features in find_features(sheet)]
    for emission, mask in zip(emissions, line_masks(sheet, fixed), strict=True):
        for state, score in mask.items():
            emission[state] += score
    return emissions


def _margin(scores: Scores, state: int) -> Margin:
    """Return how far the best score of another role lies below that of the state, and the role."""
    best, other = max(
        (score, -index) for index, score in enumerate(scores) if STATES[index].role != STATES[state].role
    )
    return scores[state] - best, STATES[-other].role
