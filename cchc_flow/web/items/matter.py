"""What a form is about: beside a decision what it decides on, beside work that came back why it did."""

from collections.abc import Mapping, Sequence

import msgspec
from flask import g

from cchc_flow.audit import item_history, naming
from cchc_flow.audit.item_history import HistoryEntry
from cchc_flow.commands import Loaded
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.duties import is_awaited
from cchc_flow.workflow.events import NAMES, ItemAssigned, ItemOpened, ItemReturned, ItemUndone
from cchc_flow.workflow.upcast import newest_name

SHOWN = 30
"""How many events stand beside a form at most, the newest of them."""


class Matter(msgspec.Struct, frozen=True):
    """What stands beside a form: events with what was typed and handed in, the newest first.

    `returned` is the event by which the work came back, if it did and was not submitted again.
    """

    entries: tuple[HistoryEntry, ...] = ()
    returned: HistoryEntry | None = None


def matter_of(loaded: Loaded, step: Transition) -> Matter:
    """Return what a person should see beside the form of a step.

    For a step that judges the work of others: what people did since the last decision, or since it was given
    to them. For one that brings work on that came back: why it did.
    """
    if step.four_eyes:
        events = [
            event for event in _since_last_decision(loaded.workflow, loaded.events) if _is_of_people(event)
        ]
        return Matter(tuple(_entries(loaded, events[-SHOWN:])))
    if is_awaited(loaded.workflow, loaded.item, step):
        return Matter(returned=find_return(loaded))
    return Matter()


def find_return(loaded: Loaded) -> HistoryEntry | None:
    """Return the event by which an item was sent back, None if it was not, or was submitted again since."""
    if not loaded.item.sent_back:
        return None
    name = NAMES[ItemReturned]
    events = [event for event in loaded.events if newest_name(event.type) == name]
    return next(iter(_entries(loaded, events[-1:])), None)


def _since_last_decision(workflow: Workflow, events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    """Return the events after the last one that judged the work or gave it out; undone ones do not count."""
    judging = {NAMES[step.event_class] for step in workflow.transitions if step.four_eyes}
    judging |= {NAMES[ItemAssigned], NAMES[ItemOpened]}
    undone = {event.data["undoes"] for event in events if newest_name(event.type) == NAMES[ItemUndone]}
    last = max(
        (
            number
            for number, event in enumerate(events)
            if newest_name(event.type) in judging and event.id not in undone
        ),
        default=-1,
    )
    return events[last + 1 :]


def _is_of_people(event: RecordedEvent) -> bool:
    """Tell whether a person did it: what the clock reminded of says nothing about the work."""
    return not event.actor.startswith("system:")


def _entries(loaded: Loaded, events: Sequence[RecordedEvent]) -> list[HistoryEntry]:
    names: Mapping[str, str] = naming.all_names(g.ws, g.db) | naming.workflow_titles(loaded.workflow)
    return item_history.history_entries(g.ws, events, names, g.reader)
