"""Template plans that a commune received from its province: to be read, adopted as any plan, or put aside."""

from io import BytesIO

import msgspec
from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.contents import load_text
from cchc_flow.commands.plan_templates import put_template_aside
from cchc_flow.errors import MissingData, NotFound
from cchc_flow.projections import plan_templates, plans
from cchc_flow.projections.plan_templates import ReceivedTemplate
from cchc_flow.projections.plans import Plan
from cchc_flow.web.forms.evidence import BINARY
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import send_open_file
from cchc_flow.web.http.reading import record_content
from cchc_flow.web.http.tenancy import needs_role

bp = Blueprint("plan_templates", __name__, url_prefix="/<workspace>/plan-templates/<template>")
ERASED = "ke-hoach-mau"
"""The name of a document whose own name was erased."""


class ShownTemplate(msgspec.Struct, frozen=True):
    """A received template as the page of the plans shows it.

    `plan` was adopted from it, `other` is the plan of its year that was not; `reason` says why it was put
    aside.
    """

    template: ReceivedTemplate
    name: str
    is_waiting: bool
    plan: Plan | None
    other: Plan | None
    reason: str


def received_templates() -> list[ShownTemplate]:
    """Return the templates that the commune received, those that wait first, then the newest first."""
    shown = [_show(one) for one in plan_templates.received_templates(g.db)]
    return sorted(shown, key=lambda one: not one.is_waiting)


@bp.get("/document")
def document(template: str) -> Response:
    """Send the document of a received template as a download."""
    found = _find(template)
    content = BytesIO(g.ws.vault.load(found.document))
    record_content(found.document)
    return send_open_file(content, _show(found).name, BINARY)


@bp.get("/put-asides/new")
@needs_role("coordinator")
def new_put_aside(template: str) -> str:
    """Ask why the commune makes no plan from a template."""
    return render_template("plans/put_aside.html", shown=_show(_find(template)), form={}, errors={})


@bp.post("/put-asides")
@needs_role("coordinator")
def create_put_aside(template: str) -> Answer:
    """Put a template aside with a reason; what was typed into its form is kept no longer."""
    found = _find(template)
    try:
        put_template_aside(g.ws, template, request.form.get("reason", ""), htmx.order())
    except MissingData as error:
        shown = _show(found)
        return render_template(
            "plans/put_aside.html", shown=shown, form=request.form, errors=error.fields
        ), 422
    g.accounts.plan_readings.forget(found.document)
    flash("Đã để riêng kế hoạch mẫu; tỉnh thấy lý do của xã.")
    return htmx.see_other(url_for("plans.index"))


def _find(template: str) -> ReceivedTemplate:
    found = plan_templates.find_received(g.db, template)
    if found is None:
        raise NotFound("Xã không có kế hoạch mẫu này.", "Hãy mở trang Kế hoạch.")
    return found


def _show(template: ReceivedTemplate) -> ShownTemplate:
    adopted = plan_templates.adopted_from(g.db, template.document_digest)
    return ShownTemplate(
        template,
        load_text(g.ws.vault, template.document_name) or ERASED,
        plan_templates.is_waiting(g.db, template),
        adopted,
        plans.plan_of_year(g.db, template.year) if adopted is None else None,
        load_text(g.ws.vault, template.aside_reason) or "",
    )
