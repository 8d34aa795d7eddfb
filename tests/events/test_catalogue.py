"""`events/` is the contract: nothing released changes, and the newest shape is that of the classes."""

import re

import jsonschema
import msgspec
import pytest

from cchc_flow import resources
from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput
from cchc_flow.eventlog import catalogue
from cchc_flow.eventlog.codec import canonical_json
from cchc_flow.eventlog.port import JsonObject
from cchc_flow.workflow.events import CLASSES

NAME = re.compile(r"[a-z_]+\.[a-z_]+/[1-9][0-9]*")
SHAPE = ("type", "properties", "required", "additionalProperties", "items", "anyOf", "$ref")
ENTRIES = sorted(catalogue.event_schemas())


def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what checks the data of one event version."""
    family = catalogue.load_families()[name.split(".")[0]]
    pointer = f"#/$defs/{name.replace('/', '~1')}"
    return jsonschema.Draft202012Validator(
        {**family, "$ref": pointer}, format_checker=jsonschema.FormatChecker()
    )


def objects(schema: object) -> list[JsonObject]:
    """Return every schema of an object with named properties, at any depth."""
    if isinstance(schema, list):
        return [found for one in schema for found in objects(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" and "properties" in schema else []
    return own + [found for key, one in schema.items() if key != "examples" for found in objects(one)]


def shape(schema: object) -> object:
    """Return what of a schema a class can know: names, types and null, not ranges, formats and words."""
    if not isinstance(schema, dict):
        return schema
    kept = {key: schema[key] for key in SHAPE if key in schema}
    for key in ("items", "additionalProperties"):
        kept |= {key: shape(kept[key])} if key in kept else {}
    if "properties" in kept:
        kept["properties"] = {name: shape(one) for name, one in kept["properties"].items()}
        kept["required"] = list(kept["required"])
    return _with_null(kept)


def _with_null(kept: JsonObject) -> JsonObject:
    """Write "or null" as the schemas do: in the type, or beside a reference."""
    one = [shape(option) for option in kept.get("anyOf", []) if option != {"type": "null"}]
    if len(one) != 1 or not isinstance(one[0], dict):
        return kept
    if "type" in one[0]:
        return {**one[0], "type": [one[0]["type"], "null"]}
    return {"anyOf": [*one, {"type": "null"}]}


def of_class(name: str) -> dict[str, object]:
    """Return the shapes of the newest class and of all classes in it, by name."""
    cls = CLASSES[name]
    _, parts = msgspec.json.schema_components(
        [cls], ref_template="#/$defs/{name}", schema_hook=lambda _: {"title": "any"}
    )
    return {name if part == cls.__name__ else part: shape(schema) for part, schema in parts.items()}


def test_the_newest_version_of_every_event_has_a_class_and_nothing_else_has() -> None:
    newest: dict[str, int] = {}
    for name in catalogue.event_names():
        fact, version = name.split("/")
        newest[fact] = max(newest.get(fact, 0), int(version))
    assert {f"{fact}/{version}" for fact, version in newest.items()} == set(CLASSES)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_the_class_has_the_shape_of_its_schema(name: str) -> None:
    defs = catalogue.load_families()[name.split(".")[0]]["$defs"]
    for part, due in of_class(name).items():
        assert _open_objects(shape(defs[part])) == _open_objects(due), part


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_example_reads_into_its_class_and_writes_the_same_bytes(name: str) -> None:
    for example in catalogue.event_schemas()[name]["examples"]:
        data = decode(canonical_json(example), CLASSES[name])
        assert canonical_json(msgspec.to_builtins(data)) == canonical_json(example)


@pytest.mark.parametrize("name", ENTRIES)
def test_every_version_has_examples_that_its_schema_accepts(name: str) -> None:
    examples = catalogue.event_schemas()[name]["examples"]
    assert examples and all(validator(name).is_valid(example) for example in examples)


@pytest.mark.parametrize("name", ENTRIES)
def test_no_key_may_be_left_out_and_none_added(name: str) -> None:
    check = validator(name)
    for example in catalogue.event_schemas()[name]["examples"]:
        assert not check.is_valid({**example, "them": "x"})
        for key in example:
            assert not check.is_valid({other: example[other] for other in example if other != key}), key


@pytest.mark.parametrize("family", sorted(catalogue.load_families()))
def test_a_family_is_a_valid_schema_of_closed_objects(family: str) -> None:
    schema = catalogue.load_families()[family]
    jsonschema.Draft202012Validator.check_schema(schema)
    for found in objects(schema):
        assert found["required"] == list(found["properties"]) and found["additionalProperties"] is False
        assert found["description"]


@pytest.mark.parametrize("name", ENTRIES)
def test_a_name_tells_family_fact_and_version(name: str) -> None:
    assert NAME.fullmatch(name) and name in catalogue.load_families()[name.split(".")[0]]["$defs"]


def test_no_released_entry_was_edited_or_removed() -> None:
    now = {name: catalogue.schema_digest(name) for name in catalogue.event_schemas()}
    assert {name: now.get(name) for name in catalogue.released_digests()} == catalogue.released_digests()


def test_every_entry_is_released() -> None:
    assert set(catalogue.released_digests()) == catalogue.event_names()


def test_an_edited_entry_is_not_released_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "released_digests", lambda: {"item.closed/1": "0" * 64})
    with pytest.raises(BadInput, match=r"item\.closed/1"):
        catalogue.release_new_versions(resources.folder("events"))


def test_the_digest_of_an_entry_covers_what_it_refers_to(monkeypatch: pytest.MonkeyPatch) -> None:
    before, families = (
        catalogue.schema_digest("item.commented/1"),
        decode(canonical_json(catalogue.load_families()), dict[str, JsonObject]),
    )
    families["item"]["$defs"]["Content"]["description"] = "khác"
    monkeypatch.setattr(catalogue, "load_families", lambda: families)
    assert catalogue.schema_digest("item.commented/1") != before


def test_the_readme_is_that_of_the_catalogue() -> None:
    readme = (resources.folder("events") / "README.md").read_text("utf-8")
    assert readme == catalogue.catalogue_as_markdown()


def test_the_readme_tells_every_event_and_key() -> None:
    text = catalogue.catalogue_as_markdown()
    for name, entry in catalogue.event_schemas().items():
        assert f"### {name}\n" in text
        assert all(f"- `{key}" in text for key in entry["properties"])


def _open_objects(found: object) -> object:
    """Forget what an object without named properties may hold: a class cannot say it."""
    if not isinstance(found, dict):
        return found
    if found.get("type") == "object" and "properties" not in found:
        values = found.get("additionalProperties")
        known = isinstance(values, dict) and "type" in values
        return {"type": "object", "values": values if known else None}
    return {key: _open_objects(one) for key, one in found.items()}
