"""One step with each of many items: a command for each, and what was refused with its reason."""

from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.commands import dispatch
from cchc_flow.commands.loading import Loaded
from cchc_flow.commands.unit_of_work import Order, UnitOfWork
from cchc_flow.errors import CchcError, IllegalMove, MissingData
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import authorise
from cchc_flow.workflow.definition import Transition
from cchc_flow.workflow.events import (
    Data,
    ItemAssigned,
    ItemDistributed,
    ItemDueSet,
    ItemReminded,
    JsonObject,
)
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.periods import STEPS
from cchc_flow.workspace import Workspace

MOST = 300
"""Of so many items a step is taken at once; each takes about ten milliseconds."""


class Assigning(msgspec.Struct, frozen=True):
    """Give an item to a unit; what is None stays as it is, and so does the lead that is empty.

    Work that nobody has goes to the unit that the plan suggests, if no other one is named. With a
    cadence of `periods.STEPS` the unit gets a part of it for each period; `due` is then a day whose number is
    that of the due day in each period.
    """

    lead: str = ""
    support: tuple[str, ...] | None = None
    due: str | None = None
    cadence: str = ""


class SettingDue(msgspec.Struct, frozen=True):
    """Set the due day of an item that stays where it is, for this reason."""

    due: str
    reason: str


class Reminding(msgspec.Struct, frozen=True):
    """Remind who has an item, in these words."""

    text: str


Act = Assigning | SettingDue | Reminding


class ItemAct(msgspec.Struct, frozen=True):
    """An act on one item, which a page showed at the `state_version` that was `seen` (None: no page)."""

    item: str
    act: Act
    seen: int | None = None


class ActResult(msgspec.Struct, frozen=True):
    """What became of an act, or would: it was refused and why, or what else it does than its name says."""

    item: str
    refusal: str = ""
    remark: str = ""


def take_each(ws: Workspace, order: Order, acts: Sequence[ItemAct]) -> list[ActResult]:
    """Take each step by a command of its own, under the rights and rules of the single step.

    The same order given twice takes each step once. What is refused stands in the way of no other.
    """
    results = [*_take_each(ws, order, acts)]
    dispatch.catch_up_reactions(ws)
    return results


def preview_each(uow: UnitOfWork, acts: Sequence[ItemAct]) -> list[ActResult]:
    """Return for each act whether it would be refused for where its item is, and for who gives the order."""
    return [_preview(uow, one) for one in acts]


def own_order(order: Order, item_id: str) -> Order:
    """Return the order for one item of many: the same order, sent twice, is carried out once for each."""
    return msgspec.structs.replace(
        order, command_id=f"{order.command_id}:{item_id}", correlation_id=order.command_id
    )


def _take_each(ws: Workspace, order: Order, acts: Sequence[ItemAct]) -> Iterator[ActResult]:
    for one in acts:
        uow = UnitOfWork(ws, own_order(order, one.item))
        try:
            dispatch.handle(uow, one.item, _command(uow.read(one.item), one))
        except CchcError as error:
            yield ActResult(one.item, str(error))
        else:
            yield ActResult(one.item)


def _preview(uow: UnitOfWork, one: ItemAct) -> ActResult:
    try:
        loaded = uow.read(one.item)
        step = _step(loaded, one.act)
        authorise(loaded.workflow, loaded.item, step, uow.actor(), uow.context(loaded.item.plan))
    except CchcError as error:
        return ActResult(one.item, str(error))
    return ActResult(one.item, remark=_remark(loaded, step))


def _remark(loaded: Loaded, step: Transition) -> str:
    """Return the warning for work that a step would take back to an earlier column, "" for any other."""
    places = [state.name for state in loaded.workflow.columns()]
    before, after = loaded.workflow.state(loaded.item.state).lane, step.to or ""
    if before not in places or after not in places or places.index(after) >= places.index(before):
        return ""
    title = loaded.workflow.state(after).title
    return f"Đang ở «{loaded.workflow.state(loaded.item.state).title}»: bước này đưa việc về «{title}»."


def _command(loaded: Loaded, one: ItemAct) -> TakeStep:
    """Return the step of the item's own workflow with its raw data; raise a Refusal."""
    return TakeStep(_step(loaded, one.act).name, _data(loaded.item, one.act), one.seen)


def _step(loaded: Loaded, act: Act) -> Transition:
    """Return the step that an act is for an item; raise IllegalMove where there is none."""
    match act:
        case Assigning():
            return _find(loaded, ItemDistributed if act.cadence in STEPS else ItemAssigned)
        case SettingDue():
            _refuse_without_day_of_its_own(loaded.item)
            return _find(loaded, ItemDueSet)
        case Reminding():
            return _find(loaded, ItemReminded)


def _find(loaded: Loaded, cls: type[Data]) -> Transition:
    for step in loaded.workflow.transitions:
        if step.event_class is cls:
            return step
    raise IllegalMove(
        f"Quy trình «{loaded.workflow.title}» không có bước này.", "Hãy mở từng mục để xem làm được gì."
    )


def _refuse_without_day_of_its_own(item: Item) -> None:
    """Raise IllegalMove for work that nobody has, and for a whole, whose parts have each a due day."""
    if item.distribution is not None:
        raise IllegalMove(
            "Công việc này làm theo từng phần việc, mỗi phần có hạn riêng.",
            "Hãy chọn các phần việc, hoặc chia lại công việc.",
        )
    if item.lead is None:
        raise IllegalMove("Công việc chưa giao cho đơn vị nào.", "Hãy giao việc; hạn được đặt cùng lúc.")


def _data(item: Item, act: Act) -> JsonObject:
    """Return the raw data of the step; raise MissingData for what neither the act nor the item says."""
    match act:
        case Reminding():
            return {"text": act.text}
        case SettingDue():
            return {"due": act.due, "reason": act.reason}
        case Assigning() if act.cadence in STEPS:
            return _distribution(item, act)
        case Assigning():
            return _assignment(item, act)


def _assignment(item: Item, act: Assigning) -> JsonObject:
    lead = _lead(item, act)
    support = item.support if act.support is None else act.support
    return {
        "lead": lead,
        "support": [unit for unit in support if unit != lead],
        "officer": item.officer if lead == item.lead else None,
        "due": item.due if act.due is None else act.due,
    }


def _distribution(item: Item, act: Assigning) -> JsonObject:
    lead, support = _lead(item, act), act.support or ()
    day = act.due.rpartition("-")[2].lstrip("0") if act.due else None
    return {
        "units": [lead],
        "support": [unit for unit in support if unit != lead],
        "cadence": act.cadence,
        "due": None,
        "due_day": day,
        "since": None,
    }


def _lead(item: Item, act: Assigning) -> str:
    lead = act.lead or item.lead or item.suggested_lead
    if not lead:
        raise MissingData({"lead": "Kế hoạch không gợi ý đơn vị nào: hãy chọn đơn vị chủ trì."})
    return lead
