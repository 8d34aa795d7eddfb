"""Which targets of a plan an area's measures answer to: by words of plans, never by their numbers."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from cchc_flow.hookspecs import Measure

YEAR = re.compile(r"_\d{4}(?:-[0-9A-Z]+)?$")
"""The year or period at the end of a key."""


class Answer(msgspec.Struct, frozen=True):
    """What a measure is to a target: see the fields of the same names in `hookspecs.Measure`."""

    says: tuple[str, ...]
    change: str = ""
    accumulates: bool = False


def with_answers(measures: Iterable[Measure], answers: Mapping[str, Answer]) -> list[Measure]:
    """Return measures with what they answer to, by their keys without a year or period at the end."""
    return [_with_answer(measure, answers.get(_stem(measure.key))) for measure in measures]


def _with_answer(measure: Measure, answer: Answer | None) -> Measure:
    return msgspec.structs.replace(measure, **msgspec.structs.asdict(answer)) if answer else measure


def _stem(key: str) -> str:
    return YEAR.sub("", key)
