"""Commands of an inspector: an inspection is opened by a decision, and what she observes becomes an item."""

from datetime import date

from sqlite_utils import Database

from cchc_flow.commands.loading import Loaded
from cchc_flow.commands.outcome import Outcome, outcome_of_opening
from cchc_flow.commands.own_plan import own_plan
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork
from cchc_flow.errors import IllegalMove, MissingData, NotAllowed, NotFound
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.workflow.decide import open_item
from cchc_flow.workflow.definition import Field, Workflow
from cchc_flow.workflow.events import ItemOpened, JsonObject
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.hands import AUDIT_KIND, FINDING_KIND
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import AUDITOR
from cchc_flow.workflow.register_step import OPENING, advanced_data
from cchc_flow.workspace import Workspace

LONGEST_TITLE = 300
AUDIT_TITLE = Field("title", "line", "Tên cuộc kiểm tra", required=True)
OBSERVATION = (
    Field("title", "line", "Nội dung ghi nhận", required=True, hint="Một câu; chi tiết ghi khi kết luận"),
    Field("lead", "unit", "Đơn vị liên quan", required=True),
    Field("about", "line", "Công việc được kiểm tra", hint="Mục trong kế hoạch, như III.1.2; nếu có"),
)
"""What the form of an observation asks for."""


def audit_fields(db: Database) -> tuple[Field, ...]:
    """Return what the form of a new inspection asks for."""
    return (AUDIT_TITLE, *workflows.newest_workflow(db, AUDIT_KIND).asks)


def open_audit(ws: Workspace, raw: JsonObject, order: Order) -> Outcome:
    """Open an inspection from the raw data of a form; raise NotAllowed or MissingData."""
    uow, item_id = UnitOfWork(ws, order), ws.new_id()

    def decide_commit() -> Commit:
        unit = require_inspector(uow, "mở cuộc kiểm tra")
        workflow = workflows.newest_workflow(uow.db, AUDIT_KIND)
        data = clean(audit_fields(uow.db), raw, uow.context(None))
        _check_audit(data, uow.today())
        opening = _opening(uow, workflow, data, plan=own_plan(uow.db, workflow.asks, data, uow.today()))
        return Commit([NewEvents(stream_of(item_id), 0, (opening,))], AUDITOR, unit)

    return outcome_of_opening(uow, uow.write(["open-audit", raw], decide_commit))


def open_finding(ws: Workspace, audit_id: str, raw: JsonObject, order: Order) -> Outcome:
    """Note what was observed in an inspection; raise a Refusal when that is over, or for an unknown item."""
    uow, item_id = UnitOfWork(ws, order), ws.new_id()

    def decide_commit() -> Commit:
        unit = require_inspector(uow, "ghi nhận khi kiểm tra")
        audit = require_open_audit(uow, audit_id)
        data = clean(OBSERVATION, raw, uow.context(None))
        fields = {"audit": audit_id, "about": _inspected_item(uow.db, data.pop("about"), audit.item.plan)}
        workflow = workflows.newest_workflow(uow.db, FINDING_KIND)
        opening = _opening(uow, workflow, data | fields, plan=audit.item.plan)
        return Commit([NewEvents(stream_of(item_id), 0, (opening,))], AUDITOR, unit)

    return outcome_of_opening(uow, uow.write(["open-finding", audit_id, raw], decide_commit))


def require_inspector(uow: UnitOfWork, deed: str) -> str | None:
    """Return the unit of the actor; raise NotAllowed unless she is an inspector."""
    actor = uow.actor()
    if AUDITOR not in actor.roles:
        raise NotAllowed(f"Bạn không được {deed}.", "Việc này do cán bộ kiểm tra thực hiện.")
    return actor.unit


def load_audit(uow: UnitOfWork, audit_id: str) -> Loaded:
    """Return an inspection; raise NotFound for any other item."""
    loaded = uow.read(audit_id)
    if loaded.item.kind != AUDIT_KIND:
        raise NotFound("Không có cuộc kiểm tra này.", "Hãy mở lại trang Cuộc kiểm tra.")
    return loaded


def require_open_audit(uow: UnitOfWork, audit_id: str) -> Loaded:
    """Return an inspection that is under way; raise NotFound, or IllegalMove for one that is over."""
    loaded = load_audit(uow, audit_id)
    if loaded.workflow.state(loaded.item.state).final:
        raise IllegalMove("Cuộc kiểm tra này đã kết thúc.", "Hãy mở lại cuộc kiểm tra trước.")
    return loaded


def findings_of(db: Database, item_id: str, name: str) -> list[Item]:
    """Return the findings whose field `name` is an item (the inspection, or what was inspected), in order."""
    found = (items.find_item(db, finding) for finding in items.items_referring_to(db, item_id, [name]))
    return sorted((item for item in found if item and item.kind == FINDING_KIND), key=lambda item: item.id)


def _check_audit(data: JsonObject, today: date) -> None:
    """Raise MissingData for a decision without a number or of a day to come, or a period without a day."""
    wrong = {}
    if not any(letter.isdigit() for letter in data["decision"]):
        wrong["decision"] = "Số quyết định: phải có số, như 15/QĐ-UBND."
    if data["decided_on"] > today.isoformat():
        wrong["decided_on"] = "Ngày quyết định: không sau hôm nay."
    if data["first"] > data["last"]:
        wrong["last"] = "Đến ngày: không trước ngày đầu của thời kỳ."
    if wrong:
        raise MissingData(wrong)


def _inspected_item(db: Database, typed: str | None, plan: str | None) -> str | None:
    """Return the id of the item that was typed as its id, or as its place in the plan; raise MissingData.

    Of several items with the same place the one of the inspection's own year is meant.
    """
    if not typed:
        return None
    cards = queries.all_cards(db)
    if any(card.id == typed for card in cards):
        return typed
    matches = [card for card in cards if (card.ref or "").casefold() == typed.casefold() and not card.parent]
    own = [card.id for card in matches if len(matches) == 1 or card.plan == plan]
    if len(own) != 1:
        raise MissingData({"about": "Công việc được kiểm tra: kế hoạch không có mục này."})
    return own[0]


def _opening(uow: UnitOfWork, workflow: Workflow, data: JsonObject, *, plan: str | None) -> ItemOpened:
    """Return the event that opens an item with cleaned data; raise MissingData for too long a title."""
    if len(data["title"]) > LONGEST_TITLE:
        raise MissingData({"title": f"Nội dung: nhiều nhất {LONGEST_TITLE} ký tự."})
    own = {name: value for name, value in data.items() if name not in ("title", "lead")}
    fields = advanced_data(OPENING, own)["fields"]
    return open_item(workflow, plan=plan, unit=data.get("lead"), title=data["title"], fields=fields)
