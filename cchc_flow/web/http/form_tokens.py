"""The token of every form: it proves that our own page sent the form, and tells for whom it was drawn.

A tab outlives the session of the person who opened it. On a shared machine a colleague signs in, and a form
of that tab is sent with her session: the login that its token holds keeps it from being recorded as hers.
"""

import hashlib

import msgspec
from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFError, generate_csrf, validate_csrf
from itsdangerous import BadSignature, Signer

from cchc_flow.errors import Refusal
from cchc_flow.projections import directory
from cchc_flow.web.http.security import SAFE

FIELD = "csrf_token"
HEADER = "X-CSRFToken"
NOBODY = ""
"""Stands in the place of the login on a page that was drawn before anybody signed in."""


class FormToken(msgspec.Struct, frozen=True):
    """What a token holds: the workspace and the login for which the page was drawn, and the CSRF token."""

    workspace: str
    person: str
    csrf: str


class DrawnForAnother(Refusal):
    """A form was sent by somebody else than the person for whom its page was drawn."""

    def __init__(self, drawn_for: str, signed_in: str) -> None:
        opened = f"mở cho {drawn_for}" if drawn_for else "mở khi chưa ai đăng nhập"
        asks = f" Nếu là việc của {drawn_for}, hãy đăng xuất để người đó đăng nhập." if drawn_for else ""
        super().__init__(
            f"Trang này {opened}, nhưng hiện {signed_in} đang đăng nhập nên việc vừa gửi chưa được ghi.",
            f"Nếu là việc của bạn, {signed_in}, hãy mở lại trang rồi làm lại.{asks}",
        )


def protect_forms(app: Flask) -> None:
    """Make templates write our token into every form, and the application refuse a form without a valid one.

    Whose form it is must have been checked before, by `refuse_form_of_another`.
    """
    app.jinja_env.globals["csrf_token"] = new_form_token  # macros see globals only
    app.before_request(_check_csrf_token)


def new_form_token(person: str | None = None) -> str:
    """Return the token of a form that is drawn for a person, by default for who is signed in.

    A page has many forms: it is signed once.
    """
    if person is None:
        person = g.person.id if g.get("person") else NOBODY
    words = "/".join((_workspace_name(), person, generate_csrf()))
    tokens: dict[str, str] = g.setdefault("new_tokens", {})
    if words not in tokens:
        tokens[words] = _signer().sign(words).decode()
    return tokens[words]


def read_form_token() -> FormToken | None:
    """Return the token of the request's form, else that of its page; None without one that we signed."""
    return next(iter(_sent_tokens()), None)


def refuse_form_of_another(*, takes_forms_of_nobody: bool) -> None:
    """Raise DrawnForAnother if the form, or the page around it, was drawn for somebody else.

    Forms drawn for nobody are refused as well, except by views that take them, such as the sign-in. Nothing
    is raised while nobody is signed in, or when there is no token: that is for other checks to answer.
    """
    if request.method in SAFE or g.person is None:
        return
    for token in _sent_tokens():
        if token.person != g.person.id and (token.person or not takes_forms_of_nobody):
            raise DrawnForAnother(name_of(token.person), name_of(g.person.id))


def refuse_page_of_another() -> None:
    """Raise DrawnForAnother if the page whose script asks was drawn for somebody else than is signed in."""
    token = _parse_token(request.headers.get(HEADER, ""))
    if token is not None and token.person != g.person.id:
        raise DrawnForAnother(name_of(token.person), name_of(g.person.id))


def _check_csrf_token() -> None:
    """Raise CSRFError if a request that may change something has no valid token of this browser."""
    if request.method in SAFE or not request.endpoint:
        return
    token = read_form_token()
    try:
        validate_csrf(token.csrf if token else None)
    except ValueError as error:  # wtforms.ValidationError
        raise CSRFError(error.args[0]) from None


def _sent_tokens() -> list[FormToken]:
    """Return the tokens that we signed for this workspace: of the form, then of the page it was sent from.

    They differ when htmx fetched the form into a page that was drawn for somebody else. They are read once in
    a request.
    """
    if "sent_tokens" not in g:
        sent = map(_parse_token, (request.form.get(FIELD, ""), request.headers.get(HEADER, "")))
        g.sent_tokens = [token for token in sent if token and token.workspace == _workspace_name()]
    tokens: list[FormToken] = g.sent_tokens
    return tokens


def _parse_token(words: str) -> FormToken | None:
    if not words:
        return None
    try:
        return FormToken(*_signer().unsign(words).decode().split("/", 2))
    except BadSignature:
        return None


def _signer() -> Signer:
    """Return what signs tokens; without the server's key nobody can make one for another person."""
    return Signer(
        current_app.secret_key or b"", salt="form-token", key_derivation="hmac", digest_method=hashlib.sha256
    )


def _workspace_name() -> str:
    return g.ws.name if g.get("ws") else ""


def name_of(person: str) -> str:
    """Return the name of a person, "" for nobody, and the login for who is not in the directory."""
    return directory.names(g.db).get(person, person)
