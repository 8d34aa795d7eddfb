"""Every event version ever released, as `events/*.json` keeps it: readable without our classes."""

import json
from functools import cache

from .. import resources
from .port import JsonObject


@cache
def families() -> dict[str, JsonObject]:
    """Return the schema of each family of events by its name ("item"), in the order of the names."""
    files = sorted(path for path in resources.folder("events").glob("*.json") if path.stem != RELEASED)
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files}


RELEASED = "released"


def entries() -> dict[str, JsonObject]:
    """Return the schema of each event's data by its stored name ("item.closed/1")."""
    return {
        name: entry
        for family in families().values()
        for name, entry in family["$defs"].items()
        if "/" in name
    }


def names() -> frozenset[str]:
    """Return the stored names of all events."""
    return frozenset(entries())
