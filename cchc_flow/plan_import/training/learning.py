"""Learns weights from labelled documents: a conditional random field with margins, by stochastic gradient.

A structured perceptron on the same features was 3 to 4 points worse on documents that it had not seen:
nothing bounds its weights, and of a few dozen documents it learns the words. Gimpel and Smith,
«Softmax-Margin CRFs» (2010), describe the loss; Duchi and others, «Adaptive Subgradient Methods» (2011), the
step sizes.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, sqrt
from operator import add, mul

import msgspec

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.constraints import INDEX, forbidden_pairs, line_masks
from cchc_flow.plan_import.roles.features import Sheet, find_features
from cchc_flow.plan_import.roles.sequence import Scores
from cchc_flow.plan_import.roles.states import STATES
from cchc_flow.plan_import.roles.weights import VERSION, Weights, mean_weights, rounded
from cchc_flow.plan_import.training.labels import LabelledDocument

SIZE = len(STATES)
START = 0.1
"""The first sum of squared gradients of each weight, which keeps its first steps small."""
CLEAR = 0.001
"""A state less likely than this teaches nothing."""
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
    decay: float = 0.1
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

    def move(self, gradient: Mapping[str, Sequence[float]], settings: Settings) -> None:
        """Move weights along their gradient, and back towards the start: the rarer a name, the further."""
        rate = settings.rate
        for name, slopes in gradient.items():
            row, squares = self.rows[name], self.squares[name]
            decay = settings.decay / self.shares.get(name, 1.0)
            for state, (slope, start) in enumerate(zip(slopes, self.start[name], strict=True)):
                if pull := slope - decay * (row[state] - start):
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
        tables = {step: self._table(*step) for step in set(example.steps)}
        firsts, rests = _chances(likely, [tables[step] for step in example.steps])
        if not firsts:
            return
        self._move_features(example, firsts, rests)
        self._move_steps(example, likely, tables, firsts, rests)

    def _likelihood(self, example: Example, index: int) -> Scores:
        """Return how likely each state is by the line alone, a wrong one with its margin; the best is 1."""
        rows = map(self.features.rows.__getitem__, self._known_features(example)[index])
        scores = [float(sum(column)) for column in zip(*rows, strict=True)]
        costs = _costs(self.settings.margin, self.settings.near)[example.right[index]]
        scores = list(map(add, scores, costs))
        for state, score in example.masks[index].items():
            scores[state] += score
        best = max(scores)
        return [exp(max(score - best, -500.0)) for score in scores]

    def _table(self, relation: str, is_row: bool) -> list[Scores]:
        """Return the factor of each step, `[after][before]`; 0 for one that cannot be."""
        turned = [
            list(
                map(
                    add, self.steps.rows[step_name("any", state)], self.steps.rows[step_name(relation, state)]
                )
            )
            for state in range(SIZE)
        ]
        table = [[exp(score) for score in column] for column in zip(*turned, strict=True)]
        for before, after in forbidden_pairs(relation, is_row):
            table[after][before] = 0.0
        return table

    def _move_features(self, example: Example, firsts: Sequence[Scores], rests: Sequence[Scores]) -> None:
        gradient: dict[str, Scores] = {}
        features = self._known_features(example)
        for names, right, first, rest in zip(features, example.right, firsts, rests, strict=True):
            slopes = _slopes(first, rest, right)
            for name in names if slopes else ():
                row = gradient.get(name)
                if row is None:
                    row = gradient[name] = [0.0] * SIZE
                for state, slope in slopes:
                    row[state] += slope
        self.features.move(gradient, self.settings)

    def _move_steps(
        self,
        example: Example,
        likely: Sequence[Scores],
        tables: Mapping[Step, list[Scores]],
        firsts: Sequence[Scores],
        rests: Sequence[Scores],
    ) -> None:
        gradient: dict[str, list[Scores]] = {}
        for index in range(1, len(firsts)):
            relation, _ = step = example.steps[index]
            pairs = _expected_pairs(
                firsts[index - 1], tables[step], list(map(mul, likely[index], rests[index]))
            )
            if relation not in gradient:
                gradient[relation] = [[0.0] * SIZE for _ in range(SIZE)]
            rows = gradient[relation]
            for before, after, share in pairs:
                rows[before][after] -= share
            rows[example.right[index - 1]][example.right[index]] += 1.0
        gradient["any"] = [
            [sum(column) for column in zip(*rows, strict=True)]
            for rows in zip(*gradient.values(), strict=True)
        ]
        self.steps.move(
            {
                step_name(relation, before): row
                for relation, rows in gradient.items()
                for before, row in enumerate(rows)
                if any(row)
            },
            self.settings,
        )

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


def step_name(relation: str, before: int) -> str:
    """Return the name under which the weights keep the steps from a state to lines that stand so to it."""
    return f"{relation} {STATES[before].name}"


def _chances(likely: Sequence[Scores], tables: Sequence[list[Scores]]) -> tuple[list[Scores], list[Scores]]:
    """Return for each line how likely its states are with all before them, and with all after them.

    The products of both, divided by their sum, are the chances of the states; empty if nothing is possible.
    """
    firsts = [_share(likely[0])]
    for line, table in zip(likely[1:], tables[1:], strict=True):
        before = firsts[-1]
        firsts.append(_share(list(map(mul, line, [sum(map(mul, before, row)) for row in table]))))
    rests = [[1.0] * SIZE]
    for line, table in zip(reversed(likely[1:]), reversed(tables[1:]), strict=True):
        after = list(map(mul, line, rests[-1]))
        rests.append(_share([sum(map(mul, after, column)) for column in zip(*table, strict=True)]))
    rests.reverse()
    is_possible = all(map(any, firsts)) and all(map(any, rests))
    return (firsts, rests) if is_possible else ([], [])


def _share(scores: Scores) -> Scores:
    """Return the scores divided by their sum."""
    total = sum(scores)
    return [score / total for score in scores] if total else scores


def _slopes(first: Scores, rest: Scores, right: int) -> list[tuple[int, float]]:
    """Return the slope of each state that matters: what is right less its chance; none if all is clear."""
    chances = _share(list(map(mul, first, rest)))
    if chances[right] > 1.0 - CLEAR:
        return []
    chances[right] -= 1.0
    return [(state, -chance) for state, chance in enumerate(chances) if abs(chance) > CLEAR]


def _expected_pairs(before: Scores, table: list[Scores], after: Scores) -> list[tuple[int, int, float]]:
    """Return the chances of the pairs of states that matter, as (before, after, chance)."""
    likely = [state for state, score in enumerate(before) if score > CLEAR / 10]
    best = max(after)
    pairs = [
        (first, second, before[first] * table[second][first] * score)
        for second, score in enumerate(after)
        if score > best * CLEAR / 10
        for first in likely
    ]
    total = sum(share for _, _, share in pairs)
    return [(first, second, share / total) for first, second, share in pairs if share > total * CLEAR]


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
