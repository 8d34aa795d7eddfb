"""Which event a command makes of an item, or why none. Pure: time, actor and facts are arguments."""

from datetime import datetime, timedelta

import msgspec

from cchc_flow.errors import IllegalMove, ItemMoved, NotAllowed, Refusal
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.definition import BACK, Transition, Workflow
from cchc_flow.workflow.events import NAMES, Draft, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.guards import CONDITIONS, RULES, completed
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import Actor, acting_role, can_take
from cchc_flow.workflow.register_step import kept

UNDO_WITHIN = timedelta(minutes=10)
USE_THE_MENU = "Hãy dùng một bước khác của công việc."


class Decision(msgspec.Struct, frozen=True):
    """The events that a command makes (none when it changes nothing) and the role it was given in."""

    drafts: tuple[Draft, ...]
    role: str | None


def open_item(workflow: Workflow, content: JsonObject) -> Draft:
    """Return the event that begins an item; `content` holds the keys of `ItemOpened` but its moves."""
    data = {"kind": workflow.kind, "workflow": workflow.version, "from": None, "to": workflow.initial}
    return Draft(NAMES[ev.ItemOpened], data | content)


def decide(workflow: Workflow, item: Item, step: TakeStep, actor: Actor, facts: DecisionContext) -> Decision:
    """Return what a step makes of the item; raise a Refusal that says what, why and what to do now."""
    transition = workflow.transition(step.name)
    refuse_old_page(workflow, item, actor, facts, seen=step.seen)
    role = role_for(workflow, item, transition, actor)
    data = clean(transition.fields, step.data, facts)
    for rule in transition.rules:
        RULES[rule](item, data, facts)
    data = completed(transition.event, item, data, facts)
    if transition.event == NAMES[ev.ItemAdvanced]:
        data = kept(transition.name, data)
    if _changes_nothing(item, transition, data):
        return Decision((), role)
    return Decision((Draft(transition.event, _move(item, transition) | data),), role)


def refuse_old_page(
    workflow: Workflow, item: Item, actor: Actor, facts: DecisionContext, *, seen: int | None
) -> None:
    """Raise Moved when somebody moved the item after a page had shown it at the state version `seen`."""
    if seen is not None and seen != item.state_version:
        raise _moved(workflow, item, actor, facts)


def role_for(workflow: Workflow, item: Item, step: Transition, actor: Actor) -> str:
    """Return the role in which the actor may take the step now, whatever its data; raise a Refusal."""
    if item.state not in step.from_:
        raise _illegal(workflow, item, step, actor)
    for name in step.when:
        CONDITIONS[name](item)
    return acting_role(step, item, actor)


def undo(item: Item, actor: Actor, now: datetime) -> Decision:
    """Return the event that takes the item's last move back; raise a Refusal if too late or another's."""
    before, last = item.before, item.last
    if not last.moved or before is None or item.distribution is not None:
        raise IllegalMove("Thao tác gần nhất của công việc này không hoàn tác được.", USE_THE_MENU)
    if last.actor != actor.id:
        raise NotAllowed("Chỉ người vừa thao tác mới hoàn tác được.", "Hãy trao đổi với người đó.")
    if now - datetime.fromisoformat(last.time) > UNDO_WITHIN:
        raise IllegalMove("Đã quá 10 phút, không hoàn tác được nữa.", USE_THE_MENU)
    data = {"from": item.state, "to": before.state, "undoes": last.id, "step": last.type}
    return Decision((Draft(NAMES[ev.ItemUndone], data),), None)


def can_undo(item: Item, actor: Actor, now: datetime) -> bool:
    """Tell whether `undo` would be accepted."""
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


def step_to(workflow: Workflow, item: Item, state: str, actor: Actor) -> Transition:
    """Return the step by which the actor can bring the item into a state; raise a Refusal if none."""
    target = workflow.state(state)
    ways = [step for step in open_steps(workflow, item) if destination(item, step) == state]
    for step in ways:
        if can_take(step, item, actor):
            return step
    for step in ways:
        acting_role(step, item, actor)
    raise IllegalMove(
        f"Công việc đang ở «{workflow.state(item.state).title}», "
        f"không chuyển thẳng sang «{target.title}» được.",
        _what_is_allowed(workflow, item, actor),
    )


def destination(item: Item, step: Transition) -> str | None:
    """Return the state to which a step takes the item; None when it stays where it is."""
    return item.rests_in if step.to == BACK else step.to


def _move(item: Item, step: Transition) -> JsonObject:
    to = destination(item, step)
    if to is None and step.event == NAMES[ev.ItemAdvanced]:
        to = item.state
    return {"from": item.state, "to": to} if to else {}


def _is_open(step: Transition, item: Item) -> bool:
    try:
        for name in step.when:
            CONDITIONS[name](item)
    except Refusal:
        return False
    return True


def _moved(workflow: Workflow, item: Item, actor: Actor, facts: DecisionContext) -> ItemMoved:
    who = facts.names.get(item.moved_by, item.moved_by)
    state = workflow.state(item.state).title
    return ItemMoved(
        f"{who} đã chuyển công việc này sang «{state}» lúc {moment_words(item.moved_at)}.",
        _what_is_allowed(workflow, item, actor),
    )


def _illegal(workflow: Workflow, item: Item, transition: Transition, actor: Actor) -> IllegalMove:
    return IllegalMove(
        f"Công việc đang ở «{workflow.state(item.state).title}» nên không thể «{transition.title}».",
        _what_is_allowed(workflow, item, actor),
    )


def _what_is_allowed(workflow: Workflow, item: Item, actor: Actor) -> str:
    titles = [f"«{step.title}»" for step in steps_for(workflow, item, actor)]
    return f"Bạn có thể: {', '.join(titles)}." if titles else "Hiện bạn không có bước nào với công việc này."


def _changes_nothing(item: Item, transition: Transition, data: JsonObject) -> bool:
    """Assigning or distributing again as before changes nothing, also while the work is under way.

    Every other step says something new.
    """
    stays = item.state == transition.to or transition.event == NAMES[ev.ItemAssigned]
    if not stays or not data:
        return False
    holder = item.distribution or item
    return all(getattr(holder, name, object()) == value for name, value in data.items())
