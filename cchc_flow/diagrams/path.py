"""The steps that an item took through its workflow, read from its events."""

from collections.abc import Sequence

import msgspec

from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.events import NAMES, Event, ItemOpened, ItemUndone, ItemWorkflowChanged
from cchc_flow.workflow.upcast import newest_name

_NO_STEPS = {NAMES[ItemOpened], NAMES[ItemWorkflowChanged]}


class PastStep(msgspec.Struct, frozen=True):
    """A step that was taken and not undone: its name and its two states (`to` is None if the item stayed)."""

    step: str
    from_: str
    to: str | None


def past_steps(workflow: Workflow, events: Sequence[Event]) -> list[PastStep]:
    """Return the steps in the history of an item, in their order, without those that were undone.

    A step that this version of the workflow does not have has the name "".
    """
    undone = {event.data["undoes"] for event in events if event.type == NAMES[ItemUndone]}
    steps: list[PastStep] = []
    state = ""
    for event in events:
        name, before = newest_name(event.type), state
        state = event.data.get("to", state)
        if name not in _NO_STEPS and name != NAMES[ItemUndone] and event.id not in undone:
            steps.append(_past_step(workflow, name, before, event.data.get("to")))
    return steps


def _past_step(workflow: Workflow, event: str, before: str, to: str | None) -> PastStep:
    step = next(
        (
            candidate
            for candidate in workflow.leaving(before)
            if _may_have_made(workflow, candidate, event, to)
        ),
        None,
    )
    return PastStep(step.name if step else "", before, to)


def _may_have_made(workflow: Workflow, step: Transition, event: str, to: str | None) -> bool:
    ends = workflow.ends(step)
    return newest_name(step.event) == event and (to in ends if ends else to is None)
