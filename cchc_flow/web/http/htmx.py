"""Answers for a browser with htmx (a fragment of the page) and for one without (the whole page)."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Response, g, render_template, request

from cchc_flow.commands import Order, channels
from cchc_flow.errors import BadInput


def wants_fragment() -> bool:
    """Tell whether htmx asks for a fragment; going back in its history needs the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def current_page() -> SplitResult:
    """Return the address of the page in which htmx asks; an empty one when it does not tell."""
    return split_url(request.headers.get("HX-Current-URL", ""))


def address_of(page: SplitResult) -> str:
    """Return a page's address within its site: the path, with its parameters."""
    return f"{page.path}?{page.query}" if page.query else page.path


def split_url(url: str) -> SplitResult:
    """Return the parts of a URL that a browser sent; no parts of what is none, such as «http://[»."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def page_or_fragment(page: str, fragment: str, /, **context: Any) -> str:
    """Render the fragment if htmx asked for one, else the whole page."""
    return render_template(fragment if wants_fragment() else page, **context)


def is_sent_by_script() -> bool:
    """Tell whether js/sending.js sent a form: it draws the page of the answer, and goes where it is told."""
    return "Cchc-Form" in request.headers


def see_other(url: str) -> Response:
    """Return a redirect after a form: status 303, or the header by which scripts load the whole page."""
    if wants_fragment() or is_sent_by_script():
        return Response(status=204, headers={"HX-Redirect": url})
    return Response(status=303, headers={"Location": url})


def new_command_id() -> str:
    """Return a new command id, for a form to carry: the same form sent twice takes effect once."""
    command_id: str = g.ws.new_id()
    return command_id


def order() -> Order:
    """Return who acts and the form's command id; raise BadInput when the form has none."""
    command_id = request.form.get("command_id", "").strip()
    if not command_id or len(command_id) > 100:
        raise BadInput("Biểu mẫu thiếu mã lệnh.", "Hãy tải lại trang rồi gửi lại.")
    g.order, g.size_before = Order(g.person.id, command_id, channel=channels.WEB), g.ws.log.size()
    return g.order  # type: ignore[no-any-return]
