"""The contents that were erased by an event; restored ones are deleted again."""

from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.eventlog.vault import Vault

PREFIX = "content-"


def erasure_stream(digest: str) -> str:
    """Return the stream in which the erasure of a content stands; it has at most one event."""
    return f"{PREFIX}{digest}"


def find_erasure(log: EventLog, digest: str) -> RecordedEvent | None:
    """Return the event by which a content was erased, None when it was not."""
    return next(iter(log.stream(erasure_stream(digest))), None)


def erased_digests(log: EventLog) -> set[str]:
    """Return the digests of all contents that were erased by an event."""
    return {event.data["digest"] for event in log.read_streams((PREFIX,))}


def erase_again(log: EventLog, vault: Vault) -> int:
    """Delete the contents that are there though they were erased; return how many were deleted.

    A copy of the vault that is older than the erasure brings them back, and a machine that went down between
    the event and the deletion leaves them.
    """
    return sum(map(vault.erase, erased_digests(log)))
