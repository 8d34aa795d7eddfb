"""The measures that plugins compute from their registers, and which of them measures a target of a plan."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.contributions import find_any_word
from cchc_flow.plugin_host.facts import FactSource, call_drawing_hook
from cchc_flow.projections.rules import enabled_plugins
from cchc_flow.projections.search import search_key
from cchc_flow.workflow.events import Measure as Planned
from cchc_flow.workflow.targets import CHANGES

NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
Key = tuple[str, str]


class ComputedMeasures(msgspec.Struct, frozen=True):
    """The measures by plugin and key, and by plugin why one that was asked could not tell them."""

    measures: Mapping[Key, Measure]
    faults: Mapping[str, str]


def compute_measures(source: FactSource) -> ComputedMeasures:
    """Return what the plugins that are switched on compute; one that fails breaks no other."""
    found: dict[Key, Measure] = {}
    faults: dict[str, str] = {}
    for answer in call_drawing_hook(source, "measures", enabled_plugins(source.read())):
        if fault := answer.fault or _fault_of(answer.value or ()):
            faults[answer.plugin] = fault
        else:
            found |= {(answer.plugin, measure.key): measure for measure in answer.value or ()}
    return ComputedMeasures(found, faults)


def _fault_of(measures: Sequence[Measure]) -> str:
    """Return what is wrong with a plugin's measures: a value that is no number; "" if nothing is."""
    wrong = next((one for one in measures if one.value is not None and not NUMBER.fullmatch(one.value)), None)
    return f"thước đo «{wrong.title}» có giá trị «{wrong.value}», không phải là số." if wrong else ""


def suggest_measure(
    planned: Planned, texts: Iterable[str], year: int, measures: Mapping[Key, Measure]
) -> Key | None:
    """Return the measure whose words stand in a target's texts, None unless exactly one fits best.

    The texts are asked in their order; in each the longest words win. The units must be the same, a change is
    measured by a change, and a measure that belongs to a year must belong to that of the plan.
    """
    change = planned.direction.removesuffix("_at_least") if planned.direction in CHANGES else ""
    fitting = {
        key: measure
        for key, measure in measures.items()
        if (measure.unit or None, measure.change) == (planned.unit, change) and measure.year in (None, year)
    }
    for text in texts:
        found = sorted(_lengths(search_key(text), fitting), reverse=True)
        if found and (len(found) == 1 or found[0][0] > found[1][0]):
            return found[0][1]
    return None


def _lengths(text: str, measures: Mapping[Key, Measure]) -> list[tuple[int, Key]]:
    """Return how many letters of a text the words of each measure match, for those that match any."""
    matches = {key: find_any_word(measure.says, text) for key, measure in measures.items()}
    return [(match.end() - match.start(), key) for key, match in matches.items() if match]
