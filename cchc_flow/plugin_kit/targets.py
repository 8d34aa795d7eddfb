"""Which targets of a plan an area's measures answer to: words of plans, never their numbers."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from cchc_flow.hookspecs import Measure


def with_target_words(
    measures: Iterable[Measure], says: Mapping[str, tuple[str, ...]], accumulating: Collection[str] = ()
) -> list[Measure]:
    """Return measures with the phrases of the targets that they answer to (see `Measure`).

    Both tables go by the key of a measure, without the year or period at its end.
    """
    return [_with_words(measure, says, accumulating) for measure in measures]


def _with_words(
    measure: Measure, says: Mapping[str, tuple[str, ...]], accumulating: Collection[str]
) -> Measure:
    stem, _, tail = measure.key.rpartition("_")
    key = stem if stem and tail[:4].isdigit() else measure.key
    return msgspec.structs.replace(measure, says=says.get(key, ()), accumulates=key in accumulating)
