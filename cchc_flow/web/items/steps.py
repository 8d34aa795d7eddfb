"""Steps of an item: which there are, the form of each, and taking it. One view serves every step."""

from flask import Blueprint, Response, g, jsonify, make_response, request

from cchc_flow import commands
from cchc_flow.commands import Loaded, Order, UnitOfWork, channels
from cchc_flow.commands.foresight import foresee_rules
from cchc_flow.errors import BadInput, CchcError, Conflict, ItemMoved, MissingData, NotFound, Refusal
from cchc_flow.plugin_host.rule_checks import OVERRIDE, RuleBroken, RuleNotAsked, Warned
from cchc_flow.web.forms import evidence, widgets
from cchc_flow.web.forms.seen_versions import seen_version, sent_versions, shown_version
from cchc_flow.web.http import htmx
from cchc_flow.web.http.errors import status_of
from cchc_flow.web.http.security import SAFE
from cchc_flow.web.items import responses
from cchc_flow.web.items.doable import step_context
from cchc_flow.web.items.matter import matter_of
from cchc_flow.web.items.mentions import people_to_mention
from cchc_flow.web.items.report_form import build_report_form, told_values
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import authorise, destination, steps_for
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.form_values import current_values
from cchc_flow.workflow.unit_report import WHOLE, of_reports

bp = Blueprint("steps", __name__)


@bp.get("/<workspace>/items/<item_id>/steps")
def index(item_id: str) -> str:
    """Show what this person may do with the item: a page, or the card's menu to htmx."""
    uow = begin_unit_of_work()
    loaded = uow.read(item_id)
    return htmx.page_or_fragment(
        "items/steps.html",
        "items/_menu.html",
        item=loaded.item,
        state=loaded.workflow.state(loaded.item.state),
        **step_context(uow, loaded),
    )


@bp.get("/<workspace>/items/<item_id>/steps.json")
def destinations(item_id: str) -> Response:
    """Return the states to which this person can bring the item, each with the step that leads there."""
    uow = begin_unit_of_work()
    loaded = uow.read(item_id)
    steps = steps_for(loaded.workflow, loaded.item, uow.actor())
    lead = [(destination(loaded.item, step), step.title) for step in reversed(steps)]
    columns = {state.name for state in loaded.workflow.columns()}
    return jsonify({state: title for state, title in lead if state in columns})


@bp.get("/<workspace>/items/<item_id>/<fact>/new")
def new(item_id: str, fact: str) -> str:
    """Show the form of a step; raise a Refusal when this person may not take it now.

    Beside a decision on the work of others stands what the rules would say of it.
    """
    uow = begin_unit_of_work()
    loaded = uow.read(item_id)
    step = find_step(loaded.workflow, fact)
    authorise(loaded.workflow, loaded.item, step, uow.actor(), uow.context(loaded.item.plan))
    foreseen = foresee_rules(uow, loaded, step) if step.four_eyes else None
    return render_form(uow, loaded, step, first_values(uow, loaded, step), foreseen)


def first_values(uow: UnitOfWork, loaded: Loaded, step: Transition) -> JsonObject:
    """Return the values with which the form of a step begins, that of a report with what was told last."""
    values = current_values(step, loaded.item)
    return values | {WHOLE: told_values(uow.db, loaded)} if WHOLE in of_reports(step) else values


@bp.post("/<workspace>/items/<item_id>/<fact>")
def create(item_id: str, fact: str) -> Response:
    """Take a step with what the form gave, then show what became of the item."""
    uow = begin_unit_of_work()
    loaded = uow.read(item_id)
    step = find_step(loaded.workflow, fact)
    try:
        values = widgets.submitted_values(form_fields(uow, loaded, step))
        outcome = commands.handle(
            uow, item_id, TakeStep(step.name, values, seen_version("công việc")), shown=shown_version()
        )
    except (Refusal, Conflict, BadInput) as error:
        uow.refresh()
        return _refusal_response(uow, uow.load(item_id), step, error)
    return responses.step_response(outcome, step)


def begin_unit_of_work() -> UnitOfWork:
    """Return the unit of work of this request, through which both the page and the command read."""
    order = Order(g.person.id, "", channel=channels.WEB) if request.method in SAFE else htmx.order()
    return UnitOfWork(g.ws, order, g.reader if request.method in SAFE else None)


def form_fields(uow: UnitOfWork, loaded: Loaded, step: Transition) -> tuple[Field, ...]:
    """Return the fields of a step's form: its own, those of plugins, the reason to override a warning."""
    return (*step.fields, *uow.gather_fields(loaded, step))


def asks_for_override(error: CchcError | None) -> bool:
    """Tell whether the form asks for the reason to override: after a warning, or when one was typed."""
    return isinstance(error, Warned) or bool(request.form.get(OVERRIDE.name))


def find_step(workflow: Workflow, fact: str) -> Transition:
    """Return the step whose fact stands in the URL; raise NotFound."""
    for step in workflow.transitions:
        if step.fact == fact:
            return step
    raise NotFound(
        f"Quy trình «{workflow.title}» không có bước «{fact[:40]}».", "Hãy mở lại từ trang công việc."
    )


def render_form(
    uow: UnitOfWork, loaded: Loaded, step: Transition, values: JsonObject, error: CchcError | None = None
) -> str:
    """Return the form of a step; `error` is shown beside the fields that it is about, or above all of them.

    The form can be sent all the same after a warning or a colleague's move, but not when a rule blocks.
    """
    wrong = error.fields if isinstance(error, MissingData) else {}
    fields = [
        field for field in form_fields(uow, loaded, step) if field != OVERRIDE or asks_for_override(error)
    ]
    about = widgets.FormSubject(loaded.item.lead, loaded.item.kind)
    may_take = step in steps_for(loaded.workflow, loaded.item, uow.actor())
    return htmx.page_or_fragment(
        "items/form.html",
        "items/_form.html",
        item=loaded.item,
        step=step,
        matter=matter_of(loaded, step),
        mentionable=people_to_mention(uow, loaded, step),
        widgets=widgets.build_widgets(fields, values, uow.db, wrong, about),
        report=build_report_form(uow, loaded) if of_reports(step) else None,
        error=error,
        wrong=wrong,
        files=evidence.upload_limits(),
        may_take=may_take,
        goes_on=may_take and isinstance(error, Warned | ItemMoved | Conflict),
        warned=isinstance(error, Warned),
        blocked=isinstance(error, RuleBroken | RuleNotAsked),
        **_versions_to_draw(loaded, error),
    )


def _versions_to_draw(loaded: Loaded, error: CchcError | None) -> dict[str, int]:
    """Return the versions that a step's form carries: those it came with, if it only has to be corrected.

    What a colleague does until it is sent again is noticed then.
    """
    drawn = {"seen": loaded.item.state_version, "shown": loaded.item.version}
    if error is None or isinstance(error, ItemMoved | Conflict):
        return drawn
    return drawn | sent_versions()


def _refusal_response(uow: UnitOfWork, loaded: Loaded, step: Transition, error: CchcError) -> Response:
    """Return the form with what was typed, or the message alone for a step that asks for nothing.

    A card whose form only has to be corrected stays where it was dropped.
    """
    if not step.fields and not isinstance(error, Warned):
        return responses.refusal_response(loaded, step.to, error)
    form = render_form(uow, loaded, step, widgets.typed_values(form_fields(uow, loaded, step)), error)
    is_waiting = isinstance(error, MissingData | BadInput)
    return make_response(form + ("" if is_waiting else responses.card_fragments(loaded)), status_of(error))
