"""A card dropped on a column is one command, and so is taking the last move back."""

from flask import Blueprint, Response, make_response, request

from cchc_flow import commands
from cchc_flow.commands import Loaded, UnitOfWork
from cchc_flow.errors import Conflict, Refusal
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.plugin_host.rule_checks import OVERRIDE, Warned
from cchc_flow.web.forms.seen_versions import seen_version
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.items import responses
from cchc_flow.web.items.steps import begin_unit_of_work, first_values, form_fields, render_form
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import find_step_to, refuse_old_page
from cchc_flow.workflow.definition import Transition

bp = Blueprint("moves", __name__)


@bp.post("/<workspace>/items/<item_id>/moves")
def create(item_id: str) -> Response:
    """Bring the item into the state `to`, or answer the form of the step that leads there."""
    uow = begin_unit_of_work()
    loaded, state = uow.read(item_id), request.form.get("to", "")
    if move := _find_earlier_move(loaded, uow.order.command_id):
        return responses.move_response(loaded, move.data["from"], move.position)
    try:
        step = _find_step(uow, loaded, state)
        if _has_form(uow, loaded, step):
            return make_response(render_form(uow, loaded, step, first_values(uow, loaded, step)))
        command = TakeStep(step.name, {}, loaded.item.state_version)
        return responses.step_response(commands.handle(uow, item_id, command), step)
    except Warned as error:
        return make_response(render_form(uow, loaded, step, {}, error), status_of(error))
    except (Refusal, Conflict) as error:
        uow.refresh()
        return responses.refusal_response(uow.load(item_id), state, error)


@bp.post("/<workspace>/items/<item_id>/undoings")
def undo(item_id: str) -> Response:
    """Take the item's last move back."""
    uow = begin_unit_of_work()
    uow.read(item_id)
    try:
        return responses.undo_response(commands.handle_undo(uow, item_id, seen=seen_version("công việc")))
    except (Refusal, Conflict) as error:
        uow.refresh()
        return responses.refusal_response(uow.load(item_id), None, error)


def _has_form(uow: UnitOfWork, loaded: Loaded, step: Transition) -> bool:
    """Tell whether a step asks for anything, itself or through a plugin."""
    return any(field != OVERRIDE for field in form_fields(uow, loaded, step))


def _find_step(uow: UnitOfWork, loaded: Loaded, state: str) -> Transition:
    """Return the step that brings the item into a state; raise a Refusal, ItemMoved for an old page."""
    actor, context = uow.actor(), uow.context(loaded.item.plan)
    refuse_old_page(loaded.workflow, loaded.item, actor, context, seen=seen_version("công việc"))
    return find_step_to(loaded.workflow, loaded.item, state, actor)


def _find_earlier_move(loaded: Loaded, command_id: str) -> RecordedEvent | None:
    """Return the move that the same command made before, when its answer was lost and it comes again."""
    moves = (event for event in reversed(loaded.events) if event.data.get("to"))
    return next((move for move in moves if move.command_id == command_id), None)
