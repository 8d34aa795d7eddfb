"""The registers of institutional reform are sound, and what they keep is what their schemas say."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from support import lawmaking
from support.lawmaking import AREA, CONCLUDED, PUBLISHED, document, monitoring, walk
from support.registers import AreaCommune

from cchc_flow import resources
from cchc_flow.plugins import institutional_reform
from cchc_flow.workflow.definition import Field, Workflow, problems

REGISTERS = {one.kind: one for one in institutional_reform.workflows()}

commune = lawmaking.commune


@pytest.mark.parametrize("workflow", REGISTERS.values(), ids=lambda one: one.kind)
def test_the_registers_are_sound(workflow: Workflow) -> None:
    assert problems(workflow) == []


def test_no_figure_is_without_a_source_and_every_rule_has_words() -> None:
    assert all(one.source for one in institutional_reform.figures())
    told = {one.key for one in institutional_reform.rules()}
    assert told == {
        *("forms", "order", "future", "communicated", "unfit", "adopted", "effect", "publication"),
        *("number", "handling", "published", "monitored"),
    }


def schemas(kind: str) -> dict[str, Any]:
    path = resources.folder("plugins") / AREA / "events" / f"{kind}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["$defs"]
    return found


def asked(workflow: Workflow) -> Iterator[tuple[str, Any]]:
    yield "open", workflow.asks
    yield from ((step.name, step.fields) for step in workflow.transitions)


@pytest.mark.parametrize("workflow", REGISTERS.values(), ids=lambda one: one.kind)
def test_the_schemas_have_the_fields_of_the_definitions(workflow: Workflow) -> None:
    known = {
        name: schema
        for name, schema in schemas(workflow.kind).items()
        if name.startswith(f"{workflow.kind}/{workflow.version}/")  # those of older versions stay beside it
    }
    assert set(known) == {f"{workflow.kind}/{workflow.version}/{step}" for step, _ in asked(workflow)}
    for step, fields in asked(workflow):
        schema = known[f"{workflow.kind}/{workflow.version}/{step}"]
        in_the_vault = [one.name for one in fields if one.kind in ("text", "files")]
        assert list(schema["properties"]) == [one.name for one in fields]
        assert schema["required"] == [one.name for one in fields if one.name not in in_the_vault]
        assert schema["additionalProperties"] is False
        for one in fields:
            refuse_unfit(schema["properties"][one.name], one)


def refuse_unfit(told: dict[str, Any], field: Field) -> None:
    assert told["description"]
    if field.kind in ("text", "files"):
        assert told["type"] == "null"
    elif field.choices:
        empty = [] if field.required else [None]
        assert told["enum"] == [*(value for value, _ in field.choices), *empty]
    else:
        assert told["type"] == ("string" if field.required else ["string", "null"])
    assert (told.get("format") == "date") == (field.kind == "day")


@pytest.mark.parametrize("kind", REGISTERS)
def test_the_examples_of_the_schemas_are_valid(kind: str) -> None:
    for schema in schemas(kind).values():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["examples"]
        for example in schema["examples"]:
            jsonschema.validate(example, schema)


def test_what_is_stored_is_as_the_schemas_say(commune: AreaCommune) -> None:
    entries = [
        walk(commune, document(commune, task=commune.task(AREA)), "handle", outcome="unlawful"),
        monitoring(commune),
    ]
    commune.take("officer", "correct", entries[0], effective_on="2026-03-14", reason="Ghi nhầm.", **PUBLISHED)
    commune.take("officer", "conclude", entries[1], **CONCLUDED)
    dropped = walk(commune, document(commune), "post")
    commune.take("officer", "revise", dropped, reason="Sai.")
    commune.take("coordinator", "drop", dropped, decision="1/TB", reason="Thôi.")
    for entry in (*entries, dropped):
        kind = commune.then(entry).kind
        for event in commune.ws.log.stream(f"item-{entry}"):
            version = REGISTERS[kind].version
            schema = schemas(kind)[f"{kind}/{version}/{event.data.get('step', 'open')}"]
            jsonschema.validate(event.data["fields"], schema)
