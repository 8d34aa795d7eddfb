"""Forms drawn from a definition's fields: what each field offers, holds and got wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from flask import g, request
from sqlite_utils import Database

from cchc_flow.plugin_host.contributions import areas, recognise_area, register_areas
from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import items
from cchc_flow.web.forms.evidence import read_uploads
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period

STEPS_BEGUN_EMPTY = ("ask_extension", "hand_over")
"""Steps that ask for something other than what is."""
COMMON_TITLES = ("công chức", "viên chức", "cán bộ", "nhân viên")
"""Titles that tell nothing of one person among colleagues."""
MULTIPLE_KINDS = ("units", "files")
Choices = list[tuple[str, list[tuple[str, str]]]]


FINISHED_STATE = "closed"


class FormSubject(msgspec.Struct, frozen=True):
    """What a form is about: people of the `lead` unit, tasks of the area of a `kind` are offered first."""

    lead: str | None = None
    kind: str = ""


NO_SUBJECT = FormSubject()


class Widget(msgspec.Struct, frozen=True):
    """One field as it is drawn; `options` are groups (heading, [(value, words)]) to choose from."""

    field: Field
    value: Any
    options: Choices
    error: str


def build_widgets(
    fields: Sequence[Field],
    values: Mapping[str, Any],
    db: Database,
    errors: Mapping[str, str],
    about: FormSubject = NO_SUBJECT,
) -> list[Widget]:
    """Return the fields as they are drawn, with what was typed and what was wrong with it."""
    now = FormSubject(values.get("lead") or about.lead, about.kind)
    offered = _choices_by_kind(db, {one.kind for one in fields}, now)
    drawn = [(one, _field_choices(db, one, offered)) for one in fields]
    return [
        Widget(_with_hint(one, options), values.get(one.name), options, errors.get(one.name, ""))
        for one, options in drawn
    ]


def _with_hint(field: Field, options: Choices) -> Field:
    """Return the field as it is asked for: with no entry to choose, it says where to write one."""
    if field.kind != "entry" or options:
        return field
    books = " hoặc ".join(f"«{title}»" for _, title in field.choices)
    return msgspec.structs.replace(field, hint=f"Sổ {books} chưa có mục nào đang mở: hãy ghi ở đó trước.")


def typed_values(fields: tuple[Field, ...]) -> JsonObject:
    """Return what the form gave for each field, without its files: these cannot be given back."""
    return {one.name: _typed_value(one) for one in fields if one.kind != "files"}


def submitted_values(fields: tuple[Field, ...]) -> JsonObject:
    """Return what the form gave for each field, with its files; raise MissingData when they are too large."""
    return typed_values(fields) | {one.name: read_uploads(one) for one in fields if one.kind == "files"}


def current_values(step: Transition, item: Item) -> JsonObject:
    """Return what is true of the item now, to begin the form with; the plan's suggestion where nothing is."""
    if step.name in STEPS_BEGUN_EMPTY:
        return {}
    holders = (item.distribution, item) if step.name == "distribute" else (item,)
    values = {
        one.name: next((found for holder in holders if (found := getattr(holder, one.name, None))), None)
        for one in step.fields
        if one.kind not in ("text", "files")
    }
    if "lead" in values:
        values["lead"] = item.lead or item.suggested_lead
    if "percent" in values:
        values["percent"] = item.progress
    if step.name == "grant_extension" and item.extension:
        values["due"] = item.extension.due
    return values


def _typed_value(field: Field) -> str | list[str] | None:
    if field.kind in MULTIPLE_KINDS:
        return request.form.getlist(field.name)
    return request.form.get(field.name)


def _choices_by_kind(db: Database, kinds: set[str], about: FormSubject) -> dict[str, Choices]:
    """Return what there is to choose from for fields of these kinds."""
    team = _unit_and_person_choices(db, about.lead) if kinds & {"unit", "units", "person"} else {}
    return team | ({"task": _task_choices(db, about.kind)} if "task" in kinds else {})


def _task_choices(db: Database, kind: str) -> Choices:
    """Return the tasks below the titles of their areas, that of the kind first; finished ones come last."""
    found: dict[str, list[tuple[str, str]]] = {}
    for item in sorted(items.top_level_tasks(db), key=lambda one: one.state == FINISHED_STATE):
        found.setdefault(item.area or "", []).append((item.id, _task_words(item)))
    newest = next(iter(plans.plans(db)), None)
    titles = {area.code: area.title for area in plans.areas(db, newest.id)} if newest else {}
    order = sorted(titles, key=lambda code: not _is_own(titles[code], kind))
    codes = [*(code for code in order if code in found), *(code for code in found if code not in titles)]
    return [(titles.get(code, "Ngoài các lĩnh vực"), found[code]) for code in codes]


def _task_words(item: Item) -> str:
    words = f"{item.ref}. {item.title}" if item.ref else item.title
    return f"{words} (đã hoàn thành)" if item.state == FINISHED_STATE else words


def _is_own(title: str, kind: str) -> bool:
    """Tell whether the plan's area of this title is the one that a register belongs to."""
    own = register_areas(g.ws.plugins).get(kind)
    return own is not None and recognise_area(title, areas(g.ws.plugins)) == own


def _field_choices(db: Database, field: Field, offered: Mapping[str, Choices]) -> Choices:
    """Return what a field offers: by its kind, or by its own choices."""
    match field.kind:
        case "entry":
            return _entry_choices(db, field)
        case "period":
            return _period_choices(field, local_day(g.ws.now()))
        case kind:
            return offered.get(kind, [("", list(field.choices))])


def _period_choices(field: Field, today: date) -> Choices:
    """Return the periods to choose from, below the names of their sorts where these are several."""
    sorts = dict(field.choices) or periods.SORTS
    return [
        (
            title if len(sorts) > 1 else "",
            [_period_choice(one) for one in periods.period_choices(sort, today)],
        )
        for sort, title in sorts.items()
    ]


def _period_choice(period: Period) -> tuple[str, str]:
    words = period.words()
    return period.name, words[0].upper() + words[1:]


def _entry_choices(db: Database, field: Field) -> Choices:
    """Return the entries of registers that are not finished, below the titles of their registers."""
    found = [(title, items.unfinished_items(db, kind)) for kind, title in field.choices]
    return [(title, [(one.id, one.title) for one in entries]) for title, entries in found if entries]


def _unit_and_person_choices(db: Database, lead: str | None) -> dict[str, Choices]:
    """Return the units and people to choose from; people stand below their unit, the lead unit's first."""
    units = [(unit.id, unit.name) for unit in directory.units(db) if unit.active]
    people = [person for person in directory.people(db) if person.active]
    grouped = [
        (name, [(person.id, _person_words(person)) for person in people if person.unit == unit])
        for unit, name in sorted(units, key=lambda one: one[0] != lead)
    ]
    return {
        "unit": [("", units)],
        "units": [("", units)],
        "person": [(name, members) for name, members in grouped if members],
    }


def _person_words(person: directory.Person) -> str:
    title = person.title or ""
    return f"{person.name}, {title}" if title.lower() not in ("", *COMMON_TITLES) else person.name
