"""What others did to an item since its page was drawn: one line that offers the page as it is now."""

from flask import g, render_template

from cchc_flow.audit import naming
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.projections.cards import items
from cchc_flow.web.http.positions import parse_position, shown_position


def fragments(item_id: str, drawn: str) -> str:
    """Return the line that says what was done last to an item after the position at which it was drawn."""
    item, position = (
        items.find_readable_item(g.db, item_id, g.reader),
        parse_position(drawn, "Hãy tải lại trang."),
    )
    if item is None or position is None:
        return ""
    events = [
        event for event in g.ws.log.stream(f"item-{item.id}") if position < event.position <= shown_position()
    ]
    others = [event for event in events if event.actor != g.person.id]
    if not others:
        return ""
    names = naming.names_for_event(g.db, others[-1], naming.all_names(g.ws, g.db))
    return render_template(
        "live/_item.html", sentence=event_sentence(others[-1], names), more=len(others) - 1, item=item
    )
