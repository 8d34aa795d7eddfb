"""Run by pm4py's own Python: what it reads of exports, and what it finds in them.

Reads from stdin {"xes": {name: path}, "ocel": {name: path}, "bpmn": path}; prints the measurements as JSON.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # deprecations inside pm4py are not ours to mend

import pandas  # noqa: E402
import pm4py  # noqa: E402


def main() -> None:
    request = json.load(sys.stdin)
    answer = {
        "xes": {name: of_log(path, request["bpmn"]) for name, path in request["xes"].items()},
        "ocel": {name: of_ocel(path) for name, path in request["ocel"].items()},
    }
    sys.stdout.write("\n" + json.dumps(answer))


def of_log(path: str, bpmn: str) -> dict[str, object]:
    rows = pm4py.read_xes(path)
    net, begin, end = pm4py.convert_to_petri_net(pm4py.read_bpmn(bpmn))
    tasks = rows[(rows["case:kind"] == "task") & (rows["case:final"] == "yes")]
    lived = tasks[(tasks["step"] != "-") & (tasks["undone"] == "no")]
    aligned = pm4py.conformance_diagnostics_alignments(lived, net, begin, end)
    for transition in net.transitions:  # of several with one label, replay by tokens may fire the wrong one
        transition.label = transition.name if transition.label else None
    replayed = pm4py.conformance_diagnostics_token_based_replay(
        lived, net, begin, end, activity_key="bpmn_task"
    )
    alone = pm4py.filter_four_eyes_principle(lived, "submit", "approve", keep_violations=True)
    return {
        "events": len(rows),
        "nulls": int(rows.isna().sum().sum()),
        "positions": rows["position"].sort_values().tolist(),
        "times": times(rows, "time:timestamp"),
        "cases": int(rows["case:concept:name"].nunique()),
        "fitness": by_case(lived, [result["trace_fitness"] for result in replayed]),
        "aligned": by_case(lived, [result["fitness"] for result in aligned]),
        "alone": cases(alone),
        "data": {int(row["position"]): row["data"] for _, row in rows.iterrows()},
    }


def cases(rows: pandas.DataFrame) -> list[str]:
    """Return the names of the cases in the order in which pm4py replays them."""
    return list(dict.fromkeys(rows["case:concept:name"]))


def by_case(rows: pandas.DataFrame, values: list[float]) -> dict[str, float]:
    return dict(zip(cases(rows), values, strict=True))


def times(rows: pandas.DataFrame, column: str) -> dict[int, str]:
    return {int(row["position"]): row[column].isoformat() for _, row in rows.iterrows()}


def of_ocel(path: str) -> dict[str, object]:
    read = pm4py.read_ocel2_json if path.endswith("json") else pm4py.read_ocel2_sqlite
    log = read(path)
    known = set(log.objects["ocel:oid"])
    return {
        "events": len(log.events),
        "objects": len(log.objects),
        "relations": len(log.relations),
        "belongings": len(log.o2o),
        "nulls": int(log.events.isna().sum().sum() + log.objects.isna().sum().sum()),
        "times": times(log.events, "ocel:timestamp"),
        "recorded": {int(row["position"]): row["recorded_time"] for _, row in log.events.iterrows()},
        "dangling": sorted((set(log.relations["ocel:oid"]) | set(log.o2o["ocel:oid_2"])) - known),
    }


main()
