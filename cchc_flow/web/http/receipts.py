"""What a form recorded: the message on the page that it leads on to offers the receipt of it."""

from flask import Flask, Response, g, render_template, session
from markupsafe import Markup

from cchc_flow.workflow.policy import may_read_log

FLASHES = "_flashes"
"""Where Flask keeps the messages for the next page, as (category, message)."""


def init_app(app: Flask) -> None:
    """Let an application offer the receipt of what each form recorded."""
    app.after_request(offer_receipt)


def with_receipt(words: str, position: int) -> Markup:
    """Return a message that also links to the receipt of the event that it tells of."""
    return Markup(render_template("events/_recorded.html", words=words, position=position))  # noqa: S704  # nosec B704


def offer_receipt(response: Response) -> Response:
    """Link the last message for the next page to the receipt of the first event of the form's command.

    Events about no item are read by auditors only, and so are their receipts.
    """
    order = g.get("order")
    messages = session.get(FLASHES) if order else None
    if not messages or not g.get("ws") or isinstance(messages[-1][1], Markup):
        return response
    events = g.ws.log.read_events(g.size_before)
    event = next((event for event in events if event.command_id == order.command_id), None)
    if event and (event.stream.startswith("item-") or may_read_log(g.person.roles)):
        category, words = messages[-1]
        session[FLASHES] = [*messages[:-1], (category, with_receipt(words, event.position))]
    return response
