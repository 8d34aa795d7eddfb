"""The order that moves running items to another version of their workflow."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.streams import stream_of
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import NotAllowed, Refusal
from cchc_flow.eventlog.port import Receipt
from cchc_flow.projections import workflows
from cchc_flow.projections.cards import items
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events import ItemWorkflowChanged
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace


class Misfit(msgspec.Struct, frozen=True):
    """An item that cannot follow the version, and why."""

    item: Item
    why: str


class Migration(msgspec.Struct, frozen=True):
    """What becomes of the items that were looked at: `there` counts those that follow the version already."""

    moving: tuple[Item, ...]
    misfits: tuple[Misfit, ...]
    finished: int
    there: int


def migrate(ws: Workspace, kind: str, version: int, named: Sequence[str], order: Order) -> Migration:
    """Move the named items, or all of a kind that run, to a published version; those that do not fit stay.

    Raise NotFound for a version that was not published or an item that there is not, Refusal for an item of
    another kind, and NotAllowed for one who may not: then nothing is moved.
    """
    found: list[Migration] = []

    def attempt(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        role = next((editor for editor in ("coordinator", "admin") if editor in actor.roles), None)
        if role is None:
            raise _not_allowed(order)
        found[:] = [proposed(ws, kind, version, named)]
        return Commit([_change(item, version) for item in found[0].moving], role, actor.unit)

    receipt = write(ws, order, ["migrate", kind, version, list(named)], attempt)
    return found[0] if found else _again(ws, receipt, proposed(ws, kind, version, named))


def proposed(ws: Workspace, kind: str, version: int, named: Sequence[str] = ()) -> Migration:
    """Return what `migrate` would do now; nothing is written."""
    db = ws.read()
    target = workflows.workflow(db, kind, version)
    chosen = [_named(db, kind, one) for one in dict.fromkeys(named)] or items.items_of_kind(db, kind)
    running = [one for one in chosen if not _is_final(db, one)]
    others = [one for one in running if one.workflow != version]
    misfits = [Misfit(one, why) for one in others if (why := _misfit(db, one, target))]
    unfit = {one.item.id for one in misfits}
    return Migration(
        moving=tuple(one for one in others if one.id not in unfit),
        misfits=tuple(misfits),
        finished=len(chosen) - len(running),
        there=len(running) - len(others),
    )


def _named(db: Database, kind: str, item_id: str) -> Item:
    found = items.item(db, item_id)
    if found.kind != kind:
        title = workflows.workflow(db, found.kind, found.workflow).title
        raise Refusal(f"«{item_id}» theo quy trình «{title}» ({found.kind}), không phải {kind}.")
    return found


def _is_final(db: Database, item: Item) -> bool:
    return workflows.workflow(db, item.kind, item.workflow).state(item.state).final


def _misfit(db: Database, item: Item, target: Workflow) -> str:
    """Return why an item cannot follow a version: a state that it is in, or will come back to, is missing."""
    known = {state.name for state in target.states}
    own = workflows.workflow(db, item.kind, item.workflow)
    if item.state not in known:
        return f"đang ở «{own.state(item.state).title}», phiên bản {target.version} không có trạng thái này"
    if item.rests_in is not None and item.rests_in not in known:
        back = own.state(item.rests_in).title
        return f"đang tạm dừng và sẽ trở lại «{back}», phiên bản {target.version} không có trạng thái này"
    return ""


def _change(item: Item, version: int) -> NewEvents:
    event = ItemWorkflowChanged(from_=item.state, to=item.state, previous=item.workflow, workflow=version)
    return NewEvents(stream_of(item.id), item.version, (event,))


def _again(ws: Workspace, receipt: Receipt | None, now: Migration) -> Migration:
    """Return the answer to an order that was carried out before: what it moved, not what is left to move."""
    positions: Iterable[int] = range(receipt.first, receipt.last + 1) if receipt else ()
    moved = [ws.log.event(position).stream.removeprefix("item-") for position in positions]
    db = ws.read()
    return msgspec.structs.replace(
        now, moving=tuple(items.item(db, one) for one in moved), there=now.there - len(moved)
    )


def _not_allowed(order: Order) -> NotAllowed:
    if order.is_system:
        return NotAllowed(
            "Chuyển phiên bản quy trình cần một người chịu trách nhiệm.",
            "Hãy thêm «--as TÊN_ĐĂNG_NHẬP» của đầu mối CCHC hoặc quản trị.",
        )
    return NotAllowed(
        "Bạn không được chuyển phiên bản quy trình.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
    )
