"""Decides which events a command makes, or refuses it. Pure: time, actor and context are arguments."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from cchc_flow.errors import IllegalMove, ItemMoved, NotAllowed, Refusal
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.completion import complete_data
from cchc_flow.workflow.definition import BACK, Field, Transition, Workflow
from cchc_flow.workflow.events import (
    Data,
    ItemAdvanced,
    ItemAssigned,
    ItemOpened,
    ItemUndone,
    JsonObject,
    Move,
)
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.form_values import with_present_values
from cchc_flow.workflow.guards import CONDITIONS, RULES
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.item_events import UNDONE_IN_PLACE
from cchc_flow.workflow.policy import Actor, acting_role, can_take
from cchc_flow.workflow.register_step import advanced_data
from cchc_flow.workflow.unit_report import events_before, of_reports

UNDO_WITHIN = timedelta(minutes=10)
USE_THE_MENU = "Hãy dùng một bước khác của công việc."


class Decision(msgspec.Struct, frozen=True):
    """The events that a command makes (none when it changes nothing), and the role in which it was given.

    `data` are the cleaned values of the form by field. Both hold typed words as `Typed` and files as
    `Upload`, until the unit of work puts references to the vault in their place.
    """

    events: tuple[Data, ...]
    role: str | None
    data: JsonObject = {}


def open_item(
    workflow: Workflow,
    *,
    title: str,
    text: str = "",
    plan: str | None = None,
    parent: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    ref: str | None = None,
    area: str | None = None,
    heading: str | None = None,
    product: str | None = None,
    due: str | None = None,
    cadence: str | None = None,
    suggested_lead: str | None = None,
    fields: dict[str, str | None] | None = None,
) -> ItemOpened:
    """Return the event that begins an item in the initial state of its workflow (see `ItemOpened`)."""
    return ItemOpened(
        kind=workflow.kind,
        workflow=workflow.version,
        from_=None,
        to=workflow.initial,
        title=title,
        text=text,
        plan=plan,
        parent=parent,
        unit=unit,
        period=period,
        ref=ref,
        area=area,
        heading=heading,
        product=product,
        due=due,
        cadence=cadence,
        suggested_lead=suggested_lead,
        fields=fields or {},
    )


def decide(
    workflow: Workflow,
    item: Item,
    command: TakeStep,
    actor: Actor,
    context: DecisionContext,
    plugin_fields: tuple[Field, ...] = (),
) -> Decision:
    """Return the event that a step makes, after those of a report; raise a Refusal in words.

    `plugin_fields` are asked for besides the step's own; their values are in the decision's data alone.
    """
    transition = workflow.transition(command.name)
    role = authorise(workflow, item, transition, actor, context, seen=command.seen)
    context = _with_outline(with_present_values(context, transition, item), transition, item)
    data = clean((*transition.fields, *plugin_fields), command.data, context)
    own = {field.name: data[field.name] for field in transition.fields}
    for name in transition.rules:
        RULES[name](item, own, context)
    event = _make_event(item, transition, own, context)
    if _changes_nothing(item, transition, event):
        return Decision((), role, data)
    return Decision((*events_before(transition, item, own, context), event), role, data)


def authorise(
    workflow: Workflow,
    item: Item,
    transition: Transition,
    actor: Actor,
    context: DecisionContext,
    *,
    seen: int | None = None,
) -> str:
    """Return the role in which the actor may take the step now, whatever its data; raise a Refusal.

    `seen` is the state version that the actor's page showed; raise ItemMoved when the item has moved since.
    """
    refuse_old_page(workflow, item, actor, context, seen=seen)
    if item.state not in transition.from_:
        raise _illegal_move_error(workflow, item, transition, actor)
    for name in transition.when:
        CONDITIONS[name](item)
    return acting_role(transition, item, actor)


def refuse_old_page(
    workflow: Workflow, item: Item, actor: Actor, context: DecisionContext, *, seen: int | None
) -> None:
    """Raise ItemMoved when somebody moved the item after a page had shown it at the state version `seen`."""
    if seen is not None and seen != item.state_version:
        raise _item_moved_error(workflow, item, actor, context)


def undo(item: Item, actor: Actor, now: datetime) -> Decision:
    """Return the event that takes the item's last move back; raise a Refusal if too old or another's."""
    before, last = item.before, item.last
    if not (last.moved or last.type in UNDONE_IN_PLACE) or before is None or item.distribution is not None:
        raise IllegalMove("Thao tác gần nhất của công việc này không hoàn tác được.", USE_THE_MENU)
    if last.actor != actor.id:
        raise NotAllowed("Chỉ người vừa thao tác mới hoàn tác được.", "Hãy trao đổi với người đó.")
    if now - datetime.fromisoformat(last.time) > UNDO_WITHIN:
        raise IllegalMove("Đã quá 10 phút, không hoàn tác được nữa.", USE_THE_MENU)
    event = ItemUndone(from_=item.state, to=before.state, undoes=last.id, step=last.type)
    return Decision((event,), None)


def can_undo(item: Item, actor: Actor, now: datetime) -> bool:
    """Tell whether the actor can take the item's last move back now."""
    try:
        undo(item, actor, now)
    except Refusal:
        return False
    return True


