"""The command that erases a content of the vault, as a citizen may ask for (Luật 91/2025)."""

from typing import Any

from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.erasures import erasure_stream, find_erasure
from cchc_flow.eventlog.vault import DIGEST
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import ContentErased
from cchc_flow.workspace import Workspace

LONGEST_REASON = 2_000
LONGEST_DECISION = 300


def erase_content(ws: Workspace, digest: str, reason: str, order: Order, *, decision: str = "") -> bool:
    """Record that a content is erased, then delete its file with the salt; return False if it was before.

    Only an administrator may: people who do or judge the work could otherwise remove evidence of it, and the
    user of a machine, who has no name here, does not answer for it. Raise NotAllowed, NotFound for a digest
    to which no event refers, and MissingData without a reason.
    """
    words, number = reason.strip(), " ".join(decision.split())

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
        _check_words(words, number)
        text: Any = Typed(words)  # the unit of work puts a reference to the vault in its place
        event = ContentErased(digest=digest, decision=number or None, reason=text)
        return Commit([NewEvents(erasure_stream(digest), 0, (event,))], "admin", actor.unit)

    is_new = write(ws, order, [digest, words, number], decide_commit) is not None
    ws.vault.erase(digest)  # also when it was recorded before: the machine may have gone down in between
    return is_new


def _check_words(reason: str, decision: str) -> None:
    """Raise MissingData unless there is a reason, and both are short enough."""
    wrong: dict[str, str] = {}
    if not 1 <= len(reason) <= LONGEST_REASON:
        wrong["reason"] = f"Lý do: cần từ 1 đến {LONGEST_REASON} ký tự."
    if len(decision) > LONGEST_DECISION:
        wrong["decision"] = f"Quyết định: nhiều nhất {LONGEST_DECISION} ký tự."
    if wrong:
        raise MissingData(wrong)
