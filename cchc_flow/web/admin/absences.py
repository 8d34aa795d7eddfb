"""Who is away, from when to when, and who does the work meanwhile: one page for each person."""

from typing import Any

import msgspec
from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.absences import FIELDS, end_absence, load_person, set_absence, stand_ins
from cchc_flow.errors import CchcError, Conflict, MissingData, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.directory import Person
from cchc_flow.web.forms import widgets
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.workflow.calendar import local_day

bp = Blueprint("absences", __name__, url_prefix="/<workspace>/absences")


@bp.get("/<person>")
def show(person: str) -> str:
    """Show the form of a person's absence, with the one that is set."""
    return _render(load_person(g.db, g.person, person))


@bp.post("/<person>")
def create(person: str) -> Answer:
    """Record a person's absence, or show the form again with what is wrong."""
    away, order = load_person(g.db, g.person, person), htmx.order()
    typed = widgets.typed_values(FIELDS)
    try:
        set_absence(g.ws, person, typed, order, seen=seen_version("người này"))
    except (Refusal, Conflict) as error:
        return _render(away, typed, error), status_of(error)
    flash(f"Đã ghi {away.name} vắng mặt.")
    return htmx.see_other(_way_back(away))


@bp.post("/<person>/end")
def end(person: str) -> Answer:
    """Record that a person is there again."""
    away, order = load_person(g.db, g.person, person), htmx.order()
    try:
        end_absence(g.ws, person, order, seen=seen_version("người này"))
    except (Refusal, Conflict) as error:
        return _render(away, None, error), status_of(error)
    flash(f"Đã ghi {away.name} không còn vắng mặt.")
    return htmx.see_other(_way_back(away))


def _way_back(person: Person) -> str:
    """Return the address of the page from which the form is opened."""
    return url_for("account.show") if person.id == g.person.id else url_for("directory.show")


def _render(person: Person, typed: dict[str, Any] | None = None, error: CchcError | None = None) -> str:
    """Return the page of a person's absence, with what was typed or else what is set."""
    context = form_context(f"person-{person.id}", error)
    absence = directory.absence_of(g.db, person.id)
    today = local_day(g.ws.now())
    if absence and absence.until < today.isoformat():
        absence = None
    values = typed or (msgspec.structs.asdict(absence) if absence else {"since": today.isoformat()})
    wrong = error.fields if isinstance(error, MissingData) else {}
    choices = [("", [(one.id, one.name) for one in stand_ins(directory.people(g.db), person)])]
    fields = [
        msgspec.structs.replace(widget, options=choices) if widget.field.kind == "person" else widget
        for widget in widgets.build_widgets(FIELDS, values, g.db, wrong)
    ]
    return render_template(
        "absences/show.html",
        away=person,
        absence=absence,
        names=directory.marked_names(g.db),
        widgets=fields,
        back=_way_back(person),
        command_id=request.form.get("command_id"),
        **context,
    )
