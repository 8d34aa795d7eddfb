"""What a person can do with an item, in the order in which it is offered, and what waits for others.

The act that comes next for the person is that of «Việc của tôi» (`workflow.duties`).
"""

from typing import Any

from flask import g

from cchc_flow.commands import Loaded, UnitOfWork
from cchc_flow.projections import directory
from cchc_flow.web.items import people
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.decide import can_undo, open_steps, steps_for
from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.duties import Call, columns_gained, find_call, is_awaited
from cchc_flow.workflow.hands import Crew, find_hands
from cchc_flow.workflow.policy import Actor, who_may


def step_context(uow: UnitOfWork, loaded: Loaded) -> dict[str, Any]:
    """Return the template variables of what a person can do with an item.

    `onward` names the step that comes next for the person, `leaving` those that take the item off the board.
    """
    actor, crew = uow.actor(), directory.crew(uow.db, local_day(g.ws.now()))
    call = find_call(loaded.workflow, loaded.item, actor, crew)
    steps = sorted_steps(loaded, actor, call)
    on_board = {state.name for state in loaded.workflow.columns()}
    return {
        "steps": steps,
        "onward": call.next_step.name if call and call.next_step else "",
        "leaving": [step.name for step in steps if step.to is not None and step.to not in on_board],
        "others": [*_in_other_hands(uow, loaded, call, crew), *_steps_of_others(loaded, actor)],
        "may_undo": can_undo(loaded.item, actor, g.ws.now()),
    }


def sorted_steps(loaded: Loaded, actor: Actor, call: Call | None) -> list[Transition]:
    """Return the steps that the actor may take now: first those that come next, last those that lead back.

    What brings on work that others have comes after what leaves it where it is.
    """
    own = call.steps if call and call.next_step else ()

    def rank(step: Transition) -> tuple[int, int]:
        if step in own:
            return 0, own.index(step)
        gained = columns_gained(loaded.workflow, loaded.item, step)
        return (1, 0) if gained == 0 else (2, 0) if gained > 0 else (3, 0)

    return sorted(steps_for(loaded.workflow, loaded.item, actor), key=rank)


def _in_other_hands(uow: UnitOfWork, loaded: Loaded, call: Call | None, crew: Crew) -> list[tuple[str, str]]:
    """Return the step that the person could take and that is for others of the unit, as (step, names)."""
    if call is None or call.next_step or not call.steps:
        return []
    step = call.steps[0]
    if step not in steps_for(loaded.workflow, loaded.item, uow.actor()):
        return []
    names = directory.marked_names(uow.db)
    return [(step.title, people.names_of(find_hands(loaded.item, crew).called, names))]


def _steps_of_others(loaded: Loaded, actor: Actor) -> list[tuple[str, str]]:
    """Return the steps of others that the work waits for, as (step, who may take it).

    These bring it on or answer a request. Left out are steps that only a plugin's rule takes.
    """
    mine = {step.name for step in steps_for(loaded.workflow, loaded.item, actor)}
    theirs = [
        step
        for step in open_steps(loaded.workflow, loaded.item)
        if step.name not in mine and step.by != ("plugin",) and is_awaited(loaded.workflow, loaded.item, step)
    ]
    theirs.sort(key=lambda step: -min(columns_gained(loaded.workflow, loaded.item, step), 1))
    return [(step.title, who_may(step) + _colleague_word(step, actor)) for step in theirs]


def _colleague_word(step: Transition, actor: Actor) -> str:
    """Return " khác" (another) if the actor has the role: then the step waits for a colleague."""
    return " khác" if actor.roles.intersection(step.by) else ""
