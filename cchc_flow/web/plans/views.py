"""Plans: upload a document, check and correct what was read from it, and adopt it in one commit."""

import hashlib

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from msgspec.structs import replace

from cchc_flow import commands
from cchc_flow.commands.plans import was_adopted
from cchc_flow.errors import BadInput, MissingData, NotFound, Refusal
from cchc_flow.plan_import import readers
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plan_import.corrections import NO_DECISIONS, parse_place, recorded_corrections
from cchc_flow.plan_import.learned import ask_for_learning, find_learning
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.projections import plans, province
from cchc_flow.reporting.plan_days import differences_in_force
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.plans import form as plan_form
from cchc_flow.web.plans import unfinished
from cchc_flow.web.plans.documents import Reading, load_document, read_document, read_upload
from cchc_flow.web.plans.drafts import units_of_plans
from cchc_flow.web.plans.form import TaskInput
from cchc_flow.web.plans.reading_page import ReadingPage, render_reading
from cchc_flow.web.plans.templates import received_templates
from cchc_flow.web.plans.typed import sent_inputs
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import Upload

bp = Blueprint("plans", __name__, url_prefix="/<workspace>")

CHANGED_READING = (
    "Văn bản nay được đọc khác với lúc bạn mở trang này. Những gì bạn gõ vẫn ở đúng công việc của nó;"
    " hãy xem lại rồi đưa vào bảng."
)


@bp.get("/plans")
def index() -> str:
    """Show the adopted plans, and to the coordinator the form to upload one."""
    return _render_index(None)


@bp.get("/plans/<plan>")
def show(plan: str) -> str:
    """Show an adopted plan as it is recorded in its event; raise NotFound."""
    adopted_plan = plans.find_plan(g.db, plan)
    if adopted_plan is None:
        raise NotFound(
            f"Không có kế hoạch năm «{plan}».", "Hãy mở trang Kế hoạch để xem các kế hoạch đã nhập."
        )
    data = g.ws.log.event(adopted_plan.position).data
    differences = differences_in_force(g.db, plan, local_day(g.ws.now()))
    return render_template("plans/show.html", plan=adopted_plan, data=data, differences=differences)


@bp.post("/plan-readings")
@needs_role("coordinator")
def create_reading() -> Answer:
    """Store an uploaded document and redirect to what was read from it, unless it is adopted already."""
    try:
        document = read_upload()
        proposal = read_document(document).proposal
    except BadInput as error:
        return _render_index(f"{error.why} {error.now}"), 422
    if proposal.year is not None and was_adopted(g.db, proposal.year, _sha256(document)):
        return _redirect_to_adopted_plan(proposal.year)
    content = g.ws.vault.store(document.content, document.media_type)
    unfinished.keep(content.digest, document.name, NO_DECISIONS, {})
    return htmx.see_other(url_for("plans.show_reading", digest=content.digest, name=document.name))


@bp.get("/plan-readings/<digest>")
@needs_role("coordinator")
def show_reading(digest: str) -> str:
    """Show what was read from a document, the doubtful first, as a form to correct and adopt."""
    work = unfinished.kept_work(digest)
    reading = read_document(load_document(digest, request.args.get("name", "")), work.decisions)
    inputs = unfinished.kept_inputs(reading, work)
    choosing = parse_place(request.args.get("choose", ""))
    return render_reading(ReadingPage(reading, inputs, digest, choosing=choosing))


@bp.post("/plans")
@needs_role("coordinator")
def create() -> Answer:
    """Adopt the corrected plan in one commit, or show the form again with all that was typed."""
    form = request.form
    if province.own_name(g.db) is not None:
        raise Refusal("Tỉnh không đưa kế hoạch vào bảng.", "Hãy ban hành kế hoạch mẫu và giao cho các xã.")
    document = load_document(form.get("digest", ""), form.get("name", ""))
    reading = read_document(document, unfinished.sent_decisions(form))
    inputs, is_complete = sent_inputs(reading.proposal, form, _suggested_inputs(reading.proposal))
    try:
        errors = form_errors(reading.proposal, inputs, is_complete)
        if errors:
            raise MissingData(errors)
        receipt = commands.adopt_plan(g.ws, _adoption(reading, inputs), htmx.order())
    except (MissingData, BadInput) as error:
        errors = error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}
        return render_reading(ReadingPage(reading, inputs, form["digest"], errors)), 422
    g.accounts.plan_readings.forget(form["digest"])
    if reading.decisions.lines:
        ask_for_learning(g.ws.private)
    return _redirect_after_adoption(reading.proposal, receipt is None)


def form_errors(proposal: Proposal, inputs: dict[str, TaskInput], is_complete: bool) -> dict[str, str]:
    """Return a sentence for each wrong input; or that the form was made for other tasks."""
    if not is_complete:
        return {"form": CHANGED_READING}
    return plan_form.input_errors(inputs, plan_form.unit_names(proposal, units_of_plans()))


def _adoption(reading: Reading, inputs: dict[str, TaskInput]) -> commands.Adoption:
    """Return the command that adopts a reading with what was typed, and keeps what was corrected."""
    plan = adoption(reading.proposal, reading.document, plan_form.task_changes(inputs))
    known = units_of_plans()
    chosen = {task_input.lead for task_input in inputs.values()}
    added = [(name, ()) for name in plan_form.units_of_tasks_alone(reading.proposal, known) if name in chosen]
    corrections = recorded_corrections(reading.decisions.lines)
    return replace(plan, corrections=corrections, units=(*plan.units, *added))


def _suggested_inputs(proposal: Proposal) -> dict[str, TaskInput]:
    return plan_form.suggested_inputs(proposal, units_of_plans())


def _redirect_after_adoption(proposal: Proposal, was_adopted_before: bool) -> Answer:
    """Redirect with a message: how many tasks wait, or that the plan was adopted before."""
    if was_adopted_before:
        return _redirect_to_adopted_plan(proposal.year)
    count = plan_form.plan_totals(proposal).tasks
    flash(f"Đã nhập kế hoạch năm {proposal.year}: {count} công việc đang chờ giao.")
    return htmx.see_other(url_for("assigning.show", plan=str(proposal.year)))


def _redirect_to_adopted_plan(year: int | None) -> Answer:
    """Redirect to a plan whose same document has been adopted before, with a message."""
    flash(f"Đúng văn bản này đã được nhập làm kế hoạch năm {year}; không có gì thay đổi.")
    return htmx.see_other(url_for("plans.show", plan=str(year)))


def _render_index(error: str | None) -> str:
    """Return the page of all plans, with an error above the upload form if there is one."""
    context = unfinished.unfinished_context()
    return render_template(
        "plans/index.html",
        plans=plans.plans(g.db),
        error=error,
        learning=find_learning(g.ws),
        formats=readers.named_formats(),
        suffixes=",".join(readers.FORMATS),
        templates=received_templates(),
        **context,
    )


def _sha256(document: Upload) -> str:
    """Return the SHA-256 of a document in hex digits."""
    return hashlib.sha256(document.content).hexdigest()
