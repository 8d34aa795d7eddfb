"""The command by which a log goes on although it lacks events that this machine has seen."""

from cchc_flow.commands.administration import require_administrator
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.workflow.events import LogRollbackAccepted
from cchc_flow.workspace import Workspace


def accept_rollback(ws: Workspace, order: Order) -> LogEnd:
    """Record that the log goes on as it is; return the end that was seen and is lost.

    Raise NotAllowed, or Refusal when the log has all that was seen of it.
    """
    lost = ws.log.find_lost_end()
    if lost is None:
        raise Refusal("Nhật ký vẫn có mọi sự kiện mà máy này đã thấy; không có gì phải nhận.")
    seen = lost

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = require_administrator(ws, order, "Bạn không được nhận một nhật ký bị lùi lại.")
        size, stream = ws.log.size(), f"log-{ws.name}"
        now = LogEnd(size, ws.log.root(size), "")
        event = LogRollbackAccepted(
            seen_size=seen.size,
            seen_root=seen.root_base64,
            seen_time=seen.time,
            size=size,
            root=now.root_base64,
        )
        change = NewEvents(stream, uow.version_of(stream), (event,))
        return Commit([change], role, uow.actor().unit)

    write(ws, order, ["accept-rollback", seen.text()], decide_commit)
    ws.log.remember_end()
    return seen
