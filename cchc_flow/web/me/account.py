"""The account of the signed-in person: password, sessions, mail preferences and calendar address."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.accounts import WrongPassword
from cchc_flow.accounts.personal import MailPreferences
from cchc_flow.errors import ItemMoved, MissingData, Refusal
from cchc_flow.projections import directory
from cchc_flow.projections.access import newest_reset
from cchc_flow.projections.notices import KINDS
from cchc_flow.web.admin.directory import absences_ahead
from cchc_flow.web.forms.seen_versions import refuse_other_values, version_of_values
from cchc_flow.web.http import htmx, tenancy
from cchc_flow.web.http.errors import status_of

bp = Blueprint("account", __name__, url_prefix="/<workspace>/account")


@bp.get("")
def show() -> str:
    """Show the person's name, unit and roles, mail preferences, calendar and open sessions."""
    return _render_account(g.accounts.personal.mail_preferences(g.person.id), {})


@bp.post("/mail-choices")
def choose_mail() -> Answer:
    """Save which notices the person wants by mail and where, or say what is wrong with the address."""
    address, kinds = request.form.get("address", ""), request.form.getlist("kinds")
    try:
        refuse_other_values("lựa chọn nhận thông báo", *_mail_choices())
        g.accounts.personal.save_mail_preferences(g.person.id, address, kinds, g.ws.log.size())
    except (MissingData, ItemMoved) as error:
        errors = error.fields if isinstance(error, MissingData) else {"form": f"{error.why} {error.now}"}
        return _render_account(MailPreferences(address, tuple(kinds)), errors), status_of(error)
    flash("Đã lưu lựa chọn nhận thông báo.")
    return htmx.see_other(url_for("account.show"))


@bp.post("/feeds")
def create_feed() -> str:
    """Give the person's calendar a new secret address; it is shown once, no URL leads to that page again."""
    refuse_other_values("địa chỉ lịch", _feed_creation_time())
    secret = g.accounts.personal.create_feed_secret(g.person.id, g.ws.now())
    path = url_for("calendar.show", secret=secret).removeprefix(request.script_root)
    site = tenancy.served_workspaces().deployment.url or request.url_root.rstrip("/")
    return render_template("account/feed.html", address=site + path)


@bp.post("/feeds/end")
def end_feed() -> Answer:
    """Revoke the address of the person's calendar."""
    refuse_other_values("địa chỉ lịch", _feed_creation_time())
    g.accounts.personal.delete_feed(g.person.id)
    flash("Đã thu hồi địa chỉ lịch cá nhân.")
    return htmx.see_other(url_for("account.show"))


@bp.get("/password", endpoint="password")
def edit_password() -> str:
    """Show the form for a new password; who has a temporary one is redirected here first."""
    return render_template("account/password.html", errors={})


@bp.post("/passwords")
def change_password() -> Answer:
    """Set the new password and end all other sessions, or say what is wrong with it."""
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
    """End one of the person's sessions."""
    g.accounts.end_session(g.person.id, session, g.ws.now())
    flash("Đã kết thúc phiên đăng nhập đó.")
    return htmx.see_other(url_for("account.show"))


@bp.post("/sessions/end-others")
def end_other_sessions() -> Answer:
    """End all of the person's sessions except this one."""
    g.accounts.end_all_sessions(g.person.id, g.ws.now(), except_for=g.session.id)
    flash("Đã kết thúc mọi phiên đăng nhập khác.")
    return htmx.see_other(url_for("account.show"))


def _render_account(mailing: MailPreferences, errors: dict[str, str]) -> str:
    """Return the account page with these mail preferences in its form."""
    units = {unit.id: unit.name for unit in directory.units(g.db)}
    return render_template(
        "account/show.html",
        unit=units.get(g.person.unit),
        sessions=g.accounts.live_sessions(g.person.id, g.ws.now()),
        mailing=mailing,
        kinds=KINDS,
        errors=errors,
        sends_mail=tenancy.served_workspaces().deployment.mail is not None,
        reset=newest_reset(g.db, g.person.id),
        names=directory.names(g.db),
        absence=absences_ahead(g.db).get(g.person.id),
        feed_made=_feed_creation_time(),
        mail_seen=version_of_values(*_mail_choices()),
        feed_seen=version_of_values(_feed_creation_time()),
    )


def _mail_choices() -> tuple[str | None, tuple[str, ...]]:
    """Return what the person has chosen about mail: the address and the kinds of notices."""
    stored = g.accounts.personal.mail_preferences(g.person.id)
    return stored.address, stored.kinds


def _feed_creation_time() -> str | None:
    made: str | None = g.accounts.personal.feed_creation_time(g.person.id)
    return made


def _old_password_title() -> str:
    """Return what the present password is called: temporary, or in use."""
    return "Mật khẩu tạm" if g.session.must_change else "Mật khẩu đang dùng"


def _change_password() -> None:
    """Set the password that was typed; raise MissingData or another Refusal if it is not accepted."""
    now, form = g.ws.now(), request.form
    old, new = form.get("password_old", ""), form.get("password", "")
    try:
        g.accounts.verify_password(g.person.id, old, tenancy.client(), now)
    except WrongPassword:  # its sentence speaks of a login, which this form does not ask for
        raise MissingData({"password_old": f"{_old_password_title()} không đúng."}) from None
    if new != form.get("password_again", ""):
        raise MissingData({"password_again": "Hai lần gõ mật khẩu mới không giống nhau."})
    if new == old:
        raise MissingData({"password": "Mật khẩu mới phải khác mật khẩu đang dùng."})
    g.accounts.set_password(g.person.id, new, now, about=[g.person.name, g.ws.title])
    g.accounts.end_all_sessions(g.person.id, now, except_for=g.session.id)
