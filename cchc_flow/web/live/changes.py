"""What came after a position of the log, for a page that stays open: its script asks every 15 seconds.

Without news the answer is 204 and nothing is drawn. Else it has what the page shows beside its content (how
much waits, how much is unread), and of the content what changed. It counts as no use of the session: a page
that is left open alone keeps nobody signed in.
"""

from itertools import islice
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.web.http import own_writes
from cchc_flow.web.http.form_tokens import refuse_page_of_another
from cchc_flow.web.http.positions import parse_position, shown_position
from cchc_flow.web.http.tenancy import is_no_use
from cchc_flow.web.live import board_changes, item_changes
from cchc_flow.web.me import work
from cchc_flow.workflow.calendar import local_day

bp = Blueprint("changes", __name__)
MOST_EVENTS = 200
"""After more of them a page is drawn anew as a whole."""
UNSEEN = frozenset({"access", "log"})
"""Families of events that show on no page which follows the log."""
POSITION, DAY = "Cchc-Position", "Cchc-Day"
"""The headers that say as of which position and day the answer is."""
RELOAD = "Hãy tải lại trang."
PAGES = {"board.show": "board", "work.show": "work", "items.show": "item"}
"""The pages whose content is followed; on all others only the numbers in the menu are."""


@bp.get("/<workspace>/changes")
@is_no_use
def show() -> Response:
    """Answer what came after the position `since`: 204 for nothing, else fragments for the `page`."""
    since, position = parse_position(request.args.get("since", ""), RELOAD), shown_position()
    if since is None:
        raise BadInput("Yêu cầu thiếu vị trí trong nhật ký.", RELOAD)
    refuse_page_of_another()
    if since > position and g.ws.log.is_shared:  # another node, which was further, drew the page
        position = _catch_up(since)
        if since > position:
            return _with_position(Response(status=204), since)
    is_new_day = request.args.get("day") != _today()
    events = _events(since, position)
    if not is_new_day and events == []:
        return _with_position(Response(status=204), position)
    is_whole = is_new_day or events is None
    return _with_position(make_response(_fragments(events or [], since, is_whole=is_whole)), position)


def _catch_up(wanted: int) -> int:
    """Wait for a position and let this request go on there; return the position that it shows then."""
    own_writes.wait_for(g.ws.log, wanted)
    g.ws.renew()
    return shown_position()


def live_page() -> dict[str, Any] | None:
    """Return what a page tells its script: where to ask, from which position on; None where nobody works.

    The board and an item of a past day do not change, and neither does the page of an error.
    """
    if g.get("person") is None or g.get("snapshot") is None or g.session.must_change or not g.person.roles:
        return None
    page = "" if request.args.get("as_of") else PAGES.get(request.endpoint or "", "")
    return {
        "url": url_for("changes.show"),
        "page": page,
        "item": (request.view_args or {}).get("item_id", "") if page == "item" else "",
        "since": shown_position(),
        "day": _today(),
    }


def _today() -> str:
    return local_day(g.ws.now()).isoformat()


def _events(since: int, position: int) -> list[RecordedEvent] | None:
    """Return the events after a position that a page may show; None if they are too many, or unknown."""
    if since == position:
        return []
    if since > position:  # of a log that was restored since
        return None
    events = list(islice(g.ws.log.read_events(since, position), MOST_EVENTS + 1))
    if len(events) > MOST_EVENTS:
        return None
    return [event for event in events if event.type.partition(".")[0] not in UNSEEN]


def _fragments(events: list[RecordedEvent], since: int, *, is_whole: bool) -> str:
    """Return the numbers of the menu, and what changed on the page that asks."""
    page = request.args.get("page", "")
    fragments = work.fragments() if page == "work" else render_template("work/_count.html", oob=True)
    fragments += render_template("inbox/_count.html", oob=True)
    if page == "board":
        fragments += board_changes.fragments(events, since, is_whole=is_whole)
    if page == "item":
        fragments += item_changes.fragments(request.args.get("item", ""), request.args.get("drawn", ""))
    return fragments


def _with_position(response: Response, position: int) -> Response:
    response.headers[POSITION], response.headers[DAY] = str(position), _today()
    return response
