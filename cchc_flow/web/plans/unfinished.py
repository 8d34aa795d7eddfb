"""The form of a plan can be left and come back to: what a person typed and corrected is kept meanwhile."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec
from flask import Blueprint, Response, flash, g, request, url_for
from flask.typing import ResponseReturnValue as Answer
from msgspec.structs import replace

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.plan_import.corrections import (
    Decisions,
    format_correction,
    parse_correction,
    parse_place,
)
from cchc_flow.projections import directory, province
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.plans.documents import Reading, load_document, read_document
from cchc_flow.web.plans.drafts import draft_of, units_of_plans
from cchc_flow.web.plans.form import Form, TaskInput, suggested_inputs
from cchc_flow.web.plans.typed import FIELDS, inputs_with, sent_values, task_places, typed_values
from cchc_flow.workflow.typed_text import UnfitText, clean_line

bp = Blueprint("unfinished", __name__, url_prefix="/<workspace>/plan-readings")
INPUTS = tuple(f"{field}-" for field in FIELDS)
"""How the names of the form's inputs begin; the rest of each is the reference of a task."""
LINE, ROW = "read@", "row@"
PAGES = {"plans.index": "Kế hoạch", "province_templates.index": "Kế hoạch mẫu"}
"""How the names of decisions about lines and rows of the appendix begin; the rest of each is the place."""
YEAR, NUMBER, ISSUER = "year", "number", "issuer"
DECIDED = (LINE, ROW, YEAR)
OWN = {NUMBER: 60, ISSUER: 200}
"""What a plan from a template has of its own, with the most characters of each."""
LONGEST_CHOICE = 20
MOST_INPUTS = 6_000
LONGEST_NAME = 200


class KeptWork(msgspec.Struct, frozen=True):
    """What a person did on a document's form: decisions, and what was typed by the tasks' places."""

    decisions: Decisions
    values: Mapping[str, str]


@bp.post("/<digest>/edits")
@needs_role("coordinator")
def create_edit(digest: str) -> Answer:
    """Keep what was typed so far; lead to the plans when the person leaves, else answer nothing."""
    if not g.ws.vault.has(digest):
        raise NotFound("Văn bản đã tải lên không còn trong kho.", "Hãy tải lên lại.")
    name = request.form.get("name", "")
    kept = kept_work(digest)
    reading = read_document(load_document(digest, name), sent_decisions(request.form))
    decisions = replace(kept.decisions, year=request.form.get(YEAR, "").strip(), **_own_words(request.form))
    keep(digest, name, decisions, changed_values(reading, request.form, kept.values))
    if not request.form.get("leave"):
        return Response(status=204)
    flash(f"Đã lưu những gì bạn sửa; mở lại trang {PAGES[index_page()]} để làm tiếp.")
    return htmx.see_other(url_for(index_page()))


@bp.post("/<digest>/discards", endpoint="discard")
@needs_role("coordinator")
def create_discard(digest: str) -> Answer:
    """Forget what the person has typed."""
    g.accounts.plan_readings.forget(digest, g.person.id)
    flash("Đã bỏ bản đang sửa. Chưa có gì được ghi vào nhật ký.")
    return htmx.see_other(url_for(index_page()))


def index_page() -> str:
    """Return the endpoint of the page that a reading is left for: of the plans, or a province's templates."""
    return "plans.index" if province.own_name(g.db) is None else "province_templates.index"


def keep(digest: str, name: str, decisions: Decisions, values: Mapping[str, str]) -> None:
    """Keep what the person has done on the form of a document."""
    everything = {**values, **decision_fields(decisions)}
    g.accounts.plan_readings.save(g.person.id, digest, name[:LONGEST_NAME], everything, g.ws.now())


