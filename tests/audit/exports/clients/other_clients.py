"""Run by the readers' own Python: what the CloudEvents SDK, r4pm and oceldb read of exports.

Reads from stdin {"cloudevents": path, "xes": path, "ocel": {name: path}}; prints the measurements as JSON.
"""

import json
import sys
import tempfile
from pathlib import Path

import polars
import r4pm
from cloudevents.core.formats.json import JSONFormat
from oceldb import OCEL
from oceldb.io import convert_ocel


def main() -> None:
    request = json.load(sys.stdin)
    answer = {
        "cloudevents": of_batch(request["cloudevents"]),
        "xes": of_log(request["xes"]),
        "r4pm": {name: of_r4pm(path) for name, path in request["ocel"].items()},
        "oceldb": {name: of_oceldb(path) for name, path in request["ocel"].items()},
    }
    sys.stdout.write("\n" + json.dumps(answer, default=str))


def of_batch(path: str) -> list[dict[str, object]]:
    """Return the attributes and data of each event of a batch, as the SDK gives them."""
    events = (JSONFormat().read(None, json.dumps(event)) for event in json.loads(Path(path).read_text()))
    return [
        event.get_attributes() | {"data": event.get_data(), "time": event.get_time().isoformat()}
        for event in events
    ]


def of_log(path: str) -> dict[str, object]:
    rows, _ = r4pm.df.import_xes(path)
    return {
        "events": rows.height,
        "nulls": sum(rows.null_count().row(0)),
        "times": times(rows, "time:timestamp"),
        "data": dict(rows.select("position", "data").iter_rows()),
    }


def of_r4pm(path: str) -> dict[str, object]:
    tables = r4pm.df.import_ocel(path)
    events, relations = tables["events"], tables["relations"]
    acts = relations.filter(polars.col("ocel:activity").is_in(["item.submitted", "item.approved"]))
    actors = acts.filter(polars.col("ocel:qualifier") == "actor").select("ocel:eid", who="ocel:oid")
    things = acts.filter(polars.col("ocel:qualifier") == "subject").select(
        "ocel:eid", "ocel:activity", item="ocel:oid"
    )
    acts = things.join(actors, on="ocel:eid").join(
        events.filter(polars.col("undone") == "no").select("ocel:eid", "position"), on="ocel:eid"
    )
    last = acts.sort("position").group_by("item", "ocel:activity").last()
    pairs = last.filter(polars.col("ocel:activity") == "item.submitted").join(
        last.filter(polars.col("ocel:activity") == "item.approved"), on=["item", "who"]
    )
    return {
        "events": events.height,
        "objects": tables["objects"].height,
        "relations": relations.height,
        "belongings": tables["o2o"].height,
        "nulls": sum(events.null_count().row(0)) + sum(tables["objects"].null_count().row(0)),
        "times": times(events, "ocel:timestamp"),
        "alone": sorted(pairs["item"].to_list()),
    }


def of_oceldb(path: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        convert_ocel(path, Path(folder) / "log")
        log = OCEL.open(Path(folder) / "log")
        log.validate()
        events = log.events().collect()
        return {
            "events": events.height,
            "objects": log.objects().collect().height,
            "relations": log.e2o().collect().height,
            "belongings": log.o2o().collect().height,
            "nulls": sum(events.null_count().row(0)),
            "times": times(events, "ocel_time"),
        }


def times(rows: polars.DataFrame, column: str) -> dict[int, str]:
    return {position: time.isoformat() for position, time in rows.select("position", column).iter_rows()}


main()
