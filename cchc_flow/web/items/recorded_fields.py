"""An item's own fields as its page shows them, each under the title that the definition gives it."""

from collections.abc import Iterable, Mapping

from flask import g

from cchc_flow.audit.field_values import FieldValue, field_value, form_fields
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.register_step import OPENING


def recorded_fields(item: Item, workflow: Workflow, names: Mapping[str, str]) -> list[FieldValue]:
    """Return the item's own fields that have a value, in the order in which forms ask for them."""
    db = g.db
    fields = {field.name: field for field in _definition_fields(item, workflow)}
    order = [*fields, *(name for name in item.fields if name not in fields)]
    return [
        field_value(db, fields.get(name, Field(name, "line", name)), value, names, g.reader)
        for name in order
        if (value := item.fields.get(name))
    ]


def _definition_fields(item: Item, workflow: Workflow) -> Iterable[Field]:
    """Yield every field that the definition or a plugin asks for, when opened or in any step."""
    if not item.fields:
        return
    db = g.db
    for step in (OPENING, *(transition.name for transition in workflow.transitions)):
        yield from form_fields(g.ws, db, item, workflow, step)
