"""Each event as one administrative Vietnamese sentence: who, what, to whom, with which figures.

What people typed lies in the vault, not in the event, so a sentence says that a reason was given, not which.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from cchc_flow.audit import item_deeds, other_deeds
from cchc_flow.audit.words import Names as Names
from cchc_flow.audit.words import type_words as type_words
from cchc_flow.audit.words import who as who
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow import events as ev
from cchc_flow.workflow import upcast
from cchc_flow.workflow.calendar import day_of, deadline
from cchc_flow.workflow.settings.values import Settings

DEEDS: dict[str, Callable[[Any, Names], str]] = item_deeds.DEEDS | other_deeds.DEEDS


def sentence(event: RecordedEvent, names: Names) -> str:
    """Return what happened on one line; who or what has no name in `names` is shown by its id."""
    return " ".join(f"{_who_in_office(event, names)} {_deed(event, names)}.".split())


def sentence_then(event: RecordedEvent, names: Names, rules: Settings) -> str:
    """Return the sentence of an event: of a reminder, how the due day read then, by the settings of then."""
    data = _known(event)
    if not isinstance(data, ev.ItemReminded) or data.stage is None or data.due is None:
        return sentence(event, names)
    last = deadline(date.fromisoformat(data.due), rules)
    deed = item_deeds.reminded_then(data, names, last, day_of(event.recordedtime))
    return f"{_who_in_office(event, names)} {deed}."


def _known(event: RecordedEvent) -> Any:
    """Return what an event holds, None when this release cannot read it."""
    name, data = upcast.upcast_event(event.type, event.data)
    try:
        return msgspec.convert(data, ev.CLASSES[name]) if name in ev.CLASSES else None
    except msgspec.ValidationError:
        return None


def _who_in_office(event: RecordedEvent, names: Names) -> str:
    person = who(event.actor, names)
    return f"{person} ({names.get(event.unit, event.unit)})" if event.unit else person


def _deed(event: RecordedEvent, names: Names) -> str:
    name, data = upcast.upcast_event(event.type, event.data)
    cls = ev.CLASSES.get(name)
    if cls is None:
        return f"đã ghi sự kiện «{event.type}»"
    try:
        return DEEDS[name](msgspec.convert(data, cls), names)
    except msgspec.ValidationError:
        return f"đã ghi sự kiện «{type_words(event.type)}», nhưng dữ liệu không đúng mẫu nên không đọc được"
