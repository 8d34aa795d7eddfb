"""The command that records what is taken out of the log, before it is given out."""

from typing import Any

import msgspec

from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.port import Receipt
from cchc_flow.projections import directory
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import LogExported
from cchc_flow.workflow.policy import AUDITORS, AUDITORS_WORDS, Actor
from cchc_flow.workspace import Workspace


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A file with events of the log: which, by which filters (`view`), and the hex SHA-256 of its bytes.

    `words` is what was searched for; it was typed, so it goes into the vault. `first` and `last` are None
    when no event is in the file.
    """

    format: str
    view: dict[str, str]
    words: str = ""
    first: int | None
    last: int | None
    count: int
    withheld: int
    digest: str


def record_export(ws: Workspace, order: Order, export: Export) -> Receipt | None:
    """Record that events were taken out; raise NotAllowed for who may not read the whole log."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        role = None if order.is_system else auditing_role(actor)
        words: Any = Typed(export.words) if export.words else None
        event = LogExported(**(msgspec.structs.asdict(export) | {"words": words}))
        return Commit([NewEvents(f"export-{order.command_id}", 0, (event,))], role, actor.unit)

    return write(ws, order, ["export", export], decide_commit)


def require_auditor(ws: Workspace, order: Order) -> None:
    """Raise NotAllowed unless who gives the order may read the whole log; the machine may."""
    if not order.is_system:
        auditing_role(directory.actor(ws.read(), order.actor))


def auditing_role(actor: Actor) -> str:
    """Return the role in which somebody reads the whole log; raise NotAllowed without one."""
    for role in AUDITORS:
        if role in actor.roles:
            return role
    raise NotAllowed(
        f"Chỉ các vai trò sau được tải nhật ký về: {AUDITORS_WORDS}.",
        "Lịch sử của từng công việc có ở trang của nó.",
    )
