"""The reports of a year: which unit has reported on which period, and what the commune owes upward."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands import reporting_periods
from cchc_flow.commands.settings import EDITORS
from cchc_flow.errors import Conflict, ItemMoved
from cchc_flow.projections import plans
from cchc_flow.reporting.report_matrix import report_matrix
from cchc_flow.web.board.query import parse_board_query, plan_parameters, scope_parameters
from cchc_flow.web.board.views import filter_choices
from cchc_flow.web.commune_reports.loading import READERS
from cchc_flow.web.forms.seen_versions import form_context, seen_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import needs_role

bp = Blueprint("reports", __name__)


@bp.get("/<workspace>/reports")
def show() -> str:
    """Show the matrix of the plan's year, now or as of a day of the past."""
    return _render(plan_parameters(request.args))


show.section = "overview"  # type: ignore[attr-defined]


@bp.post("/<workspace>/plans/<plan>/report-days")
@needs_role(*EDITORS)
def take_over_days(plan: str) -> Answer:
    """Let reports be due on the days that the plan states, or show the page with why not."""
    try:
        is_changed = reporting_periods.take_over_days(
            g.ws, plan, htmx.order(), seen=seen_version("thiết lập")
        )
    except (ItemMoved, Conflict) as error:
        return _render({"plan": plan}, error), status_of(error)
    flash("Đã lấy ngày báo cáo theo kế hoạch." if is_changed else "Ngày báo cáo đã đúng như kế hoạch.")
    return htmx.see_other(url_for("reports.show", plan=plan))


def _render(given: dict[str, str], error: ItemMoved | Conflict | None = None) -> str:
    """Return the page of a year; `error` says why a form on it was refused."""
    context = form_context(f"settings-{reporting_periods.SETTING}", error)
    parameters = {**given, "kind": "report"}
    query = parse_board_query(parameters, g.person, g.ws)
    plan = plans.find_plan(g.db, query.filters.plan)
    year = plan.year if plan else query.today.year
    return render_template(
        "reports/show.html",
        query=query,
        year=year,
        plan=plan,
        opens_reports=plan is not None and bool(g.person.roles.intersection(READERS)),
        may_edit=bool(g.person.roles.intersection(EDITORS)) and not query.as_of,
        matrix=report_matrix(g.db, year, query.filters, query.today, at=query.at),
        scope=scope_parameters(parameters),
        url_args=given,
        **context,
        **filter_choices(g.db, query),
    )
