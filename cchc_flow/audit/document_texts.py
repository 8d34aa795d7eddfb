"""What was typed with events about reports and numbered documents, for the pages of these events."""

from cchc_flow.audit.field_values import FieldValue
from cchc_flow.audit.item_history import typed_words
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workspace import Workspace

TITLES = {"text": "Nội dung mục", "reason": "Lý do"}
FAMILIES = ("report.", "document.")


def typed_texts(ws: Workspace, event: RecordedEvent) -> list[FieldValue]:
    """Return the words of a section, or the reason of a recall; nothing of other events."""
    if not event.type.startswith(FAMILIES):
        return []
    typed = ((title, event.data.get(name)) for name, title in TITLES.items())
    return [FieldValue(title, typed_words(ws, content)) for title, content in typed if content]
