"""Run by pm4py's own Python: read BPMN files, check that they are sound, replay histories on them.

Reads from stdin {kind: {"bpmn": path, "histories": [[step, ...], ...]}}, prints the measurements as JSON.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # deprecations inside pm4py are not ours to mend

import pandas  # noqa: E402
import pm4py  # noqa: E402


def main() -> None:
    requests = json.load(sys.stdin)
    json.dump({kind: measure(**request) for kind, request in requests.items()}, sys.stdout)


def measure(bpmn: str, histories: list[list[str]]) -> dict[str, object]:
    model = pm4py.read_bpmn(bpmn)
    net, begin, end = pm4py.convert_to_petri_net(model)
    rows = as_rows(histories)
    alignments = pm4py.conformance_diagnostics_alignments(rows, net, begin, end)
    return {
        "nodes": len(model.get_nodes()),
        "flows": len(model.get_flows()),
        "labels": sorted(step.label for step in net.transitions if step.label),
        "sound": pm4py.check_soundness(net, begin, end)[0],
        "rows": len(rows),
        "nulls": int(rows.isna().sum().sum()),
        "cases": int(rows["case:concept:name"].nunique()),
        "fitness": [alignment["fitness"] for alignment in alignments],
    }


def as_rows(histories: list[list[str]]) -> pandas.DataFrame:
    """Return the histories as pm4py reads them, one event a row, a minute after the other."""
    events = [(f"{case:05}", step) for case, steps in enumerate(histories) for step in steps]
    rows = pandas.DataFrame(events, columns=["case:concept:name", "concept:name"])
    rows["time:timestamp"] = pandas.date_range("2026-03-02", periods=len(rows), freq="min", tz="UTC")
    return rows


main()
