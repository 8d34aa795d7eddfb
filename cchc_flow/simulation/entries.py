"""Entries of registers from sample data, in which units, tasks and entries are given by name."""

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.commands.registers import entry_fields
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.plugin_host.rule_checks import OVERRIDE
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workspace import Workspace


def write_entry(ws: Workspace, register: str, data: JsonObject, order: Order) -> None:
    """Open an entry of a register with sample data."""
    db = ws.read()
    fields = entry_fields(ws, workflows.newest_workflow(db, register))
    commands.open_entry(ws, register, fill_form(db, fields, data), order)


def advance_entry(ws: Workspace, entry: tuple[str, str], step: str, data: JsonObject, order: Order) -> None:
    """Take a step with sample data on an entry, given as (register, title)."""
    db = ws.read()
    item = items.item(db, find_entry(db, entry[1], (entry[0],)))
    fields = workflows.workflow(db, item.kind, item.workflow).transition(step).fields
    commands.take_step(ws, item.id, TakeStep(step, fill_form(db, fields, data)), order)


def find_entry(db: Database, title: str, registers: Iterable[str]) -> str:
    """Return the id of the first entry with a title in some registers; raise NotFound if there is none."""
    for register in registers:
        for item in items.items_of_kind(db, register):
            if item.title == title:
                return item.id
    raise NotFound(f"Không có mục «{title}» trong sổ.")


def fill_form(db: Database, fields: Iterable[Field], data: JsonObject) -> JsonObject:
    """Return the data of a sample as a form would give them; raise BadInput for an unknown field."""
    by_name = {field.name: field for field in (*fields, OVERRIDE)}
    if unknown := sorted(data.keys() - by_name.keys()):
        raise BadInput(f"Không có trường «{unknown[0]}».")
    return {name: _form_value(db, by_name[name], value) for name, value in data.items()}


def _form_value(db: Database, field: Field, value: Any) -> Any:
    """Return what a form would send for a field: ids for names, uploads for names of files."""
    match field.kind:
        case "unit":
            return _unit_id(db, value)
        case "person":
            return _person_id(db, value)
        case "units":
            return [_unit_id(db, name) for name in _as_list(value)]
        case "task":
            return f"{plans.plans(db)[0].id}-{value}"
        case "entry":
            return find_entry(db, value, dict(field.choices))
        case "files":
            return [Upload(name, f"{name}\n".encode(), "text/plain") for name in _as_list(value)]
        case _:
            return value


def _as_list(value: Any) -> list[str]:
    return [str(element) for element in value] if isinstance(value, list) else [str(value)]


def _person_id(db: Database, name: Any) -> str:
    person = next((person for person in directory.people(db) if person.name == name), None)
    if person is None:
        raise NotFound(f"Không có người «{name}».")
    return person.id


def _unit_id(db: Database, name: Any) -> str:
    unit = commands.find_unit_by_name(str(name), directory.units(db))
    if unit is None:
        raise NotFound(f"Không có đơn vị «{name}».")
    return unit.id
