"""The inspections, and the forms by which an inspector opens one and notes what she observes."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from cchc_flow.commands import Outcome
from cchc_flow.commands.inspections import OBSERVATION, audit_fields, findings_of, open_audit, open_finding
from cchc_flow.errors import CchcError, MissingData
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.projections.reading import may_read
from cchc_flow.reporting.audit_conclusion import conclusion_draft
from cchc_flow.web.forms import widgets as forms
from cchc_flow.web.http import htmx
from cchc_flow.web.http.downloads import send_document
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.inspections.panel import find_audit
from cchc_flow.web.log.events import for_auditors
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.hands import AUDIT_KIND
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import AUDITOR

bp = Blueprint("inspections", __name__, url_prefix="/<workspace>/inspections")


@bp.get("")
@for_auditors
def index() -> str:
    """Show all inspections, the newest first, each with the number of its findings by state."""
    audits = sorted(items.items_of_kind(g.db, AUDIT_KIND), key=lambda audit: audit.id, reverse=True)
    return render_template(
        "inspections/index.html",
        rows=[(audit, workflows.workflow(g.db, audit.kind, audit.workflow).state(audit.state),
               _numbers_by_state(audit)) for audit in audits],
    )  # fmt: skip


@bp.get("/new")
@needs_role(AUDITOR)
def new() -> str:
    """Show the form of a new inspection."""
    return _render_form(None, audit_fields(g.db), {})


@bp.post("")
@needs_role(AUDITOR)
def create() -> Response:
    """Open an inspection and show it, or its form again with what is wrong."""
    fields = audit_fields(g.db)
    typed = forms.typed_values(fields)
    try:
        outcome = open_audit(g.ws, typed, htmx.order())
    except MissingData as error:
        return make_response(_render_form(None, fields, typed, error), status_of(error))
    return _show(outcome)


@bp.get("/<audit>/findings/new")
@needs_role(AUDITOR)
def new_finding(audit: str) -> str:
    """Show the form of an observation; the address may name the item that it is about."""
    loaded = find_audit(audit)
    about = queries.find_card(g.db, request.args.get("about", ""))
    typed: JsonObject = {"about": about.id, "lead": about.lead} if about else {}
    return _render_form(loaded, OBSERVATION, typed)


@bp.post("/<audit>/findings")
@needs_role(AUDITOR)
def create_finding(audit: str) -> Response:
    """Note what was observed and show it, or its form again with what is wrong."""
    typed = forms.typed_values(OBSERVATION)
    try:
        outcome = open_finding(g.ws, audit, typed, htmx.order())
    except MissingData as error:
        return make_response(_render_form(find_audit(audit), OBSERVATION, typed, error), status_of(error))
    return _show(outcome)


@bp.get("/<audit>/conclusion.<ending>")
def download_conclusion(audit: str, ending: str) -> Response:
    """Send the draft of the conclusion of an inspection, with the findings that the reader may read."""
    return send_document(
        conclusion_draft(g.ws, g.db, find_audit(audit), g.reader), "ket-luan-kiem-tra", ending
    )


def _show(outcome: Outcome) -> Response:
    return htmx.see_other(url_for("items.show", item_id=outcome.item.id))


def _numbers_by_state(audit: Item) -> list[tuple[str, int]]:
    """Return how many findings of an inspection are in which state, by the title of the state."""
    titles, numbers = workflows.state_titles(g.db), dict[str, int]()
    for finding in findings_of(g.db, audit.id, "audit"):
        if may_read(g.db, g.reader, finding):
            title = titles[finding.kind, finding.state]
            numbers[title] = numbers.get(title, 0) + 1
    return list(numbers.items())


def _render_form(
    audit: Item | None, fields: Sequence[Field], typed: JsonObject, error: CchcError | None = None
) -> str:
    """Return the form of an inspection, or of an observation in one; wrong fields have their sentences."""
    wrong: dict[str, Any] = error.fields if isinstance(error, MissingData) else {}
    about = queries.find_card(g.db, str(typed.get("about") or "")) if audit else None
    return render_template(
        "inspections/form.html",
        audit=audit,
        about=about,
        widgets=forms.build_widgets(fields, typed, g.db, wrong),
        wrong=wrong,
    )


new.section = create.section = new_finding.section = create_finding.section = "events"  # type: ignore[attr-defined]
