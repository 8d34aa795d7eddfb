"""The command that erases contents of the vault, as a citizen may ask for (Luật 91/2025/QH15)."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from cchc_flow.commands.typed_values import faults_into, optional_value, required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.eventlog.erasures import erasure_stream, find_erasure
from cchc_flow.eventlog.vault import DIGEST
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import ContentErased
from cchc_flow.workflow.typed_text import clean_text
from cchc_flow.workspace import Workspace

LAW = "Luật 91/2025/QH15"
"""The law by which a person may ask that personal data are erased."""
LONGEST_REASON = 2_000
LONGEST_DECISION = LONGEST_BASIS = 300
FROZEN = {
    "plan.adopted": "văn bản của kế hoạch đã đưa vào, là gốc của mọi nhiệm vụ",
    "report.issued": "tệp của báo cáo đã ban hành",
    "report.signed": "tệp đã ký của báo cáo đã ban hành",
    "document.numbered": "tệp của văn bản đã lấy số",
}
"""Contents that stay whatever is asked, by the event that refers to them: what is issued is frozen."""


class Grounds(msgspec.Struct, frozen=True):
    """Why contents are erased, as it was typed: the article of law, the reason, at will a decision."""

    legal_basis: str
    reason: str
    decision: str = ""


def erase_content(
    ws: Workspace, digest: str, reason: str, order: Order, *, decision: str = "", legal_basis: str = LAW
) -> bool:
    """Erase one content (see `erase_contents`); return False if it was erased before."""
    return bool(erase_contents(ws, [digest], Grounds(legal_basis, reason, decision), order))


def erase_contents(ws: Workspace, digests: Sequence[str], grounds: Grounds, order: Order) -> list[str]:
    """Record that contents are erased, then delete their files and salts; return those not erased before.

    Only an administrator may: people who do or judge the work could otherwise remove evidence of it, and the
    user of a machine, who has no name here, does not answer for it. Raise NotAllowed, NotFound for a digest
    to which no event refers, Refusal for what is issued and frozen, MissingData without contents or grounds.
    """
    new: list[str] = []

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        if "admin" not in actor.roles:
            raise NotAllowed("Bạn không được xóa nội dung trong kho.", "Việc này do quản trị thực hiện.")
        for digest in digests:
            refuse_frozen(ws, digest)
        new[:] = [digest for digest in dict.fromkeys(digests) if not find_erasure(ws.log, digest)]
        if digests and not new:
            return Commit()
        events = _decide_erasures(new, grounds)
        return Commit([NewEvents(erasure_stream(e.digest), 0, (e,)) for e in events], "admin", actor.unit)

    request = [*digests, grounds.reason.strip(), *map(_plain, (grounds.decision, grounds.legal_basis))]
    receipt = write(ws, order, request, decide_commit)
    for digest in digests:
        ws.vault.erase(digest)  # also when it was recorded before: the machine may have gone down in between
    return (new or list(digests)) if receipt else []


def refuse_frozen(ws: Workspace, digest: str) -> None:
    """Raise NotFound for a digest to which no event refers, Refusal for a content that has to stay."""
    if not DIGEST.fullmatch(digest) or not ws.log.refers_to(digest):
        raise NotFound(
            f"Không có sự kiện nào nêu nội dung «{digest[:64]}».",
            "Hãy lấy đủ 64 ký tự của mã nội dung trong «cchc-flow log CÔNG-VIỆC --json».",
        )
    if what := find_frozen(ws, digest):
        raise Refusal(
            f"Không xóa được: đây là {what}; văn bản đã ban hành phải giữ nguyên.",
            "Nếu văn bản có dữ liệu cá nhân, hãy thu hồi và ban hành bản thay thế theo quy định về văn thư.",
        )


def find_frozen(ws: Workspace, digest: str) -> str | None:
    """Return what a content is that has to stay, in Vietnamese; None for one that may be erased."""
    families = (ws.log.event(position).type.partition("/")[0] for position in ws.log.positions_of(digest))
    return next((FROZEN[family] for family in families if family in FROZEN), None)


def _decide_erasures(digests: Sequence[str], grounds: Grounds) -> list[ContentErased]:
    """Return the event of each erasure; raise MissingData with a sentence for each wrong value."""
    wrong: dict[str, str] = {} if digests else {"contents": "Chưa chọn nội dung nào để xóa."}
    basis = reason = ""
    decision: str | None = None
    with faults_into(wrong):
        basis = required_value("legal_basis", "Căn cứ pháp lý", grounds.legal_basis, LONGEST_BASIS)
    with faults_into(wrong):
        decision = optional_value("decision", "Quyết định", grounds.decision, LONGEST_DECISION)
    with faults_into(wrong):
        reason = required_value("reason", "Lý do", grounds.reason, LONGEST_REASON, clean_text)
    if wrong:
        raise MissingData(wrong)
    text: Any = Typed(reason)  # the unit of work puts a reference to the vault in its place
    return [
        ContentErased(digest=digest, decision=decision, legal_basis=basis, reason=text) for digest in digests
    ]


def _plain(words: str) -> str:
    return " ".join(words.split())


class Erasure(msgspec.Struct, frozen=True):
    """An erasure as a lost log tells of it: what, by which decision and law, and the reason in words."""

    digest: str
    decision: str | None
    legal_basis: str | None
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
        event = ContentErased(
            digest=erasure.digest, decision=erasure.decision, legal_basis=erasure.legal_basis, reason=text
        )
        return Commit([NewEvents(erasure_stream(erasure.digest), 0, (event,))])

    write(ws, order, ["repeat-erasure", erasure.digest], decide_commit)
    ws.vault.erase(erasure.digest)
