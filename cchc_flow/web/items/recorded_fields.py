"""What an item keeps in its own fields, as its page shows it: each under the title its definition gives."""

from collections.abc import Iterable, Mapping

from flask import g

from cchc_flow.audit.field_values import OPEN, FieldValue, field_value, form_fields
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.item import Item


def recorded_fields(item: Item, workflow: Workflow, names: Mapping[str, str]) -> list[FieldValue]:
    """Return the own fields of an item that have a value, in the order in which they are asked for."""
    db = g.ws.read()
    asked = {one.name: one for one in _definition_fields(item, workflow)}
    order = [*asked, *(name for name in item.fields if name not in asked)]
    return [
        field_value(db, asked.get(name, Field(name, "line", name)), value, names)
        for name in order
        if (value := item.fields.get(name))
    ]


def _definition_fields(item: Item, workflow: Workflow) -> Iterable[Field]:
    """Return every field that the item's definition, or a plugin besides, may have asked for."""
    if not item.fields:
        return
    db = g.ws.read()
    for step in (OPEN, *(one.name for one in workflow.transitions)):
        yield from form_fields(g.ws, db, item, workflow, step)
