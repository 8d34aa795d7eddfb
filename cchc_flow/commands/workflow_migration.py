"""The command that moves running items to another version of their workflow."""

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
    """An item that cannot follow the new version, and the reason in Vietnamese."""

    item: Item
    why: str


class Migration(msgspec.Struct, frozen=True):
    """What a migration does with the items of a kind.

    `moving` go to the new version, `misfits` cannot; `finished` counts those that have ended, `there` those
    that follow the version already.
    """

    moving: tuple[Item, ...]
    misfits: tuple[Misfit, ...]
    finished: int
    there: int


def migrate(ws: Workspace, kind: str, version: int, named: Sequence[str], order: Order) -> Migration:
    """Move the named items, or all running ones of a kind, to a published version; misfits stay.

    Raise NotFound for a version that was not published or an item that does not exist, Refusal for an item of
    another kind, and NotAllowed for an actor who may not migrate: then nothing is moved.
    """
    migration: Migration | None = None

    def decide_commit(uow: UnitOfWork) -> Commit:
        nonlocal migration
        actor = uow.actor()
        role = next((editor for editor in ("coordinator", "admin") if editor in actor.roles), None)
        if role is None:
            raise _not_allowed_error(order)
        migration = preview_migration(ws, kind, version, named)
        return Commit(
            [_change(uow.load(item.id).item, version) for item in migration.moving], role, actor.unit
        )

    receipt = write(ws, order, ["migrate", kind, version, list(named)], decide_commit)
    return migration or _earlier_migration(ws, receipt, preview_migration(ws, kind, version, named))


def preview_migration(ws: Workspace, kind: str, version: int, named: Sequence[str] = ()) -> Migration:
    """Return what `migrate` would do now, without doing it; raise NotFound or Refusal as it does."""
    db = ws.read()
    target = workflows.workflow(db, kind, version)
    chosen = [_load_named_item(db, kind, item_id) for item_id in dict.fromkeys(named)]
    chosen = chosen or items.items_of_kind(db, kind)
    running = [item for item in chosen if not _is_final(db, item)]
    others = [item for item in running if item.workflow != version]
    misfits = [Misfit(item, why) for item in others if (why := _reason_for_misfit(db, item, target))]
    misfit_ids = {misfit.item.id for misfit in misfits}
    return Migration(
        moving=tuple(item for item in others if item.id not in misfit_ids),
        misfits=tuple(misfits),
        finished=len(chosen) - len(running),
        there=len(running) - len(others),
    )


def _load_named_item(db: Database, kind: str, item_id: str) -> Item:
    """Return an item; raise NotFound, or Refusal when it is of another kind."""
    item = items.item(db, item_id)
    if item.kind != kind:
        title = workflows.workflow(db, item.kind, item.workflow).title
        raise Refusal(f"«{item_id}» theo quy trình «{title}» ({item.kind}), không phải {kind}.")
    return item


def _is_final(db: Database, item: Item) -> bool:
    return workflows.workflow(db, item.kind, item.workflow).state(item.state).final


def _reason_for_misfit(db: Database, item: Item, target: Workflow) -> str:
    """Return why an item cannot follow a version, which lacks a state that it needs; "" if it can."""
    states = {state.name for state in target.states}
    own = workflows.workflow(db, item.kind, item.workflow)
    if item.state not in states:
        return f"đang ở «{own.state(item.state).title}», phiên bản {target.version} không có trạng thái này"
    if item.rests_in is not None and item.rests_in not in states:
        back = own.state(item.rests_in).title
        return f"đang tạm dừng và sẽ trở lại «{back}», phiên bản {target.version} không có trạng thái này"
    return ""


def _change(item: Item, version: int) -> NewEvents:
    event = ItemWorkflowChanged(from_=item.state, to=item.state, previous=item.workflow, workflow=version)
    return NewEvents(stream_of(item.id), item.version, (event,))


def _earlier_migration(ws: Workspace, receipt: Receipt | None, now: Migration) -> Migration:
    """Return the migration of an order that was carried out before: the items that it moved then."""
    positions: Iterable[int] = range(receipt.first, receipt.last + 1) if receipt else ()
    moved = [ws.log.event(position).stream.removeprefix("item-") for position in positions]
    db = ws.read()
    return msgspec.structs.replace(
        now, moving=tuple(items.item(db, item_id) for item_id in moved), there=now.there - len(moved)
    )


def _not_allowed_error(order: Order) -> NotAllowed:
    if order.is_system:
        return NotAllowed(
            "Chuyển phiên bản quy trình cần một người chịu trách nhiệm.",
            "Hãy thêm «--as TÊN_ĐĂNG_NHẬP» của đầu mối CCHC hoặc quản trị.",
        )
    return NotAllowed(
        "Bạn không được chuyển phiên bản quy trình.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
    )
