"""What became another, in words: each field of an item as it was and as it is, and readings of targets."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from cchc_flow.audit import naming
from cchc_flow.audit.comparison.compare import ADDED, CLOSED, DUE, MOVED, QUIET
from cchc_flow.audit.comparison.courses import FIELD, Course, compared_values
from cchc_flow.audit.comparison.readings import ReadingChange
from cchc_flow.audit.field_values import all_fields, field_value
from cchc_flow.audit.phrases import day_phrase, join_words, number_phrase, period_phrase
from cchc_flow.audit.report_contents import KEPT_FIELDS
from cchc_flow.audit.target_clauses import measure_words, value_words
from cchc_flow.hook_values import NOT_RECORDED
from cchc_flow.projections import plans, workflows
from cchc_flow.projections.reading import Reader
from cchc_flow.projections.unit_reports import REPORT_KIND
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.distribution import Distribution
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.item_changes import Extension
from cchc_flow.workflow.periods import CADENCE, place_words
from cchc_flow.workflow.shares import in_percent
from cchc_flow.workflow.targets import SOURCES
from cchc_flow.workflow.task import TASK
from cchc_flow.workflow.typed_text import upper_first
from cchc_flow.workspace import Workspace

NOTHING = "không có"
TITLES = {
    "title": "Tên",
    "ref": "Mục trong kế hoạch",
    "plan": "Kế hoạch",
    "area": "Lĩnh vực",
    "heading": "Thuộc nội dung",
    "text": "Nội dung",
    "product": "Sản phẩm",
    "state": "Trạng thái",
    "lead": "Chủ trì",
    "support": "Phối hợp",
    "officer": "Người phụ trách",
    "taken_by": "Người nhận việc",
    "suggested_lead": "Chủ trì mà kế hoạch gợi ý",
    "distribution": "Chia phần việc",
    "due": "Hạn",
    "cadence": "Định kỳ",
    "extension": "Đề nghị gia hạn",
    "rests_since": "Tạm dừng từ",
    "progress": "Tiến độ",
    "submitted_by": "Người nộp kết quả",
    "evidence": "Minh chứng",
    "returns": "Bị trả lại",
    "weight": "Hệ số quy đổi",
    "workflow": "Quy trình",
}
"""What pages call what is compared, by its name (see `courses.COMPARED`)."""
_SHOWN_OF_NEW = ("state", "lead", "due")


class FieldChange(msgspec.Struct, frozen=True):
    """A field in words at both ends, and the events that changed it; of a new item there is no `before`."""

    title: str
    before: str | None
    after: str
    positions: tuple[int, ...] = ()


class ItemLine(msgspec.Struct, frozen=True):
    """An item that became another: where it stands, its title, what tells it from others, and its changes.

    `positions` are the events behind the line as a whole, of a new item the one that opened it.
    """

    id: str
    place: str
    title: str
    about: str
    is_new: bool
    changes: tuple[FieldChange, ...]
    positions: tuple[int, ...]


class ReadingLine(msgspec.Struct, frozen=True):
    """A reading of a target that became another; `about` has the period and the source."""

    plan: str
    title: str
    about: str
    change: FieldChange


class Wording:
    """Puts into words what became another, for one reader; names and forms are looked up once."""

    def __init__(self, ws: Workspace, reader: Reader | None) -> None:
        self._ws, self._db, self._reader = ws, ws.read(), reader
        self._names = naming.all_names(ws, self._db)
        self._fields: dict[tuple[str, int], dict[str, Field]] = {}
        self._words: dict[str, Callable[[Any], str]] = {
            "plan": str,
            "state": str,
            **dict.fromkeys(("lead", "officer", "taken_by", "suggested_lead", "submitted_by"), self.name),
            "support": lambda units: ", ".join(map(self.name, units)),
            "distribution": self._division_words,
            "due": day_phrase,
            "cadence": lambda cadence: dict(CADENCE).get(cadence, cadence),
            "extension": _extension_words,
            "rests_since": day_phrase,
            "progress": in_percent,
            "evidence": lambda files: f"{len(files)} tệp",
            "returns": lambda number: f"{number} lần",
            "weight": number_phrase,
            "workflow": lambda version: f"phiên bản {version}",
        }

    def item_lines(self, sort: str, courses: Iterable[Course]) -> list[ItemLine]:
        """Return the lines of the items of one sort (see `compare.SORTS`)."""
        return [self._item_line(sort, course) for course in courses]

    def reading_lines(self, changes: Iterable[ReadingChange]) -> list[ReadingLine]:
        """Return the lines of readings, and of who answers for a measure."""
        return [self._reading_line(change) for change in changes]

    def changes_of(self, course: Course) -> list[FieldChange]:
        """Return all that became another of an item; of a new one all that it has, without a `before`."""
        if course.before is not None:
            return [self._change(course.before, course, name) for name in course.changed_names()]
        return [
            FieldChange(self._title(course.after, name), None, self._value(course.after, name))
            for name, value in compared_values(course.after).items()
            if value
        ]

    def _item_line(self, sort: str, course: Course) -> ItemLine:
        item = course.after
        return ItemLine(
            item.id,
            place_words(item.ref, None),
            item.title,
            self._about(item),
            course.before is None,
            tuple(self._changes(sort, course)),
            _positions(sort, course),
        )

    def _about(self, item: Item) -> str:
        """Return what tells an item from others of the same title: its unit, its period, its register."""
        kind = "" if item.kind == TASK.kind else self._names.get(f"kind:{item.kind}", item.kind)
        unit = self.name(item.unit) if item.unit else ""
        return " · ".join(filter(None, (kind, unit, period_phrase(item.period) if item.period else "")))

    def _changes(self, sort: str, course: Course) -> list[FieldChange]:
        item, before = course.after, course.before
        if before is None:
            names = _SHOWN_OF_NEW if sort == ADDED else _SHOWN_OF_NEW[:1]
            shown = [name for name in names if getattr(item, name) is not None]
            return [FieldChange(TITLES[name], None, self._value(item, name)) for name in shown]
        only = {CLOSED: "state", MOVED: "state", DUE: "due"}
        return [
            self._change(before, course, name)
            for name in course.changed_names()
            if (name == only[sort] if sort in only else name not in only.values())
        ]

    def _change(self, before: Item, course: Course, name: str) -> FieldChange:
        title = self._title(course.after, name)
        old, new = (self._value(item, name) for item in (before, course.after))
        return FieldChange(title, old, new, course.positions_of(name))

    def _title(self, item: Item, name: str) -> str:
        return TITLES.get(name) or self._field(item, name.removeprefix(FIELD)).title

    def _value(self, item: Item, name: str) -> str:
        """Return what an item has under a name, in words."""
        if name.startswith(FIELD):
            value = item.fields.get(name.removeprefix(FIELD))
            return self._field_words(item, name.removeprefix(FIELD), value) if value else NOTHING
        value = getattr(item, name)
        if name == "state":
            return workflows.workflow(self._db, item.kind, item.workflow).state(item.state).title
        if name == "area":
            return self._area(item)
        return self._words.get(name, str)(value) if value or value == 0 else NOTHING

    def _field_words(self, item: Item, name: str, value: str) -> str:
        return field_value(self._db, self._field(item, name), value, self._names, self._reader).words

    def _field(self, item: Item, name: str) -> Field:
        """Return a field of an item's forms; one that no form has any more is called by its name."""
        key = item.kind, item.workflow
        if key not in self._fields:
            workflow = workflows.workflow(self._db, *key)
            self._fields[key] = {
                field.name: field for field in all_fields(self._ws, self._db, item, workflow)
            }
        kept = KEPT_FIELDS if item.kind == REPORT_KIND else {}
        return self._fields[key].get(name) or kept.get(name) or Field(name, "line", name)

    def _area(self, item: Item) -> str:
        titles = {area.code: area.title for area in plans.areas(self._db, item.plan)} if item.plan else {}
        return f"{item.area}. {titles[item.area]}" if item.area in titles else item.area or NOTHING

    def name(self, key: str) -> str:
        """Return the name of a unit or person; an unknown id comes back as it is."""
        return self._names.get(key, key)

    def _division_words(self, division: Distribution) -> str:
        units = join_words(map(self.name, division.units))
        cadence = dict(CADENCE).get(division.cadence, division.cadence).lower()
        due = f", hạn {day_phrase(division.due)}" if division.due else ""
        return f"{units}, {cadence}{due}"

    def _reading_line(self, change: ReadingChange) -> ReadingLine:
        names = naming.names_for_event(self._db, change.last, self._names)
        title = upper_first(measure_words(change.data, names))
        if not change.period:
            before, after = (self.name(unit) if unit else NOTHING for unit in (change.before, change.after))
            owner = FieldChange("Đơn vị theo dõi", before, after, change.positions)
            return ReadingLine(change.plan, title, "", owner)
        before = NOT_RECORDED if change.is_new else value_words(change.before, names)
        words = FieldChange("Số liệu", before, value_words(change.after, names), change.positions)
        about = f"{period_phrase(change.period)} · {SOURCES.get(change.source, change.source).lower()}"
        return ReadingLine(change.plan, title, upper_first(about), words)


def _extension_words(request: Extension) -> str:
    return f"đến {day_phrase(request.due)}"


def _positions(sort: str, course: Course) -> tuple[int, ...]:
    """Return the events behind the line of an item, without those that stand beside what they changed."""
    if sort == QUIET:
        return course.positions
    if course.before is not None:
        return ()
    return course.positions[:1] if sort == ADDED else course.positions_of("state")
