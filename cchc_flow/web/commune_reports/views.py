"""One report of the commune: what is missing, its sections beside the units' words, and how it was issued."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.commune_reports import Issue, issue_report, recall_report, send_report
from cchc_flow.commands.document_numbers import ISSUERS, read_numbers
from cchc_flow.commands.report_sections import LONGEST_TEXT, edit_section
from cchc_flow.errors import CchcError, Conflict, ItemMoved, MissingData, Refusal
from cchc_flow.projections import directory, issued, settings
from cchc_flow.reporting import official
from cchc_flow.reporting.issuing import freezer
from cchc_flow.reporting.signed_reports import take_signed
from cchc_flow.web.commune_reports.loading import READERS, load_page, today
from cchc_flow.web.forms.report_files import read_report_file
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role, served_workspaces
from cchc_flow.web.items.signatures import own_trusted
from cchc_flow.workflow.commune_report import report_stream
from cchc_flow.workflow.numbering import next_number

bp = Blueprint("commune_reports", __name__, url_prefix="/<workspace>/reports/<period>")
SECTION = "overview"


@bp.get("")
@needs_role(*READERS)
def show(period: str) -> str:
    """Show the report of a period as it stands now, or as it was issued."""
    return _render(period)


@bp.post("/sections/<section>/edits")
@needs_role("coordinator")
def create_edit(period: str, section: str) -> Answer:
    """Write a section, or take back what was written when nothing is left of it."""
    text = request.form.get("text", "")
    try:
        seen = seen_version("báo cáo")
        is_changed = edit_section(g.ws, period, section, text, htmx.order(), seen=seen)
    except (MissingData, ItemMoved, Conflict) as error:
        return _render(period, error, form=f"section-{section}", typed={"text": text}), status_of(error)
    flash("Đã lưu nội dung mục." if is_changed else "Nội dung mục vẫn như cũ; không có gì thay đổi.")
    return htmx.see_other(url_for("commune_reports.show", period=period, _anchor=f"section-{section}"))


@bp.post("/issues")
@needs_role(*ISSUERS)
def create_issue(period: str) -> Answer:
    """Issue the report, or show its form again with all that was typed."""
    typed = {name: request.form.get(name, "") for name in ("day", "number", "signer", "signer_lines")}
    issue = Issue(
        day=typed["day"],
        number=typed["number"],
        signer=typed["signer"],
        signer_lines=tuple(typed["signer_lines"].splitlines()),
        accepts_gaps=request.form.get("accepts_gaps") == "yes",
    )
    try:
        seen = seen_version("báo cáo")
        issue_report(g.ws, period, issue, htmx.order(), freezer(g.ws, _public_address(period)), seen=seen)
    except (Refusal, Conflict) as error:
        accepts = {"accepts_gaps": issue.accepts_gaps}
        return _render(period, error, form="issue", typed=typed | accepts), status_of(error)
    flash("Đã ban hành báo cáo; các tệp được niêm giữ.")
    return htmx.see_other(url_for("commune_reports.show", period=period))


@bp.post("/dispatches")
@needs_role(*ISSUERS)
def create_dispatch(period: str) -> Answer:
    """Record that the report was sent."""
    day = request.form.get("day", "")
    try:
        send_report(g.ws, period, day, htmx.order(), seen=seen_version("báo cáo"))
    except (Refusal, Conflict) as error:
        return _render(period, error, form="dispatch", typed={"day": day}), status_of(error)
    flash("Đã ghi báo cáo được gửi.")
    return htmx.see_other(url_for("commune_reports.show", period=period))


@bp.post("/recalls")
@needs_role(*ISSUERS)
def create_recall(period: str) -> Answer:
    """Recall the issued report; its number stays taken."""
    reason = request.form.get("reason", "")
    try:
        recall_report(g.ws, period, reason, htmx.order(), seen=seen_version("báo cáo"))
    except (Refusal, Conflict) as error:
        return _render(period, error, form="recall", typed={"reason": reason}), status_of(error)
    flash("Đã thu hồi báo cáo; số đã cấp vẫn giữ.")
    return htmx.see_other(url_for("commune_reports.show", period=period))


@bp.post("/signatures")
@needs_role(*ISSUERS)
def create_signature(period: str) -> Answer:
    """Keep a signed file of the report, if nothing but signatures was added to the issued one."""
    try:
        seen, content = seen_version("báo cáo"), read_report_file("signed")
        take_signed(g.ws, content, htmx.order(), own_trusted(), period=period, seen=seen)
    except (Refusal, Conflict) as error:
        return _render(period, error, form="signature"), status_of(error)
    flash("Đã ghi nhận bản đã ký của báo cáo.")
    return htmx.see_other(url_for("commune_reports.show", period=period))


def _public_address(period: str) -> str:
    """Return the address of the report's page for people outside, empty where the server knows none."""
    base = served_workspaces().deployment.url
    return f"{base}/{g.ws.name}/reports/{period}" if base else ""


def _render(
    period: str, error: CchcError | None = None, form: str = "", typed: dict[str, Any] | None = None
) -> str:
    """Return the page; `error` says why its `form` was refused, which holds what was `typed`."""
    page = load_page(period)
    context = form_context(report_stream(page.report.plan, period), error)
    if context["changes"]:  # the rest of the page is as of the newest event as well
        page = load_page(period)
    errors = context.pop("errors")
    return render_template(
        "commune_reports/show.html",
        page=page,
        report=page.report,
        texts=issued.report_texts(g.db, page.report.plan, period),
        names=directory.names(g.db),
        may_write="coordinator" in g.person.roles and page.report.issued is None,
        may_issue=bool(g.person.roles.intersection(ISSUERS)),
        today=today(),
        longest=LONGEST_TEXT,
        errors_of={form: errors} if form else {},
        typed_of={form: typed} if form else {},
        **_issue_context(),
        **context,
    )


def _issue_context() -> dict[str, Any]:
    """Return what the form of the issue begins with: who numbers, the next number, who signs."""
    rules = settings.effective_settings(g.db).documents
    series = read_numbers(g.ws, g.db, today().year)
    return {
        "documents": rules,
        "next_number": next_number(series, rules),
        "signature": official.signature(g.db),
    }


show.section = SECTION  # type: ignore[attr-defined]
