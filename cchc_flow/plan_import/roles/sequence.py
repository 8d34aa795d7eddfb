"""The best sequence of states, by Viterbi, and how much worse it gets when a line has another state."""

from collections.abc import Sequence
from operator import add

Scores = list[float]
Table = Sequence[Sequence[float]]
"""Scores of transitions: `table[after][before]`."""


def forward(emissions: Sequence[Scores], tables: Sequence[Table]) -> list[Scores]:
    """Return for each line and state the score of the best beginning that ends in it.

    `tables[i]` scores the step from line i - 1 to line i; the first is not used.
    """
    scores: list[Scores] = []
    for emission, table in zip(emissions, tables, strict=True):
        if not scores:
            scores.append(emission)
            continue
        before = scores[-1]
        best = [max(map(add, before, row)) for row in table]
        scores.append(list(map(add, best, emission)))
    return scores


def backward(emissions: Sequence[Scores], turned: Sequence[Table]) -> list[Scores]:
    """Return for each line and state the score of the best rest after it; `turned[i][before][after]`."""
    if not emissions:
        return []
    scores = [[0.0] * len(emissions[-1])]
    for emission, table in zip(reversed(emissions[1:]), reversed(turned[1:]), strict=True):
        after = list(map(add, scores[-1], emission))
        scores.append([max(map(add, after, row)) for row in table])
    scores.reverse()
    return scores


def best_path(scores: Sequence[Scores], tables: Sequence[Table]) -> list[int]:
    """Return the best sequence of states, given what `forward` returned; the first of two equal ones."""
    if not scores:
        return []
    state = _best(scores[-1])
    path = [state]
    for before, table in zip(reversed(scores[:-1]), reversed(tables[1:]), strict=True):
        state = _best(list(map(add, before, table[state])))
        path.append(state)
    path.reverse()
    return path


def _best(scores: Scores) -> int:
    return scores.index(max(scores))
