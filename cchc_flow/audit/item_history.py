"""An item's life: a sentence for each event, with what was filled in, typed and handed in."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.audit.erasure import erasure_words
from cchc_flow.audit.evidence import EvidenceFile, evidence_files, evidence_of
from cchc_flow.audit.field_values import FieldValue, field_values
from cchc_flow.audit.marks import marks_of
from cchc_flow.audit.report_contents import report_texts, report_values
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.reading import Reader
from cchc_flow.workspace import Workspace

TYPED_TITLES = {
    "reason": "Lý do",
    "note": "Nội dung đã làm",
    "result": "Kết quả",
    "comment": "Ý kiến",
    "text": "Nội dung",
}
ERASED = "(nội dung đã bị xóa)"


class HistoryEntry(msgspec.Struct, frozen=True):
    """One event of an item, as its page shows it.

    `field_values` is what was filled in, `texts` the longer texts typed with it, as (title, text), `marks`
    are sentences that a reader should know beside it.
    """

    position: int
    time: str
    actor: str
    sentence: str
    field_values: list[FieldValue]
    texts: list[tuple[str, str]]
    files: list[EvidenceFile]
    marks: list[str]


def history_entries(
    ws: Workspace, events: Sequence[RecordedEvent], names: Mapping[str, str], reader: Reader | None
) -> list[HistoryEntry]:
    """Return the events of an item that a reader may read, the newest first."""
    db = ws.read()
    return [_history_entry(ws, db, event, names, reader) for event in reversed(events)]


def texts_of_step(
    ws: Workspace,
    events: Iterable[RecordedEvent],
    step: str,
    names: Mapping[str, str],
    reader: Reader | None,
) -> list[tuple[str, str]]:
    """Return what was typed when a step was last taken, each text with the title of its field."""
    steps = [event for event in events if event.data.get("step") == step]
    return [text for entry in history_entries(ws, steps[-1:], names, reader) for text in entry.texts]


def _history_entry(
    ws: Workspace, db: Database, event: RecordedEvent, names: Mapping[str, str], reader: Reader | None
) -> HistoryEntry:
    return HistoryEntry(
        position=event.position,
        time=event.recordedtime,
        actor=names.get(event.actor, event.actor),
        sentence=event_sentence(event, names),
        field_values=field_values(ws, db, event, names, reader) + report_values(db, event),
        texts=typed_texts(ws, event, names) + _texts_of_report(ws, db, event),
        files=evidence_files(ws, list(evidence_of([event]))),
        marks=marks_of(db, event, names),
    )


def _texts_of_report(ws: Workspace, db: Database, event: RecordedEvent) -> list[tuple[str, str]]:
    return [(title, typed_words(ws, content)) for title, content in report_texts(db, event)]


def typed_texts(ws: Workspace, event: RecordedEvent, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the longer texts that were typed with an event, as (title, text)."""
    return [(title, typed_words(ws, content)) for title, content in _typed_contents(event, names)]


def typed_words(ws: Workspace, content: dict[str, str]) -> str:
    """Return a typed text from the vault, or a Vietnamese note that it was erased or is missing."""
    try:
        return ws.vault.load(content["digest"]).decode()
    except NotFound:
        words = erasure_words(ws, content["digest"])
        return f"(nội dung {words})" if words else ERASED


def _typed_contents(event: RecordedEvent, names: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return (title, vault reference) of each text that was typed with an event."""
    own = [
        (title, event.data[key])
        for key, title in TYPED_TITLES.items()
        if isinstance(event.data.get(key), dict)
    ]
    texts = event.data.get("texts") or {}
    return own + [(names.get(f"field:{name}", "Nội dung"), content) for name, content in texts.items()]
