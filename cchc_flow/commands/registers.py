"""Orders about registers: open an item of a kind that a plugin brought."""

from collections.abc import Callable, Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.asking import OVERRIDE, asked_besides, checked
from cchc_flow.commands.items import Outcome, facts_for, load
from cchc_flow.commands.rules import told_overruled
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Order, Writing, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.port import Change
from cchc_flow.hookspecs import Opening
from cchc_flow.projections import directory, plans, workflows
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import NAMES, ItemOpened, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.guards import refuse_unfit_due
from cchc_flow.workflow.item import Item, evolve
from cchc_flow.workflow.policy import OPENERS
from cchc_flow.workflow.register_step import kept
from cchc_flow.workspace import Workspace

EVERY_REGISTER = (
    Field("title", "line", "Tên", required=True),
    Field("lead", "unit", "Đơn vị chủ trì", required=True),
    Field("due", "day", "Hạn"),
)
LONGEST_TITLE = 300


def fields_of(ws: Workspace, db: Database, workflow: Workflow) -> tuple[Field, ...]:
    """Return what the form of a new item asks for."""
    return (*EVERY_REGISTER, *workflow.asks, *asked_besides(ws, db, workflow.kind, "open", None))


class Writer(msgspec.Struct, frozen=True):
    """Who writes entries of a register: the person's id, the role in which that is done, and the unit."""

    workflow: Workflow
    actor: str
    role: str
    unit: str | None


def open_entry(ws: Workspace, kind: str, raw: JsonObject, order: Order) -> Outcome:
    """Open an item of a register with raw data as a form gives them; raise a Refusal."""
    item_id = ws.new_id()

    def once() -> Writing:
        by = writer(ws, kind, order)
        return Writing([entry(ws, by, item_id, raw)[0]], by.role, by.unit)

    return _write(ws, order, ["open", kind, raw], once, item_id)


def writer(ws: Workspace, kind: str, order: Order) -> Writer:
    """Return who writes an entry of a register by an order; raise NotFound or NotAllowed."""
    db = ws.read()
    workflow = register(db, kind)
    actor = directory.actor(db, order.actor)
    role = next((one for one in workflow.openers if one in actor.roles), None)
    if role is None:
        who = " hoặc ".join(OPENERS[one] for one in workflow.openers)
        raise NotAllowed(f"Bạn không được ghi «{workflow.title}».", f"Việc này do {who} thực hiện.")
    return Writer(workflow, actor.id, role, actor.unit)


def entry(
    ws: Workspace, by: Writer, item_id: str, raw: JsonObject, beside: Sequence[Item] = ()
) -> tuple[Change, Item]:
    """Return what opens an entry, and the entry as it will be, `beside` others; raise a Refusal."""
    db = ws.read()
    data = clean(fields_of(ws, db, by.workflow), raw, _facts(ws, db))
    refuse_unfit_due(data["due"], _facts(ws, db))
    if by.role in ("officer", "unit_head") and data["lead"] != by.unit:
        raise MissingData({"lead": "Đơn vị chủ trì: phải là đơn vị của bạn."})
    opened = _opened(ws, db, by.workflow, item_id, data)
    coming = evolve(None, item_id, _Coming(opened.events[0].data, format_instant(ws.now())))
    reason = clean((OVERRIDE,), raw, _facts(ws, db))[OVERRIDE.name]
    overruled = checked(ws, db, coming, opening(by.workflow), data, reason, actor=by.actor, beside=beside)
    told = told_overruled("open", overruled)
    return msgspec.structs.replace(opened, events=(*opened.events, *told)), coming


def open_by_rule(ws: Workspace, opening: Opening, order: Order) -> Outcome:
    """Open an item of a register as a rule wants it; its due day is the law's, whenever that is."""
    item_id = ws.new_id()

    def once() -> Writing:
        db = ws.read()
        workflow = register(db, opening.kind)
        data = clean(workflow.asks, dict(opening.data), _facts(ws, db))
        data |= {"title": opening.title, "lead": opening.lead, "due": opening.due}
        return Writing([_opened(ws, db, workflow, item_id, data)])

    return _write(ws, order, ["open", opening], once, item_id)


def register(db: Database, kind: str) -> Workflow:
    """Return the newest definition of a register; raise NotFound for a kind that is none."""
    workflow = workflows.newest_workflow(db, kind)
    if not workflow.openers:
        raise NotFound(f"«{kind[:40]}» không phải một sổ theo dõi.", "Hãy mở lại trang Lĩnh vực.")
    return workflow


class _Coming(msgspec.Struct, frozen=True):
    """The first event of an entry, as it will be recorded when no rule keeps it out."""

    data: JsonObject
    recordedtime: str
    id: str = ""
    actor: str = ""
    version: int = 1
    type: str = NAMES[ItemOpened]


def opening(workflow: Workflow) -> Transition:
    """Return the step that rules are asked about when an entry is written."""
    return Transition(
        name="open",
        title="Ghi mới",
        fact="openings",
        event=NAMES[ItemOpened],
        from_=(),
        to=workflow.initial,
        by=workflow.openers,
    )


def _opened(ws: Workspace, db: Database, workflow: Workflow, item_id: str, data: JsonObject) -> Change:
    if not data["title"] or len(data["title"]) > LONGEST_TITLE:
        raise MissingData({"title": f"Tên: cần từ 1 đến {LONGEST_TITLE} ký tự."})
    own = {name: value for name, value in data.items() if name not in ("title", "lead", "due")}
    plan = next(iter(plans.plans(db)), None)
    empty = ("parent", "period", "ref", "area", "heading", "product", "cadence", "suggested_lead")
    content = dict.fromkeys(empty) | {
        "plan": plan.id if plan else None,
        "unit": data["lead"],
        "title": data["title"],
        "text": "",
        "due": data["due"],
        "fields": kept("open", own)["fields"],
    }
    return Change(stream_of(item_id), 0, (open_item(workflow, content),))


def _facts(ws: Workspace, db: Database) -> DecisionContext:
    plan = next(iter(plans.plans(db)), None)
    return facts_for(ws, db, plan.id if plan else None)


def _write(ws: Workspace, order: Order, asked: object, once: Callable[[], Writing], item_id: str) -> Outcome:
    receipt = write(ws, order, asked, once)
    opened = ws.log.event(receipt.first).stream.removeprefix("item-") if receipt else item_id
    return Outcome(load(ws, opened).item, receipt)
