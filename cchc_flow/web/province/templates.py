"""Template plans of a province: read a document, issue it, give it to communes, and see how each stands."""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO

from flask import Blueprint, Response, current_app, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands import channels
from cchc_flow.commands.contents import load_text
from cchc_flow.commands.plan_templates import Giver
from cchc_flow.commands.province_templates import NewTemplate, give_template, issue_template
from cchc_flow.errors import BadInput, CchcError, MissingData, NotFound, Refusal
from cchc_flow.homes import find_home
from cchc_flow.plan_import import readers
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plan_import.corrections import NO_DECISIONS
from cchc_flow.projections import plan_templates, province
from cchc_flow.projections.plan_templates import Template
from cchc_flow.province.template_plans import ASIDE, LEFT, TemplateGiving, TemplateSighting, count_states
from cchc_flow.web.forms.evidence import BINARY
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import send_open_file
from cchc_flow.web.http.tenancy import served_workspaces
from cchc_flow.web.plans import unfinished
from cchc_flow.web.plans.documents import Reading, load_document, read_document, read_upload
from cchc_flow.web.plans.form import TaskInput, suggested_inputs
from cchc_flow.web.plans.reading_page import ReadingPage, render_reading
from cchc_flow.web.plans.typed import sent_inputs, task_places, typed_values, values_of
from cchc_flow.web.plans.views import form_errors
from cchc_flow.web.province.frame import commune_lender, in_province
from cchc_flow.web.province.overview import SECONDS, kept_overview, listed_communes
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.provinces import visitor_id

bp = Blueprint("province_templates", __name__, url_prefix="/<workspace>/province/templates")
GIVINGS = "cchc-template-givings"
KEEPER = "coordinator"
SAME = "Đúng văn bản này đã là kế hoạch mẫu; không có gì thay đổi."


@bp.get("")
@in_province()
def index() -> str:
    """Show the templates, and to the coordinator the form to upload one."""
    return _render_index("")


@bp.post("/readings")
@in_province(KEEPER)
def create_reading() -> Answer:
    """Store an uploaded document and redirect to what was read from it; nothing is issued yet."""
    try:
        document = read_upload()
        read_document(document)
    except BadInput as error:
        return _render_index(f"{error.why} {error.now}"), 422
    content = g.ws.vault.store(document.content, document.media_type)
    unfinished.keep(content.digest, document.name, NO_DECISIONS, {})
    return htmx.see_other(url_for("plans.show_reading", digest=content.digest, name=document.name))


@bp.post("")
@in_province(KEEPER)
def create() -> Answer:
    """Issue the reading that the form has as a template, or show the form again with all that was typed."""
    form = request.form
    source = load_document(form.get("digest", ""), form.get("name", ""))
    reading = read_document(source, unfinished.sent_decisions(form))
    suggested = suggested_inputs(reading.proposal, ())
    inputs, is_complete = sent_inputs(reading.proposal, form, suggested)
    try:
        if errors := form_errors(reading.proposal, inputs, is_complete):
            raise MissingData(errors)
        before = len(plan_templates.issued_templates(g.db))
        issued = issue_template(g.ws, _new_template(reading, inputs), htmx.order())
    except (MissingData, BadInput) as error:
        errors = error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}
        return render_reading(ReadingPage(reading, inputs, form["digest"], errors)), 422
    g.accounts.plan_readings.forget(form["digest"])
    is_new = len(plan_templates.issued_templates(g.ws.read())) > before
    flash("Đã ban hành kế hoạch mẫu; hãy chọn xã để giao." if is_new else SAME)
    return htmx.see_other(url_for(".show", template=issued.id))


def _new_template(reading: Reading, inputs: Mapping[str, TaskInput]) -> NewTemplate:
    """Return a reading as it is issued, with what was decided about it; raise BadInput if it is no plan."""
    proposal, places = reading.proposal, task_places(reading.proposal)
    year = adoption(proposal, reading.document).year
    typed = typed_values(values_of(inputs, places), places, suggested_inputs(proposal, ()))
    draft = {**typed, **unfinished.decision_fields(reading.decisions)}
    return NewTemplate(
        year=year,
        number=proposal.number,
        title=proposal.title,
        document=reading.document,
        draft=json.dumps(draft, ensure_ascii=False, sort_keys=True) if draft else None,
        replaces=request.form.get("replaces") or None,
    )


@bp.get("/<template>")
@in_province()
def show(template: str) -> str:
    """Show a template, to whom it can be given, and how each commune stands with it."""
    return _render(_find(template))


