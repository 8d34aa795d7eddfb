"""The story of one item without a log: decided events are recorded and folded at once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import DecisionContext, TakeStep, Typed, Upload
from cchc_flow.workflow.decide import decide, open_item, undo
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.item import Item, evolve
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.task import TASK

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

COORDINATOR = Actor("hoa", frozenset({"coordinator"}), "van-hoa")
LEADER = Actor("nam", frozenset({"leader"}))
OFFICER = Actor("lan", frozenset({"officer"}), "kinh-te")
HEAD = Actor("binh", frozenset({"unit_head"}), "kinh-te")
HELPER = Actor("tam", frozenset({"officer"}), "tram-y-te")
STRANGER = Actor("dung", frozenset({"officer"}), "truong-hoc")
INSPECTOR = Actor("thu", frozenset({"inspector"}))
ADMIN = Actor("quan", frozenset({"admin"}))
EVERYBODY = (COORDINATOR, LEADER, OFFICER, HEAD, HELPER, STRANGER, INSPECTOR, ADMIN)

CONTEXT = DecisionContext(
    units={
        "kinh-te": "Phòng Kinh tế",
        "tram-y-te": "Trạm Y tế",
        "van-hoa": "Phòng Văn hóa",
        "truong-hoc": "Các trường",
    },
    people={actor.id: actor.unit for actor in EVERYBODY},
    names={"hoa": "Lê Thị Hoa", "nam": "Phạm Nam", "lan": "Trần Thị Lan", "binh": "Vũ Bình"},
    roles={actor.id: actor.roles for actor in EVERYBODY},
    today=date(2026, 3, 2),
    closing_day=date(2026, 12, 31),
)

CONTENT: dict[str, Any] = {
    "title": "Rà soát thủ tục",
    "text": "Rà soát thủ tục hành chính của xã.",
    "area": "2",
    "plan": "2026",
    "parent": None,
    "unit": None,
    "period": None,
    "ref": "III.2.3.1",
    "heading": None,
    "product": None,
    "due": "2026-06-30",
    "cadence": None,
    "suggested_lead": None,
    "fields": {},
}

ASSIGN = {"lead": "kinh-te", "support": ["tram-y-te"], "officer": "", "due": "2026-06-30"}
RESULT = {
    "result": "Đã rà soát 40 thủ tục.",
    "evidence": [Upload("bao-cao.pdf", b"%PDF-1.7", "application/pdf")],
}


class Event(msgspec.Struct, frozen=True):
    """An event as the core reads it."""

    id: str
    version: int
    type: str
    actor: str
    recordedtime: str
    data: dict[str, Any]


class Story:
    """One item from its opening on; its methods return the story, so that they can be chained."""

    def __init__(self, workflow: Workflow = TASK, **content: Any) -> None:
        self.workflow = workflow
        self.now = BEGIN
        self.events: list[Event] = []
        self.item: Item | None = None
        self.record(open_item(workflow, **CONTENT | content), "system:import")

    def take(self, actor: Actor, name: str, **data: Any) -> "Story":
        """Take a step as an actor, with the raw data of a form."""
        for event in decide(self.workflow, self.it, TakeStep(name, data), actor, self.context).events:
            self.record(event, actor.id)
        return self

    def migrate(self, workflow: Workflow, actor: Actor) -> "Story":
        """Move the item to another version of its workflow."""
        state, previous = self.it.state, self.workflow.version
        self.record(
            ev.ItemWorkflowChanged(from_=state, to=state, previous=previous, workflow=workflow.version),
            actor.id,
        )
        self.workflow = workflow
        return self

    def undo(self, actor: Actor) -> "Story":
        """Undo the last step."""
        for event in undo(self.it, actor, self.now).events:
            self.record(event, actor.id)
        return self

    def wait(self, minutes: int) -> "Story":
        """Let time pass."""
        self.now += timedelta(minutes=minutes)
        return self

    @property
    def context(self) -> DecisionContext:
        """What decisions may know, with the current day."""
        return msgspec.structs.replace(CONTEXT, today=local_day(self.now))

    @property
    def it(self) -> Item:
        """The item as it is now."""
        assert self.item is not None
        return self.item

    def record(self, decided: ev.Data, actor: str) -> None:
        """Record a decided event, and fold it into the item."""
        number = len(self.events) + 1
        time = self.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        name = ev.NAMES[type(decided)]
        event = Event(f"event-{number}", number, name, actor, time, stored(decided))
        self.events.append(event)
        self.item = evolve(self.item, "2026-III.2.3.1", event)


def stored(decided: ev.Data) -> dict[str, Any]:
    """Return an event's data as the log would hold them: words and files are references."""
    fields = {name: _stored_value(getattr(decided, name)) for name in decided.__struct_fields__}
    plain: dict[str, Any] = msgspec.to_builtins(type(decided)(**fields))
    convert(plain, type(decided))
    return plain


def _stored_value(value: Any) -> Any:
    match value:
        case Typed(text=text):
            return _reference(text.encode(), "text/plain; charset=utf-8")
        case Upload(name=name, content=content, media_type=media_type):
            return {
                "name": _reference(name.encode(), "text/plain"),
                "content": _reference(content, media_type),
            }
        case tuple():
            return [_stored_value(element) for element in value]
        case dict():
            return {name: _stored_value(element) for name, element in value.items()}
        case ev.Data():
            return {name: _stored_value(getattr(value, name)) for name in value.__struct_fields__}
        case _:
            return value


def _reference(content: bytes, media_type: str) -> dict[str, Any]:
    return {"digest": f"{len(content):064x}", "size": len(content), "media_type": media_type}


def assigned_task() -> Story:
    """Return the story of a task that is assigned to Phòng Kinh tế."""
    return Story().take(COORDINATOR, "assign", **ASSIGN)


def started_task() -> Story:
    """Return the story of a task that is under way."""
    return assigned_task().take(OFFICER, "start")


def submitted_task() -> Story:
    """Return the story of a task whose result waits for review."""
    return started_task().take(OFFICER, "submit", **RESULT)


def approved_task() -> Story:
    """Return the story of a task whose result was approved."""
    return submitted_task().take(COORDINATOR, "approve", quality="good", comment="")


def closed_task() -> Story:
    """Return the story of a closed task."""
    return approved_task().take(LEADER, "close")
