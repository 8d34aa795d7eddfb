"""The measures that plugins compute from their registers, as of what their facts rest on."""

from collections.abc import Mapping

import msgspec

from cchc_flow.hookspecs import Measure
from cchc_flow.plugin_host.facts import FactSource, call_drawing_hook
from cchc_flow.projections.rules import enabled_plugins


class ComputedMeasures(msgspec.Struct, frozen=True):
    """The measures by plugin and key, and by plugin why one that was asked could not tell them."""

    measures: Mapping[tuple[str, str], Measure]
    faults: Mapping[str, str]


def compute_measures(source: FactSource) -> ComputedMeasures:
    """Return what the plugins that are switched on compute; one that fails breaks no other."""
    found: dict[tuple[str, str], Measure] = {}
    faults: dict[str, str] = {}
    for answer in call_drawing_hook(source, "measures", enabled_plugins(source.read())):
        if answer.fault:
            faults[answer.plugin] = answer.fault
        else:
            found |= {(answer.plugin, measure.key): measure for measure in answer.value or ()}
    return ComputedMeasures(found, faults)
