"""Run by pm4py's own Python: read BPMN files, check that they are sound, replay histories on them.

Reads from stdin {kind: {"bpmn": path, "histories": [[step, ...], ...]}}, prints what was found as JSON.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # what another project will change some day

import pandas  # noqa: E402
import pm4py  # noqa: E402


def main() -> None:
    asked = json.load(sys.stdin)
    json.dump({kind: found(**one) for kind, one in asked.items()}, sys.stdout)


def found(bpmn: str, histories: list[list[str]]) -> dict[str, object]:
    model = pm4py.read_bpmn(bpmn)
    net, begin, end = pm4py.convert_to_petri_net(model)
    rows = as_rows(histories)
    aligned = pm4py.conformance_diagnostics_alignments(rows, net, begin, end)
    return {
        "nodes": len(model.get_nodes()),
        "flows": len(model.get_flows()),
        "labels": sorted(step.label for step in net.transitions if step.label),
        "sound": pm4py.check_soundness(net, begin, end)[0],
        "rows": len(rows),
        "nulls": int(rows.isna().sum().sum()),
        "cases": int(rows["case:concept:name"].nunique()),
        "fitness": [one["fitness"] for one in aligned],
    }


def as_rows(histories: list[list[str]]) -> pandas.DataFrame:
    """Return the histories as pm4py reads them, one event a row, a minute after the other."""
    told = [(f"{case:05}", step) for case, steps in enumerate(histories) for step in steps]
    rows = pandas.DataFrame(told, columns=["case:concept:name", "concept:name"])
    rows["time:timestamp"] = pandas.date_range("2026-03-02", periods=len(rows), freq="min", tz="UTC")
    return rows


main()
