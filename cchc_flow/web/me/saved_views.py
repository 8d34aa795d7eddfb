"""The person's own saved views: a name for a page with its filters, kept with the account."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from sqlite_utils.utils import sqlite3

from cchc_flow.accounts.saved_views import SavedView
from cchc_flow.audit.event_search import PARAMETERS
from cchc_flow.errors import BadInput, CchcError, MissingData
from cchc_flow.web.board.query import KNOWN
from cchc_flow.web.http import htmx

bp = Blueprint("saved_views", __name__, url_prefix="/<workspace>/account/views")
PAGES: Mapping[str, tuple[str, str]] = {
    "board": ("board.show", "Bảng"),
    "swimlanes": ("board.swimlanes", "Bảng chia hàng"),
    "items": ("listing.index", "Danh sách"),
    "calendar": ("month.show", "Lịch"),
    "overview": ("overview.show", "Tổng quan"),
    "progress": ("progress.show", "Tiến độ"),
    "events": ("events.index", "Nhật ký"),
}
"""The pages of which a view can be saved, with their endpoints and titles."""
KNOWN_OF = {"events": frozenset(PARAMETERS)}
"""The parameters that a view of a page can have, where they are not those of the board."""
PASSING = frozenset({"page", "after", "since", "month"})
"""What belongs to one look at a page, and not to a view of it."""
QUERY_LIMIT = 2000


@bp.get("")
def index() -> str:
    """Show the person's views, and the form for a new one if the URL has a page to save (`of`)."""
    of = request.args.get("of", "")
    return _render(of if of in PAGES else "", _query_of(of, request.args), {})


@bp.post("")
def create() -> Answer:
    """Save a view of a page and lead to it, or say what is wrong with its name."""
    page, words = request.form.get("of", ""), request.form.get("query", "")
    if page not in PAGES or len(words) > QUERY_LIMIT:
        raise BadInput(
            "Trang này không lưu được thành cách xem.", "Hãy mở lại trang rồi bấm «Lưu cách xem này»."
        )
    query, name = _query_of(page, dict(parse_qsl(words))), request.form.get("name", "")
    try:
        g.accounts.personal.views.save(g.person.id, name, page, query, g.ws.now())
    except MissingData as error:
        return _render(page, query, error.fields, name), 422
    flash(f"Đã lưu cách xem «{name.strip()}».")
    return htmx.see_other(_address(page, query))


@bp.post("/<int:number>/names")
def rename(number: int) -> Answer:
    """Give a view another name, or say what is wrong with it."""
    try:
        g.accounts.personal.views.rename(g.person.id, number, request.form.get("name", ""))
    except MissingData as error:
        return _render("", "", {f"name-{number}": error.fields["name"]}), 422
    flash("Đã đổi tên cách xem.")
    return htmx.see_other(url_for("saved_views.index"))


@bp.post("/<int:number>/deletions")
def delete(number: int) -> Answer:
    """Delete a view."""
    g.accounts.personal.views.delete(g.person.id, number)
    flash("Đã xóa cách xem.")
    return htmx.see_other(url_for("saved_views.index"))


def own_views() -> list[tuple[str, str]]:
    """Return (name, URL) of the person's views, for menus; none if they cannot be read: pages still show."""
    try:
        return [(view.name, _address(view.page, view.query)) for view in _views()]
    except (CchcError, OSError, sqlite3.DatabaseError):
        return []


def saving_url() -> str:
    """Return the URL of the form that saves the page that is shown, "" for one of which there is no view."""
    page = next((name for name, (endpoint, _) in PAGES.items() if endpoint == request.endpoint), "")
    query = _query_of(page, request.args)
    return f"{url_for('saved_views.index', of=page)}{'&' if query else ''}{query}" if page else ""


def _views() -> list[SavedView]:
    """Return the person's views: as they came with the session, or asked anew."""
    views = g.accounts.personal.views.of(g.person.id) if g.personal is None else g.personal.views
    return [view for view in views if view.page in PAGES]


def _address(page: str, query: str) -> str:
    """Return the URL of a view."""
    address = url_for(PAGES[page][0])
    return f"{address}?{query}" if query else address


def _query_of(page: str, parameters: Mapping[str, str]) -> str:
    """Return the part of a URL that makes a view: what is known, and does not pass with the look."""
    names = KNOWN_OF.get(page, KNOWN - PASSING)
    known = {name: value for name, value in parameters.items() if name in names and value}
    return urlencode(known)[:QUERY_LIMIT]


def _render(of: str, query: str, errors: Mapping[str, str], name: str = "") -> str:
    """Return the page of the views, with the form of a page to save."""
    return render_template(
        "account/views.html",
        of=of,
        query=query,
        name=name,
        errors=errors,
        address=_address(of, query) if of else "",
        pages={page: title for page, (_, title) in PAGES.items()},
        views=[(view, _address(view.page, view.query)) for view in _views()],
    )


index.section = "account"  # type: ignore[attr-defined]
