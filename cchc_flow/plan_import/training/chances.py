"""How likely each state of each line is, all lines together: sums over all sequences, both ways."""

from collections.abc import Sequence
from operator import mul

import msgspec

from cchc_flow.plan_import.roles.sequence import Scores

CLEAR = 0.002
"""A state less likely than this teaches nothing."""
Slopes = list[tuple[int, float]]
"""The states of a line that matter, each with what is right less its chance."""


class Factors(msgspec.Struct, frozen=True):
    """How likely each step is: `by_before[before][after]`, and turned, `by_after[after][before]`."""

    by_before: list[Scores]
    by_after: list[Scores]


def find_chances(likely: Sequence[Scores], steps: Sequence[Factors]) -> tuple[list[Scores], list[Scores]]:
    """Return for each line how likely its states are with all before them, and with all after them.

    The products of both, divided by their sum, are the chances of the states; empty if nothing is possible.
    Only what is possible by the line alone is summed: a few of the states of most lines.
    """
    possible = [[state for state, score in enumerate(line) if score] for line in likely]
    firsts = [_share(likely[0])]
    for index in range(1, len(likely)):
        before, line, table = firsts[-1], likely[index], steps[index].by_after
        first = [0.0] * len(line)
        for state in possible[index]:
            first[state] = line[state] * sum(map(mul, before, table[state]))
        firsts.append(_share(first))
    rests = [[1.0] * len(likely[-1])]
    for index in range(len(likely) - 1, 0, -1):
        after, table = list(map(mul, likely[index], rests[-1])), steps[index].by_before
        rest = [0.0] * len(after)
        for state in possible[index - 1]:
            rest[state] = sum(map(mul, after, table[state]))
        rests.append(_share(rest))
    rests.reverse()
    is_possible = all(map(any, firsts)) and all(map(any, rests))
    return (firsts, rests) if is_possible else ([], [])


def _share(scores: Scores) -> Scores:
    """Return the scores divided by their sum."""
    total = sum(scores)
    return [score / total for score in scores] if total else scores


def slopes_of(first: Scores, rest: Scores, right: int) -> Slopes:
    """Return the slope of each state that matters: what is right less its chance; none if all is clear."""
    chances = _share(list(map(mul, first, rest)))
    if chances[right] > 1.0 - CLEAR:
        return []
    chances[right] -= 1.0
    return [(state, -chance) for state, chance in enumerate(chances) if abs(chance) > CLEAR]


def expected_pairs(
    before: Scores, by_before: Sequence[Scores], after: Scores
) -> list[tuple[int, int, float]]:
    """Return the chances of the pairs of states that matter, as (before, after, chance)."""
    firsts = [state for state, score in enumerate(before) if score > CLEAR / 10]
    least = max(after) * CLEAR / 10
    seconds = [state for state, score in enumerate(after) if score > least]
    pairs = [
        (first, second, before[first] * by_before[first][second] * after[second])
        for first in firsts
        for second in seconds
    ]
    total = sum(share for _, _, share in pairs)
    return [(first, second, share / total) for first, second, share in pairs if share > total * CLEAR]
