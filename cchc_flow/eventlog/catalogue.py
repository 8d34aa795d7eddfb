"""The JSON Schemas of every event version ever released, in `events/*.json`: stored events need no classes.

`python -m cchc_flow.eventlog.catalogue` releases new versions and generates `events/README.md`.
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
    """Return the schema file of each family of events by its name ("item"), sorted by name."""
    files = sorted(path for path in _folder().glob("*.json") if path.name != RELEASED)
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files}


def event_schemas() -> dict[str, JsonObject]:
    """Return the JSON Schema of each event's data by its stored name ("item.closed/1")."""
    return {
        name: entry
        for family in load_families().values()
        for name, entry in family["$defs"].items()
        if "/" in name
    }


@cache
def event_names() -> frozenset[str]:
    """Return the stored names of all event versions."""
    return frozenset(event_schemas())


def schema_digest(name: str) -> str:
    """Return the hex SHA-256 of an event's schema and all definitions that it refers to."""
    defs = load_families()[name.split(".")[0]]["$defs"]
    return sha256(canonical_json({key: defs[key] for key in _reachable(name, defs)})).hexdigest()


def released_digests() -> dict[str, str]:
    """Return the schema digest of every released event version, by its stored name."""
    path = _folder() / RELEASED
    digests: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return digests


def release_new_versions(folder: Path) -> None:
    """Record the digests of new event versions and write the README, both to `folder`.

    Raise BadInput when a released version was edited or removed.
    """
    before, now = released_digests(), {name: schema_digest(name) for name in event_schemas()}
    edited = sorted(name for name, value in before.items() if now.get(name) != value)
    if edited:
        raise BadInput(f"Đã sửa hoặc bỏ {', '.join(edited)}.", "Hãy trả lại như cũ và thêm phiên bản mới.")
    text = json.dumps(now, indent=2, sort_keys=True) + "\n"
    (folder / RELEASED).write_text(text, "utf-8")
    (folder / README).write_text(catalogue_as_markdown(), "utf-8")


def catalogue_as_markdown() -> str:
    """Return the whole catalogue as a Markdown page for readers."""
    return "\n".join([*HEAD, *(line for family in load_families() for line in _family_lines(family))])


HEAD = (
    "# Events",
    "",
    "What the log may hold, by stored name, with an example of each. Generated from the schemas beside this",
    "file; a released entry is never edited, a change is a new version (`released.json` has their digests).",
    "`name?` may be null; every key is always present.",
)


def _family_lines(name: str) -> Iterator[str]:
    """Yield the Markdown lines of one family: its events, then its shared definitions."""
    defs = load_families()[name]["$defs"]
    yield from ("", f"## {name}")
    for stored, entry in defs.items():
        if "/" in stored:
            yield from ("", f"### {stored}", "", entry["description"], "")
            yield from (_property_line(key, schema) for key, schema in entry["properties"].items())
            yield from ("", "```json", json.dumps(entry["examples"][0], ensure_ascii=False, indent=1), "```")
    for definition, entry in defs.items():
        if "/" not in definition:
            yield from ("", f"### {name}: {definition}", "", entry["description"], "")
            yield from (_property_line(key, schema) for key, schema in entry["properties"].items())


def _property_line(key: str, schema: JsonObject) -> str:
    """Return the Markdown line of one property: its name, type and description."""
    kind, may_be_null = _kind(schema)
    description = f": {schema['description']}" if "description" in schema else ""
    return f"- `{key}{'?' if may_be_null else ''}` {kind}{description}"


def _kind(schema: JsonObject) -> tuple[str, bool]:
    """Return the type of a value in a word or two ("list of text"), and whether it may be null."""
    if "anyOf" in schema:
        kinds = [_kind(option)[0] for option in schema["anyOf"] if option != {"type": "null"}]
        return " or ".join(kinds), {"type": "null"} in schema["anyOf"]
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1], False
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = " or ".join(name for name in types if name != "null")
    items = f" of {_kind(schema['items'])[0]}" if "items" in schema else ""
    return f"{_allowed_values(schema) or kind}{items}", "null" in types


def _allowed_values(schema: JsonObject) -> str:
    """Return the choices, the range or the format of a value; empty when its type says all."""
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if schema.get("format") == "date":
        return "day"
    if "maximum" in schema:
        return f"{schema['minimum']}…{schema['maximum']}"
    return ""


def _reachable(name: str, defs: JsonObject) -> set[str]:
    """Return the name of a definition and of all definitions that it refers to, directly or not."""
    reached, pending = set[str](), [name]
    while pending:
        current = pending.pop()
        if current not in reached:
            reached.add(current)
            pending += _references(defs[current])
    return reached


def _references(schema: object) -> Iterator[str]:
    """Yield the names of the definitions that a schema refers to, examples left out."""
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
