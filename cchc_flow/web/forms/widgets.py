"""Forms built from a definition's fields: the choices, value and error of each field."""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Any

import msgspec
from flask import g, request
from sqlite_utils import Database

from cchc_flow.plugin_host.contributions import areas, recognise_area, register_areas
from cchc_flow.projections import directory, plans
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import may_read
from cchc_flow.web.forms.evidence import read_uploads
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import day_words, local_day
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.hands import AT_WORK
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.typed_text import upper_first
from cchc_flow.workflow.unit_report import OF_REPORTS

COMMON_TITLES = ("công chức", "viên chức", "cán bộ", "nhân viên")
"""Titles that do not tell a person from the colleagues."""
MULTIPLE_KINDS = ("units", "files")
TEAM_KINDS = frozenset({"unit", "units", "person", "colleague"})
"""The kinds of fields in which units and people are chosen."""
Choices = list[tuple[str, list[tuple[str, str]]]]
FINISHED_STATE = "closed"
OUTSIDE = "Ngoài các lĩnh vực"


class FormSubject(msgspec.Struct, frozen=True):
    """What a form is about: people of the `lead` unit and tasks of the area of `kind` are offered first."""

    lead: str | None = None
    kind: str = ""


NO_SUBJECT = FormSubject()


class Widget(msgspec.Struct, frozen=True):
    """One field of a form; `options` are groups (heading, [(value, words)]) to choose from."""

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
    """Return a widget for each field, with its value, its choices and its error."""
    subject = FormSubject(values.get("lead") or about.lead, about.kind)
    choices = _choices_by_kind(db, {field.kind for field in fields}, subject, _chosen_ids(fields, values))
    with_options = [(field, _field_choices(db, field, choices)) for field in fields]
    return [
        Widget(_with_hint(field, options), values.get(field.name), options, errors.get(field.name, ""))
        for field, options in with_options
    ]


def _with_hint(field: Field, options: Choices) -> Field:
    """Return the field; if it asks for an entry and there is none, with a hint where to write one."""
    if field.kind != "entry" or options:
        return field
    books = " hoặc ".join(f"«{title}»" for _, title in field.choices)
    return msgspec.structs.replace(field, hint=f"Sổ {books} chưa có mục nào đang mở: hãy ghi ở đó trước.")


def typed_values(fields: tuple[Field, ...]) -> JsonObject:
    """Return the submitted value of each field except files, which a form cannot show again."""
    return {field.name: _typed_value(field) for field in fields if field.kind != "files"}


def submitted_values(fields: tuple[Field, ...]) -> JsonObject:
    """Return the submitted value of each field with its files; raise MissingData if files are too large."""
    return typed_values(fields) | {
        field.name: read_uploads(field) for field in fields if field.kind == "files"
    }


def _typed_value(field: Field) -> str | list[str] | dict[str, str] | None:
    """Return what was typed into a field: a list for several units, a dict for a report's inputs by name.

    None if it was not sent.
    """
    if field.kind in MULTIPLE_KINDS:
        return request.form.getlist(field.name)
    if field.kind in OF_REPORTS:
        prefix = f"{field.name}."
        typed = request.form.items()
        return {name.removeprefix(prefix): value for name, value in typed if name.startswith(prefix)}
    return request.form.get(field.name)


def _chosen_ids(fields: Sequence[Field], values: Mapping[str, Any]) -> set[str]:
    """Return the units and people that a form has chosen, by id."""
    chosen = [values.get(field.name) for field in fields if field.kind in TEAM_KINDS]
    return {str(each) for value in chosen for each in (value if isinstance(value, list | tuple) else [value])}


def _choices_by_kind(
    db: Database, kinds: set[str], about: FormSubject, present: Set[str]
) -> dict[str, Choices]:
    """Return the choices of fields of these kinds, by kind; only kinds that offer units, people or tasks."""
    team = _unit_and_person_choices(db, about.lead, present) if kinds & TEAM_KINDS else {}
    return team | ({"task": _task_choices(db, about.kind)} if "task" in kinds else {})


def _task_choices(db: Database, kind: str) -> Choices:
    """Return the tasks by plan and area, that of the register `kind` first; finished ones come last in each.

    The plan that is in force today comes first, then the others, the newest first.
    """
    tasks: dict[tuple[str | None, str], list[tuple[str, str]]] = {}
    for item in sorted(items.top_level_tasks(db), key=lambda task: task.state == FINISHED_STATE):
        tasks.setdefault((item.plan, item.area or ""), []).append((item.id, _task_words(item)))
    titles = _area_titles(db, kind)
    places = [
        *(place for place in titles if place in tasks),
        *(place for place in tasks if place not in titles),
    ]
    outside = _outside_words(db)
    return [(titles.get(place) or outside.get(place[0], OUTSIDE), tasks[place]) for place in places]


