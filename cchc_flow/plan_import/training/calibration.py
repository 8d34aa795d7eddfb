"""How sure a margin is: learned on documents that the weights did not see, a part of them at a time."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.features import Sheet
from cchc_flow.plan_import.roles.states import STATES
from cchc_flow.plan_import.roles.tagging import find_sequence
from cchc_flow.plan_import.roles.weights import Weights
from cchc_flow.plan_import.training.labels import LabelledDocument
from cchc_flow.plan_import.training.learning import Example, Settings, learn_from_examples

PARTS = 3
FEWEST = 40
"""How many lines a step of the calibration rests on at least."""
LEAST, MOST = 0.05, 0.995
Outcome = tuple[float, bool]
"""A line's margin, and whether its role was right."""


def parts_of(
    documents: Sequence[LabelledDocument], examples: Sequence[Example]
) -> Iterator[tuple[Sequence[LabelledDocument], Sequence[Example]]]:
    """Yield each third of the documents, with the examples of all others."""
    for part in range(min(PARTS, len(documents))):
        others = [example for index, example in enumerate(examples) if index % PARTS != part]
        yield documents[part::PARTS], others


def find_outcomes_of_part(
    documents: Sequence[LabelledDocument],
    others: Sequence[Example],
    areas: Sequence[Area],
    settings: Settings,
) -> list[Outcome]:
    """Return the outcomes of some documents by weights that are learned from others."""
    learned = learn_from_examples(others, settings)
    return [outcome for document in documents for outcome in find_outcomes(document, learned, areas)]


def find_outcomes(document: LabelledDocument, weights: Weights, areas: Sequence[Area]) -> list[Outcome]:
    """Return the margin of each line of a document, and whether its role was right."""
    path, margins = find_sequence(Sheet(document.lines, areas), weights, {})
    return [
        (margin, STATES[state].role == right.role)
        for state, (margin, _), right in zip(path, margins, document.states, strict=True)
    ]


def fit_shares(outcomes: Sequence[Outcome]) -> tuple[tuple[float, float], ...]:
    """Return margins with the share of lines that were right, which never falls as the margin grows."""
    steps = [[margin, float(right), 1.0] for margin, right in sorted(outcomes)]
    pools: list[list[float]] = []
    for index in range(0, len(steps), FEWEST):
        part = steps[index : index + FEWEST]
        pools.append([sum(column) for column in zip(*part, strict=True)])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    points = [
        (round(margin / count, 2), round(min(MOST, max(LEAST, right / count)), 3))
        for margin, right, count in pools
    ]
    return tuple(next(group) for _, group in groupby(points, key=lambda point: point[0]))
