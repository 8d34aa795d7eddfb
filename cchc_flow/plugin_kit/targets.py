"""Which targets of a plan an area's measures answer to: by words of plans, never by their numbers."""

from collections.abc import Iterable, Mapping

import msgspec

from cchc_flow.hookspecs import Measure


class Answer(msgspec.Struct, frozen=True):
    """What a measure is to a target: see the fields of the same names in `hookspecs.Measure`."""

    says: tuple[str, ...]
    change: str = ""
    accumulates: bool = False


def with_answers(measures: Iterable[Measure], answers: Mapping[str, Answer]) -> list[Measure]:
    """Return measures with what they answer to, by their keys without a year or period at the end."""
    return [_with_answer(measure, answers.get(measure.stem)) for measure in measures]


def _with_answer(measure: Measure, answer: Answer | None) -> Measure:
    return msgspec.structs.replace(measure, **msgspec.structs.asdict(answer)) if answer else measure
