"""The registers of the area of direction are sound, and what they keep is what their schemas say."""

import json
from typing import Any

import jsonschema
import pytest
from support import directing
from support.directing import KINH_TE, Y_TE, DirectionCommune
from support.world import RESULT

from cchc_flow import resources
from cchc_flow.plugin_host import loading
from cchc_flow.workflow.definition import Workflow, problems

commune = directing.commune

REGISTERS: list[Workflow] = next(loading.load_plugins().call("workflows", {"direction"})).value
SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (resources.folder("plugins") / "direction/events").glob("*.json")
}
ENTRIES = [
    (workflow, name, fields)
    for workflow in REGISTERS
    for name, fields in [
        ("open", workflow.asks),
        *((step.name, step.fields) for step in workflow.transitions if step.event == "item.advanced/1"),
    ]
]
EVENTS = {"item.opened", "item.advanced"}


@pytest.mark.parametrize("workflow", REGISTERS, ids=lambda workflow: workflow.kind)
def test_every_register_is_sound(workflow: Workflow) -> None:
    assert problems(workflow) == [] and workflow.openers and workflow.short


def test_every_rule_is_told_once_and_every_figure_has_its_source() -> None:
    known = loading.load_plugins()
    keys = [rule.key for rule in next(known.call("rules", {"direction"})).value]
    figures = next(known.call("figures", {"direction"})).value
    assert len(keys) == len(set(keys)) and all(figure.source for figure in figures)
    assert len({figure.key for figure in figures}) == len(figures)


def entry(kind: str, step: str) -> jsonschema.Draft202012Validator:
    """Return what checks the fields that a step of a register keeps."""
    schema = SCHEMAS[kind] | {"$ref": f"#/$defs/{kind}~11~1{step}"}
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(
    ("workflow", "step", "fields"), ENTRIES, ids=lambda value: getattr(value, "kind", "")
)
def test_every_schema_has_the_fields_of_its_step(workflow: Workflow, step: str, fields: Any) -> None:
    schema = SCHEMAS[workflow.kind]["$defs"][f"{workflow.kind}/{workflow.version}/{step}"]
    assert list(schema["properties"]) == [field.name for field in fields]
    assert not schema["additionalProperties"] and schema["examples"]
    for example in schema["examples"]:
        entry(workflow.kind, step).validate(example)


def test_no_schema_is_of_a_step_that_there_is_not() -> None:
    names = {f"{workflow.kind}/{workflow.version}/{step}" for workflow, step, _ in ENTRIES}
    assert {name for schema in SCHEMAS.values() for name in schema["$defs"]} == names


def test_what_is_kept_is_what_the_schemas_say(commune: DirectionCommune) -> None:
    kinds = everything(commune)
    checked = set()
    for event in commune.ws.log.read_events():
        kind = kinds.get(event.stream.removeprefix("item-"))
        if kind and event.type.partition("/")[0] in EVENTS:
            step = event.data.get("step", "open")
            entry(kind, step).validate(event.data["fields"])
            checked.add((kind, step))
    assert checked == {(workflow.kind, step) for workflow, step, _ in ENTRIES} - {
        (kind, "cancel") for kind in ("dialogue", "inspection", "office_figures")
    }


def everything(commune: DirectionCommune) -> dict[str, str]:
    """Take (nearly) every step of every register; return the kind of each entry."""
    commune.recognise(KINH_TE)
    commune.do(commune.initiative(Y_TE), "turn_down", decided_on="2026-03-02", reason="Trùng.")
    dialogue = commune.dialogue(petitions=1)
    commune.do(dialogue, "recount", petitions=2, reason="Thiếu.")
    first, second = commune.petitions()
    commune.do(first, "describe", content="Đường ngập.")
    commune.do(first, "handle", handled_on="2026-03-02", result="settled", note="Đã sửa đường.")
    commune.do(second, "drop", reason="Trùng.")
    commune.do(dialogue, "close", notice="31/TB-UBND", noticed_on="2026-03-02")
    held = commune.do(commune.inspection(Y_TE), "hold", held_on="2026-03-02", minutes=RESULT["evidence"])
    commune.do(held, "conclude", conclusion="1/KL", concluded_on="2026-03-02", findings=0)
    figures = commune.figures(KINH_TE, "2026-02", 1, 2, 3, 4)
    counts = {"documents": 1, "documents_before": 1, "meetings": 1, "meetings_before": 1}
    commune.do(figures, "correct", counted_to="2026-03-02", reason="Nhầm.", **counts)
    commune.reading("par", "88", rank=1, rank_before=2)
    dropped = commune.open("sipas_reading", period="2026", subject="sipas")
    commune.do(dropped, "cancel", reason="Không khảo sát.")
    return {item.id: item.kind for workflow in REGISTERS for item in commune.entries(workflow.kind)}
