"""What an item waits for, and of whom: the steps that bring it on, and what they mean for one person."""

from collections.abc import Collection
from enum import StrEnum

import msgspec

from cchc_flow.workflow.decide import destination, open_steps
from cchc_flow.workflow.definition import BACK, Transition, Workflow
from cchc_flow.workflow.events import ItemDelegated, ItemStarted
from cchc_flow.workflow.hands import Crew, find_hands
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import ROLES, Actor, acting_relations

ROLE_RELATIONS = frozenset({*ROLES, "closing_coordinator"})
"""The relations of somebody who acts by a role alone, whichever unit leads the item."""
UNIT_RELATIONS = frozenset({"lead_unit", "lead_head"})
"""The relations of the people of the unit that leads the item."""


class Duty(StrEnum):
    """What an item means for a person."""

    DO = "do"
    """The person's own work: the next step is this person's."""
    DECIDE = "decide"
    """Somebody handed it on or asked for something, and this person decides."""
    GIVE = "give"
    """Nobody has the work yet, and this person gives it out."""
    WAIT = "wait"
    """The person did a part, and others have the next step."""
    UNIT = "unit"
    """The work of the person's unit, in nobody's or in a colleague's hands."""


class Call(msgspec.Struct, frozen=True):
    """What an item means for a person, with the steps that it waits for, the next one first.

    They are the person's own, and others' where the person waits. A `request` is about an extension and not
    about the item's way; `begins` tells that the next step only takes the work up. `holder` is who has the
    work in hand in the person's unit, if anybody.
    """

    duty: Duty
    steps: tuple[Transition, ...] = ()
    request: bool = False
    begins: bool = False
    holder: str | None = None

    @property
    def next_step(self) -> Transition | None:
        """The act that comes next for the person; None while it is for others to act.

        Work that nobody has yet can be taken up by anybody of its unit.
        """
        is_free = self.begins and self.holder is None
        is_for_others = self.duty == Duty.WAIT or (self.duty == Duty.UNIT and not is_free)
        return None if is_for_others else next(iter(self.steps), None)


def find_call(workflow: Workflow, item: Item, actor: Actor, crew: Crew) -> Call | None:
    """Return what an item means for a person; None when it rests, or is between others alone."""
    if item.rests_since is not None:
        return None
    awaited = [step for step in open_steps(workflow, item) if is_awaited(workflow, item, step)]
    relations = {step.name: acting_relations(step, item, actor) for step in awaited}
    decisions = [step for step in awaited if relations[step.name] & ROLE_RELATIONS]
    if answers := tuple(step for step in decisions if is_answer(step)):
        return Call(Duty.DECIDE, answers, request=True)
    if decisions and not _is_with_unit(workflow, item.state):
        return _call_to_decide(workflow, item, actor, decisions)
    own = [step for step in awaited if relations[step.name] & UNIT_RELATIONS]
    if not own and _is_with_unit(workflow, item.state):
        own = [
            step
            for step in open_steps(workflow, item)
            if acting_relations(step, item, actor) & UNIT_RELATIONS
        ]
    if own:
        return _call_of_unit(workflow, item, actor, own[0], crew)
    return Call(Duty.WAIT, tuple(awaited)) if awaited and _has_handed_on(item, actor) else None


def _is_with_unit(workflow: Workflow, state: str) -> bool:
    """Tell whether a unit still has the work in a state: then it waits for nobody who only decides."""
    return any(not UNIT_RELATIONS.isdisjoint(step.by) for step in workflow.leaving(state))


def _call_to_decide(workflow: Workflow, item: Item, actor: Actor, steps: list[Transition]) -> Call:
    """Return the call for who acts by a role: to give work out, or to judge what came."""
    if item.lead is None:
        return Call(Duty.GIVE, tuple(steps[:1]))
    refusals = (
        step
        for step in open_steps(workflow, item)
        if step not in steps and step.four_eyes and acting_relations(step, item, actor) & ROLE_RELATIONS
    )
    return Call(Duty.DECIDE, (*steps[:2], *refusals)[:2])


def _call_of_unit(workflow: Workflow, item: Item, actor: Actor, step: Transition, crew: Crew) -> Call:
    """Return the call for somebody of the unit: who gave the work away waits for who has it.

    Work that is not taken up yet, its head takes up or gives to one of the unit's people.
    """
    hands, begins = find_hands(item, crew), step.event_class is ItemStarted
    duty = Duty.DO if actor.id in hands.called else Duty.WAIT if item.given_by == actor.id else Duty.UNIT
    giving = (
        other
        for other in open_steps(workflow, item)
        if other.event_class is ItemDelegated and acting_relations(other, item, actor)
    )
    steps = (step, *giving) if begins and duty == Duty.DO else (step,)
    return Call(duty, steps, begins=begins, holder=hands.holder)


def _has_handed_on(item: Item, actor: Actor) -> bool:
    """Tell whether the person handed the item on to those who have the next step."""
    asked = item.extension is not None and item.extension.by == actor.id
    return asked or actor.id in (item.submitted_by, item.handed_on_by)


def is_awaited(workflow: Workflow, item: Item, step: Transition) -> bool:
    """Tell whether an item waits for a step: it answers a request or brings the item on."""
    return is_answer(step) or columns_gained(workflow, item, step) > 0


def is_answer(step: Transition) -> bool:
    """Tell whether a step answers a request."""
    return "request_open" in step.when


def columns_gained(workflow: Workflow, item: Item, step: Transition) -> int:
    """Return by how many columns a step brings an item on; less than 0 when it goes back or off the board.

    A step that leads BACK counts as 1.
    """
    end = destination(item, step)
    if step.to == BACK:
        return 1
    return 0 if end is None else _columns_between(workflow, item.state, end)


def _columns_between(workflow: Workflow, state: str, end: str) -> int:
    """Return by how many columns one state is ahead of another; 0 for one that shows in another's column."""
    if workflow.state(end).lane not in (end, ""):
        return 0
    lanes = [column.name for column in workflow.columns()]
    lane = workflow.state(state).lane
    return lanes.index(end) - lanes.index(lane) if end in lanes and lane in lanes else -1


def states_that_call(workflow: Workflow, relations: Collection[str]) -> list[str]:
    """Return the states in which an item waits for somebody who acts by one of these relations alone."""
    return [
        state.name
        for state in workflow.states
        if not _is_with_unit(workflow, state.name)
        and any(
            step.to is not None
            and step.to != BACK
            and not set(step.by).isdisjoint(relations)
            and _columns_between(workflow, state.name, step.to) > 0
            for step in workflow.leaving(state.name)
        )
    ]
