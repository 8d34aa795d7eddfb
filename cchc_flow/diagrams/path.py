"""The way that an item took through its workflow, as its history tells it."""

from collections.abc import Sequence

import msgspec

from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.events import NAMES, Event, ItemOpened, ItemUndone, ItemWorkflowChanged
from cchc_flow.workflow.upcast import newest_name

_NO_STEPS = {NAMES[ItemOpened], NAMES[ItemWorkflowChanged]}


class Taken(msgspec.Struct, frozen=True):
    """A step that was taken and stands: its name, from where, and where to (None: the item stayed)."""

    step: str
    from_: str
    to: str | None


def taken(workflow: Workflow, events: Sequence[Event]) -> list[Taken]:
    """Return the steps of a history in their order, without those that were undone.

    A step that this version of the workflow does not have has the name "".
    """
    undone = {event.data["undoes"] for event in events if event.type == NAMES[ItemUndone]}
    found: list[Taken] = []
    state = ""
    for event in events:
        name, before = newest_name(event.type), state
        state = event.data.get("to", state)
        if name not in _NO_STEPS and name != NAMES[ItemUndone] and event.id not in undone:
            found.append(_taken(workflow, name, before, event.data.get("to")))
    return found


def _taken(workflow: Workflow, event: str, before: str, to: str | None) -> Taken:
    step = next((one for one in workflow.leaving(before) if _makes(workflow, one, event, to)), None)
    return Taken(step.name if step else "", before, to)


def _makes(workflow: Workflow, step: Transition, event: str, to: str | None) -> bool:
    ends = workflow.ends(step)
    return newest_name(step.event) == event and (to in ends if ends else to is None)
