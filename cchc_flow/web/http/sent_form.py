"""What came with a form that could not be done: the page that says why shows it again, so it is not lost."""

from typing import Any

from flask import g, request, url_for
from werkzeug.exceptions import HTTPException

from cchc_flow.web.http import htmx
from cchc_flow.web.http.form_tokens import read_form_token
from cchc_flow.web.http.security import SAFE, is_own_site

NOT_RESENT = ("csrf_token", "password")
"""Beginnings of the names of fields that a form to send again leaves out."""
FILLED_BY_PAGE = {
    "command_id", "seen", "shown", "next", "digest", "position", "enabled", "to", "username", "filter",
    "confirmed", "item", "which", "only", "of", "query",
}  # fmt: skip
"""The names of fields that a page fills in by itself: what was typed is shown without them."""


def fields_to_resend() -> list[tuple[str, str]]:
    """Return the names and values of the form's fields, without tokens and passwords."""
    return [
        (name, value) for name, value in request.form.items(multi=True) if not name.startswith(NOT_RESENT)
    ]


def typed_words() -> list[str]:
    """Return what a person has typed into the form, without what its page filled in."""
    return [value for name, value in fields_to_resend() if _is_typed(name) and value.strip()]


def _is_typed(name: str) -> bool:
    """Tell whether a field of this name is filled in by a person."""
    return name not in FILLED_BY_PAGE and not name.startswith("seen-")


def sent_files() -> list[str]:
    """Return the names of the files that came with a form: a browser wants them chosen anew."""
    return [file.filename for file in request.files.values() if file.filename]


def page_of_form() -> str:
    """Return the address of the page from which the form was sent, else the workspace's first page."""
    page = htmx.split_url(request.referrer or "")
    is_inside = page.netloc == request.host and page.path.startswith(f"{request.script_root}/{g.ws.name}/")
    is_other = page.path != request.script_root + request.path
    return htmx.address_of(page) if is_inside and is_other else url_for("start.show")


def may_be_repeated() -> bool:
    """Tell whether an answer may repeat what was sent: not to a stranger, nor what another site sent."""
    token = read_form_token()
    is_known = not g.get("is_stranger", True) or bool(token and token.person)
    return is_known and is_own_site()


def typed_context() -> dict[str, Any]:
    """Return the template variables of what was typed into a plain form and of the way back to it, if any.

    A form that was too large to be read only has the way back.
    """
    if request.method in SAFE or not g.get("ws") or g.get("person") is None:
        return {}
    try:
        if not may_be_repeated():
            return {}
        return {"typed": typed_words(), "files": sent_files(), "reopen": page_of_form()}
    except HTTPException:
        return {"reopen": page_of_form()}
