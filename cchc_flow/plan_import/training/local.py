"""Learns from the lines that a person corrected, on top of weights that are there already."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.constraints import INDEX
from cchc_flow.plan_import.roles.features import Sheet, find_features
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role
from cchc_flow.plan_import.roles.states import STATES
from cchc_flow.plan_import.roles.tagging import find_sequence, tag
from cchc_flow.plan_import.roles.weights import Weights
from cchc_flow.plan_import.training.labels import DOCUMENTS, LabelledDocument, find_documents, read_all_labels
from cchc_flow.plan_import.training.learning import Example, Learner, Settings, make_example

Corrected = tuple[Sequence[Line], Mapping[int, Role]]
"""The lines of a whole document, and the roles that a person gave or confirmed, by place."""
SETTINGS = Settings(rounds=30, rate=0.1, decay=0.02, margin=4.0, least_documents=1, seed=15)
"""Small steps, held to where they begin: a few corrected lines must not undo what many documents taught."""
REPEATED = 3
"""How often a corrected document is learned from while the remembered ones are once."""
ENOUGH = 2
"""So many rounds more are learned after the corrected lines are right, so that lines like them are too."""


def learn_locally(
    weights: Weights,
    documents: Sequence[Corrected],
    areas: Sequence[Area],
    *,
    remembered: Sequence[LabelledDocument] = (),
    seconds: float = 10.0,
    clock: Callable[[], float] = time.monotonic,
) -> Weights:
    """Return weights that give the corrected lines their roles by themselves, as far as that can be learned.

    The other lines of each document are right as the best sequence given the corrected ones has them. The
    `remembered` documents are learned again beside them, so that what they taught is not forgotten. It ends
    when no corrected line is wrong any more, after so many `seconds`, or after the rounds of the settings.
    """
    end = clock() + seconds
    examples = REPEATED * [_example(lines, fixed, weights, areas) for lines, fixed in documents if lines]
    examples += [make_example(document, areas) for document in remembered]
    learner = Learner(weights, examples, SETTINGS)
    order = list(range(len(examples)))
    chance = random.Random(SETTINGS.seed)  # noqa: S311  # nosec B311  # an order, no secret
    learned, good_rounds = weights, 0
    for _ in range(SETTINGS.rounds):
        good_rounds = 0 if _count_wrong(learned, documents, areas) else good_rounds + 1
        if clock() > end or good_rounds > ENOUGH:
            break
        chance.shuffle(order)
        for index in order:
            if clock() < end:
                learner.learn(examples[index])
        learned = _merge(weights, learner.weights())
    return learned


@cache
def remembered_documents() -> tuple[LabelledDocument, ...]:
    """Return the labelled documents that come with the program."""
    return tuple(find_documents([DOCUMENTS], read_all_labels()))


def _example(
    lines: Sequence[Line], fixed: Mapping[int, Role], weights: Weights, areas: Sequence[Area]
) -> Example:
    """Return a document as it should be read; what a person decided is possible whatever the rules say."""
    sheet = Sheet(lines, areas)
    states, _ = find_sequence(sheet, weights, fixed)
    return Example(
        features=tuple(tuple(features) for features in find_features(sheet)),
        steps=sheet.steps,
        masks=tuple({} for _ in lines),
        right=tuple(INDEX[STATES[state].name] for state in states),
    )


def _count_wrong(weights: Weights, documents: Sequence[Corrected], areas: Sequence[Area]) -> int:
    """Return how many corrected lines these weights still give another role."""
    return sum(
        line.place in fixed and fixed[line.place] != tagged.role
        for lines, fixed in documents
        for line, tagged in zip(lines, tag(lines, areas, weights=weights), strict=True)
    )


def _merge(first: Weights, learned: Weights) -> Weights:
    """Return all weights of the first, with those that were learned in their place."""
    return replace(
        first,
        features={**first.features, **learned.features},
        steps={**first.steps, **learned.steps},
    )
