"""Evidence files as lists show them: name, size, and whether the content is still there."""

from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.audit.erasure import erasure_words
from cchc_flow.conversion import convert
from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.events import Evidence
from cchc_flow.workspace import Workspace

MEGABYTE = 1024 * 1024
SHOWN_KINDS = ("bmp", "csv", "docx", "gif", "jpeg", "jpg", "pdf", "png", "tif", "tiff", "txt", "webp", "xlsx")
ERASED_NAME = "(tên tệp đã bị xóa)"


class EvidenceFile(msgspec.Struct, frozen=True):
    """A file of an item in a list; `gone` says in words that its content was erased or is missing."""

    digest: str
    name: str
    size: str
    gone: str | None
    can_be_shown: bool = False
    """Whether it is of a kind that is shown in place, by its name's ending."""


def evidence_of(events: Sequence[RecordedEvent]) -> Iterator[Evidence]:
    """Yield the evidence that events refer to, that of undone steps included."""
    for event in events:
        for reference in event.data.get("evidence") or ():
            yield convert(reference, Evidence)


def evidence_files(ws: Workspace, evidence: Sequence[Evidence]) -> list[EvidenceFile]:
    """Return each piece of evidence as a list shows it."""
    return [_evidence_file(ws, file) for file in evidence]


def _evidence_file(ws: Workspace, file: Evidence) -> EvidenceFile:
    name = evidence_name(ws, file)
    return EvidenceFile(
        file.content.digest,
        name,
        size_words(file.content.size),
        None if ws.vault.has(file.content.digest) else gone_words(ws, file),
        name.lower().rpartition(".")[2] in SHOWN_KINDS,
    )


def load_evidence(ws: Workspace, file: Evidence) -> bytes:
    """Return the content of a file; raise NotFound, with the day, if it was erased."""
    if words := erasure_words(ws, file.content.digest):
        raise NotFound(f"Tệp này {words}.", "Nhật ký vẫn giữ mã băm của tệp.")
    return ws.vault.load(file.content.digest)


def evidence_name(ws: Workspace, file: Evidence) -> str:
    """Return a file's name from the vault, or a Vietnamese note that the name was erased or is missing."""
    try:
        return ws.vault.load(file.name.digest).decode()
    except NotFound:
        words = erasure_words(ws, file.name.digest)
        return f"(tên tệp {words})" if words else ERASED_NAME


def gone_words(ws: Workspace, file: Evidence) -> str:
    """Return in words that a file is not in the vault: erased, and when, or missing."""
    words = erasure_words(ws, file.content.digest)
    return f"tệp {words}" if words else "tệp không còn trong kho"


def size_words(size: int) -> str:
    """Return a size in bytes as people read it: 512 byte, 31 kB, 2,4 MB, 25 MB."""
    if size < 1024:
        return f"{size} byte"
    if size < MEGABYTE:
        return f"{size / 1024:.0f} kB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0", "").replace(".", ",")
