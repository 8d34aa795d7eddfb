"""First start: the commune and its first administrator. These pages close once a person exists."""

from collections.abc import Mapping

from flask import Blueprint, Response, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow import accounts
from cchc_flow.commands import workspace_setup
from cchc_flow.commands.directory import LOGIN, add_first_administrator
from cchc_flow.commands.unit_names import NAME_LIMIT
from cchc_flow.web.admin.communes import communes_of, provinces
from cchc_flow.web.http import htmx, tenancy
from cchc_flow.web.http.tenancy import open_to_everyone, served_workspaces
from cchc_flow.workflow.typed_text import UnfitText, clean_line
from cchc_flow.workspace import name_from_title

bp = Blueprint("setup", __name__)

Form = Mapping[str, str]


@bp.get("/setup", endpoint="first")
def new_workspace() -> Answer:
    """Show the form of the first workspace and its administrator, while the data folder is empty."""
    if served_workspaces().names():
        return htmx.see_other(url_for("start.index"))
    return _render_form({})


@bp.post("/setup", endpoint="create_first")
def create_workspace() -> Answer:
    """Create the first workspace and its administrator, who is signed in at once."""
    if served_workspaces().names():
        return htmx.see_other(url_for("start.index"))
    served_workspaces().setup_codes.check(request, "")
    if request.form.get("offer"):  # without scripts: the communes of the chosen province
        return _render_form({})
    if errors := _person_errors(request.form) | _commune_errors(request.form):
        return _render_form(errors), 422
    if not _create_first_workspace(_typed_line(request.form, "commune")):
        return htmx.see_other(url_for("start.index"))
    return _sign_up()


@bp.get("/setup/communes", endpoint="communes")
def offer_communes() -> Response:
    """Return the names of a province's communes as JSON."""
    return jsonify(communes_of(request.args.get("province", "")))


def _create_first_workspace(title: str) -> bool:
    """Create the first workspace; return False if somebody else has created one in the meantime."""
    name, served = name_from_title(title), served_workspaces()
    with served.founding:
        if served.names():
            return False
        workspace_setup.create_workspace(
            served.data, name, title=title, clock=served.now, plugins=served.plugins
        )
    g.ws, g.accounts = served.get(name)
    tenancy.begin_snapshot()
    return True


@bp.get("/<workspace>/setup")
@open_to_everyone
def show() -> Answer:
    """Show the form of the administrator, for a workspace without people."""
    if not tenancy.is_awaiting_setup():
        return htmx.see_other(url_for("start.show"))
    return _render_form({})


@bp.post("/<workspace>/setup")
@open_to_everyone
def create() -> Answer:
    """Create the first administrator, who is signed in at once; refused once the workspace has a person."""
    served_workspaces().setup_codes.check(request, g.ws.name)
    if errors := _person_errors(request.form):
        return _render_form(errors), 422
    return _sign_up()


def _render_form(errors: Mapping[str, str]) -> str:
    """Return the set-up form with what was typed and what is wrong."""
    code = served_workspaces().setup_codes.is_asked_for(request, g.ws.name if g.ws else "")
    names = [province.name for province in provinces()] if g.ws is None else []
    communes = communes_of(request.form.get("province", ""))
    return render_template(
        "setup/new.html", errors=errors, form=request.form, code=code, provinces=names, communes=communes
    )


def _person_errors(form: Form) -> dict[str, str]:
    """Return a sentence for each field of the administrator that is wrong, by the field's name."""
    login, password = _typed_line(form, "login").lower(), form.get("password", "")
    errors = {
        "name": "" if 0 < len(_typed_line(form, "name")) <= NAME_LIMIT else "Hãy ghi họ và tên.",
        "login": ""
        if LOGIN.fullmatch(login)
        else "Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, chữ số hoặc dấu chấm, bắt đầu bằng chữ.",
        "password": accounts.password_fault(password, login, _known_names(form)) or "",
        "password_again": ""
        if password == form.get("password_again")
        else "Hai lần gõ mật khẩu không giống nhau.",
    }
    return {name: error for name, error in errors.items() if error}


def _known_names(form: Form) -> list[str]:
    """Return the names that make no password: of the person and of the commune."""
    commune = g.ws.title if g.get("ws") else _typed_line(form, "commune")
    return [_typed_line(form, "name"), commune]


def _commune_errors(form: Form) -> dict[str, str]:
    """Return a sentence under "commune" if the commune's name is missing or too long."""
    is_named = 0 < len(_typed_line(form, "commune")) <= NAME_LIMIT
    return {} if is_named else {"commune": "Hãy ghi tên xã, phường hoặc đặc khu."}


def _sign_up() -> Answer:
    """Create the administrator and sign in; a second sign-up is refused and cannot replace the password."""
    form, now = request.form, g.ws.now()
    login = _typed_line(form, "login").lower()
    roles = ["admin", "coordinator"] if form.get("coordinator") else ["admin"]
    add_first_administrator(g.ws, login, _typed_line(form, "name"), roles)
    g.accounts.set_first_password(login, form["password"], now, about=_known_names(form))
    return tenancy.set_session(
        htmx.see_other(url_for("start.show")), g.accounts.start_session(login, tenancy.client(), now)
    )


def _typed_line(form: Form, name: str) -> str:
    """Return a typed line, cleaned; "" for one that is too long or not readable, which is then asked for."""
    try:
        return clean_line(form.get(name, ""), NAME_LIMIT)
    except UnfitText:
        return ""
