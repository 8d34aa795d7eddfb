"""One's own account: who I am here, my password, and where I am signed in."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.errors import MissingData, Refusal
from cchc_flow.projections import directory
from cchc_flow.web import frame, htmx
from cchc_flow.web.errors import status_of

bp = Blueprint("account", __name__, url_prefix="/<workspace>/account")


@bp.get("")
def show() -> str:
    """Show my name, unit and roles, and every session of mine that holds."""
    units = {unit.id: unit.name for unit in directory.units(g.ws.read())}
    sessions = g.accounts.sessions(g.person.id, g.ws.now())
    return render_template("account/show.html", unit=units.get(g.person.unit), sessions=sessions)


@bp.get("/password")
def password() -> str:
    """Ask for the old and the new password; a temporary one leads here first."""
    return render_template("account/password.html", errors={})


@bp.post("/passwords")
def change_password() -> Answer:
    """Store the new password and end all other sessions, or say what is wrong with it."""
    errors: dict[str, str] = {}
    status = 422
    try:
        _change_password()
    except MissingData as error:
        errors = error.fields
    except Refusal as error:
        errors, status = {"password_old": f"{error.why} {error.now}"}, status_of(error)
    if errors:
        return render_template("account/password.html", errors=errors), status
    flash("Đã đổi mật khẩu. Các phiên đăng nhập khác của bạn đã kết thúc.")
    return htmx.see_other(url_for("account.show" if not g.session.must_change else "start.show"))


@bp.post("/sessions/<int:session>/end")
def end_session(session: int) -> Answer:
    """End one session of mine."""
    g.accounts.end(g.person.id, session, g.ws.now())
    flash("Đã kết thúc phiên đăng nhập đó.")
    return htmx.see_other(url_for("account.show"))


@bp.post("/sessions/end-others")
def end_other_sessions() -> Answer:
    """End every session of mine but this one."""
    g.accounts.end_all(g.person.id, g.ws.now(), but=g.session.id)
    flash("Đã kết thúc mọi phiên đăng nhập khác.")
    return htmx.see_other(url_for("account.show"))


def _change_password() -> None:
    now, form = g.ws.now(), request.form
    old, new = form.get("password_old", ""), form.get("password", "")
    g.accounts.verify(g.person.id, old, frame.client(), now)
    if new != form.get("password_again", ""):
        raise MissingData({"password_again": "Hai lần gõ mật khẩu mới không giống nhau."})
    if new == old:
        raise MissingData({"password": "Mật khẩu mới phải khác mật khẩu đang dùng."})
    g.accounts.set_password(g.person.id, new, now)
    g.accounts.end_all(g.person.id, now, but=g.session.id)
