"""The inbox of the person who is signed in."""

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from sqlite_utils.utils import sqlite3

from cchc_flow.errors import BadInput, CchcError
from cchc_flow.notifications import inbox
from cchc_flow.web.http import htmx
from cchc_flow.web.http.positions import parse_position

OPEN_AGAIN = "Hãy tải lại hộp thư rồi thử lại."
bp = Blueprint("inbox", __name__, url_prefix="/<workspace>/inbox")


@bp.get("")
def show() -> str:
    """Show the person's notices, newest first, 50 to a page."""
    before = parse_position(request.args.get("before", ""), OPEN_AGAIN)
    page = inbox.inbox_page(g.ws, g.accounts, g.person.id, before)
    return render_template("inbox/show.html", page=page, newest=inbox.newest_position(g.db, g.person.id))


@bp.post("/read-marks")
def mark_read() -> Answer:
    """Mark everything as read up to the position that the page showed."""
    position = parse_position(request.form.get("position", ""), OPEN_AGAIN)
    if position is None:
        raise BadInput("Biểu mẫu thiếu vị trí đã đọc.", OPEN_AGAIN)
    g.accounts.personal.mark_read(g.person.id, max(0, min(position, g.ws.log.size())))
    return htmx.see_other(url_for("inbox.show"))


def unread_count() -> int:
    """Return the number of unread notices; 0 if counting fails, so that the page is shown all the same."""
    try:
        return inbox.count_unread(g.db, g.accounts, g.person.id)
    except (CchcError, OSError, sqlite3.DatabaseError):
        return 0