@bp.get("/<template>/document")
@in_province()
def document(template: str) -> Response:
    """Send the document of a template as a download."""
    found = _find(template)
    if not g.ws.vault.has(found.document):
        raise NotFound("Văn bản của kế hoạch mẫu không còn trong kho.")
    name = load_text(g.ws.vault, found.document_name) or template
    return send_open_file(BytesIO(g.ws.vault.load(found.document)), name, BINARY)


@bp.post("/<template>/givings")
@in_province(KEEPER)
def create_giving(template: str) -> Answer:
    """Record to which communes the template is given; the page then brings it to them, some at a time."""
    form, order, found = request.form, htmx.order(), _find(template)
    chosen = form.getlist("commune")
    if form.get("to") == "all":
        chosen = [one.workspace for one in province.communes(g.db)]
    if not chosen:
        return _render(found, {"to": "Hãy chọn ít nhất một xã."}), 422
    give_template(g.ws, template, chosen, order)
    _giving().try_again(g.ws, template)
    return htmx.see_other(url_for(".show", template=template) + "#communes")


@bp.post("/<template>/deliveries")
@in_province(KEEPER)
def create_delivery(template: str) -> Answer:
    """Bring the template to its communes for a while; the page asks again while some are left."""
    found = _find(template)
    if all(one.id != template for one in plan_templates.current_templates(g.db)):
        raise Refusal("Kế hoạch mẫu này đã có bản sau thay thế.", "Hãy giao bản mới nhất.")
    giver = Giver(visitor_id(g.person.id, g.ws.name), g.person.name, channels.WEB)
    if request.form.get("again"):
        _giving().try_again(g.ws, template)
    _giving().give(g.ws, found, giver, _today(), until=time.monotonic() + SECONDS)
    if htmx.wants_fragment():
        return render_template("province/_standings.html", **_standings(found))
    return htmx.see_other(url_for(".show", template=template) + "#communes")


@bp.get("/<template>/standings")
@in_province()
def standings(template: str) -> str:
    """Read communes for a while, and show how each stands with the template."""
    found = _find(template)
    kept_overview().read_waiting(listed_communes(), _today(), until=time.monotonic() + SECONDS)
    return render_template("province/_standings.html", **_standings(found))


def _find(template: str) -> Template:
    found = plan_templates.find_issued(g.db, template)
    if found is None:
        raise NotFound("Tỉnh không có kế hoạch mẫu này.", "Hãy mở trang Kế hoạch mẫu.")
    return found


def _today() -> date:
    return local_day(g.ws.now())


def _giving() -> TemplateGiving:
    """Return what gives this province's templates, which the process keeps."""
    kept: dict[str, TemplateGiving] = current_app.extensions.setdefault(GIVINGS, {})
    if g.ws.name not in kept:
        kept[g.ws.name] = TemplateGiving(kept_overview(), commune_lender())
    return kept[g.ws.name]


def _render_index(error: str) -> str:
    return render_template(
        "province/templates.html",
        templates=plan_templates.issued_templates(g.db),
        current={one.id for one in plan_templates.current_templates(g.db)},
        given=plan_templates.given_communes(g.db),
        may_keep=KEEPER in g.person.roles,
        error=error,
        formats=readers.named_formats(),
        suffixes=",".join(readers.FORMATS),
        **unfinished.unfinished_context(),
    )


def _render(template: Template, errors: dict[str, str] | None = None) -> str:
    name = load_text(g.ws.vault, template.document_name) or ""
    context = _standings(template)
    return render_template("province/template.html", document_name=name, errors=errors or {}, **context)


def _standings(template: Template) -> dict[str, object]:
    """Return what the templates show of a template and of the communes."""
    seen = _giving().look(g.ws, template.id, _today())
    is_current = any(one.id == template.id for one in plan_templates.current_templates(g.db))
    may_keep = KEEPER in g.person.roles and is_current
    left = [one for one in seen if one.state == LEFT]
    return {
        "template": template,
        "later": next(
            (one for one in plan_templates.issued_templates(g.db) if one.replaces == template.id), None
        ),
        "is_current": is_current,
        "may_keep": may_keep,
        "seen": seen,
        "counts": count_states(seen),
        "left": left,
        "delivers": may_keep and any(not one.trouble for one in left),
        "waiting": sum(one.is_waiting for one in seen),
        "reasons": {one.commune.workspace: _reason(one) for one in seen if one.state == ASIDE},
    }


def _reason(sighting: TemplateSighting) -> str:
    """Return why a commune put a template aside, as its vault still has it."""
    standing = sighting.standing
    with suppress(CchcError):  # a vault in trouble keeps a reason, not the page
        vault = find_home(served_workspaces().data).vault(sighting.commune.workspace)
        return load_text(vault, standing.reason if standing else None) or ""
    return ""
