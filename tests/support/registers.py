"""One of the shipped areas in a commune of `cchc_flow.testing`, and what its registers' schemas must be."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cchc_flow import commands, resources
from cchc_flow.documents.wording import plain_words
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.hookspecs import Paragraph, Report, Section, Workflow
from cchc_flow.plugin_host import loading
from cchc_flow.testing import Commune, login
from cchc_flow.web.areas.report_text import cell_words
from cchc_flow.workflow import periods
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.definition import Field, problems
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.register_step import advanced_data
from cchc_flow.workspace import Workspace


class AreaCommune(Commune):
    """A commune with the plugin of one area: short words for what its people do and the area answers."""

    def __init__(self, folder: Path, area: str) -> None:
        super().__init__(folder, **{area: loading.load_manager().get_plugin(area)})
        self.area = area

    def write(self, kind: str, title: str, by: str = "coordinator", **fields: Any) -> Item:
        """Open an entry of a register."""
        return self.then(self.entry(kind, by, title=title, **fields))

    def take(self, by: str, step: str, item_id: str, **data: Any) -> Item:
        """Take a step with this data and no other, and return the item; what refuses it is raised."""
        return commands.take_step(self.ws, item_id, TakeStep(step, data), self.order(login(by))).item

    def submitted_task(self, area: str = "") -> str:
        """Return a task whose result is submitted."""
        task = self.task(area)
        self.given(task, "assign", "start", "submit")
        return task

    def ask(self, hook: str, **values: Any) -> Any:
        """Return what the area answers to a hook that draws."""
        (answer,) = self.plugins.call(hook, facts=self.facts(self.area), **values)
        assert not answer.fault
        return answer.value

    def badges(self, item_id: str) -> list[str]:
        """Return the words of the area's badges of an item."""
        return [words for _, words in self.badges_with_kinds(item_id)]

    def badges_with_kinds(self, item_id: str) -> list[tuple[str, str]]:
        """Return the kind and the words of each of the area's badges of an item."""
        return [(badge.kind, badge.words) for badge in self.ask("badges", item=self.then(item_id))]

    def section(self, period: str) -> Section:
        """Return the area's section in the report of a period as plain words."""
        return plain_section(self.report(period))

    def report(self, period: str) -> Report:
        """Return the area's section in the report of a period."""
        report: Report = self.ask("report_section", period=periods.parse(period))
        return report


def plain_section(report: Report) -> Section:
    """Return what a section says without what its numbers name; of tables it may have one."""
    paragraphs = tuple(plain_words(block.text) for block in report.blocks if isinstance(block, Paragraph))
    tables = list(report.tables())
    assert len(tables) <= 1
    columns = tuple(column for table in tables for column in table.columns)
    rows = (
        tuple(cell_words(cell, column.kind) for cell, column in zip(row, columns, strict=True))
        for table in tables
        for row in table.rows
    )
    return Section(report.title, paragraphs, tuple(column.title for column in columns), tuple(rows))


def communes_of(area: str) -> Any:
    """Return a fixture that gives each test a commune of its own with the plugin of one area."""

    @pytest.fixture
    def commune(tmp_path: Path) -> Iterator[AreaCommune]:
        commune = AreaCommune(tmp_path, area)
        yield commune
        commune.ws.close()

    return commune


def kept_fields(ws: Workspace) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield, for every event of a register's entry, the name of its schema and the fields that it keeps."""
    kinds: dict[str, str] = {}
    for event in ws.log.read_events():
        if event.type.startswith("item.opened/"):
            kinds[event.stream] = f"{event.data['kind']}/{event.data['workflow']}"
        if step := _step(event):
            yield f"{kinds[event.stream]}/{step}", event.data["fields"]


def refuse_unfit_log(area: str, ws: Workspace) -> None:
    """Assert that a log has an event for each schema of an area, and that each fits its schema.

    Schemas of older versions stay for older entries: a new log has none of those.
    """
    known, seen = schemas(area), set()
    for name, fields in kept_fields(ws):
        if name in known:
            Draft202012Validator(known[name]).validate(fields)
            seen.add(name)
    newest = dict(sorted(versions(known)))
    assert seen == {name for name in known if newest[_kind(name)] == _version(name)}


def _step(event: RecordedEvent) -> str | None:
    if event.type.startswith("item.opened/"):
        return "open"
    return event.data["step"] if event.type == "item.advanced/1" else None


def versions(known: Iterable[str]) -> set[tuple[str, int]]:
    """Return the kinds and versions that the names of schemas speak of."""
    return {(_kind(name), _version(name)) for name in known}


def _kind(name: str) -> str:
    return name.split("/")[0]


def _version(name: str) -> int:
    return int(name.split("/")[1])


def go_to(commune: Commune, day: str) -> None:
    """Let time pass until a day."""
    commune.wait(days=(date.fromisoformat(day) - commune.time.date()).days)


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
    """Assert that an area's definitions are sound and that its schemas are those of their fields, closed.

    Beside them stand those of every older version of a definition, and no others.
    """
    assert [problems(one) for one in registers] == [[]] * len(registers)
    wanted = {name: fields for one in registers for name, fields in expected(one).items()}
    known = schemas(area)
    newest = {one.kind: one.version for one in registers}
    assert {name for name in known if _version(name) == newest[_kind(name)]} == set(wanted)
    assert versions(known) == {(kind, older) for kind in newest for older in range(1, newest[kind] + 1)}
    for name, fields in wanted.items():
        _refuse_unfit(known[name], fields)


def _refuse_unfit(schema: dict[str, Any], fields: tuple[Field, ...]) -> None:
    Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]) == {one.name for one in fields}
    assert schema["required"] == [one.name for one in fields if one.kind not in ("text", "files")]
    assert schema["additionalProperties"] is False
    assert schema["description"] and all(one["description"] for one in schema["properties"].values())
    empty = advanced_data("step", {one.name: () if one.kind == "files" else None for one in fields})["fields"]
    optional = {one.name for one in fields if not one.required}
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)
        Draft202012Validator(schema).validate(empty | example)
        Draft202012Validator(schema).validate(example | dict.fromkeys(optional))
    for one in (field for field in fields if field.kind != "period"):
        choices = schema["properties"][one.name].get("enum", [])
        assert [choice for choice in choices if choice] == [name for name, _ in one.choices]
