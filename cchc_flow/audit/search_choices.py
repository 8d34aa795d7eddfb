"""What the filters of the history can be set to, and what each choice is called."""

from collections.abc import Callable, Mapping

from sqlite_utils import Database

from cchc_flow.audit.flags import FLAGS
from cchc_flow.audit.marks import CHANNELS
from cchc_flow.audit.naming import plugin_titles
from cchc_flow.audit.words import TYPE_TITLES, actor_name
from cchc_flow.projections import directory, plans, province, trail_terms, workflows
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.trail import NO_CHANNEL
from cchc_flow.workflow.events import NAMES
from cchc_flow.workflow.policy import ROLES
from cchc_flow.workspace import Workspace

CLOCKS = {"recorded": "Ngày ghi", "happened": "Ngày ra lệnh"}
"""By which clock the days of a search count."""
FACETS = {
    "person": "Người thực hiện",
    "unit": "Đơn vị của người đó",
    "role": "Vai trò",
    "channel": "Kênh thao tác",
    "type": "Loại việc",
    "kind": "Loại công việc",
    "area": "Lĩnh vực",
    "flag": "Dấu hiệu",
}
CHANNEL_TITLES = {
    **{name: title.removeprefix("qua ") for name, title in CHANNELS.items()},
    "terminal": "dòng lệnh của máy chủ",
    "plugin": "quy tắc của lĩnh vực",
    NO_CHANNEL: "không ghi kênh (sự kiện cũ)",
}
Titles = Mapping[str, str]


def titles_of(ws: Workspace, facet: str) -> Titles:
    """Return the titles of all values that a facet can have: those that are known, and those met."""
    db, history = ws.read(), ws.read_history()
    known = dict(_KNOWN[facet](db))
    met = {value: value for value in trail_terms.values_of(history, facet) if value not in known}
    if facet == "person":
        names = {**known, **plugin_titles(db)}
        met = {value: actor_name(value, names) for value in met}
    return known | met


def find_wrong_values(ws: Workspace, values: Mapping[str, str], reader: Reader | None) -> dict[str, str]:
    """Return a sentence for each facet that is set to what no event can have, by the facet's name.

    A kind of which the reader may read nothing is as one that there is not.
    """
    errors = {}
    for facet, value in values.items():
        if value and not _is_choice(ws, facet, value, reader):
            errors[facet] = f"{FACETS[facet]}: không có «{value[:60]}» để lọc. Hãy chọn trong danh sách."
    return errors


def _is_choice(ws: Workspace, facet: str, value: str, reader: Reader | None) -> bool:
    """Tell whether a facet can have a value; a type may be written with its version."""
    if facet == "kind" and reader and value not in reader.scopes:
        return False
    if facet == "type" and "/" in value:
        return value in NAMES.values() or value in trail_terms.values_of(ws.read_history(), "version")
    return value in titles_of(ws, facet)


def _units(db: Database) -> Titles:
    return {unit.id: unit.name for unit in directory.units(db)}


def _people(db: Database) -> Titles:
    visitors = {visitor.id: visitor.words for visitor in province.visitors(db).values()}
    return {person.id: person.name for person in directory.people(db)} | visitors


def _kinds(db: Database) -> Titles:
    return {workflow.kind: workflow.title for workflow in workflows.newest_workflows(db)}


def _areas(db: Database) -> Titles:
    """Return the titles of the areas by code; where plans name one differently, all its titles."""
    titles: dict[str, list[str]] = {}
    for area in plans.areas(db):
        if area.title not in titles.setdefault(area.code, []):
            titles[area.code].append(area.title)
    return {code: " / ".join(named) for code, named in titles.items()}


_KNOWN: Mapping[str, Callable[[Database], Titles]] = {
    "person": _people,
    "unit": _units,
    "role": lambda _: {**ROLES, "plugin": "hệ thống, theo quy tắc của lĩnh vực"},
    "channel": lambda _: CHANNEL_TITLES,
    "type": lambda _: {NAMES[cls].partition("/")[0]: title for cls, title in TYPE_TITLES.items()},
    "kind": _kinds,
    "area": _areas,
    "flag": lambda _: {name: flag.title for name, flag in FLAGS.items()},
}
