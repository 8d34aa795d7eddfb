"""Erasing contents of an event because somebody may ask for it: the form, and what it records."""

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.audit import naming, reads
from cchc_flow.audit.erasing import erasable_contents, erase_everywhere
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands.erasure import LAW, Grounds
from cchc_flow.errors import MissingData, Refusal
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.reading import record_read
from cchc_flow.web.http.tenancy import needs_role
from cchc_flow.web.log.events import is_hidden_event, load_event, no_such_event

bp = Blueprint("erasures", __name__, url_prefix="/<workspace>/events/<int:position>/erasures")


@bp.get("/new")
@needs_role("admin")
def new(position: int) -> str:
    """Show which contents the event refers to, and what has to be said to erase some of them."""
    event = _event(position)
    record_read(reads.OPENED, reads.event_thing(position))
    return _form(event, Grounds(LAW, ""), [])


@bp.post("")
@needs_role("admin")
def create(position: int) -> Answer:
    """Erase the chosen contents, then show the event, which says so in their place."""
    event = _event(position)
    known = {one.digest for one in erasable_contents(g.ws, event, {})}
    chosen = [digest for digest in request.form.getlist("contents") if digest in known]
    grounds = Grounds(*(request.form.get(name, "") for name in ("legal_basis", "reason", "decision")))
    try:
        erased = erase_everywhere(g.ws, chosen, grounds, htmx.order())
    except (MissingData, Refusal) as error:
        return _form(event, grounds, chosen, error), status_of(error)
    flash(
        f"Đã xóa {len(erased)} nội dung; việc xóa đã được ghi vào nhật ký." if erased else "Đã xóa từ trước."
    )
    return htmx.see_other(url_for("events.show", position=position))


def _event(position: int) -> RecordedEvent:
    """Return the event whose contents may be erased; raise NotFound for who may not read its item."""
    event = load_event(position)
    if event is None or is_hidden_event(event):
        raise no_such_event(position)
    return event


def _form(
    event: RecordedEvent, grounds: Grounds, chosen: list[str], error: MissingData | Refusal | None = None
) -> str:
    """Return the form with what was typed, and what is wrong with it."""
    names = naming.all_names(g.ws, g.db)
    return render_template(
        "erasures/new.html",
        position=event.position,
        sentence=event_sentence(event, naming.names_for_event(g.db, event, names)),
        contents=erasable_contents(g.ws, event, names),
        chosen=chosen,
        grounds=grounds,
        wrong=error.fields if isinstance(error, MissingData) else {},
        error=error,
    )
