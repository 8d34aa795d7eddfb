"""The command that erases a content of the vault, as a citizen may ask for (Luật 91/2025)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from cchc_flow.commands.typed_values import optional_value, required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import NotAllowed, NotFound
from cchc_flow.eventlog.erasures import erasure_stream, find_erasure
from cchc_flow.eventlog.vault import DIGEST
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import ContentErased
from cchc_flow.workflow.typed_text import clean_text
from cchc_flow.workspace import Workspace

LONGEST_REASON = 2_000
LONGEST_DECISION = 300


def erase_content(ws: Workspace, digest: str, reason: str, order: Order, *, decision: str = "") -> bool:
    """Record that a content is erased, then delete its file with the salt; return False if it was before.

    Only an administrator may: people who do or judge the work could otherwise remove evidence of it, and the
    user of a machine, who has no name here, does not answer for it. Raise NotAllowed, NotFound for a digest
    to which no event refers, and MissingData without a reason.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        if "admin" not in actor.roles:
            raise NotAllowed("Bạn không được xóa nội dung trong kho.", "Việc này do quản trị thực hiện.")
        if not DIGEST.fullmatch(digest) or not ws.log.refers_to(digest):
            raise NotFound(
                f"Không có sự kiện nào nêu nội dung «{digest[:64]}».",
                "Hãy lấy đủ 64 ký tự của mã nội dung trong «cchc-flow log CÔNG-VIỆC --json».",
            )
        if find_erasure(ws.log, digest):
            return Commit()
        words = required_value("reason", "Lý do", reason, LONGEST_REASON, clean_text)
        text: Any = Typed(words)  # the unit of work puts a reference to the vault in its place
        number = optional_value("decision", "Quyết định", decision, LONGEST_DECISION)
        event = ContentErased(digest=digest, decision=number, reason=text)
        return Commit([NewEvents(erasure_stream(digest), 0, (event,))], "admin", actor.unit)

    is_new = write(ws, order, [digest, reason.strip(), " ".join(decision.split())], decide_commit) is not None
    ws.vault.erase(digest)  # also when it was recorded before: the machine may have gone down in between
    return is_new


class Erasure(msgspec.Struct, frozen=True):
    """An erasure as a lost log tells of it: what, by which decision, and the reason in words."""

    digest: str
    decision: str | None
    reason: str


def repeat_erasures(ws: Workspace, erasures: Iterable[Erasure], order: Order) -> list[str]:
    """Record the erasures of a log that this one replaces; return the digests of what they erased.

    Those of contents that this log does not name, or has erased itself, need nothing.
    """
    missing = [e for e in erasures if ws.log.refers_to(e.digest) and not find_erasure(ws.log, e.digest)]
    for erasure in missing:
        _repeat_erasure(ws, erasure, Order(order.actor, ws.new_id(), channel=order.channel))
    return [erasure.digest for erasure in missing]


def _repeat_erasure(ws: Workspace, erasure: Erasure, order: Order) -> None:
    def decide_commit(uow: UnitOfWork) -> Commit:
        text: Any = Typed(erasure.reason)
        event = ContentErased(digest=erasure.digest, decision=erasure.decision, reason=text)
        return Commit([NewEvents(erasure_stream(erasure.digest), 0, (event,))])

    write(ws, order, ["repeat-erasure", erasure.digest], decide_commit)
    ws.vault.erase(erasure.digest)
