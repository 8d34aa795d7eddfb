"""The inbox of the person who is signed in."""

from contextlib import suppress

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from sqlite_utils.utils import sqlite3

from cchc_flow.commands.plugin_changes import stream_of_plugin
from cchc_flow.errors import BadInput, CchcError
from cchc_flow.notifications import inbox
from cchc_flow.web.http import htmx
from cchc_flow.web.http.positions import parse_position

OPEN_AGAIN = "Hãy tải lại hộp thư rồi thử lại."
bp = Blueprint("inbox", __name__, url_prefix="/<workspace>/inbox")


@bp.get("")
def show() -> str:
    """Show the notices that are still for the person by item, newest first, 50 to a page; or all of them."""
    before = parse_position(request.args.get("before", ""), OPEN_AGAIN)
    everything = bool(request.args.get("all"))
    page = inbox.inbox_page(g.ws, g.accounts, g.person.id, before, everything=everything)
    newest = inbox.newest_position(g.db, g.person.id)
    return render_template("inbox/show.html", page=page, newest=newest, everything=everything)


@bp.post("/read-marks")
def mark_read() -> Answer:
    """Mark everything as read up to the position that the page showed."""
    position = parse_position(request.form.get("position", ""), OPEN_AGAIN)
    if position is None:
        raise BadInput("Biểu mẫu thiếu vị trí đã đọc.", OPEN_AGAIN)
    g.accounts.personal.mark_read(g.person.id, max(0, min(position, g.ws.log.size())))
    return htmx.see_other(url_for("inbox.show"))


def mark_item_read(item_id: str) -> None:
    """Mark the person's notices of an item as read; it is shown all the same when that fails."""
    if g.visit is not None:  # the inbox of somebody of the province is not here
        return
    with suppress(CchcError, OSError, sqlite3.DatabaseError):
        inbox.mark_item_read(g.db, g.accounts, g.person.id, item_id, _read_marks())
        g.personal = None  # it was read before this was marked


def mark_area_read(plugin: str) -> None:
    """Mark the person's notices of changed law as read: the page of the area tells what they are about."""
    mark_item_read(stream_of_plugin(plugin))


def unread_count() -> int:
    """Return the number of unread notices; 0 if counting fails, so that the page is shown all the same."""
    try:
        return inbox.count_unread(g.db, g.person.id, _read_marks())
    except (CchcError, OSError, sqlite3.DatabaseError):
        return 0


def _read_marks() -> inbox.ReadMarks:
    """Return how far the person has read: as it came with the session, or asked anew."""
    if g.personal is not None:
        return inbox.ReadMarks(g.personal.read_upto, g.personal.items_read)
    return inbox.read_marks(g.accounts, g.person.id)
