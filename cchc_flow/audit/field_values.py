"""What was filled in, field by field: each under the title of its form, with its value in words."""

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.phrases import day_phrase, number_phrase
from cchc_flow.audit.words import Names
from cchc_flow.commands.asking import asked_besides
from cchc_flow.errors import BadInput, CchcError, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import in_percent
from cchc_flow.workspace import Workspace

OPEN = "open"
TYPED = "có nội dung kèm theo"


class FieldValue(msgspec.Struct, frozen=True):
    """One field: its title, its value in words, and the id of the item that it leads to ("" for none)."""

    title: str
    words: str
    item: str = ""


def field_values(ws: Workspace, db: Database, event: RecordedEvent, names: Names) -> list[FieldValue]:
    """Return the fields that came with an event of an item, in the order in which its form asks for them."""
    values = {name: value for name, value in (event.data.get("fields") or {}).items() if value}
    return [field_value(db, one, values[one.name], names) for one in _asked_then(ws, db, event, set(values))]


def field_values_and_texts(
    ws: Workspace, db: Database, event: RecordedEvent, names: Names
) -> list[FieldValue]:
    """Return the fields of an event, and what was typed with it: those words are read on the item's page."""
    typed = _asked_then(ws, db, event, set(event.data.get("texts") or ()))
    item = event.stream.removeprefix("item-")
    return field_values(ws, db, event, names) + [FieldValue(one.title, TYPED, item) for one in typed]


def field_value(db: Database, field: Field, value: str, names: Names) -> FieldValue:
    """Return the value of a field in words."""
    if field.kind in ("task", "entry"):
        named = items.find_item(db, value)
        return FieldValue(field.title, named.title if named else value, value if named else "")
    return FieldValue(field.title, _words(field, value, names))


def form_fields(ws: Workspace, db: Database, item: Item, workflow: Workflow, step: str) -> Iterator[Field]:
    """Yield what a step's form asks for, plugins besides; one that cannot say leaves its fields unnamed."""
    yield from _own(workflow, step)
    try:
        yield from asked_besides(ws, db, item.kind, step, item)
    except CchcError:
        return


def _asked_then(ws: Workspace, db: Database, event: RecordedEvent, wanted: set[str]) -> list[Field]:
    """Return the wanted fields of an event as its form had them; what nobody asks for is told by its name."""
    item = items.find_item(db, event.stream.removeprefix("item-")) if wanted else None
    if item is None:
        return []
    workflow, step = workflows.workflow(db, item.kind, item.workflow), event.data.get("step", OPEN)
    asked = {one.name: one for one in _own(workflow, step)}
    if wanted - asked.keys():
        asked = {one.name: one for one in form_fields(ws, db, item, workflow, step)}
    return [
        *(one for name, one in asked.items() if name in wanted),
        *(Field(name, "line", name) for name in sorted(wanted - asked.keys())),
    ]


def _own(workflow: Workflow, step: str) -> tuple[Field, ...]:
    if step == OPEN:
        return workflow.asks
    try:
        return workflow.transition(step).fields
    except NotFound:  # an older version of the definition had it
        return ()


def _words(field: Field, value: str, names: Names) -> str:
    match field.kind:
        case "day":
            return day_phrase(value)
        case "choice":
            return dict(field.choices).get(value, value)
        case "unit" | "person" | "units":
            return ", ".join(names.get(one, one) for one in value.split(","))
        case "percent":
            return in_percent(value)
        case "amount":
            return number_phrase(value)
        case "period":
            return _period(value)
        case _:
            return value


def _period(value: str) -> str:
    try:
        return parse(value).words()
    except BadInput:
        return value
