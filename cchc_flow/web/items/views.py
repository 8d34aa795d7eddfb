"""The item page, and opening a task by hand."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.audit import item_history, naming, reads
from cchc_flow.audit.erasure import newest_erasure
from cchc_flow.audit.evidence import evidence_files, evidence_of
from cchc_flow.audit.field_values import recorded_values
from cchc_flow.audit.item_history import HistoryEntry
from cchc_flow.commands import Loaded, UnitOfWork
from cchc_flow.commands.items import NEW_TASK, new_task_fields, plan_of_new_task
from cchc_flow.commands.loading import load_item_as_of
from cchc_flow.commands.unit_reports import last_told
from cchc_flow.errors import ItemMoved, MissingData, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.plugin_host.contributions import register_areas, responsible_plugin
from cchc_flow.projections import directory, plans, settings
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.report_outlines import report_outline
from cchc_flow.reporting.minutes import has_minutes
from cchc_flow.web.areas.item_rules import plugin_badges
from cchc_flow.web.board.cards import KIND_MARKS, NO_AREA_MARK, AreaMark, area_mark, plugin_area_mark
from cchc_flow.web.forms import widgets as forms
from cchc_flow.web.forms.seen_versions import seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.moments import Moment, parse_moment
from cchc_flow.web.http.reading import record_read
from cchc_flow.web.http.tenancy import require_role
from cchc_flow.web.inspections.panel import inspection_context
from cchc_flow.web.items import matter, parts, people, related
from cchc_flow.web.items.doable import step_context
from cchc_flow.web.items.mentions import people_to_mention
from cchc_flow.web.items.report_form import remarks_on
from cchc_flow.web.items.steps import begin_unit_of_work
from cchc_flow.web.items.workflow_drawing import draw_workflow
from cchc_flow.web.me import inbox
from cchc_flow.workflow.calendar import Badge, day_of, day_words, local_day
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.duties import is_answer
from cchc_flow.workflow.events import NAMES, ItemCommented
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import may_read_log, who_may
from cchc_flow.workflow.upcast import newest_name

bp = Blueprint("items", __name__)
WINDOW = 100
"""How many events a page shows at once."""


@bp.get("/<workspace>/items/<item_id>")
def show(item_id: str) -> str:
    """Show an item: its text, people, dates and evidence, what can be done by whom, and its history."""
    uow = begin_unit_of_work()
    loaded = uow.read(item_id)
    record_read(reads.OPENED, reads.item_thing(item_id))
    if as_of := request.args.get("as_of", "").strip():
        return _show_past(loaded, parse_moment(as_of))
    inbox.mark_item_read(item_id)
    related_rows, more_related = related.related_items(g.db, g.ws.read_history(), loaded.item, g.reader)
    return render_template(
        "items/show.html",
        marks=plugin_badges(loaded.item),
        erased_at=newest_erasure(g.ws, loaded.events),
        related=related_rows,
        more_related=more_related,
        inspection=inspection_context(loaded),
        **_context(loaded, g.db, local_day(g.ws.now())),
        **_doable(uow, loaded),
    )


def _show_past(loaded: Loaded, moment: Moment) -> str:
    """Show an item that may be read now as it was at a moment; nothing can be done there.

    What plugins say of it and what is related to it now is left out. Raise NotFound if it was not there yet.
    """
    past = g.ws.read_as_of(Cutoff(moment.position, moment.today))
    if items.find_item(past, loaded.item.id) is None:
        opened = day_words(day_of(loaded.events[0].recordedtime))
        raise NotFound(
            f"Công việc này chưa có {moment.words}: công việc được lập ngày {opened}.",
            "Hãy chọn một ngày từ đó về sau.",
        )
    then = load_item_as_of(g.ws, past, loaded.item.id)
    return render_template("items/show.html", past=moment, **_context(then, past, moment.today))


def _context(loaded: Loaded, db: Database, today: date) -> dict[str, Any]:
    """Return what the page shows of an item, for which read models stand at its last event."""
    item, workflow = loaded.item, loaded.workflow
    card = queries.card(db, item.id)
    names, marked = naming.all_names(g.ws, db), directory.marked_names(db)
    window = _window(loaded.events)
    talk = [event for event in loaded.events if newest_name(event.type) == NAMES[ItemCommented]]
    titles = naming.workflow_titles(workflow)
    readable = partial(queries.readable_cards, g.db, reader=g.reader)
    return {
        "item": item,
        "state": workflow.state(item.state),
        "area": _area(item),
        "today": local_day(g.ws.now()),
        "badge": due_badge(db, card, today),
        "due": card.due_words,
        "deciders": _deciders(workflow),
        "names": names,
        "marked": marked,
        "holder": people.holder_sentence(db, item, today, is_final=workflow.state(item.state).final),
        "files": evidence_files(g.ws, list(evidence_of(loaded.events))),
        "returned": matter.find_return(loaded),
        "kept": recorded_values(g.ws, g.db, item, workflow, names, g.reader),
        "has_minutes": has_minutes(workflow),
        "reported": _last_report_entry(loaded, names),
        "remarks": _remarks(loaded),
        "lines": item_history.history_entries(g.ws, window, names | titles, g.reader),
        "comments": item_history.history_entries(g.ws, talk[-_window_size() :], names, g.reader)[::-1],
        "older": window[0].position if window and window[0] != loaded.events[0] else None,
        "plugin": _plugin(item),
        "workflow": workflow,
        "with_files": _steps_with_files(workflow),
        "has_talk": any(step.event_class is ItemCommented for step in workflow.transitions),
        "drawing": draw_workflow(loaded),
        "may_audit": may_read_log(g.person.roles),
        **parts.parts_context(db, item, marked, today, readable),
    }


@bp.get("/<workspace>/items/new")
def new() -> str:
    """Show the form of a task that the plan's document does not have."""
    require_role("coordinator")
    return _new_form({"plan": request.args.get("plan")})


