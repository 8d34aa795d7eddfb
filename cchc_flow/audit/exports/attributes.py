"""An event as flat attributes, the same for every event: what XES and OCEL say of it.

Readers of these forms drop or change, without a word, texts that are missing, booleans, lists, line breaks
and fractions of seconds. So every attribute is there, is a number or a text on one line, and NONE where there
is nothing; exact instants are texts, beside the times that the forms have.
"""

import re
from functools import lru_cache

import msgspec

from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.audit.trail import ITEM
from cchc_flow.diagrams.graph import task_ids
from cchc_flow.diagrams.path import PathStep, steps_by_event, undone_events
from cchc_flow.diagrams.words import xml_text
from cchc_flow.eventlog.codec import canonical_json
from cchc_flow.eventlog.port import JsonObject, RecordedEvent
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow.upcast import newest_name

NONE = "-"
WITHHELD, BROKEN = "withheld", "broken"
ITEMS_REMEMBERED = 512
"""Of how many items the steps are kept: events of other items are seldom among theirs."""
Attributes = dict[str, str | int]


class ItemSteps(msgspec.Struct, frozen=True):
    """By the id of an event of one item: the step of its workflow that it records.

    `tasks` are the ids of the tasks in BPMN that stand for these steps, `undone` those of the events that
    were taken back.
    """

    steps: dict[str, PathStep]
    tasks: dict[str, str | None]
    undone: frozenset[str]


NO_STEPS = ItemSteps({}, {}, frozenset())


class EventDescriber:
    """Tells the attributes of the events of a view."""

    def __init__(self, view: EventView) -> None:
        self.view = view
        self._steps_of = lru_cache(ITEMS_REMEMBERED)(self._load_steps)

    def activity(self, record: Record) -> str:
        """Return what happened in a word: the workflow's step, else the fact ("item.opened")."""
        event = record.event
        if event is None:
            return WITHHELD if record.withheld else BROKEN
        step = self._steps_of(event.stream).steps.get(event.id)
        return (step.transition if step else "") or fact(event)

    def attributes(self, record: Record) -> Attributes:
        """Return the attributes of an event; of one that is withheld only position, time and leaf hash."""
        known = self._of_event(record.event) if record.event else dict.fromkeys(TEXTS, NONE)
        version = record.event.version if record.event else 0
        return {
            "position": record.position,
            "streamversion": version,
            "leaf": record.leaf.hex(),
            "recorded_time": record.recordedtime,
            **known,
        }

    def _of_event(self, event: RecordedEvent) -> Attributes:
        life = self._steps_of(event.stream)
        step = life.steps.get(event.id)
        values: dict[str, str | None] = {
            "event_id": event.id,
            "event_type": event.type,
            "stream": event.stream,
            "claimed_time": event.time,
            "actor": event.actor,
            "unit": event.unit,
            "role": event.role,
            "channel": event.channel,
            "step": step.transition if step else None,
            "bpmn_task": life.tasks.get(event.id),
            "undone": "yes" if event.id in life.undone else "no",
            "from_state": event.data.get("from") or (step.from_ if step else None),
            "to_state": event.data.get("to"),
            "command": event.command_id,
            "correlation": event.correlation_id,
            "cause": event.causation_id,
            "rules": event.rules,
        }
        return {**{name: one_line(value) for name, value in values.items()}, "data": json_line(event.data)}

    def _load_steps(self, stream: str) -> ItemSteps:
        """Return the steps of an item up to where the view ends; of other streams none."""
        item = items.find_item(self.view.db, stream.removeprefix(ITEM)) if stream.startswith(ITEM) else None
        if item is None:
            return NO_STEPS
        events = list(self.view.ws.log.streams([stream], self.view.upto))
        workflow = workflows.workflow(self.view.db, item.kind, item.workflow)
        steps = steps_by_event(workflow, events)
        ids = task_ids(workflow)
        tasks = {event: ids.get((step.transition, step.from_, step.to)) for event, step in steps.items()}
        return ItemSteps(steps, tasks, frozenset(undone_events(events)))


TEXTS = (
    "event_id", "event_type", "stream", "claimed_time", "actor", "unit", "role", "channel", "step",
    "bpmn_task", "undone", "from_state", "to_state", "command", "correlation", "cause", "rules", "data",
)  # fmt: skip
"""The attributes that an event has by its own body; one that is withheld has none of them."""
NUMBERS = ("position", "streamversion")
NAMES = (*NUMBERS, "leaf", "recorded_time", *TEXTS)


def fact(event: RecordedEvent) -> str:
    """Return the name of an event's type without its version."""
    return newest_name(event.type).partition("/")[0]


def json_line(data: JsonObject) -> str:
    """Return data as canonical JSON; what XML or a line cannot hold is escaped, so it reads the same."""
    return _NOT_IN_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", canonical_json(data).decode())


_NOT_IN_LINE = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""JSON escapes the other controls itself."""


def one_line(value: str | None) -> str:
    """Return a text on one line, with characters that XML allows; NONE in the place of nothing."""
    return (xml_text(value) if value else "") or NONE
