"""The path that an item took through its workflow, read from its events."""

from collections.abc import Sequence

import msgspec

from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.events import (
    NAMES,
    Event,
    ItemOpened,
    ItemRemarked,
    ItemReported,
    ItemUndone,
    ItemWorkflowChanged,
)
from cchc_flow.workflow.upcast import newest_name

_NO_TRANSITIONS = {NAMES[cls] for cls in (ItemOpened, ItemRemarked, ItemReported, ItemWorkflowChanged)}
"""What no step makes, and what a step of a report makes besides its own event."""


class PathStep(msgspec.Struct, frozen=True):
    """A transition that was taken and not undone: its name, and from and to which state (None: it stayed)."""

    transition: str
    from_: str
    to: str | None


def path_of(workflow: Workflow, events: Sequence[Event]) -> list[PathStep]:
    """Return the transitions that an item's events record, in order, without those that were undone.

    A transition that this version of the workflow does not have gets the name "".
    """
    undone = undone_events(events)
    return [step for event, step in steps_by_event(workflow, events).items() if event not in undone]


def undone_events(events: Sequence[Event]) -> set[str]:
    """Return the ids of the events of an item that were taken back."""
    return {event.data["undoes"] for event in events if event.type == NAMES[ItemUndone]}


def steps_by_event(workflow: Workflow, events: Sequence[Event]) -> dict[str, PathStep]:
    """Return by event id the transitions that an item's events record, in order; undone ones as well."""
    steps: dict[str, PathStep] = {}
    state = ""
    for event in events:
        name, before = newest_name(event.type), state
        state = event.data.get("to", state)
        if name not in _NO_TRANSITIONS and name != NAMES[ItemUndone]:
            steps[event.id] = _path_step(workflow, name, before, event.data.get("to"))
    return steps


def _path_step(workflow: Workflow, event_name: str, before: str, to: str | None) -> PathStep:
    leaving = workflow.leaving(before)
    matching = (t for t in leaving if _can_make(workflow, t, event_name, to))
    transition = next(matching, None)
    return PathStep(transition.name if transition else "", before, to)


def _can_make(workflow: Workflow, transition: Transition, event_name: str, to: str | None) -> bool:
    """Tell whether taking the transition can make an event of this name that leads `to` a state."""
    ends = workflow.ends(transition)
    return newest_name(transition.event) == event_name and (to in ends if ends else to is None)
