"""Plans: upload a document, check and correct what was read from it, and adopt it in one commit."""

import hashlib
from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow import commands
from cchc_flow.commands.plans import was_adopted
from cchc_flow.errors import BadInput, MissingData, NotFound
from cchc_flow.plan_import import read_plan_bytes, readers
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.plugin_host import contributions
from cchc_flow.projections import directory, plans, settings
from cchc_flow.reporting.plan_days import differences_in_force
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.plans import form as plan_form
from cchc_flow.web.plans import unfinished
from cchc_flow.web.plans.form import TaskInput
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import Upload

bp = Blueprint("plans", __name__, url_prefix="/<workspace>")

LARGEST_DOCUMENT = 20 * 1024 * 1024


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
        document = _read_upload()
        proposal = _read_proposal(document)
    except BadInput as error:
        return _render_index(f"{error.why} {error.now}"), 422
    if proposal.year is not None and was_adopted(g.db, proposal.year, _sha256(document)):
        return _redirect_to_adopted_plan(proposal.year)
    content = g.ws.vault.store(document.content, document.media_type)
    unfinished.keep(content.digest, document.name, {})
    return htmx.see_other(url_for("plans.show_reading", digest=content.digest, name=document.name))


@bp.get("/plan-readings/<digest>")
@needs_role("coordinator")
def show_reading(digest: str) -> str:
    """Show what was read from a document, with warnings beside it, as a form to correct and adopt."""
    proposal = _read_proposal(_load_document(digest, request.args.get("name", "")))
    kept = g.accounts.plan_readings.inputs(g.person.id, digest)
    inputs = (
        plan_form.typed_inputs(proposal, kept)
        if kept
        else plan_form.suggested_inputs(proposal, directory.units(g.db))
    )
    return _render_reading(proposal, inputs, {}, digest=digest, name=request.args.get("name", ""))


@bp.post("/plans")
@needs_role("coordinator")
def create() -> Answer:
    """Adopt the corrected plan in one commit, or show the form again with all that was typed."""
    form = request.form
    document = _load_document(form.get("digest", ""), form.get("name", ""))
    proposal = _read_proposal(document)
    inputs = plan_form.typed_inputs(proposal, form)
    errors = plan_form.input_errors(inputs, plan_form.unit_names(proposal, directory.units(g.db)))
    try:
        if errors:
            raise MissingData(errors)
        receipt = commands.adopt_plan(
            g.ws, adoption(proposal, document, plan_form.task_changes(inputs)), htmx.order()
        )
    except (MissingData, BadInput) as error:
        errors = error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}
        return _render_reading(proposal, inputs, errors, digest=form["digest"], name=document.name), 422
    g.accounts.plan_readings.forget(form["digest"])
    return _redirect_after_adoption(proposal, receipt is None)


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
        formats=readers.named_formats(),
        suffixes=",".join(readers.FORMATS),
        **context,
    )


def _read_upload() -> Upload:
    """Return the uploaded document; raise BadInput if it is missing, too large or of a wrong type."""
    file = request.files.get("document")
    if file is None or not file.filename:
        raise BadInput("Chưa chọn tệp nào.", f"Hãy chọn văn bản kế hoạch: {readers.named_formats()}.")
    content = file.stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise BadInput("Tệp lớn quá 20 MB.", "Hãy bỏ bớt hình ảnh trong văn bản rồi thử lại.")
    return _as_document(file.filename, content)


def _as_document(name: str, content: bytes) -> Upload:
    """Return a document with the media type of its file name; raise BadInput for other types."""
    return Upload(name, content, readers.media_type_of(name))


def _load_document(digest: str, name: str) -> Upload:
    """Load an uploaded document; raise NotFound if it is gone, as it is after a day unless adopted."""
    try:
        return _as_document(name, g.ws.vault.load(digest))
    except NotFound:
        raise NotFound(
            "Văn bản đã tải lên không còn trong kho.",
            "Văn bản chưa đưa vào bảng chỉ được giữ một ngày; hãy tải lên lại.",
        ) from None


def _read_proposal(document: Upload) -> Proposal:
    """Read a plan from a document, by the workspace's rule for "trước ngày"; raise BadInput."""
    exclusive = settings.effective_settings(g.db).deadlines.before_is_exclusive
    areas = contributions.areas(g.ws.plugins)
    return read_plan_bytes(document.name, document.content, areas, before_is_exclusive=exclusive)


def _render_reading(
    proposal: Proposal, inputs: dict[str, TaskInput], errors: dict[str, str], **source: Any
) -> str:
    """Return the page with what was read from a document, as a form."""
    return render_template(
        "plans/reading.html",
        proposal=proposal,
        inputs=inputs,
        errors=errors,
        totals=plan_form.plan_totals(proposal),
        units=plan_form.unit_names(proposal, directory.units(g.db)),
        remarks=plan_form.warnings_by_reference(proposal),
        anchors=plan_form.linkable_references(proposal),
        others=unfinished.readings_of_others(),
        **source,
    )


def _sha256(document: Upload) -> str:
    """Return the SHA-256 of a document in hex digits."""
    return hashlib.sha256(document.content).hexdigest()
