"""Orders about items: take a step, undo it, open a task by hand."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.parts import entailed, refuse_a_period_to_come
from cchc_flow.commands.rules import under_rules
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Order, Writing, is_system, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import Change, Receipt, RecordedEvent
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.facts import facts
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import DecisionContext, TakeStep
from cchc_flow.workflow.decide import Decision, decide, open_item, refuse_old_page, undo
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.events import Event, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.guards import refuse_unfit_due
from cchc_flow.workflow.item import Item, fold
from cchc_flow.workflow.policy import Actor
from cchc_flow.workspace import Workspace

NEW_TASK = (
    Field("title", "line", "Tên công việc", required=True, hint="Ngắn gọn, tối đa 80 ký tự"),
    Field("text", "text", "Nội dung", required=True),
    Field("area", "choice", "Lĩnh vực", required=True),
    Field("product", "line", "Sản phẩm"),
    Field("due", "day", "Hạn hoàn thành"),
)
TITLE_LIMIT = 80
_MAY_BE_EMPTY = (
    "plan",
    "parent",
    "unit",
    "period",
    "ref",
    "area",
    "heading",
    "product",
    "due",
    "cadence",
    "suggested_lead",
)


class Loaded(msgspec.Struct, frozen=True):
    """An item as it is now, the definition that moves it, and its whole history."""

    item: Item
    workflow: Workflow
    events: Sequence[RecordedEvent]


class Outcome(msgspec.Struct, frozen=True):
    """The item after an order; `receipt` is None when the order changed nothing."""

    item: Item
    receipt: Receipt | None


def load(ws: Workspace, item_id: str) -> Loaded:
    """Return an item, its workflow and its events; raise NotFound."""
    return _load(ws, ws.read(), item_id)


def take_step(ws: Workspace, item_id: str, step: TakeStep, order: Order) -> Outcome:
    """Take a step with raw data as a form gives them; raise a Refusal, and then nothing is stored."""

    def choose(db: Database, loaded: Loaded, actor: Actor, facts: DecisionContext) -> Decision:
        decision = decide(loaded.workflow, loaded.item, step, actor, facts)
        return under_rules(ws, db, loaded.workflow, loaded.item, step, decision, facts, actor.id)

    return _move(ws, item_id, order, step, choose)


def undo_step(ws: Workspace, item_id: str, order: Order, *, seen: int | None = None) -> Outcome:
    """Take the item's last move back; raise a Refusal when it is another's, too late, or not the one `seen`.

    It is done in the role in which that move was made, which must still be held.
    """

    def choose(db: Database, loaded: Loaded, actor: Actor, facts: DecisionContext) -> Decision:
        refuse_old_page(loaded.workflow, loaded.item, actor, facts, seen=seen)
        back = undo(loaded.item, actor, ws.now())
        role = loaded.events[-1].role
        if role not in actor.roles:
            raise NotAllowed("Bạn không còn vai trò đã dùng khi thao tác.", "Hãy liên hệ quản trị.")
        return Decision(back.drafts, role)

    return _move(ws, item_id, order, ["undo", seen], choose)


def open_task(ws: Workspace, data: JsonObject, order: Order) -> Outcome:
    """Open a task that the plan's document does not have; raise NotAllowed or MissingData."""
    item_id = ws.new_id()

    def choose() -> Writing:
        db = ws.read()
        actor = directory.actor(db, order.actor)
        if "coordinator" not in actor.roles:
            raise NotAllowed("Bạn không được thêm công việc.", "Việc này do đầu mối CCHC thực hiện.")
        draft = open_item(workflows.newest_workflow(db, "task"), _new_task(db, data, local_day(ws.now())))
        return Writing([Change(stream_of(item_id), 0, (draft,))], "coordinator", actor.unit)

    receipt = write(ws, order, ["open", data], choose)
    opened = ws.log.event(receipt.first).stream if receipt else stream_of(item_id)
    return Outcome(load(ws, opened.removeprefix("item-")).item, receipt)


def new_task_fields(db: Database) -> tuple[Field, ...]:
    """Return what a task opened by hand asks for, with the areas of the newest plan to choose from."""
    areas = tuple((area.code, f"{area.code}. {area.title}") for area in _areas(db))
    return tuple(
        msgspec.structs.replace(one, choices=areas) if one.name == "area" else one for one in NEW_TASK
    )


def task_content(content: JsonObject) -> JsonObject:
    """Return the content of a task's first event; what is left out is empty."""
    return dict.fromkeys(_MAY_BE_EMPTY) | content | {"fields": {}}


def _move(
    ws: Workspace,
    item_id: str,
    order: Order,
    asked: TakeStep | list[object],
    choose: Callable[[Database, Loaded, Actor, DecisionContext], Decision],
) -> Outcome:
    def once() -> Writing:
        db = ws.read()
        loaded = _load(ws, db, item_id)
        actor = directory.actor(db, order.actor)
        if not actor.roles and not is_system(order):
            raise NotAllowed("Tài khoản của bạn chưa có vai trò nào.", "Hãy liên hệ quản trị.")
        facts = facts_for(ws, db, loaded.item.plan)
        decision = choose(db, loaded, actor, facts)
        if not decision.drafts:
            return Writing([])
        step = asked if isinstance(asked, TakeStep) else None
        change = Change(stream_of(item_id), loaded.item.version, decision.drafts)
        more = entailed(db, loaded.item, decision.drafts, step, actor, facts)
        return Writing([change, *more], decision.role, actor.unit)

    receipt = write(ws, order, [item_id, asked], once)
    return Outcome(load(ws, item_id).item, receipt)


def facts_for(ws: Workspace, db: Database, plan: str | None) -> DecisionContext:
    """Return what a decision about an item of a plan may know now."""
    return facts(db, local_day(ws.now()), plan)


def _load(ws: Workspace, db: Database, item_id: str) -> Loaded:
    events = ws.log.stream(stream_of(item_id))
    item = fold(item_id, cast("list[Event]", events))
    if item is None:
        refuse_a_period_to_come(db, item_id)
        raise NotFound(f"Không có công việc «{item_id}».", "Hãy mở lại từ bảng công việc.")
    return Loaded(item, workflows.workflow(db, item.kind, item.workflow), events)


def _new_task(db: Database, raw: JsonObject, today: date) -> JsonObject:
    plan = next((area.plan for area in _areas(db)), None)
    known = facts(db, today, plan)
    data = clean(new_task_fields(db), raw, known)
    refuse_unfit_due(data["due"], known)
    if len(data["title"]) > TITLE_LIMIT:
        raise MissingData({"title": f"Tên công việc: dài quá {TITLE_LIMIT} ký tự."})
    return task_content(data | {"text": data["text"].text, "plan": plan})


def _areas(db: Database) -> list[plans.PlanArea]:
    newest = next(iter(plans.plans(db)), None)
    return plans.areas(db, newest.id) if newest else []
