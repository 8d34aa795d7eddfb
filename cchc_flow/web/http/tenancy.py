"""What stands around every page below `/<workspace>/`: which workspace it is, and who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request, url_for
from werkzeug.exceptions import NotFound as MissingPage

from cchc_flow.accounts import Client
from cchc_flow.errors import NotAllowed
from cchc_flow.projections import directory, reading
from cchc_flow.web.http import form_tokens, htmx, limits, own_writes, visitors
from cchc_flow.web.http.errors import SignInFirst
from cchc_flow.web.http.security import SAFE
from cchc_flow.web.http.served_workspaces import SECURE_COOKIE, SESSION_COOKIE, ServedWorkspaces
from cchc_flow.workflow.policy import ROLES

OWN_PAGES = ("account", "sessions")
"""The blueprints that serve every account, also one without a role."""

View = TypeVar("View", bound=Callable[..., Any])


def attach(app: Flask) -> None:
    """Let the application find the workspace in each URL, and the person in each cookie."""
    app.url_value_preprocessor(_find_workspace)
    app.url_defaults(_name_workspace)
    app.before_request(_find_person)
    app.after_request(_record_access)
    app.teardown_request(_end_request)


def served_workspaces() -> ServedWorkspaces:
    """Return the frame of the application that is answering."""
    the_frame: ServedWorkspaces = current_app.extensions["cchc"]
    return the_frame


def open_to_everyone(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.open_to_everyone = True  # type: ignore[attr-defined]
    return view


def is_no_use(view: View) -> View:
    """Mark a view that scripts ask by themselves: it does not prolong the session."""
    view.is_no_use = True  # type: ignore[attr-defined]
    return view


def needs_role(*roles: str) -> Callable[[View], View]:
    """Return the decorator of a view that only people with one of the roles may open (see `require_role`)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded_view(*args: Any, **kwargs: Any) -> Any:
            require_role(*roles)
            return view(*args, **kwargs)

        return guarded_view  # type: ignore[return-value]

    return guard


def require_role(*roles: str) -> None:
    """Raise NotAllowed unless the person who asks holds one of the roles."""
    if not g.person.roles.intersection(roles):
        who = " hoặc ".join(ROLES[role] for role in roles)
        raise NotAllowed("Bạn không có quyền làm việc này.", f"Việc này do {who} thực hiện.")


def is_awaiting_setup() -> bool:
    """Tell whether the workspace has nobody, or only a person whose sign-up was cut short."""
    people = directory.people(g.ws.read())
    return not people or (len(people) == 1 and not g.accounts.has_password(people[0].id))


def client() -> Client:
    """Return where the request came from."""
    return Client(request.remote_addr or "", request.headers.get("User-Agent", ""))


def cookie_name(workspace_name: str = "") -> str:
    """Return the name of the session's cookie: one per workspace, so that one browser can sign in to two."""
    prefix = SECURE_COOKIE if request.is_secure else ""
    return f"{prefix}{SESSION_COOKIE}{workspace_name or g.ws.name}"


def set_session(response: Response, token: str) -> Response:
    """Return the answer with the session's cookie on it."""
    response.set_cookie(
        cookie_name(), token, secure=request.is_secure, httponly=True, samesite="Lax", path="/"
    )
    return response


