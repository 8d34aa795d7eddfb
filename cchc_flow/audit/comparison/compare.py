"""The comparison of two moments: walks the events between them, and compares only what they touched."""

from collections.abc import Iterable, Mapping

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.comparison.courses import ITEM, Course, read_courses
from cchc_flow.audit.comparison.readings import TARGET, ReadingChange, changed_readings
from cchc_flow.audit.comparison.scope import Scope
from cchc_flow.errors import BadInput
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.projections.cards.row import sort_key
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace

MOST_EVENTS = 200_000
"""How many events may lie between the two moments: more than a commune makes in many years."""
ADDED, CLOSED, MOVED, DUE, CHANGED, QUIET = "added", "closed", "moved", "due", "changed", "quiet"
SORTS = (ADDED, CLOSED, MOVED, DUE, CHANGED, QUIET)
"""Into what the items are sorted. One that was moved and got another due day stands in both; one that is
`quiet` has events, such as comments, and is as it was."""


class Comparison(msgspec.Struct, frozen=True):
    """What became another from the position `since` to `upto`.

    `items` are sorted by `SORTS`, each by kind, plan and reference. `others` are the events about neither
    items nor targets, by type. `withheld` are the positions of the events of items that the reader may not
    read, of whatever scope: to say whether they lie in it would tell of them.
    """

    since: int
    upto: int
    items: Mapping[str, tuple[Course, ...]]
    readings: tuple[ReadingChange, ...] = ()
    others: Mapping[str, tuple[int, ...]] = {}
    withheld: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was recorded in between."""
        return not (any(self.items.values()) or self.readings or self.others or self.withheld)


def compare(ws: Workspace, scope: Scope, between: tuple[int, int], reader: Reader | None) -> Comparison:
    """Return what became another between two positions (the earlier first), as far as a reader may read it.

    Raise BadInput when so much lies between them that it would hold up everybody else.
    """
    since, upto = between
    if upto - since > MOST_EVENTS:
        raise BadInput(
            f"Giữa hai thời điểm có hơn {MOST_EVENTS // 1000}.000 sự kiện, quá nhiều để so một lần.",
            "Hãy chọn hai thời điểm gần nhau hơn.",
        )
    if scope.items:
        courses = read_courses(ws.log, scope.items, since, upto)
        return Comparison(since, upto, sort_courses(ws.read(), courses))
    return _compare_all(ws, scope, between, reader)


def _compare_all(ws: Workspace, scope: Scope, between: tuple[int, int], reader: Reader | None) -> Comparison:
    db, (since, upto) = ws.read(), between
    of_items, targets, others = _read_headings(ws, between)
    hidden = {item_id for item_id in of_items if _is_hidden(db, item_id, reader)}
    courses = read_courses(ws.log, [item_id for item_id in of_items if item_id not in hidden], since, upto)
    return Comparison(
        since,
        upto,
        sort_courses(db, filter(scope.covers, courses)),
        tuple(changed_readings(ws, targets, between, scope)),
        others if scope.is_whole else {},
        tuple(sorted(position for item_id in hidden for position in of_items[item_id])),
    )


Positions = dict[str, tuple[int, ...]]


def _read_headings(ws: Workspace, between: tuple[int, int]) -> tuple[Positions, list[str], Positions]:
    """Return the positions of the events by item, the streams of targets, and other positions by type."""
    of_items: dict[str, list[int]] = {}
    targets: dict[str, None] = {}
    others: dict[str, list[int]] = {}
    for heading in ws.log.headings(*between):
        if heading.stream.startswith(ITEM):
            of_items.setdefault(heading.stream.removeprefix(ITEM), []).append(heading.position)
        elif heading.stream.startswith(TARGET):
            targets[heading.stream] = None
        else:
            others.setdefault(heading.type, []).append(heading.position)
    return _frozen(of_items), [*targets], _frozen(others)


def _frozen(positions: Mapping[str, list[int]]) -> Positions:
    return {name: tuple(found) for name, found in positions.items()}


def _is_hidden(db: Database, item_id: str, reader: Reader | None) -> bool:
    if reader is None:
        return False
    item = items.find_item(db, item_id)
    return item is not None and not may_read(db, reader, item)


def sort_courses(db: Database, courses: Iterable[Course]) -> Mapping[str, tuple[Course, ...]]:
    """Return courses by sort, those of each by kind, plan and reference."""
    found: dict[str, list[Course]] = {sort: [] for sort in SORTS}
    for course in sorted(courses, key=_place):
        for sort in _sorts_of(db, course):
            found[sort].append(course)
    return {sort: tuple(of_sort) for sort, of_sort in found.items()}


def _place(course: Course) -> tuple[object, ...]:
    """Return where an item stands among others: tasks first, and a whole before its parts."""
    item = course.after
    place = sort_key(item.ref or f"~{item.title}")
    return item.kind != "task", item.kind, item.plan or "", place, item.period or "", item.unit or "", item.id


def _sorts_of(db: Database, course: Course) -> list[str]:
    """Return in which sorts an item stands; one that is new is added, and perhaps closed as well."""
    before, after = course.before, course.after
    is_closed = _is_final(db, after) and not (before and _is_final(db, before))
    closed = [CLOSED] if is_closed else []
    if before is None:
        return [ADDED, *closed]
    names = {*course.changed_names()}
    moved = [MOVED] if "state" in names and not closed else []
    due = [DUE] if "due" in names else []
    changed = [CHANGED] if names - {"state", "due"} else []
    return [*closed, *moved, *due, *changed] or [QUIET]


def _is_final(db: Database, item: Item) -> bool:
    return workflows.workflow(db, item.kind, item.workflow).state(item.state).final
