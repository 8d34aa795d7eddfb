"""What one event made another: each field as it was before and as it is since, in words."""

from collections.abc import Iterator, Mapping

import msgspec

from cchc_flow.audit import naming
from cchc_flow.audit.comparison.courses import read_courses
from cchc_flow.audit.comparison.readings import TARGET, changed_readings
from cchc_flow.audit.comparison.scope import Scope
from cchc_flow.audit.comparison.wording import NOTHING, FieldChange, Wording
from cchc_flow.audit.phrases import day_phrase
from cchc_flow.audit.words import Names
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import JsonObject, RecordedEvent
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.events import CLASSES
from cchc_flow.workflow.settings.values import Settings
from cchc_flow.workflow.settings.wording import describe_setting
from cchc_flow.workflow.upcast import upcast_event
from cchc_flow.workspace import Workspace

ITEM = "item-"
TITLES = {
    "name": "Tên",
    "title": "Chức danh",
    "unit": "Đơn vị",
    "aliases": "Tên gọi khác",
    "active": "Còn hoạt động",
    "since": "Từ ngày",
    "until": "Đến ngày",
    "stand_in": "Người thay",
    "value": "Giá trị",
    "source": "Căn cứ",
}
"""What is compared in events of the directory and of plugins' figures, with its title."""
COMPARED_FAMILIES = ("directory.", "plugin.configured/")


def event_changes(ws: Workspace, event: RecordedEvent, reader: Reader | None) -> list[FieldChange]:
    """Return what an event made another; empty for one that changes nothing that can be compared."""
    between = (event.position - 1, event.position)
    if event.stream.startswith(ITEM):
        courses = read_courses(ws.log, [event.stream.removeprefix(ITEM)], *between)
        return [change for course in courses for change in Wording(ws, reader).changes_of(course)]
    if event.stream.startswith(TARGET):
        readings = changed_readings(ws, [event.stream], between, Scope())
        lines = Wording(ws, reader).reading_lines(readings)
        return [msgspec.structs.replace(line.change, title=line.title) for line in lines]
    if event.type.startswith("settings.changed/"):
        return list(_setting_changes(ws, event))
    if event.type.startswith(COMPARED_FAMILIES):
        return list(_compare_with_previous(ws, event))
    return []


def _setting_changes(ws: Workspace, event: RecordedEvent) -> Iterator[FieldChange]:
    """Yield the fields of a setting that have another value; nothing for one that this release lacks."""
    names, setting = naming.all_names(ws, ws.read()), event.data["setting"]
    default = getattr(Settings(), setting, None)
    if default is None:
        return
    previous = _previous_data(ws, event, {"setting": setting})
    before, after = (
        dict(describe_setting(setting, convert(value, type(default)), names))
        for value in (previous.get("value", {}), event.data["value"])
    )
    for title in dict.fromkeys((*after, *before)):
        if before.get(title) != after.get(title):
            yield FieldChange(title, before.get(title, NOTHING), after.get(title, NOTHING))


def _compare_with_previous(ws: Workspace, event: RecordedEvent) -> Iterator[FieldChange]:
    """Yield the data that were others in the event of the stream before this one."""
    names = naming.all_names(ws, ws.read())
    data = upcast_event(event.type, event.data)[1]
    same = {"figure": data["figure"]} if "figure" in data else {}
    before = _previous_data(ws, event, same)
    for name, title in TITLES.items():
        if name in data and name in before and before[name] != data[name]:
            yield FieldChange(title, _words(before[name], names), _words(data[name], names))


def _previous_data(ws: Workspace, event: RecordedEvent, same: Mapping[str, object]) -> JsonObject:
    """Return the data that older events of a stream left behind, of those that have `same` in common."""
    left: JsonObject = {"active": True}  # as whoever is added is at first
    for older in ws.log.stream(event.stream):
        if older.position >= event.position:
            break
        name, data = upcast_event(older.type, older.data)
        if name in CLASSES and all(data.get(key) == value for key, value in same.items()):
            left |= data
    return left


def _words(value: object, names: Names) -> str:
    """Return a value in words: yes or no, a day, a list, and who or what goes by an id."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or NOTHING
    if not value:
        return NOTHING
    text = str(value)
    return names.get(text) or day_phrase(text)
