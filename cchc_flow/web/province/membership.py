"""To which province a commune belongs: its administrator lets it join one that lists it, or leave."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.provinces import join_province, leave_province
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.projections import province
from cchc_flow.web.http import htmx
from cchc_flow.web.http.tenancy import needs_role, served_workspaces
from cchc_flow.workspace import Workspace

bp = Blueprint("membership", __name__, url_prefix="/<workspace>/membership")
MOST_LOOKED_AT = 40
"""In so many workspaces a province is looked for; a server has one or a few."""


@bp.get("")
def show() -> str:
    """Show to which province the commune belongs, and to an administrator those that it may join."""
    if province.own_name(g.db) is not None:
        raise NotFound("Không có trang này.", "Tỉnh không thuộc tỉnh khác.")
    present = province.membership(g.db)
    is_admin = "admin" in g.person.roles and g.visit is None
    return render_template(
        "province/membership.html",
        membership=present,
        offers=_offers() if is_admin and present is None else [],
        is_admin=is_admin,
        visitors=sorted(province.visitors(g.db).values(), key=lambda one: one.name),
    )


@bp.post("")
@needs_role("admin")
def create() -> Answer:
    """Let the commune join a province."""
    order, name = htmx.order(), request.form.get("province", "")
    with served_workspaces().opened.use(name) as (its_province, _):
        join_province(g.ws, its_province, order)
        flash(f"{g.ws.title} đã tham gia {its_province.title}.")
    return htmx.see_other(url_for("membership.show"))


@bp.post("/departures")
@needs_role("admin")
def leave() -> Answer:
    """Let the commune leave its province."""
    leave_province(g.ws, htmx.order())
    flash("Xã đã rời tỉnh; từ nay người của tỉnh không xem được gì của xã.")
    return htmx.see_other(url_for("membership.show"))


def _offers() -> list[tuple[str, str]]:
    """Return the provinces on this server that list the commune, by name and title."""
    served, offers = served_workspaces(), list[tuple[str, str]]()
    names = sorted(served.names(), key=lambda name: (not name.startswith("tinh"), name))
    for name in names[:MOST_LOOKED_AT]:
        if name == g.ws.name:
            continue
        try:
            with served.opened.borrow(name) as (ws, _):
                offers += [(name, ws.title)] if _lists(ws, g.ws.name) else []
        except CchcError:  # a workspace in trouble offers nothing
            continue
    return offers


def _lists(ws: Workspace, commune: str) -> bool:
    db = ws.read()
    return province.own_name(db) is not None and province.commune(db, commune) is not None
