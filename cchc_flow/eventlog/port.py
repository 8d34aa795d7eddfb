"""What every home of a log offers, and the values that pass through it.

A position counts events of the whole log from 1; a version counts events of one stream from 1.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from cchc_flow.workflow.events import Draft as Draft
from cchc_flow.workflow.events import JsonObject as JsonObject


class Change(msgspec.Struct, frozen=True):
    """What is to be appended to one stream, which must stand at version `expected` (0: it does not exist).

    Without events it only guards: the commit is refused when that stream has moved.
    """

    stream: str
    expected: int
    events: tuple[Draft, ...]


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants the append, when and why: shared by all events of one commit.

    `command_digest` tells a repeated command from another one that carries the same id.
    """

    actor: str
    time: datetime
    command_id: str
    command_digest: bytes
    unit: str | None = None
    role: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    rules: str | None = None


class RecordedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event as it stands in the log; `time` and `recordedtime` are RFC 3339 UTC with six decimals."""

    position: int
    id: str
    stream: str
    version: int
    type: str
    time: str
    recordedtime: str
    actor: str
    unit: str | None
    role: str | None
    command_id: str
    correlation_id: str | None
    causation_id: str | None
    rules: str | None
    data: JsonObject


class Receipt(msgspec.Struct, frozen=True):
    """The positions of one commit; `repeated` when the command had been carried out before."""

    first: int
    last: int
    repeated: bool = False


class EventLog(Protocol):
    """An append-only log of one workspace, hashed into one RFC 6962 tree and sealed at every commit."""

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        """Record all changes in one commit, or none.

        Raise Conflict when a stream is not at its expected version, CommandReused when the command id was
        used with another digest. A repeated command gets its first receipt back.
        """

    def find_receipt(self, command_id: str, command_digest: bytes) -> Receipt | None:
        """Return the receipt of a command that was carried out, or None; raise CommandReused."""

    def read_events(self, after: int = 0, upto: int | None = None) -> Iterator[RecordedEvent]:
        """Yield events in the order of their positions, from `after` + 1 to `upto` (None: the newest)."""

    def stream(self, name: str) -> list[RecordedEvent]:
        """Return the events of one stream in order; an empty list when there is none."""

    def event(self, position: int) -> RecordedEvent:
        """Return the event at a position; raise NotFound."""

    def body(self, position: int) -> bytes:
        """Return the exact bytes that are stored, and hashed, for a position; raise NotFound."""

    def size(self) -> int:
        """Return the newest position, 0 for an empty log."""

    def position_before(self, instant: datetime) -> int:
        """Return the last position recorded before an instant, 0 when there is none."""

    def root(self, size: int) -> bytes:
        """Return the RFC 6962 root over the first `size` events (32 bytes)."""

    def inclusion_proof(self, position: int, size: int) -> list[bytes]:
        """Return the RFC 6962 audit path of the event at `position` in the tree of `size` events."""

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return the RFC 6962 proof that the tree of `new` events extends that of `old`."""

    def checkpoint(self) -> str:
        """Return the newest signed note."""

    def checkpoint_and_key(self) -> tuple[str, str]:
        """Return the newest signed note and the verifier key in force with it, which agree whoever writes."""

    def verifier_key(self) -> str:
        """Return the C2SP verifier key that is in force."""

    def rotate_key(self, meta: Meta) -> Receipt:
        """Put a new key in force from this commit on; the old one seals it too if it is at hand."""

    def refers_to(self, digest: str) -> bool:
        """Tell whether an event refers to a content of the vault."""

    def close(self) -> None:
        """Close the connections of all threads; the log may be used again, and then opens new ones."""
