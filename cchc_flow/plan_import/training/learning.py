"""Learns weights from labelled documents: a conditional random field with margins, by stochastic gradient.

A structured perceptron on the same features was 3 to 4 points worse on documents that it had not seen:
nothing bounds its weights, and of a few dozen documents it learns the words. Gimpel and Smith,
«Softmax-Margin CRFs» (2010), describe the loss; Duchi and others, «Adaptive Subgradient Methods» (2011), the
step sizes.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp, sqrt
from operator import add, mul

import msgspec

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.constraints import INDEX, forbidden_pairs, line_masks
from cchc_flow.plan_import.roles.features import Sheet, find_features
from cchc_flow.plan_import.roles.sequence import Scores
from cchc_flow.plan_import.roles.states import STATES
from cchc_flow.plan_import.roles.weights import VERSION, Weights, mean_weights, rounded
from cchc_flow.plan_import.training.chances import (
    Factors,
    Slopes,
    expected_pairs,
    find_chances,
    slopes_of,
)
from cchc_flow.plan_import.training.labels import LabelledDocument

SIZE = len(STATES)
START = 0.1
"""The first sum of squared gradients of each weight, which keeps its first steps small."""
UNLIKELY = -20.0
"""A state whose score lies this far below a line's best is taken as impossible: it would teach nothing."""
Step = tuple[str, bool]
"""How a line stands to the one before it, and whether it is a table's row."""


class Settings(msgspec.Struct, frozen=True):
    """How the weights are learned; the defaults are those of the shipped weights.

    `margin` is how much better than another section the right one has to be (a wrong role in the right
    section counts `near` of it); `decay` pulls the weights towards those that learning began with. A feature
    of fewer than `least_documents` documents is left out: it would teach one document's words. The weights
    are the mean of those after each of the last `averaged` rounds: they rest less on the order of learning.
    """

    rounds: int = 8
    averaged: int = 4
    rate: float = 0.3
    decay: float = 0.2
    margin: float = 3.0
    near: float = 0.6
    least_documents: int = 2
    seed: int = 15


class Example(msgspec.Struct, frozen=True):
    """A labelled document for learning: each line's features, steps, what it cannot be, what is right."""

    features: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...]
    masks: tuple[dict[int, float], ...]
    right: tuple[int, ...]


class Table:
    """Weights by name and state while they are learned, with the sums that shorten their steps."""

    def __init__(self, start: Mapping[str, Sequence[float]], shares: Mapping[str, float]) -> None:
        self.start = {name: tuple(row) for name, row in start.items()}
        self.rows = {name: list(row) for name, row in start.items()}
        self.squares = {name: [START] * SIZE for name in start}
        self.shares = shares

    def move(self, state: int, slopes: Mapping[str, float], settings: Settings) -> None:
        """Move the weights of a state along their slopes, and back towards the start: the rarer, the further.

        Only what has a slope is pulled back too: most weights of a line say nothing of its doubtful states.
        """
        rate, decay = settings.rate, settings.decay
        for name, slope in slopes.items():
            row, squares = self.rows[name], self.squares[name]
            pull = slope - decay / self.shares.get(name, 1.0) * (row[state] - self.start[name][state])
            squares[state] += pull * pull
            row[state] += rate * pull / sqrt(squares[state])


