"""The calendar feed of one person, open to everyone who has its secret address."""

from flask import Blueprint, Response, g

from cchc_flow.errors import NotFound
from cchc_flow.notifications import ical
from cchc_flow.projections import directory
from cchc_flow.web.http.tenancy import open_to_everyone, served_workspaces

bp = Blueprint("calendar", __name__, url_prefix="/<workspace>/calendar")


@bp.get("/<secret>.ics")
@open_to_everyone
def show(secret: str) -> Response:
    """Send the calendar with this address; raise NotFound for an unknown address or an inactive person."""
    owner = g.accounts.personal.find_feed_owner(secret)
    person = directory.person(g.db, owner) if owner else None
    if person is None or not person.active:
        raise NotFound("Địa chỉ lịch này không còn dùng được.", "Hãy tạo địa chỉ mới ở trang tài khoản.")
    g.accounts.facts.add_feed_use(person.id, g.ws.now())
    headers = {"Content-Disposition": 'inline; filename="cong-viec.ics"', "X-Robots-Tag": "noindex"}
    content = ical.calendar_feed(g.ws, person, served_workspaces().deployment.url)
    return Response(content, mimetype="text/calendar", headers=headers)
