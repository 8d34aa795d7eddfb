"""Writes a line of the security log for each request that was refused: what, whence, of which account."""

from flask import Flask, Response, g, request

from cchc_flow.logs import report_refusal
from cchc_flow.projections import directory

BY_STATUS = {403: "not_allowed", 413: "too_large", 429: "locked_out"}
SIGN_IN, SET_UP = "sessions.create", ("setup.create", "setup.create_first")


def init_app(app: Flask) -> None:
    """Let an application note each refused request."""
    app.after_request(note_refusal)


def name_refusal(event: str) -> None:
    """Say what kind of refusal this request gets; else its status decides."""
    g.refusal = event


def note_refusal(response: Response) -> Response:
    """Write a line when the answer refuses the request. Nothing that was typed is told, nor the path."""
    event = g.get("refusal") or _kind_of(response.status_code)
    if event:
        report_refusal(event, **_facts(response), account=_account(event))
    return response


def _kind_of(status: int) -> str | None:
    if request.endpoint == SIGN_IN and status == 422:
        return "sign_in_failed"
    if request.endpoint in SET_UP and status == 403:
        return "setup_code_wrong"
    return BY_STATUS.get(status)


def _facts(response: Response) -> dict[str, str | int]:
    """Return what is known of a request."""
    workspace = g.get("ws")
    return {
        "status": response.status_code,
        "method": request.method if request.endpoint else "-",
        "endpoint": request.endpoint or "-",
        "address": request.remote_addr or "-",
        "workspace": workspace.name if workspace else "-",
    }


def _account(event: str) -> str:
    """Return the login of who is signed in, or of the account that was tried to be opened; else «-».

    What was typed is told only when it is a login of the directory: it may be a password in the wrong field.
    """
    if person := g.get("person"):
        return str(person.id)
    if request.endpoint == SIGN_IN and event in {"sign_in_failed", "locked_out"}:
        tried = directory.person(g.db, request.form.get("login", "").strip().lower())
        return tried.id if tried else "-"
    return "-"