class Learner:
    """The weights in the making."""

    def __init__(self, weights: Weights, examples: Sequence[Example], settings: Settings) -> None:
        self.settings = settings
        counts = Counter(
            name for example in examples for name in {n for line in example.features for n in line}
        )
        known = [
            name
            for name, count in counts.items()
            if count >= settings.least_documents or name in weights.features
        ]
        self.features = Table(
            {name: weights.rows.get(name, [0.0] * SIZE) for name in sorted(known)},
            {name: counts[name] / len(examples) for name in known},
        )
        relations = sorted({relation for example in examples for relation, _ in example.steps} | {"any"})
        names = [step_name(relation, state) for relation in relations for state in range(SIZE)]
        self.steps = Table({name: weights.step_row(name) for name in names}, {})
        rows = self.features.rows
        self._examples = tuple(examples)
        self._known = {
            id(example): [[name for name in line if name in rows] for line in example.features]
            for example in self._examples
        }

    def _known_features(self, example: Example) -> list[list[str]]:
        """Return the features of each line that have weights."""
        return self._known[id(example)]

    def learn(self, example: Example) -> None:
        """Take one step towards the right states of one of its examples."""
        likely = [self._likelihood(example, index) for index in range(len(example.right))]
        factors = {step: self._factors(*step) for step in set(example.steps)}
        steps = [factors[step] for step in example.steps]
        firsts, rests = find_chances(likely, steps)
        if not firsts:
            return
        slopes = [
            slopes_of(first, rest, right)
            for first, rest, right in zip(firsts, rests, example.right, strict=True)
        ]
        self._move_features(example, slopes)
        unclear = [index for index in range(1, len(slopes)) if slopes[index - 1] or slopes[index]]
        pairs = {
            index: expected_pairs(
                firsts[index - 1], steps[index].by_before, list(map(mul, likely[index], rests[index]))
            )
            for index in unclear
        }
        self._move_steps(example, pairs)

    def _likelihood(self, example: Example, index: int) -> Scores:
        """Return how likely each state is by the line alone, a wrong one with its margin; the best is 1."""
        rows = map(self.features.rows.__getitem__, self._known_features(example)[index])
        costs = _costs(self.settings.margin, self.settings.near)[example.right[index]]
        scores = [float(sum(column)) for column in zip(costs, *rows, strict=True)]
        for state, score in example.masks[index].items():
            scores[state] += score
        best = max(scores)
        return [exp(score - best) if score - best > UNLIKELY else 0.0 for score in scores]

    def _factors(self, relation: str, is_row: bool) -> Factors:
        """Return the factor of each step; 0 for one that cannot be."""
        rows = self.steps.rows
        by_before = [
            list(map(exp, map(add, rows[step_name("any", state)], rows[step_name(relation, state)])))
            for state in range(SIZE)
        ]
        for before, after in forbidden_pairs(relation, is_row):
            by_before[before][after] = 0.0
        return Factors(by_before, [list(column) for column in zip(*by_before, strict=True)])

    def _move_features(self, example: Example, slopes: Sequence[Slopes]) -> None:
        gradient: dict[int, dict[str, float]] = {}
        for names, line in zip(self._known_features(example), slopes, strict=True):
            for state, slope in line:
                sums = gradient.setdefault(state, {})
                for name in names:
                    sums[name] = sums.get(name, 0.0) + slope
        for state, sums in gradient.items():
            self.features.move(state, sums, self.settings)

    def _move_steps(self, example: Example, pairs: Mapping[int, Sequence[tuple[int, int, float]]]) -> None:
        """Move the steps to the lines by index whose pairs of states are not clear."""
        gradient: dict[int, dict[str, float]] = {}
        for index, expected in pairs.items():
            right = (example.right[index - 1], example.right[index], -1.0)
            for before, after, share in (*expected, right):
                sums = gradient.setdefault(after, {})
                for relation in ("any", example.steps[index][0]):
                    name = step_name(relation, before)
                    sums[name] = sums.get(name, 0.0) - share
        for after, sums in gradient.items():
            self.steps.move(after, sums, self.settings)

    def weights(self) -> Weights:
        """Return the weights as they are now, rounded."""
        return Weights(VERSION, rounded(self.features.rows), rounded(self.steps.rows))


def learn_from_examples(
    examples: Sequence[Example], settings: Settings | None = None, start: Weights | None = None
) -> Weights:
    """Return weights learned from prepared documents, beginning with those of `start`, else with none."""
    settings = settings or Settings()
    learner = Learner(start or Weights(VERSION, {}, {}), examples, settings)
    order = list(range(len(examples)))
    chance = random.Random(settings.seed)  # noqa: S311  # nosec B311  # an order, no secret
    learned: list[Weights] = []
    for _ in range(settings.rounds):
        chance.shuffle(order)
        for index in order:
            learner.learn(examples[index])
        learned.append(learner.weights())
    return mean_weights(learned[-settings.averaged :])


def make_examples(documents: Iterable[LabelledDocument], areas: Sequence[Area]) -> list[Example]:
    """Return the documents as examples, which may be learned from more than once."""
    return [make_example(document, areas) for document in documents]


def make_example(document: LabelledDocument, areas: Sequence[Area]) -> Example:
    """Return a labelled document as an example."""
    sheet = Sheet(document.lines, areas)
    return Example(
        features=tuple(tuple(features) for features in find_features(sheet)),
        steps=sheet.steps,
        masks=tuple(line_masks(sheet, {})),
        right=tuple(INDEX[state.name] for state in document.states),
    )


@cache
def step_name(relation: str, before: int) -> str:
    """Return the name under which the weights keep the steps from a state to lines that stand so to it."""
    return f"{relation} {STATES[before].name}"


def _costs(margin: float, near: float) -> list[list[float]]:
    """Return the margin that each state has to be beaten by, by the index of the right one."""
    key = (margin, near)
    if key not in _COSTS:
        _COSTS[key] = [
            [0.0 if a is b else margin * near if a.section == b.section else margin for a in STATES]
            for b in STATES
        ]
    return _COSTS[key]


_COSTS: dict[tuple[float, float], list[list[float]]] = {}
