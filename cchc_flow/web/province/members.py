"""The communes of a province: who joined, asking one that is there to join, and taking one from the list."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands.provinces import KEEPERS, list_commune, unlist_commune
from cchc_flow.errors import CchcError, Conflict, MissingData, NotFound, Refusal
from cchc_flow.projections import province
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.commune_list import CODE_LIMIT, is_code, kind_of
from cchc_flow.province.members import load_members
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.tenancy import served_workspaces
from cchc_flow.web.province.frame import in_province
from cchc_flow.workflow.provinces import PROVINCE_ROLES
from cchc_flow.workspace import name_from_title

bp = Blueprint("province_members", __name__, url_prefix="/<workspace>/province/members")


@bp.get("")
@in_province(*PROVINCE_ROLES, "admin")
def index() -> str:
    """Show the communes that the province lists, each with whether it joined."""
    return _render({}, {})


@bp.post("")
@in_province(*KEEPERS)
def create() -> Answer:
    """List a commune whose workspace is there, so that its administrator may let it join."""
    form, order = request.form, htmx.order()
    name, code = form.get("commune", "").strip(), form.get("code", "").strip()
    errors = _errors(name, code)
    if errors:
        return _render(form, errors), 422
    title = served_workspaces().label(name).title
    try:
        list_commune(g.ws, ListedCommune(name, code, title, kind_of(title), founding=False), order)
    except (Refusal, Conflict) as error:
        return _render(form, _fields_of(error)), status_of(error)
    flash(f"Đã ghi {title} vào danh sách; quản trị của xã cho xã tham gia ở trang «Thuộc tỉnh».")
    return htmx.see_other(url_for("province_members.index"))


@bp.get("/<commune>/removals/new")
@in_province(*KEEPERS)
def new_removal(commune: str) -> str:
    """Ask whether a commune is to be taken from the list."""
    listed = province.commune(g.db, commune)
    if listed is None:
        raise NotFound("Tỉnh không có xã này trong danh sách.", "Hãy xem lại danh sách xã.")
    return render_template("province/removal.html", commune=listed)


@bp.post("/<commune>/removals")
@in_province(*KEEPERS)
def remove(commune: str) -> Answer:
    """Take a commune from the province's list."""
    unlist_commune(g.ws, commune, htmx.order())
    flash("Đã bỏ xã khỏi danh sách của tỉnh.")
    return htmx.see_other(url_for("province_members.index"))


def _errors(name: str, code: str) -> dict[str, str]:
    """Return a sentence for each field that is wrong."""
    errors = {}
    if name not in {other for other, _ in _others()}:
        errors["commune"] = "Xã: hãy chọn một xã trong danh sách."
    if not is_code(code):
        errors["code"] = f"Mã: gồm 1 đến {CODE_LIMIT} chữ số, chữ không dấu, dấu chấm hoặc gạch nối."
    return errors


def _fields_of(error: CchcError) -> dict[str, str]:
    return error.fields if isinstance(error, MissingData) else {"form": str(error)}


def _others() -> list[tuple[str, str]]:
    """Return the workspaces of this server that may be communes to be listed, by name and title."""
    listed = {one.workspace for one in province.communes(g.db)}
    names = [name for name in served_workspaces().names() if name != g.ws.name and name not in listed]
    return sorted(((name, served_workspaces().label(name).title) for name in names), key=lambda pair: pair[1])


def _render(form: Any, errors: dict[str, str]) -> str:
    may_keep = bool(g.person.roles.intersection(KEEPERS))
    return render_template(
        "province/members.html",
        members=load_members(served_workspaces().data, g.ws, g.ws.now),
        others=_others() if may_keep else [],
        may_keep=may_keep,
        reads_communes=bool(g.person.roles.intersection(PROVINCE_ROLES)),
        form=form,
        errors=errors,
        anchor=name_from_title,
    )
