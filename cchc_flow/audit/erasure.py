"""What a page says in the place of a content that is no longer in the vault."""

from collections.abc import Sequence

from cchc_flow.eventlog.erasures import PREFIX, find_erasure
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.trail_items import contents_in
from cchc_flow.workflow.calendar import day_of, day_words
from cchc_flow.workspace import Workspace


def erasure_words(ws: Workspace, digest: str) -> str | None:
    """Return by what and when a content was erased, None when no event has erased it."""
    event = find_erasure(ws.log, digest)
    if event is None:
        return None
    basis = event.data.get("legal_basis") or "quy định"
    decision = f", quyết định {event.data['decision']}" if event.data["decision"] else ""
    return f"đã được xóa theo {basis}{decision} ngày {day_words(day_of(event.recordedtime))}"


def erasing_positions(ws: Workspace, event: RecordedEvent) -> list[int]:
    """Return the positions of the events by which contents of an event were erased, in order."""
    found = (find_erasure(ws.log, content["digest"]) for content in contents_in(event.data))
    return sorted({erasure.position for erasure in found if erasure})


def newest_erasure(ws: Workspace, events: Sequence[RecordedEvent]) -> str | None:
    """Return when something that events refer to was erased last (RFC 3339), None when nothing was."""
    erased = {event.data["digest"]: event.recordedtime for event in ws.log.read_streams((PREFIX,))}
    if not erased:
        return None
    digests = {content["digest"] for event in events for content in contents_in(event.data)}
    return max((time for digest, time in erased.items() if digest in digests), default=None)
