"""Registers of the areas that are shipped: an area in its world, short words for its entries, its schemas."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from support.plugging import plugged
from support.world import World

from cchc_flow import commands, resources
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.hookspecs import Badge, Measure, Section, Workflow
from cchc_flow.plugin_host import loading
from cchc_flow.projections.cards import items
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import Field, problems
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.register_step import kept


class AreaWorld(World):
    """A commune whose plan has one area of the seven, and nothing but that area's plugin."""

    def __init__(self, data: Path, area: str, title: str) -> None:
        self.area = area
        super().__init__(data, plugins=plugged(**{area: loading.load_manager().get_plugin(area)}))
        self.settle(area=title)

    def write(self, kind: str, title: str, actor: str = "hoa", **fields: Any) -> Item:
        """Open an entry of a register."""
        given = {"title": title, "lead": "phong-kinh-te"} | fields
        return commands.open_entry(self.ws, kind, given, self.order(actor)).item

    def entry(self, item_id: str) -> Item:
        """Return an entry as it is now."""
        return items.item(self.ws.read(), item_id)

    def ask(self, hook: str, **given: Any) -> Any:
        """Return what the area answers to a hook that draws."""
        facts = commands.asking.AskedFacts(self.ws, self.area)
        (answer,) = self.ws.plugins.call(hook, facts=facts, **given)
        assert not answer.fault
        return answer.value

    def measure(self, key: str) -> Measure:
        """Return one measure of the area."""
        return next(one for one in self.ask("measures") if one.key == key)

    def badges(self, item_id: str) -> list[Badge]:
        """Return the area's marks of an item."""
        found: list[Badge] = self.ask("badges", item=self.entry(item_id))
        return found

    def told(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the schema's name and the fields of every event that a register's entry has made."""
        kinds: dict[str, str] = {}
        for event in self.ws.log.read_events():
            if event.type.startswith("item.opened/"):
                kinds[event.stream] = f"{event.data['kind']}/{event.data['workflow']}"
            if step := _step(event):
                yield f"{kinds[event.stream]}/{step}", event.data["fields"]


def _step(event: RecordedEvent) -> str | None:
    if event.type.startswith("item.opened/"):
        return "open"
    return event.data["step"] if event.type == "item.advanced/1" else None


def go_to(world: AreaWorld, day: str) -> None:
    """Let time pass until a day."""
    world.wait(days=(date.fromisoformat(day) - world.time.date()).days)


def section(world: AreaWorld, period: str) -> Section:
    """Return what the area tells in the report of a period."""
    found: Section = world.ask("report_section", period=periods.parse(period))
    return found


def schemas(area: str) -> dict[str, Any]:
    """Return the schemas of an area's fields by kind, version and step."""
    folder = resources.folder("plugins") / area / "events"
    files = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return {name: entry for file in files for name, entry in file["$defs"].items()}


def expected(workflow: Workflow) -> dict[str, tuple[Field, ...]]:
    """Return the names of the schemas that a register needs, each with the fields it describes."""
    prefix = f"{workflow.kind}/{workflow.version}"
    steps = {f"{prefix}/{step.name}": step.fields for step in workflow.transitions}
    return {f"{prefix}/open": workflow.asks} | steps


def refuse_unsound(area: str, registers: list[Workflow]) -> None:
    """Assert that an area's definitions are sound and that its schemas are those of their fields, closed."""
    assert [problems(one) for one in registers] == [[]] * len(registers)
    wanted = {name: fields for one in registers for name, fields in expected(one).items()}
    known = schemas(area)
    assert set(known) == set(wanted)
    for name, fields in wanted.items():
        _refuse_unfit(known[name], fields)


def _refuse_unfit(schema: dict[str, Any], fields: tuple[Field, ...]) -> None:
    Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]) == {one.name for one in fields}
    assert schema["required"] == [one.name for one in fields if one.kind not in ("text", "files")]
    assert schema["additionalProperties"] is False
    assert schema["description"] and all(one["description"] for one in schema["properties"].values())
    empty = kept("step", {one.name: () if one.kind == "files" else None for one in fields})["fields"]
    optional = {one.name for one in fields if not one.required}
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)
        Draft202012Validator(schema).validate(empty | example)
        Draft202012Validator(schema).validate(example | dict.fromkeys(optional))
    for one in (field for field in fields if field.kind != "period"):
        choices = schema["properties"][one.name].get("enum", [])
        assert [choice for choice in choices if choice] == [name for name, _ in one.choices]