def kept_work(digest: str) -> KeptWork:
    """Return what the person has done on a document's form; at first what a template brings, or nothing."""
    readings = g.accounts.plan_readings
    kept = readings.inputs(g.person.id, digest) if readings.has(g.person.id, digest) else draft_of(digest)
    values = {name: words for name, words in kept.items() if name not in OWN and not name.startswith(DECIDED)}
    return KeptWork(sent_decisions(kept), values)


def decision_fields(decisions: Decisions) -> dict[str, str]:
    """Return decisions as the fields of a form that `sent_decisions` reads."""
    lines = {f"{LINE}{place}": format_correction(one) for place, one in decisions.lines.items()}
    rows = {f"{ROW}{place}": choice for place, choice in decisions.rows.items()}
    own = {NUMBER: decisions.number, ISSUER: decisions.issuer}
    said = {name: words for name, words in own.items() if words is not None}
    return {**lines, **rows, **({YEAR: decisions.year} if decisions.year else {}), **said}


def sent_decisions(form: Form) -> Decisions:
    """Return the decisions that a form carries along; what is none is left out."""
    lines = {place: parse_correction(words) for place, words in _by_place(form, LINE)}
    rows = {place: words[:LONGEST_CHOICE] for place, words in _by_place(form, ROW)}
    known = {place: correction for place, correction in lines.items() if correction}
    return Decisions(known, rows, form.get(YEAR, "").strip()[:LONGEST_CHOICE], **_own_words(form))


def _own_words(form: Form) -> dict[str, str]:
    """Return what a form says of the plan's own number and issuer; what cannot be taken is empty."""
    words = {}
    for name, limit in OWN.items():
        if name in form:
            with suppress(UnfitText):
                words[name] = ""
                words[name] = clean_line(form[name], limit)
    return words


def _by_place(form: Form, prefix: str) -> list[tuple[int, str]]:
    """Return the places and words of the fields whose names begin so."""
    names = [name for name in form if name.startswith(prefix)]
    found = ((parse_place(name.removeprefix(prefix)), form[name]) for name in names)
    return [(place, words) for place, words in found if place]


def kept_inputs(reading: Reading, work: KeptWork) -> dict[str, TaskInput]:
    """Return the inputs of a reading's tasks: what was typed before, else what the importer suggests."""
    places = task_places(reading.proposal)
    suggested = suggested_inputs(reading.proposal, units_of_plans())
    by_reference = {  # as they were kept before places were known
        f"{field}@{place}": work.values[f"{field}-{ref}"]
        for ref, place in places.items()
        for field in FIELDS
        if f"{field}-{ref}" in work.values
    }
    return inputs_with({**by_reference, **work.values}, places, suggested)


def changed_values(reading: Reading, form: Form, before: Mapping[str, str]) -> dict[str, str]:
    """Return what is to be kept: what the form has and was not suggested, and what was kept of other tasks.

    Raise BadInput for a form of too many inputs.
    """
    if sum(name.startswith(INPUTS) for name in form) > MOST_INPUTS:
        raise BadInput("Biểu mẫu có quá nhiều ô.", "Hãy tải lên lại văn bản.")
    places = task_places(reading.proposal)
    suggested = suggested_inputs(reading.proposal, units_of_plans())
    sent = sent_values(form, places)
    of_others = {name: words for name, words in before.items() if "@" in name and name not in sent}
    return {**of_others, **typed_values(sent, places, suggested)}


def unfinished_context() -> dict[str, Any]:
    """Return the template variables of what is unfinished: the readings of all, told to coordinators."""
    if "coordinator" not in g.person.roles:
        return {"unfinished": [], "names": {}}
    return {
        "unfinished": g.accounts.plan_readings.unfinished(g.ws.now()),
        "names": directory.names(g.db),
    }


def readings_of_others() -> list[str]:
    """Return the names of the other people who are correcting a plan."""
    names = directory.names(g.db)
    others = {reading.person for reading in g.accounts.plan_readings.unfinished(g.ws.now())} - {g.person.id}
    return sorted(names.get(person, person) for person in others)
