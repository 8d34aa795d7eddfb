"""Handing over all open work of a unit or a person at once, by a command for each item."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.commands import dispatch
from cchc_flow.commands.bulk_steps import own_order
from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.typed_values import faults_into, required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork
from cchc_flow.errors import CchcError, MissingData, NotAllowed, NotFound
from cchc_flow.projections import directory, reading
from cchc_flow.projections.cards import unattended
from cchc_flow.projections.cards.queries import Card
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.commands import TakeStep, Typed
from cchc_flow.workflow.decide import decide
from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.events import ItemHandedOver, ItemSupportChanged, JsonObject
from cchc_flow.workflow.fields import TEXT_LIMIT
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace

HANDING_OVER = ("coordinator", "leader")
"""Who may hand over all work of a unit or a person, in the order in which a role is taken for it."""
COLUMNS = {"units": "lead", "people": "holder"}
"""Whose work is handed over, and the column of the board's rows that names them."""
STREAMS = {"units": "unit", "people": "person"}


class Handover(msgspec.Struct, frozen=True):
    """All open work of the unit or person `holder` goes to `to`; `sort` is a key of COLUMNS."""

    sort: str
    holder: str
    to: str
    reason: str

    @property
    def stream(self) -> str:
        """The stream of whose work it is."""
        return f"{STREAMS[self.sort]}-{self.holder}"


class HandedItem(msgspec.Struct, frozen=True):
    """One item of a handover: the unit and officer that it goes to, or why it stays (`refusal`).

    Of an item that the unit merely supports, `supporting` is the unit that does so instead, and the others
    are as they are.
    """

    card: Card
    lead: str
    officer: str | None
    refusal: str = ""
    supporting: str = ""


def preview_handover(uow: UnitOfWork, handover: Handover) -> list[HandedItem]:
    """Return what would become of each item, without the rules of plugins.

    Raise NotAllowed or MissingData.
    """
    _require_role(uow)
    _check(uow.db, handover)
    supported = (_supported_item(card, handover) for card in _supported_work(uow, handover))
    return [*(_preview(uow, card, handover) for card in _work(uow, handover)), *supported]


def hand_over_work(
    ws: Workspace, handover: Handover, order: Order, *, seen: int | None = None
) -> list[HandedItem]:
    """Hand each item over by a command of its own, and return what became of it.

    Raise NotAllowed, MissingData, or ItemMoved when the unit or person was changed after the version `seen`.
    """
    uow = UnitOfWork(ws, order)
    _require_role(uow)
    refuse_old_page(uow, handover.stream, seen, "sửa nơi bàn giao")
    _check(uow.db, handover)
    supported = _supported_work(uow, handover)  # what the new lead leads from now on it supports no more
    handed = [*_hand_over_each(uow, handover), *_hand_support_over(uow, handover, supported)]
    dispatch.catch_up_reactions(ws)
    return handed


def _hand_over_each(uow: UnitOfWork, handover: Handover) -> Iterator[HandedItem]:
    for card in _work(uow, handover):
        own = UnitOfWork(uow.ws, own_order(uow.order, card.id))
        loaded = own.read(card.id)
        lead, officer = _destination(own.db, loaded.item, handover)
        try:
            if step := _step(loaded.workflow):
                data = {"lead": lead, "officer": officer, "reason": handover.reason}
                dispatch.handle(own, card.id, TakeStep(step.name, data))
            else:
                _append_handover(own, card.id, handover)
        except CchcError as error:
            yield HandedItem(card, lead, officer, f"{error.why} {error.now}".strip())
        else:
            yield HandedItem(card, lead, officer)


def _hand_support_over(uow: UnitOfWork, handover: Handover, cards: list[Card]) -> Iterator[HandedItem]:
    """Put the new unit in the place of the old one in the support of each item."""
    for card in cards:
        own = UnitOfWork(uow.ws, own_order(uow.order, card.id))
        try:
            own.write([card.id, handover], partial(_change_support, own, card.id, handover))
        except CchcError as error:
            refusal = f"{error.why} {error.now}".strip()
            yield msgspec.structs.replace(_supported_item(card, handover), refusal=refusal)
        else:
            yield _supported_item(card, handover)


def _change_support(uow: UnitOfWork, item_id: str, handover: Handover) -> Commit:
    """Return the change of the supporting units: the receiver is not named twice, nor beside its own lead."""
    item = uow.read(item_id).item
    units = (handover.to if unit == handover.holder else unit for unit in item.support)
    support = tuple(dict.fromkeys(unit for unit in units if unit != item.lead))
    reason: Any = Typed(handover.reason)
    event = ItemSupportChanged(support=support, previous=item.support, reason=reason)
    return Commit(
        [NewEvents(stream_of(item_id), item.version, (event,))], _require_role(uow), uow.actor().unit
    )


