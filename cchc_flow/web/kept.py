"""What an item keeps in its own fields, as its page shows it: each under the title its definition gives."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from flask import g, url_for

from cchc_flow.errors import CchcError
from cchc_flow.handling.asking import asked_besides
from cchc_flow.projections import items
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import grouped, in_percent


class Kept(msgspec.Struct, frozen=True):
    """One field: its title, its value in words, and where that leads ("" for nowhere)."""

    title: str
    words: str
    link: str = ""


def shown(item: Item, workflow: Workflow, names: Mapping[str, str]) -> list[Kept]:
    """Return the own fields of an item that have a value, in the order in which they are asked for."""
    asked = {one.name: one for one in _asked(item, workflow)}
    order = [*asked, *(name for name in item.fields if name not in asked)]
    return [
        _kept(asked.get(name, Field(name, "line", name)), value, names)
        for name in order
        if (value := item.fields.get(name))
    ]


def _asked(item: Item, workflow: Workflow) -> Iterable[Field]:
    """Return every field that the item's definition, or a plugin besides, may have asked for."""
    if not item.fields:
        return
    yield from workflow.asks
    for name, fields in [("open", ()), *((step.name, step.fields) for step in workflow.transitions)]:
        yield from fields
        try:
            yield from asked_besides(g.ws, g.ws.read(), item.kind, name, item)
        except CchcError:  # a plugin that cannot say leaves its fields under their bare names
            continue


def _kept(field: Field, value: str, names: Mapping[str, str]) -> Kept:
    if field.kind in ("task", "entry"):
        named = items.found(g.ws.read(), value)
        return Kept(field.title, named.title if named else value, url_for("items.show", item_id=value))
    if field.kind == "units":
        return Kept(field.title, ", ".join(names.get(one, one) for one in value.split(",")))
    return Kept(field.title, _words(field, value, names))


def _words(field: Field, value: str, names: Mapping[str, str]) -> str:
    match field.kind:
        case "day":
            return day_words(date.fromisoformat(value))
        case "choice":
            return dict(field.choices).get(value, value)
        case "unit" | "person":
            return names.get(value, value)
        case "percent":
            return in_percent(value)
        case "amount":
            return grouped(value)
        case "period":
            return parse(value).words()
        case _:
            return value
