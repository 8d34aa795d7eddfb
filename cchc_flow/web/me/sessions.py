"""Sign in and sign out."""

from flask import Blueprint, g, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.accounts import TooManyAttempts, WrongPassword
from cchc_flow.commands.directory import LOGIN
from cchc_flow.errors import CchcError
from cchc_flow.projections import directory, province
from cchc_flow.web.http import htmx, tenancy
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.limits import MAX_ADDRESS
from cchc_flow.web.http.tenancy import open_to_everyone

bp = Blueprint("sessions", __name__, url_prefix="/<workspace>")


@bp.get("/sign-in")
@open_to_everyone
def new() -> Answer:
    """Show the sign-in form; who is signed in already is redirected."""
    if g.person is not None:
        return htmx.see_other(_next_url())
    if tenancy.is_awaiting_setup():
        return htmx.see_other(url_for("setup.show"))
    return _render("")


@bp.post("/sessions")
@open_to_everyone
def create() -> Answer:
    """Start a session, or show why not, without telling whether the login exists."""
    login = request.form.get("login", "").strip().lower()
    now, client = g.ws.now(), tenancy.client()
    try:
        verified = g.accounts.verify_password(login, request.form.get("password", ""), client, now)
        _require_active(login)
        token = g.accounts.start_session(login, client, now, verified)
        _end_session_before()
    except (WrongPassword, TooManyAttempts) as error:
        typed = login if LOGIN.fullmatch(login) else ""  # of what is no login nothing is repeated
        return _render(typed, error), status_of(error)
    return tenancy.set_session(htmx.see_other(_next_url()), token)


@bp.post("/sessions/end")
@open_to_everyone
def end() -> Answer:
    """End this browser's session."""
    if g.session is not None:
        g.accounts.sign_out(g.session.person, g.session.id, g.ws.now())
    session.clear()
    answer = make_response(htmx.see_other(url_for("sessions.new")))
    answer.delete_cookie(
        tenancy.cookie_name(), path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return answer


def _render(login: str, error: CchcError | None = None) -> str:
    """Return the sign-in form; who comes from a page with a session that is over hears why."""
    page = _page_inside()
    has_expired = bool(page) and tenancy.cookie_name() in request.cookies
    return render_template(
        "sessions/new.html",
        login=login,
        error=error,
        next=page,
        has_expired=has_expired,
        its_province=province.membership(g.db),
    )


def _end_session_before() -> None:
    """End the session in which this browser was until now, so that its token opens nothing any more."""
    if g.session is not None:
        g.accounts.sign_out(g.session.person, g.session.id, g.ws.now())


def _require_active(login: str) -> None:
    """Raise WrongPassword for a person who is unknown or has been disabled."""
    person = directory.person(g.db, login)
    if person is None or not person.active:
        g.accounts.facts.count_refusal(login, g.ws.now())
        raise WrongPassword


def _next_url() -> str:
    """Return the URL to go to after signing in, always one of this workspace."""
    return _page_inside() or url_for("start.show")


def _page_inside() -> str:
    """Return the page of this workspace that was asked for before signing in, "" when there is none."""
    path: str = request.values.get("next", "")
    is_inside = path.startswith(f"{request.script_root}/{g.ws.name}/") and len(path) <= MAX_ADDRESS
    is_path = path.isprintable() and not any(mark in path for mark in ("\\", "//", " "))
    return path if is_inside and is_path else ""
