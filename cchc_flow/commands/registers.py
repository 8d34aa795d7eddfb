"""Entries of registers: items of a kind that a plugin brought."""

from collections.abc import Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.outcome import Outcome, outcome_of_opening
from cchc_flow.commands.own_plan import own_plan
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, UnitOfWork
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.hookspecs import Opening
from cchc_flow.plugin_host.rule_checks import OVERRIDE, check_rules, gather_fields, refuse_missing_rules
from cchc_flow.projections import plans, workflows
from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Field, Transition, Workflow
from cchc_flow.workflow.events import NAMES, ItemOpened, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.guards import refuse_unfit_due
from cchc_flow.workflow.hands import INSPECTION_KINDS
from cchc_flow.workflow.item import Item, evolve
from cchc_flow.workflow.policy import OPENERS
from cchc_flow.workflow.register_step import OPENING, advanced_data
from cchc_flow.workspace import Workspace

EVERY_REGISTER = (
    Field("title", "line", "Tên", required=True),
    Field("lead", "unit", "Đơn vị chủ trì", required=True),
    Field("due", "day", "Hạn"),
)
LONGEST_TITLE = 300


def entry_fields(ws: Workspace, workflow: Workflow) -> tuple[Field, ...]:
    """Return the fields of the form of a new entry, those of plugins included; raise RuleNotAsked."""
    source = ws.fact_source()
    refuse_missing_rules(source, workflow.kind, ItemOpened, None)
    plugin_fields = gather_fields(source, workflow.kind, OPENING, None)
    return (*EVERY_REGISTER, *workflow.asks, *plugin_fields)


class Writer(msgspec.Struct, frozen=True):
    """Who writes entries into the register of `workflow`: the person's id, role and unit."""

    workflow: Workflow
    actor: str
    role: str
    unit: str | None


def open_entry(uow: UnitOfWork, kind: str, raw: JsonObject) -> Outcome:
    """Open an item of a register from the raw data of a form; raise a Refusal."""
    item_id = uow.ws.new_id()

    def decide_commit() -> Commit:
        writer = require_writer(uow, kind)
        return Commit([decide_entry(uow, writer, item_id, raw)[0]], writer.role, writer.unit)

    return outcome_of_opening(uow, uow.write(["open", kind, raw], decide_commit))


def require_writer(uow: UnitOfWork, kind: str) -> Writer:
    """Return who gives the order, as a writer of the register; raise NotFound or NotAllowed."""
    workflow, actor = load_register(uow.db, kind), uow.actor()
    role = next((opener for opener in workflow.writers if opener in actor.roles), None)
    if role is None:
        who = " hoặc ".join(OPENERS[opener] for opener in workflow.writers)
        raise NotAllowed(f"Bạn không được ghi «{workflow.title}».", f"Việc này do {who} thực hiện.")
    return Writer(workflow, actor.id, role, actor.unit)


def decide_entry(
    uow: UnitOfWork, writer: Writer, item_id: str, raw: JsonObject, pending: Sequence[Item] = ()
) -> tuple[NewEvents, Item]:
    """Return the change that opens an entry, and the entry as it will be; raise a Refusal.

    The rules see it beside the entries `pending`, which are opened in the same commit.
    """
    context = _context(uow)
    data = clean((*entry_fields(uow.ws, writer.workflow), OVERRIDE), raw, context)
    reason = data.pop(OVERRIDE.name)
    refuse_unfit_due(data["due"], context)  # of December's work the law's day may lie in the next plan
    if writer.role in ("officer", "unit_head") and data["lead"] != writer.unit:
        raise MissingData({"lead": "Đơn vị chủ trì: phải là đơn vị của bạn."})
    opening = _decide_opening(uow, writer.workflow, data)
    event = _UnrecordedEvent(msgspec.to_builtins(opening), format_instant(uow.ws.now()))
    item = evolve(None, item_id, event)
    overridden = check_rules(uow.fact_source(pending), item, opening_step(writer.workflow), data, reason)
    return NewEvents(stream_of(item_id), 0, (opening, *overridden)), item


def open_by_rule(uow: UnitOfWork, opening: Opening) -> Outcome:
    """Open an item of a register as a plugin's rule wants it; its due day is the law's, so it may be past.

    Raise RuleNotAsked while the plugin of the register is missing.
    """
    item_id = uow.ws.new_id()

    def decide_commit() -> Commit:
        refuse_missing_rules(uow.fact_source(), opening.kind, ItemOpened, None)
        workflow = load_register(uow.db, opening.kind)
        data = clean(workflow.asks, dict(opening.data), _context(uow))
        data |= {"title": opening.title, "lead": opening.lead, "due": opening.due}
        return Commit([NewEvents(stream_of(item_id), 0, (_decide_opening(uow, workflow, data),))])

    return outcome_of_opening(uow, uow.write(["open", opening], decide_commit))


def load_register(db: Database, kind: str) -> Workflow:
    """Return the newest definition of a register; raise NotFound for a kind that is none."""
    workflow = workflows.newest_workflow(db, kind)
    if not workflow.openers or kind in INSPECTION_KINDS:  # these are opened where the inspection is
        raise NotFound(f"«{kind[:40]}» không phải một sổ theo dõi.", "Hãy mở lại trang Lĩnh vực.")
    return workflow


class _UnrecordedEvent(msgspec.Struct, frozen=True):
    """The event that opens an entry, as it will be recorded unless a rule blocks it."""

    data: JsonObject
    recordedtime: str
    id: str = ""
    actor: str = ""
    version: int = 1
    type: str = NAMES[ItemOpened]


def opening_step(workflow: Workflow) -> Transition:
    """Return the opening of an entry as a step, as rules see it."""
    return Transition(
        name=OPENING,
        title="Ghi mới",
        fact="openings",
        event=NAMES[ItemOpened],
        from_=(),
        to=workflow.initial,
        by=workflow.openers,
    )


def _decide_opening(uow: UnitOfWork, workflow: Workflow, data: JsonObject) -> ItemOpened:
    """Return the event that opens an entry with cleaned data; raise MissingData for an unfit title."""
    if not data["title"] or len(data["title"]) > LONGEST_TITLE:
        raise MissingData({"title": f"Tên: cần từ 1 đến {LONGEST_TITLE} ký tự."})
    own = {name: value for name, value in data.items() if name not in ("title", "lead", "due")}
    return open_item(
        workflow,
        plan=own_plan(uow.db, workflow.asks, data, uow.today()),
        unit=data["lead"],
        title=data["title"],
        due=data["due"],
        fields=advanced_data(OPENING, own)["fields"],
    )


def _context(uow: UnitOfWork) -> DecisionContext:
    """Return what a decision about a new entry may know, with the closing day of the last plan of all."""
    return uow.context(next((plan.id for plan in plans.plans(uow.db)), None))