def _find_workspace(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Put the workspace that the URL names, and its accounts, into `g`; raise NotFound."""
    g.ws = g.person = g.session = g.visit = g.personal = None
    name = values.pop("workspace", None) if values else _workspace_of_missing_page()
    if name is not None:
        g.opened = served_workspaces().opened.begin_use(name)
        g.ws, g.accounts = g.opened.pair


def _workspace_of_missing_page() -> str | None:
    """Return the workspace of a page that does not exist: it still shows the name and the way back."""
    first = request.path.split("/")[1]
    is_missing = isinstance(request.routing_exception, MissingPage)
    return first if is_missing and first in served_workspaces().names() else None


def _name_workspace(endpoint: str, values: dict[str, Any]) -> None:
    """Fill the workspace into every URL that has one: no view or template needs to name it."""
    if "workspace" not in values and g.get("ws") and _has_workspace(endpoint):
        values["workspace"] = g.ws.name


def _has_workspace(endpoint: str) -> bool:
    return bool(current_app.url_map.is_endpoint_expecting(endpoint, "workspace"))


def _recognise(token: str, *, is_use: bool) -> None:
    """Put the session of a token into `g`, its person, and where nothing is changed what pages show of both.

    A change may be of just that: its answer asks anew.
    """
    if request.method not in SAFE:
        g.session = g.accounts.find_session(token, g.ws.now(), is_use=is_use)
    elif found := g.accounts.find_session_with_personal(token, g.ws.now(), is_use=is_use):
        g.session, g.personal = found
    person = directory.person(g.db, g.session.person) if g.session else None
    if person and person.active:
        g.person = person
    else:
        g.personal = None


def _find_person() -> Response | None:
    """Put who is signed in into `g`; return a redirect for who must sign in or change a password first.

    Raise DrawnForAnother for a form that somebody else had open.
    """
    if g.ws is None:
        return None
    own_writes.wait_for_own_writes()
    begin_snapshot()
    token = request.cookies.get(cookie_name(), "")
    view = current_app.view_functions.get(request.endpoint or "")
    is_open, is_use = getattr(view, "open_to_everyone", False), not getattr(view, "is_no_use", False)
    _recognise(token, is_use=is_use)
    if g.person is None and not is_open:
        visit = visitors.find_visit(served_workspaces().opened.use, cookie_name, is_use=is_use)
        if visit is not None:
            _receive_visitor(visit)
            return None
    g.is_stranger = g.session is None and not g.accounts.knows_session(token)
    if not g.is_stranger:
        limits.allow_large_forms(request)
    if request.method not in SAFE:
        request.form.get("")  # one that is too large is refused here, and not while an error is answered
    g.reader = reading.reader_of(g.db, g.person.id if g.person else "")
    form_tokens.refuse_form_of_another(takes_forms_of_nobody=is_open)
    if is_open:
        return None
    if g.person is None:
        return _redirect_to_sign_in()
    redirect = _redirect_to_own_password()
    if redirect is None:
        _require_any_role()
    return redirect


def _receive_visitor(visit: visitors.Visit) -> None:
    """Let somebody of the commune's province read, and nothing else; raise NotAllowed for the rest."""
    g.is_stranger = False
    visitors.welcome(visit)
    g.reader = reading.reader_of_person(g.db, visit.person)
    if request.method not in SAFE:
        visitors.refuse_change(visit)
    visitors.refuse_personal_page(visit)


def begin_snapshot() -> None:
    """Begin the snapshot `g.db`: all that this request reads of the workspace is as of one position."""
    g.snapshot = g.ws.snapshot()
    g.db = g.snapshot.__enter__()


def _record_access(response: Response) -> Response:
    """Record what happened to accounts in this request, or waits since an earlier one."""
    if "ws" in g and "accounts" in g and g.accounts.facts.is_due(g.ws.now()):
        served_workspaces().record_access(g.ws, g.accounts)
    return response


def end_snapshot(error: BaseException | None = None) -> None:
    """End the snapshot of this request, if there is one."""
    if snapshot := g.pop("snapshot", None):
        snapshot.__exit__(None, None, None)


def _end_request(error: BaseException | None = None) -> None:
    """End the snapshot, and let the workspace be closed when nobody uses it any more."""
    try:
        end_snapshot(error)
    finally:
        if opened := g.pop("opened", None):
            served_workspaces().opened.end_use(opened)


def _redirect_to_sign_in() -> Response:
    """Return the way to the sign-in, or to the set-up of a new workspace; a form raises SignInFirst."""
    if request.method not in SAFE:
        raise SignInFirst
    if is_awaiting_setup():
        return htmx.see_other(url_for("setup.show"))
    return htmx.see_other(url_for("sessions.new", next=_requested_page()))


def _requested_page() -> str:
    """Return the path to go to after signing in: when htmx asked for a fragment, the page around it."""
    if htmx.wants_fragment():
        return htmx.address_of(htmx.current_page())
    return request.script_root + request.full_path.rstrip("?")


def _redirect_to_own_password() -> Response | None:
    """Return the way to the password form for who has a temporary password, None for others."""
    if not g.session.must_change or request.endpoint in {"account.password", "account.change_password"}:
        return None
    if request.method not in SAFE:
        abort(403, "Bạn cần đổi mật khẩu tạm trước khi làm việc khác.")
    return htmx.see_other(url_for("account.password"))


def _require_any_role() -> None:
    """Raise NotAllowed for who holds no role, except on the pages of the own account."""
    if not g.person.roles and request.blueprint not in OWN_PAGES:
        raise NotAllowed(
            "Tài khoản của bạn chưa có vai trò nào, nên chưa xem được công việc của xã.",
            "Hãy báo quản trị của xã giao vai trò; trong lúc chờ, bạn vẫn mở được trang tài khoản của mình.",
        )
