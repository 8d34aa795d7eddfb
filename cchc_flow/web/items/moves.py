"""A card dropped on a column is one command, and so is taking the last move back."""

from flask import Blueprint, Response, g, make_response, request

from cchc_flow import commands
from cchc_flow.commands import Loaded
from cchc_flow.commands.asking import OVERRIDE, Warned
from cchc_flow.commands.items import facts_for
from cchc_flow.errors import Conflict, Refusal
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.web.forms import widgets
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.items import responses
from cchc_flow.web.items.steps import asked_for, draw_form, me, seen_version
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import refuse_old_page, step_to
from cchc_flow.workflow.definition import Transition

bp = Blueprint("moves", __name__)


@bp.post("/<workspace>/items/<item_id>/moves")
def create(item_id: str) -> Response:
    """Bring the item into the state `to`, or answer the form of the step that leads there."""
    loaded, state, order = commands.load(g.ws, item_id), request.form.get("to", ""), htmx.order()
    if done := _carried_out(loaded, order.command_id):
        return responses.moved(loaded, done.data["from"])
    try:
        step = _step(loaded, state, seen_version())
        if asks(loaded, step):
            return make_response(draw_form(loaded, step, widgets.current_values(step, loaded.item)))
        asked = TakeStep(step.name, {}, loaded.item.state_version)
        outcome = commands.take_step(g.ws, item_id, asked, order)
    except Warned as error:
        return make_response(draw_form(loaded, step, {}, error), status_of(error))
    except (Refusal, Conflict) as error:
        return responses.refused(commands.load(g.ws, item_id), state, error)
    return responses.after_step(loaded, outcome, step)


@bp.post("/<workspace>/items/<item_id>/undoings")
def undo(item_id: str) -> Response:
    """Take the item's last move back."""
    before, order = commands.load(g.ws, item_id), htmx.order()
    try:
        commands.undo_step(g.ws, item_id, order, seen=seen_version())
    except (Refusal, Conflict) as error:
        return responses.refused(commands.load(g.ws, item_id), None, error)
    return responses.undone(commands.load(g.ws, item_id), before.item.state)


def asks(loaded: Loaded, step: Transition) -> bool:
    """Tell whether a step has a form: by itself, or since a plugin asks more."""
    return any(one != OVERRIDE for one in asked_for(loaded, step))


def _step(loaded: Loaded, state: str, seen: int) -> Transition:
    actor, facts = me(), facts_for(g.ws, g.ws.read(), loaded.item.plan)
    refuse_old_page(loaded.workflow, loaded.item, actor, facts, seen=seen)
    return step_to(loaded.workflow, loaded.item, state, actor)


def _carried_out(loaded: Loaded, command_id: str) -> RecordedEvent | None:
    """Return the move that the same command made before: its answer was lost on the way, so it asks again."""
    return next(
        (one for one in reversed(loaded.events) if one.command_id == command_id and one.data.get("to")), None
    )
