"""One partial draws the page and its update, for a browser with htmx and for one without."""

from typing import Any

from flask import Response, g, render_template, request

from cchc_flow.commands import Order
from cchc_flow.errors import BadInput


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of a page; going back in history needs the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def page_or_fragment(page: str, fragment: str, /, **context: Any) -> str:
    """Return the fragment when htmx asked for it, else the whole page."""
    return render_template(fragment if wants_fragment() else page, **context)


def see_other(url: str) -> Response:
    """Return what sends the browser on after a form: 303, or a header that makes htmx load the whole page."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": url})
    return Response(status=303, headers={"Location": url})


def new_command_id() -> str:
    """Return the id of the command that the form being drawn will give."""
    command_id: str = g.ws.new_id()
    return command_id


def order() -> Order:
    """Return who commands, and the id that the page gave this command; raise BadInput when it gave none."""
    command_id = request.form.get("command_id", "").strip()
    if not command_id or len(command_id) > 100:
        raise BadInput("Biểu mẫu thiếu mã lệnh.", "Hãy tải lại trang rồi gửi lại.")
    return Order(g.person.id, command_id)
