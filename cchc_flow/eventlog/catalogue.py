"""Every event version ever released, as `events/*.json` keeps it: readable without our classes.

`python -m cchc_flow.eventlog.catalogue` releases what is new and writes `events/README.md` again.
"""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from cchc_flow import resources
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.codec import canonical_json
from cchc_flow.eventlog.port import JsonObject

RELEASED = "released.json"
README = "README.md"


@cache
def load_families() -> dict[str, JsonObject]:
    """Return the schema of each family of events by its name ("item"), in the order of the names."""
    files = sorted(path for path in _folder().glob("*.json") if path.name != RELEASED)
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files}


def event_schemas() -> dict[str, JsonObject]:
    """Return the schema of each event's data by its stored name ("item.closed/1")."""
    return {
        name: entry
        for family in load_families().values()
        for name, entry in family["$defs"].items()
        if "/" in name
    }


@cache
def event_names() -> frozenset[str]:
    """Return the stored names of all events."""
    return frozenset(event_schemas())


def schema_digest(name: str) -> str:
    """Return hex SHA-256 of the canonical bytes of an entry and of all that it refers to."""
    defs = load_families()[name.split(".")[0]]["$defs"]
    return sha256(canonical_json({used: defs[used] for used in _used(name, defs)})).hexdigest()


def released_digests() -> dict[str, str]:
    """Return the digest of every entry that was released, by its stored name."""
    path = _folder() / RELEASED
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def release_new_versions(folder: Path) -> None:
    """Add the new entries to the released ones and write the README; raise BadInput when one was edited."""
    before, now = released_digests(), {name: schema_digest(name) for name in event_schemas()}
    edited = sorted(name for name, value in before.items() if now.get(name) != value)
    if edited:
        raise BadInput(f"Đã sửa hoặc bỏ {', '.join(edited)}.", "Hãy trả lại như cũ và thêm phiên bản mới.")
    text = json.dumps(now, indent=2, sort_keys=True) + "\n"
    (folder / RELEASED).write_text(text, "utf-8")
    (folder / README).write_text(catalogue_as_markdown(), "utf-8")


def catalogue_as_markdown() -> str:
    """Return the whole catalogue for people, in Markdown."""
    return "\n".join([*HEAD, *(line for family in load_families() for line in _family(family))])


HEAD = (
    "# Events",
    "",
    "What the log may hold, by stored name, with an example of each. Generated from the schemas beside this",
    "file; a released entry is never edited, a change is a new version (`released.json` has their digests).",
    "`name?` may be null; every key is always present.",
)


def _family(name: str) -> Iterator[str]:
    defs = load_families()[name]["$defs"]
    yield from ("", f"## {name}")
    for stored, entry in defs.items():
        if "/" in stored:
            yield from ("", f"### {stored}", "", entry["description"], "")
            yield from (_property(key, schema) for key, schema in entry["properties"].items())
            yield from ("", "```json", json.dumps(entry["examples"][0], ensure_ascii=False, indent=1), "```")
    for shared, entry in defs.items():
        if "/" not in shared:
            yield from ("", f"### {name}: {shared}", "", entry["description"], "")
            yield from (_property(key, schema) for key, schema in entry["properties"].items())


def _property(key: str, schema: JsonObject) -> str:
    kind, may_be_null = _kind(schema)
    told = f": {schema['description']}" if "description" in schema else ""
    return f"- `{key}{'?' if may_be_null else ''}` {kind}{told}"


def _kind(schema: JsonObject) -> tuple[str, bool]:
    """Return what a value is, in a word or two, and whether it may be null."""
    if "anyOf" in schema:
        kinds = [_kind(one)[0] for one in schema["anyOf"] if one != {"type": "null"}]
        return " or ".join(kinds), {"type": "null"} in schema["anyOf"]
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1], False
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = " or ".join(one for one in types if one != "null")
    of = f" of {_kind(schema['items'])[0]}" if "items" in schema else ""
    return f"{_range(schema) or kind}{of}", "null" in types


def _range(schema: JsonObject) -> str:
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if schema.get("format") == "date":
        return "day"
    if "maximum" in schema:
        return f"{schema['minimum']}…{schema['maximum']}"
    return ""


def _used(name: str, defs: JsonObject) -> set[str]:
    """Return the names of an entry and of all entries that it refers to, directly or not."""
    used, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current not in used:
            used.add(current)
            waiting += _references(defs[current])
    return used


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].removeprefix("#/$defs/").replace("~1", "/")
        for key, value in schema.items():
            if key != "examples":
                yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _folder() -> Path:
    return resources.folder("events")


if __name__ == "__main__":
    release_new_versions(_folder())
