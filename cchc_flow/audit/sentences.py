"""Each event as one Vietnamese sentence in administrative style: who did what, for whom, with which figures.

What people typed is stored in the vault and not in the event, so a sentence says that a reason was given, but
not which.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from cchc_flow.audit import (
    document_clauses,
    due_clauses,
    export_clauses,
    inspection_clauses,
    item_clauses,
    report_clauses,
    target_clauses,
    workspace_clauses,
)
from cchc_flow.audit.words import Names, actor_name, event_type_title
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import upcast
from cchc_flow.workflow.calendar import day_of, deadline
from cchc_flow.workflow.settings.values import Settings

CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    **item_clauses.ITEM_CLAUSES,
    **due_clauses.DUE_CLAUSES,
    **document_clauses.DOCUMENT_CLAUSES,
    **report_clauses.REPORT_CLAUSES,
    **workspace_clauses.WORKSPACE_CLAUSES,
    **export_clauses.EXPORT_CLAUSES,
    **target_clauses.TARGET_CLAUSES,
    **inspection_clauses.INSPECTION_CLAUSES,
}
"""By the class of an event: what writes the rest of the sentence after who acted."""


def event_sentence(event: RecordedEvent, names: Names) -> str:
    """Return what happened in one sentence; people and things that `names` lacks are shown by their ids."""
    return " ".join(f"{_actor_and_unit(event, names)} {_clause(event, names)}.".split())


def event_sentence_at_the_time(event: RecordedEvent, names: Names, rules: Settings) -> str:
    """Return the sentence of an event; an automatic reminder's counts the days left on the day it was sent.

    `rules` are the settings that were in force then.
    """
    data = _parse_data(event)
    if not isinstance(data, ev.ItemReminded) or data.stage is None or data.due is None:
        return event_sentence(event, names)
    last = deadline(date.fromisoformat(data.due), rules)
    clause = due_clauses.describe_reminder_at_the_time(data, names, last, day_of(event.recordedtime))
    return f"{_actor_and_unit(event, names)} {clause}."


def _parse_data(event: RecordedEvent) -> Any:
    """Return an event's data as an object of its newest class, None when this release cannot read it."""
    name, data = upcast.upcast_event(event.type, event.data)
    try:
        return convert(data, ev.CLASSES[name]) if name in ev.CLASSES else None
    except msgspec.ValidationError:
        return None


def _actor_and_unit(event: RecordedEvent, names: Names) -> str:
    """Return who acted, with the unit in brackets if the event has one."""
    person = actor_name(event.actor, names)
    return f"{person} ({names.get(event.unit, event.unit)})" if event.unit else person


def _clause(event: RecordedEvent, names: Names) -> str:
    """Return what happened; for an event that this release cannot read, only its type."""
    name, data = upcast.upcast_event(event.type, event.data)
    cls = ev.CLASSES.get(name)
    if cls is None:
        return f"đã ghi sự kiện «{event.type}»"
    try:
        return CLAUSES[cls](convert(data, cls), names)
    except msgspec.ValidationError:
        title = event_type_title(event.type)
        return f"đã ghi sự kiện «{title}», nhưng dữ liệu không đúng mẫu nên không đọc được"