def _supported_item(card: Card, handover: Handover) -> HandedItem:
    return HandedItem(card, card.lead or "", card.officer, supporting=handover.to)


def _supported_work(uow: UnitOfWork, handover: Handover) -> list[Card]:
    """Return the open items that a unit supports; a person supports none."""
    return (
        unattended.supported_work(uow.db, handover.holder, _reader(uow)) if handover.sort == "units" else []
    )


def _append_handover(uow: UnitOfWork, item_id: str, handover: Handover) -> None:
    """Hand over an item whose workflow has no step for it: an entry of a register, or a report."""

    def decide_commit() -> Commit:
        actor, item = uow.actor(), uow.read(item_id).item
        lead, officer = _destination(uow.db, item, handover)
        data: JsonObject = {"lead": lead, "officer": officer, "reason": Typed(handover.reason)}
        change = NewEvents(stream_of(item_id), item.version, (ItemHandedOver(**data),))
        return Commit([change], _require_role(uow), actor.unit)

    uow.write([item_id, handover], decide_commit)


def _preview(uow: UnitOfWork, card: Card, handover: Handover) -> HandedItem:
    loaded, context = uow.read(card.id), uow.context(card.plan)
    lead, officer = _destination(uow.db, loaded.item, handover)
    if step := _step(loaded.workflow):
        data = {"lead": lead, "officer": officer, "reason": handover.reason}
        try:
            decide(loaded.workflow, loaded.item, TakeStep(step.name, data), uow.actor(), context)
        except CchcError as error:
            return HandedItem(card, lead, officer, f"{error.why} {error.now}".strip())
    return HandedItem(card, lead, officer)


def _destination(db: Database, item: Item, handover: Handover) -> tuple[str, str | None]:
    """Return the unit and the officer that an item goes to.

    A person keeps the item in its unit if that is the own one; an officer goes along who is of the new unit.
    """
    if handover.sort == "people":
        person = directory.person(db, handover.to)
        return str(person.unit if person else item.lead), handover.to
    officer = directory.person(db, item.officer) if item.officer else None
    goes_along = officer is not None and officer.active and officer.unit == handover.to
    return handover.to, item.officer if goes_along else None


def _step(workflow: Workflow) -> Transition | None:
    """Return the step of a workflow that hands an item over, None where there is none."""
    return next((step for step in workflow.transitions if step.event_class is ItemHandedOver), None)


def _work(uow: UnitOfWork, handover: Handover) -> list[Card]:
    return unattended.open_work(uow.db, COLUMNS[handover.sort], handover.holder, _reader(uow))


def _reader(uow: UnitOfWork) -> Reader | None:
    return None if uow.order.is_system else reading.reader_of(uow.db, uow.order.actor)


def _require_role(uow: UnitOfWork) -> str:
    role = next((role for role in HANDING_OVER if role in uow.actor().roles), None)
    if role is None:
        who = "Việc này do đầu mối CCHC hoặc lãnh đạo UBND thực hiện."
        raise NotAllowed("Bạn không được bàn giao công việc.", who)
    return role


def _check(db: Database, handover: Handover) -> None:
    """Raise MissingData for a reason or a receiver that cannot be, NotFound for work of nobody."""
    if handover.holder not in directory.names(db):
        raise NotFound("Danh bạ không có đơn vị hoặc người này.", "Hãy mở lại trang Danh bạ.")
    wrong = _receiver_error(db, handover)
    with faults_into(wrong):
        required_value("reason", "Lý do", handover.reason, TEXT_LIMIT)
    if wrong:
        raise MissingData(wrong)


def _receiver_error(db: Database, handover: Handover) -> dict[str, str]:
    """Return what is wrong with the receiver, by field."""
    if not handover.to:
        return {"to": "Hãy chọn nơi nhận."}
    if handover.to == handover.holder:
        return {"to": "Nơi nhận: phải khác nơi bàn giao."}
    if handover.sort == "units":
        known = {unit.id for unit in directory.units(db) if unit.active}
        return {} if handover.to in known else {"to": "Đơn vị nhận: phải là đơn vị đang hoạt động."}
    person, units = directory.person(db, handover.to), {unit.id: unit.active for unit in directory.units(db)}
    is_able = person is not None and person.active and units.get(person.unit or "", False)
    return {} if is_able else {"to": "Người nhận: phải là người đang làm việc ở một đơn vị."}
