"""Refuses a command that was given on a page older than what it would overwrite."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from cchc_flow.commands.loading import Loaded
from cchc_flow.commands.unit_of_work import UnitOfWork
from cchc_flow.errors import ItemMoved
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import directory
from cchc_flow.projections.runner import position
from cchc_flow.workflow.calendar import day_words, moment_words
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import Event
from cchc_flow.workflow.form_values import current_values
from cchc_flow.workflow.item import Item, evolve, fold


def _all_events(event: RecordedEvent) -> bool:
    return True


def refuse_old_page(
    uow: UnitOfWork,
    stream: str,
    seen: int | None,
    deed: str,
    *,
    concerns: Callable[[RecordedEvent], bool] = _all_events,
) -> None:
    """Raise ItemMoved if a stream was changed after a page had shown it at version `seen` (None: no page).

    `deed` says in the sentence what the colleague has done, such as "sửa đơn vị này". Only the events that
    `concerns` picks count. What is appended between this look and the command's own append is found there:
    the command expects the version that was read here.
    """
    if seen is None:
        return
    newest = position(uow.db)
    later = [
        event
        for event in uow.ws.log.stream(stream)
        if seen < event.version and event.position <= newest and concerns(event)
    ]
    if later:
        who = directory.names(uow.db).get(later[-1].actor, "Quản trị máy chủ")
        raise ItemMoved(
            f"{who} đã {deed} lúc {moment_words(later[-1].recordedtime)}, sau khi bạn mở"
            " trang, nên những gì bạn vừa gửi chưa được lưu.",
            "Hãy đối chiếu với thay đổi đó, rồi gửi lại nếu vẫn cần.",
        )


def refuse_changed_values(
    loaded: Loaded, step: Transition, shown: int | None, context: DecisionContext
) -> None:
    """Raise ItemMoved if a value with which a step's form began was changed since, though nothing was moved.

    `shown` is the version of the item that the form was drawn with (None: there was no form). A due day that
    was extended in the meantime is not set back by an assignment that still shows the old one.
    """
    earlier = [event for event in loaded.events if shown is not None and event.version <= shown]
    drawn = fold(loaded.item.id, cast("list[Event]", earlier))
    if drawn is None or drawn.version == loaded.item.version:
        return
    values, now = current_values(step, drawn), current_values(step, loaded.item)
    changed = [field for field in step.fields if values.get(field.name) != now.get(field.name)]
    if not changed:
        return
    event = _last_change(loaded, step, drawn)
    who = context.names.get(event.actor, "Quản trị máy chủ")
    present = (f"«{field.title}» là {_words(field, now.get(field.name), context)}" for field in changed)
    raise ItemMoved(
        f"{who} đã sửa công việc này lúc {moment_words(event.recordedtime)}, sau khi bạn mở biểu mẫu.",
        f"Hiện nay {', '.join(present)}. Hãy đối chiếu rồi gửi lại nếu vẫn cần.",
    )


def _last_change(loaded: Loaded, step: Transition, drawn: Item) -> RecordedEvent:
    """Return the last event that changed a value of a step's form after the item was as `drawn`."""
    item, last = drawn, loaded.events[-1]
    for event in loaded.events:
        if event.version > drawn.version:
            before, item = item, evolve(item, item.id, cast("Event", event))
            last = event if current_values(step, item) != current_values(step, before) else last
    return last


def _words(field: Field, value: Any, context: DecisionContext) -> str:
    """Return a value of a form in words; units and people by their names."""
    names = context.units | context.names
    if not value and value != 0:
        return "để trống"
    match field.kind:
        case "day":
            return day_words(date.fromisoformat(value))
        case "percent":
            return f"{value} %"
        case "choice":
            return field.choice_titles.get(value, str(value))
        case "units":
            return ", ".join(names.get(unit, unit) for unit in value)
        case _:
            return names.get(str(value), str(value))
