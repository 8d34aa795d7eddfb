"""First start: the commune and its first administrator. It closes for good once a person exists."""

import re
from collections.abc import Mapping

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow import accounts
from cchc_flow.commands import workspace_setup as opening
from cchc_flow.commands.directory import LOGIN, NAME_LIMIT, add_first_administrator
from cchc_flow.projections.search import search_key
from cchc_flow.web.http import htmx
from cchc_flow.web.http import tenancy as frames
from cchc_flow.web.http.tenancy import frame, open_to_everyone

bp = Blueprint("setup", __name__)

Form = Mapping[str, str]


@bp.get("/setup")
def first() -> Answer:
    """Ask for the commune and its administrator, while the data folder is empty."""
    if frame().names():
        return htmx.see_other(url_for("start.index"))
    return _render_form({})


@bp.post("/setup")
def create_first() -> Answer:
    """Make the first workspace, and its administrator, who is signed in at once."""
    if frame().names():
        return htmx.see_other(url_for("start.index"))
    frame().check_setup_code(request.form.get("code", ""))
    if errors := _person_errors(request.form) | _commune_errors(request.form):
        return _render_form(errors), 422
    if not _create_first_workspace(_typed_line(request.form, "commune")):
        return htmx.see_other(url_for("start.index"))
    return _sign_up()


def _create_first_workspace(title: str) -> bool:
    """Make the first workspace; return False when somebody else made it since this form was sent."""
    name, here = workspace_name(title), frame()
    with here.founding:
        if here.names():
            return False
        opening.create_workspace(here.data, name, title=title, clock=here.now, plugins=here.plugins)
    g.ws, g.accounts = here.get(name)
    return True


@bp.get("/<workspace>/setup")
@open_to_everyone
def show() -> Answer:
    """Ask for the administrator of a workspace that has nobody yet."""
    if not frames.awaits_setup():
        return htmx.see_other(url_for("start.show"))
    return _render_form({})


@bp.post("/<workspace>/setup")
@open_to_everyone
def create() -> Answer:
    """Make the first administrator, who is signed in at once; refused when there is a person."""
    frame().check_setup_code(request.form.get("code", ""))
    if errors := _person_errors(request.form):
        return _render_form(errors), 422
    return _sign_up()


def workspace_name(title: str) -> str:
    """Return the name for URLs and folders that a commune's name gives: "xã Krông Bình" is krong-binh."""
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^(xa|phuong|dac khu)\b", "", search_key(title).strip()))
    name = plain.strip("-")[:40].strip("-")
    return name if name not in {"", "private", "static", "setup", "health"} else "default"


def _render_form(errors: Mapping[str, str]) -> str:
    return render_template("setup/new.html", errors=errors, form=request.form, code=bool(frame().setup_code))


def _person_errors(form: Form) -> dict[str, str]:
    """Return what is wrong with the fields of the person, a sentence for each."""
    login, password = _typed_line(form, "login").lower(), form.get("password", "")
    found = {
        "name": "" if 0 < len(_typed_line(form, "name")) <= NAME_LIMIT else "Hãy ghi họ và tên.",
        "login": ""
        if LOGIN.fullmatch(login)
        else "Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, chữ số hoặc dấu chấm, bắt đầu bằng chữ.",
        "password": accounts.password_fault(password, login) or "",
        "password_again": ""
        if password == form.get("password_again")
        else "Hai lần gõ mật khẩu không giống nhau.",
    }
    return {name: fault for name, fault in found.items() if fault}


def _commune_errors(form: Form) -> dict[str, str]:
    named = 0 < len(_typed_line(form, "commune")) <= NAME_LIMIT
    return {} if named else {"commune": "Hãy ghi tên xã, phường hoặc đặc khu."}


def _sign_up() -> Answer:
    """The log decides who was first; the same form sent again by another does not replace the password."""
    form, now = request.form, g.ws.now()
    login = _typed_line(form, "login").lower()
    roles = ["admin", "coordinator"] if form.get("coordinator") else ["admin"]
    add_first_administrator(g.ws, login, _typed_line(form, "name"), roles)
    g.accounts.set_first_password(login, form["password"], now)
    return frames.set_session(
        htmx.see_other(url_for("start.show")), g.accounts.start_session(login, frames.client(), now)
    )


def _typed_line(form: Form, name: str) -> str:
    return " ".join(form.get(name, "").split())
