"""What people corrected while plans were read: kept with each plan, learned from until it is discarded."""

from collections.abc import Iterator

import msgspec

from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.conversion import convert
from cchc_flow.errors import NotAllowed
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import plans
from cchc_flow.workflow.adopted_plan import adopted_plan
from cchc_flow.workflow.events import (
    NAMES,
    Content,
    PlanLearningDiscarded,
    PlanReadingCorrected,
    ReadingCorrection,
)
from cchc_flow.workspace import Workspace

STREAM = "plan-learning"
DISCARDERS = ("coordinator", "admin")
"""Who may discard what was learned, in the order in which a role is taken for it."""


class CorrectedDocument(msgspec.Struct, frozen=True):
    """The document of an adopted plan: where it lies in the vault, and the lines that were corrected.

    `position` is that of the plan's last event.
    """

    content: Content
    corrections: tuple[ReadingCorrection, ...]
    position: int


def corrected_documents(ws: Workspace) -> list[CorrectedDocument]:
    """Return the documents whose corrections are learned from: those since learning was discarded."""
    begin = max((event.position for event in ws.log.stream(STREAM)), default=0)
    streams = (ws.log.stream(f"plan-{plan.id}") for plan in plans.plans(ws.read()))
    return [document for events in streams if (document := _corrected_document(events, begin))]


def discard_learning(ws: Workspace, order: Order) -> bool:
    """Read plans as the program came, until people correct others; return False if nothing was learned.

    The corrections stay in the log. Raise NotAllowed for who is neither coordinator nor administrator.
    """

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        role = next((one for one in DISCARDERS if one in actor.roles), None)
        if role is None and not order.is_system:
            raise NotAllowed(
                "Bạn không được bỏ những gì hệ thống đã học.",
                "Việc này do đầu mối CCHC hoặc quản trị thực hiện.",
            )
        count = sum(len(document.corrections) for document in corrected_documents(ws))
        if not count:
            return Commit()
        change = NewEvents(STREAM, uow.version_of(STREAM), (PlanLearningDiscarded(corrections=count),))
        return Commit([change], role, actor.unit)

    return write(ws, order, ["plan-learning"], decide_commit) is not None


def _corrected_document(events: list[RecordedEvent], begin: int) -> CorrectedDocument | None:
    """Return what a plan's events say of its document, None without corrections after a position."""
    plan = next((found for event in events if (found := adopted_plan(event.type, event.data))), None)
    corrections = tuple(_corrections(events, begin))
    if plan is None or not corrections:
        return None
    return CorrectedDocument(plan.document.content, corrections, events[-1].position)


def _corrections(events: list[RecordedEvent], begin: int) -> Iterator[ReadingCorrection]:
    for event in events:
        if event.type == NAMES[PlanReadingCorrected] and event.position > begin:
            yield from convert(event.data, PlanReadingCorrected).corrections
