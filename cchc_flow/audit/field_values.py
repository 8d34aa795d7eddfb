"""What was filled into an event's form: each field's title, and its value in words."""

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.phrases import day_phrase, number_phrase
from cchc_flow.audit.words import Names
from cchc_flow.errors import BadInput, CchcError, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.plugin_host.rule_checks import gather_fields
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.projections.unit_reports import REPORT_KIND
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.hands import FINDING_KIND
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.item_changes import REPORTED_FIELDS
from cchc_flow.workflow.periods import parse, place_words
from cchc_flow.workflow.register_step import OPENING
from cchc_flow.workflow.shares import in_percent
from cchc_flow.workspace import Workspace

TEXT_ATTACHED = "có nội dung kèm theo"
UNREADABLE_ITEM = "một mục mà bạn không được xem"


class FieldValue(msgspec.Struct, frozen=True):
    """A field's title, its value in words, and the id of the item to link to ("" for none)."""

    title: str
    words: str
    item: str = ""


def field_values(
    ws: Workspace, db: Database, event: RecordedEvent, names: Names, reader: Reader | None
) -> list[FieldValue]:
    """Return the values of the fields that an item's event carries, in the order of its form."""
    values = {name: value for name, value in (event.data.get("fields") or {}).items() if value}
    fields = _fields_of_event(ws, db, event, set(values))
    return [field_value(db, field, values[field.name], names, reader) for field in fields]


def field_values_and_texts(
    ws: Workspace, db: Database, event: RecordedEvent, names: Names, reader: Reader | None
) -> list[FieldValue]:
    """Return the values of an event's fields, and its longer texts as links to the item's page."""
    text_fields = _fields_of_event(ws, db, event, set(event.data.get("texts") or ()))
    item = event.stream.removeprefix("item-")
    return field_values(ws, db, event, names, reader) + [
        FieldValue(field.title, TEXT_ATTACHED, item) for field in text_fields
    ]


def text_titles(ws: Workspace, db: Database, event: RecordedEvent) -> dict[str, str]:
    """Return the titles of the longer texts of an event's form, as names of these fields."""
    fields = _fields_of_event(ws, db, event, set(event.data.get("texts") or ()))
    return {f"field:{field.name}": field.title for field in fields}


def field_value(db: Database, field: Field, value: str, names: Names, reader: Reader | None) -> FieldValue:
    """Return the value of a field in words; that of a task or an entry links to it, if it may be read."""
    if field.kind in ("task", "entry"):
        item = items.find_item(db, value)
        if item and not may_read(db, reader, item):
            return FieldValue(field.title, UNREADABLE_ITEM)
        return FieldValue(field.title, _item_words(item, names) if item else value, value if item else "")
    return FieldValue(field.title, _value_words(field, value, names))


def _item_words(item: Item, names: Names) -> str:
    """Return the title of an item; a part's with its unit and period, for the parts of a whole share it."""
    if item.parent is None or item.unit is None:
        return item.title
    about = ", ".join(filter(None, (names.get(item.unit, item.unit), place_words(None, item.period))))
    return f"{item.title} ({about})"


def recorded_values(
    ws: Workspace, db: Database, item: Item, workflow: Workflow, names: Names, reader: Reader | None
) -> list[FieldValue]:
    """Return the item's own fields that have a value, in the order in which forms ask for them.

    The figures of a unit's report stand with the rest of what it tells, and not here.
    """
    fields = {field.name: field for field in all_fields(ws, db, item, workflow)} if item.fields else {}
    elsewhere = REPORTED_FIELDS if item.kind == REPORT_KIND else ()
    if item.kind == FINDING_KIND:
        fields.pop("due", None)  # the day that was first set: the item's own may be a later one
        elsewhere = frozenset({"due"})
    order = [*fields, *(name for name in item.fields if name not in fields and name not in elsewhere)]
    return [
        field_value(db, fields.get(name, Field(name, "line", name)), value, names, reader)
        for name in order
        if (value := item.fields.get(name))
    ]


def all_fields(ws: Workspace, db: Database, item: Item, workflow: Workflow) -> Iterator[Field]:
    """Yield every field that the definition or a plugin asks for, when opened or in any step."""
    for step in (OPENING, *(transition.name for transition in workflow.transitions)):
        yield from form_fields(ws, db, item, workflow, step)


def form_fields(ws: Workspace, db: Database, item: Item, workflow: Workflow, step: str) -> Iterator[Field]:
    """Yield the fields of a step's form, those that plugins add included.

    When a plugin fails to name its fields they are left out.
    """
    yield from _fields_of_definition(workflow, step)
    try:
        yield from gather_fields(ws.fact_source(), item.kind, step, item)
    except CchcError:
        return


def _fields_of_event(ws: Workspace, db: Database, event: RecordedEvent, field_names: set[str]) -> list[Field]:
    """Return the fields of an event's form by their names, in its order.

    A field that no form has any more comes last, with its name as the title.
    """
    item = items.find_item(db, event.stream.removeprefix("item-")) if field_names else None
    if item is None:
        return []
    workflow, step = workflows.workflow(db, item.kind, item.workflow), event.data.get("step", OPENING)
    fields = {field.name: field for field in _fields_of_definition(workflow, step)}
    if field_names - fields.keys():
        fields = {field.name: field for field in form_fields(ws, db, item, workflow, step)}
    return [
        *(field for name, field in fields.items() if name in field_names),
        *(Field(name, "line", name) for name in sorted(field_names - fields.keys())),
    ]


def _fields_of_definition(workflow: Workflow, step: str) -> tuple[Field, ...]:
    """Return the fields that the workflow definition gives to a step's form."""
    if step == OPENING:
        return workflow.asks
    try:
        return workflow.transition(step).fields
    except NotFound:  # only another version of the definition has this step
        return ()


def _value_words(field: Field, value: str, names: Names) -> str:
    """Return a value in words by the kind of its field; `names` has units and people by id."""
    match field.kind:
        case "day":
            return day_phrase(value)
        case "choice":
            return field.choice_titles.get(value, value)
        case "unit" | "person" | "colleague" | "units":
            return ", ".join(names.get(key, key) for key in value.split(","))
        case "percent":
            return in_percent(value)
        case "amount":
            return number_phrase(value)
        case "period":
            return _period_words(value)
        case _:
            return value


def _period_words(value: str) -> str:
    """Return a period ("2026-Q1") in words; a text that is no period comes back as it is."""
    try:
        return parse(value).words()
    except BadInput:
        return value
