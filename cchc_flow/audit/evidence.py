"""Evidence files as lists show them: name, size, and whether the content is still there."""

from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.eventlog.vault import Vault
from cchc_flow.workflow.events import Evidence

MEGABYTE = 1024 * 1024
ERASED_NAME = "(tên tệp đã bị xóa)"


class EvidenceFile(msgspec.Struct, frozen=True):
    """A file of an item in a list; `is_kept` is False when its content was erased or is missing."""

    digest: str
    name: str
    size: str
    is_kept: bool


def evidence_of(events: Sequence[RecordedEvent]) -> Iterator[Evidence]:
    """Yield the evidence that events refer to, that of undone steps included."""
    for event in events:
        for reference in event.data.get("evidence") or ():
            yield msgspec.convert(reference, Evidence)


def evidence_files(vault: Vault, evidence: Sequence[Evidence]) -> list[EvidenceFile]:
    """Return each piece of evidence as a list shows it."""
    return [
        EvidenceFile(
            file.content.digest,
            evidence_name(vault, file),
            size_words(file.content.size),
            vault.has(file.content.digest),
        )
        for file in evidence
    ]


def evidence_name(vault: Vault, file: Evidence) -> str:
    """Return a file's name from the vault, or a Vietnamese note that the name was erased."""
    try:
        return vault.load(file.name.digest).decode()
    except NotFound:
        return ERASED_NAME


def size_words(size: int) -> str:
    """Return a size in bytes as people read it: 512 byte, 31 kB, 2,4 MB, 25 MB."""
    if size < 1024:
        return f"{size} byte"
    if size < MEGABYTE:
        return f"{size / 1024:.0f} kB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0", "").replace(".", ",")