def _area_titles(db: Database, kind: str) -> dict[tuple[str | None, str], str]:
    """Return the titles of the areas by plan and code, in the order of the choices; with years if several."""
    known, in_force = plans.plans(db), plans.plan_of_day(db, local_day(g.ws.now()))
    ordered = sorted(known, key=lambda plan: plan != in_force)
    return {
        (plan.id, area.code): area.title if len(known) == 1 else f"Năm {plan.year}: {area.title}"
        for plan in ordered
        for area in sorted(plans.areas(db, plan.id), key=lambda area: not _is_own(area.title, kind))
    }


def _outside_words(db: Database) -> dict[str | None, str]:
    """Return what tasks in no area of their plan stand under, by plan, if there are several plans."""
    known = plans.plans(db)
    return {plan.id: f"Năm {plan.year}: {OUTSIDE.lower()}" for plan in known} if len(known) > 1 else {}


def _task_words(item: Item) -> str:
    """Return the words by which a task is chosen: reference and title."""
    words = f"{item.ref}. {item.title}" if item.ref else item.title
    return f"{words} (đã hoàn thành)" if item.state == FINISHED_STATE else words


def _is_own(title: str, kind: str) -> bool:
    """Tell whether a plan's area of this title is the one that the register `kind` belongs to."""
    register_area = register_areas(g.ws.plugins).get(kind)
    return register_area is not None and recognise_area(title, areas(g.ws.plugins)) == register_area


def _field_choices(db: Database, field: Field, choices: Mapping[str, Choices]) -> Choices:
    """Return the choices of a field: those of its kind, else its own."""
    match field.kind:
        case "entry":
            return _entry_choices(db, field)
        case "period":
            return _period_choices(field, local_day(g.ws.now()))
        case kind:
            return choices.get(kind, [("", list(field.choices))])


def _period_choices(field: Field, today: date) -> Choices:
    """Return the periods to choose from, by sort (months, quarters …) if there are several sorts."""
    sorts = dict(field.choices) or periods.SORTS
    return [
        (
            title if len(sorts) > 1 else "",
            [_period_choice(period) for period in periods.period_choices(sort, today)],
        )
        for sort, title in sorts.items()
    ]


def _period_choice(period: Period) -> tuple[str, str]:
    """Return a period as a choice: its name, and its words with a capital letter."""
    return period.name, upper_first(period.words())


def _entry_choices(db: Database, field: Field) -> Choices:
    """Return the unfinished entries of the registers that the field names, by register: those to be read."""
    registers = [
        (title, [entry for entry in items.unfinished_items(db, kind) if may_read(db, g.reader, entry)])
        for kind, title in field.choices
    ]
    return [
        (title, [(entry.id, entry.title) for entry in entries]) for title, entries in registers if entries
    ]


def _unit_and_person_choices(db: Database, lead: str | None, present: Set[str]) -> dict[str, Choices]:
    """Return the units and people to choose from; people by unit, those of the lead unit first.

    Those who are `present` in the form stay, also when a unit was closed or a person may not act any more.
    """
    known = directory.units(db)
    units = [(unit.id, unit.words) for unit in known if unit.active or unit.id in present]
    people = [person for person in directory.people(db) if person.active or person.id in present]
    groups = [
        (unit.words, [(person.id, _person_words(person)) for person in people if person.unit == unit.id])
        for unit in sorted(known, key=lambda unit: unit.id != lead)
    ]
    return {
        "unit": [("", units)],
        "units": [("", units)],
        "person": [(name, members) for name, members in groups if members],
        "colleague": [("", [(one.id, _colleague_words(db, one)) for one in people if _works_in(one, lead)])],
    }


def _works_in(person: directory.Person, unit: str | None) -> bool:
    """Tell whether a person does the work of a unit now."""
    return person.active and person.unit == unit and bool(person.roles & AT_WORK)


def _colleague_words(db: Database, person: directory.Person) -> str:
    """Return the words by which a colleague is chosen; of one who is away today with the last day of that."""
    absence = directory.absence_of(db, person.id)
    if absence is None or not absence.is_on(local_day(g.ws.now())):
        return _person_words(person)
    return f"{_person_words(person)} (vắng mặt đến hết {day_words(date.fromisoformat(absence.until))})"


def _person_words(person: directory.Person) -> str:
    """Return the words by which a person is chosen: the name, with the title if it is distinctive."""
    title = person.title or ""
    return f"{person.words}, {title}" if title.lower() not in ("", *COMMON_TITLES) else person.words