def steps_for(workflow: Workflow, item: Item, actor: Actor) -> list[Transition]:
    """Return the steps that the actor may take now, in the order of the definition."""
    return [step for step in open_steps(workflow, item) if can_take(step, item, actor)]


def open_steps(workflow: Workflow, item: Item) -> list[Transition]:
    """Return the steps that somebody may take now, in the order of the definition."""
    return [step for step in workflow.leaving(item.state) if _is_open(step, item)]


def find_step_to(workflow: Workflow, item: Item, state: str, actor: Actor) -> Transition:
    """Return the step by which the actor can bring the item into a state; raise a Refusal if none."""
    target = workflow.state(state)
    leading = [step for step in open_steps(workflow, item) if destination(item, step) == state]
    for step in leading:
        if can_take(step, item, actor):
            return step
    for step in leading:  # it exists, so say who may take it
        acting_role(step, item, actor)
    raise IllegalMove(
        f"Công việc đang ở «{workflow.state(item.state).title}», "
        f"không chuyển thẳng sang «{target.title}» được.",
        _allowed_steps_sentence(workflow, item, actor),
    )


def destination(item: Item, step: Transition) -> str | None:
    """Return the state to which a step takes the item; None when it stays where it is."""
    return item.rests_in if step.to == BACK else step.to


def _make_event(item: Item, transition: Transition, data: JsonObject, context: DecisionContext) -> Data:
    """Return the event of a step, in its newest version whichever one the definition names."""
    cls = transition.event_class
    data = complete_data(cls, item, data, context)
    content = {name: value for name, value in data.items() if name not in of_reports(transition)}
    if cls is ItemAdvanced:
        content = advanced_data(transition.name, content)
    if issubclass(cls, Move):
        content |= {"from_": item.state, "to": destination(item, transition) or item.state}
    return cls(**content)


def _with_outline(context: DecisionContext, transition: Transition, item: Item) -> DecisionContext:
    """Return the context with the outline of the unit's report, where the step's form is about one."""
    return replace(context, outline=context.outline_of(item)) if of_reports(transition) else context


def _is_open(step: Transition, item: Item) -> bool:
    """Tell whether the conditions of a step hold for the item."""
    try:
        for name in step.when:
            CONDITIONS[name](item)
    except Refusal:
        return False
    return True


def _item_moved_error(workflow: Workflow, item: Item, actor: Actor, context: DecisionContext) -> ItemMoved:
    """Return the error for a page that is older than the item's last move: who moved it, and when."""
    who = context.names.get(item.moved_by, item.moved_by)
    state = workflow.state(item.state).title
    return ItemMoved(
        f"{who} đã chuyển công việc này sang «{state}» lúc {moment_words(item.moved_at)}.",
        _allowed_steps_sentence(workflow, item, actor),
    )


def _illegal_move_error(workflow: Workflow, item: Item, transition: Transition, actor: Actor) -> IllegalMove:
    """Return the error for a step that does not begin in the item's state."""
    return IllegalMove(
        f"Công việc đang ở «{workflow.state(item.state).title}» nên không thể «{transition.title}».",
        _allowed_steps_sentence(workflow, item, actor),
    )


def _allowed_steps_sentence(workflow: Workflow, item: Item, actor: Actor) -> str:
    """Return the Vietnamese sentence that names the steps which the actor can take now."""
    titles = [f"«{step.title}»" for step in steps_for(workflow, item, actor)]
    return f"Bạn có thể: {', '.join(titles)}." if titles else "Hiện bạn không có bước nào với công việc này."


def _changes_nothing(item: Item, transition: Transition, event: Data) -> bool:
    """Tell whether a step only repeats what holds: an assignment or distribution with the same values.

    Every other step says something new.
    """
    stays = item.state == transition.to or isinstance(event, ItemAssigned)
    values = {name: getattr(event, name) for name in event.__struct_fields__ if name not in ("from_", "to")}
    if not stays or not values:
        return False
    holder = item.distribution or item
    return all(getattr(holder, name, object()) == value for name, value in values.items())
