"""What a page says in the place of a content that is no longer in the vault."""

from cchc_flow.eventlog.erasures import find_erasure
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
