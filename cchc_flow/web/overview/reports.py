"""The reports of a year: which unit has reported on which period, and what the commune owes upward."""

from flask import Blueprint, g, render_template, request

from cchc_flow.projections import plans
from cchc_flow.reporting.report_matrix import report_matrix
from cchc_flow.web.board.query import parse_board_query, scope_parameters
from cchc_flow.web.board.views import filter_choices

bp = Blueprint("reports", __name__)


@bp.get("/<workspace>/reports")
def show() -> str:
    """Show the matrix of the plan's year, now or as of a day of the past."""
    given = {name: request.args[name] for name in ("plan", "as_of") if request.args.get(name)}
    parameters = {**given, "kind": "report"}
    query = parse_board_query(parameters, g.person, g.ws)
    plan = next((plan for plan in plans.plans(g.db) if plan.id == query.filters.plan), None)
    year = plan.year if plan else query.today.year
    return render_template(
        "reports/show.html",
        query=query,
        year=year,
        has_plan=plan is not None,
        matrix=report_matrix(g.db, year, query.filters, query.today, at=query.at),
        scope=scope_parameters(parameters),
        url_args=request.args,
        **filter_choices(g.db, query),
    )


show.section = "overview"  # type: ignore[attr-defined]