@bp.post("/<workspace>/items")
def create() -> Response:
    """Open a task by hand, then show it."""
    typed = forms.typed_values(NEW_TASK) | {"plan": request.form.get("plan")}
    order = htmx.order()
    try:
        outcome = commands.open_task(g.ws, typed, order, seen=seen_version("kế hoạch"))
    except (MissingData, ItemMoved) as error:
        return make_response(_new_form(typed, error), status_of(error))
    return htmx.see_other(url_for("items.show", item_id=outcome.item.id))


def _deciders(workflow: Workflow) -> str:
    """Return in words who decides about a request for an extension; "" where none can be made."""
    return next((who_may(step) for step in workflow.transitions if is_answer(step)), "")


def _last_report_entry(loaded: Loaded, names: Mapping[str, str]) -> HistoryEntry | None:
    """Return what a unit told last in its report, None for other items and before it told anything."""
    event = last_told(loaded.events)
    return next(iter(item_history.history_entries(g.ws, [event] if event else [], names, g.reader)), None)


def _remarks(loaded: Loaded) -> list[tuple[str, str]]:
    """Return what was remarked on the sections of a report that was sent back, each with its title."""
    remarks = remarks_on(loaded)
    titles = report_outline(g.db, loaded.item).sections if remarks else {}
    return [(titles.get(key, key), words) for key, words in remarks.items()]


def due_badge(db: Database, card: Card, today: date) -> Badge:
    """Return how the card's due day reads on a day."""
    return queries.full_badge(card, today, settings.effective_settings(db).deadlines.soon)


def _steps_with_files(workflow: Workflow) -> list[str]:
    """Return the titles of the steps that take files."""
    return [
        step.title for step in workflow.transitions if any(field.kind == "files" for field in step.fields)
    ]


def _window(events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    """Return the newest events, or the newest of those before the position that the URL names."""
    before = request.args.get("before", type=int)
    return [event for event in events if before is None or event.position < before][-_window_size() :]


def _window_size() -> int:
    """Return how many events the page shows; a page with all of them can be printed."""
    return sys.maxsize if request.args.get("history") == "all" else WINDOW


def _doable(uow: UnitOfWork, loaded: Loaded) -> dict[str, Any]:
    """Return what this person may do now, and what waits for others; talking has a place of its own."""
    context = step_context(uow, loaded)
    steps = context["steps"]
    talk = next((step for step in steps if step.event_class is ItemCommented), None)
    return context | {
        "steps": [step for step in steps if step.event_class is not ItemCommented],
        "talk": talk,
        "mentionable": people_to_mention(uow, loaded, talk) if talk else [],
    }


def _area(item: Item) -> AreaMark:
    if item.kind in KIND_MARKS:
        return KIND_MARKS[item.kind]
    if owner := register_areas(g.ws.plugins).get(item.kind):
        return plugin_area_mark(owner, g.ws.plugins)
    for area in plans.areas(g.db, item.plan):
        if area.code == item.area:
            return area_mark(area.code, area.title, g.ws.plugins)
    return NO_AREA_MARK


def _plugin(item: Item) -> str | None:
    """Return the plugin whose page tells of the item's area, None where there is none."""
    return responsible_plugin(g.ws.plugins, item.kind, g.ws.facts("").area_of(item))


def _new_form(values: dict[str, Any], error: MissingData | ItemMoved | None = None) -> str:
    """Return the form of a new task with these values: with the areas of its plan, and ways to others."""
    db, today = g.db, local_day(g.ws.now())
    wrong = error.fields if isinstance(error, MissingData) else {}
    known = {plan.id for plan in plans.plans(db)}
    plan = plan_of_new_task(db, values | {"plan": values["plan"] if values["plan"] in known else None}, today)
    return render_template(
        "items/new.html",
        widgets=forms.build_widgets(new_task_fields(db, plan), values, db, wrong),
        wrong=wrong,
        error=error,
        plan=plan,
        years=[(plan.id, plan.year) for plan in plans.plans(db)],
        seen=plan.year if plan else 0,
    )
