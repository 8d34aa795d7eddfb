"""The first page: which workspace to open, and what is still missing before it has a board."""

from flask import Blueprint, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.projections import directory, plans, province
from cchc_flow.reporting.my_work import STAFF
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import served_workspaces
from cchc_flow.web.plans.templates import received_templates
from cchc_flow.web.plans.unfinished import unfinished_context
from cchc_flow.workflow.provinces import PROVINCE_ROLES

bp = Blueprint("start", __name__)


@bp.get("/")
def index() -> Answer:
    """Redirect to the only workspace or to the set-up of the first; with several, list them."""
    names = served_workspaces().names()
    if not names:
        return htmx.see_other(url_for("setup.first"))
    if len(names) == 1:
        return htmx.see_other(url_for("start.show", workspace=names[0]))
    return render_template("start/index.html", workspaces=[served_workspaces().label(name) for name in names])


@bp.get("/<workspace>/")
def show() -> Answer:
    """Redirect to what waits for the person, or to the board; or show what is still missing for one.

    Who holds no role to which work comes begins at the board.
    """
    db = g.db
    if province.own_name(db) is not None:
        has_overview = "province_overview.show" in current_app.view_functions
        first = "province_overview.show" if has_overview else "province_members.index"
        reads_communes = not g.person.roles.isdisjoint(PROVINCE_ROLES)
        return htmx.see_other(url_for(first if reads_communes else "province_members.index"))
    if plans.plans(db) and "board.show" in current_app.view_functions:
        is_staff = not g.person.roles.isdisjoint(STAFF)
        return htmx.see_other(url_for("work.show" if is_staff else "board.show"))
    return render_template(
        "start/show.html",
        units=directory.units(db),
        people=[person for person in directory.people(db) if person.active],
        plans=plans.plans(db),
        templates=received_templates(),
        **unfinished_context(),
    )
