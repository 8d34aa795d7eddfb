"""The interface of an event log, and the values that go in and come out.

A position counts events of the whole log from 1; a version counts events of one stream from 1.
"""

from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from cchc_flow.eventlog.clock_guard import ClockDoubt
from cchc_flow.workflow.events import Draft as Draft
from cchc_flow.workflow.events import JsonObject as JsonObject


class Change(msgspec.Struct, frozen=True):
    """Events to append to one stream, if its version is still `expected` (0: the stream does not exist yet).

    Without events it is only a condition: the commit is refused when the stream has another version.
    """

    stream: str
    expected: int
    events: tuple[Draft, ...]


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked for a commit, when, and by which command: the metadata that all its events share.

    `command_digest` tells a repeated command from a different one under the same id; `channel` is the way by
    which the command came.
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
    channel: str = "program"


_IN_ENVELOPE = {
    "stream": "subject",
    "version": "streamversion",
    "command_id": "commandid",
    "correlation_id": "correlationid",
    "causation_id": "causationid",
}


class RecordedEvent(msgspec.Struct, frozen=True, kw_only=True, rename=_IN_ENVELOPE):
    """One event of the log; `time` (asked for) and `recordedtime` are RFC 3339 in UTC with six decimals.

    `channel` is None in events of the first envelope, which did not know it. The other fields are read from
    the envelope under its names; the `position` is not in it.
    """

    position: int = 0
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
    channel: str | None = None
    data: JsonObject


class Heading(msgspec.Struct, frozen=True):
    """What an event is about, without what it says: for who looks through many to open few."""

    position: int
    stream: str
    type: str


class Receipt(msgspec.Struct, frozen=True):
    """The positions of one commit; `repeated` when the command had been carried out before."""

    first: int
    last: int
    repeated: bool = False


class LogEnd(msgspec.Struct, frozen=True):
    """How a log ended once: its size, its root, and when its last event was recorded (RFC 3339)."""

    size: int
    root: bytes
    time: str

    @property
    def root_base64(self) -> str:
        """The root in base64, as in a checkpoint."""
        return b64encode(self.root).decode()

    def text(self) -> str:
        """Return the lines that are stored."""
        return f"size {self.size}\nroot {self.root_base64}\ntime {self.time}\n"


class Multiproof(msgspec.Struct, frozen=True, kw_only=True):
    """One proof (`merkle.multiproof`) that events were in the tree of `size` events with this root.

    `leaves` has their leaf hashes by position, `nodes` the hashes beside them by (level, index).
    """

    size: int
    root: bytes
    leaves: dict[int, bytes]
    nodes: dict[tuple[int, int], bytes]


class EventLog(Protocol):
    """The append-only log of one workspace: a Merkle tree (RFC 6962) with a signed checkpoint per commit.

    One that `is_shared` is written by programs on other machines too.
    """

    is_shared: bool

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        """Record all changes in one commit, or none of them, and return their positions.

        Raise Conflict when a stream is not at its expected version, CommandReused when the command id was
        used with another digest, ClockInDoubt when the machine's clock may be wrong, Refusal when an event
        has more than 65,535 bytes. A repeated command records nothing and gets its first receipt back.
        """

    def find_receipt(self, command_id: str, command_digest: bytes) -> Receipt | None:
        """Return the receipt of a command that was carried out, None if it was not; raise CommandReused."""

    def read_events(self, after: int = 0, upto: int | None = None) -> Iterator[RecordedEvent]:
        """Yield events in the order of their positions, from `after` + 1 to `upto` (None: the newest)."""

    def read_bodies(self, after: int = 0, upto: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and stored bytes of the events from `after` + 1 to `upto` (None: the newest)."""

    def headings(self, after: int, upto: int) -> Iterator[Heading]:
        """Yield what the events from `after` + 1 to `upto` are about, in order; no body is read."""

    def read_streams(
        self, prefixes: Sequence[str], after: int = 0, upto: int | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the events of streams whose names begin with one of the prefixes, as `read_events` does."""

    def stream(self, name: str) -> list[RecordedEvent]:
        """Return the events of one stream in order; an empty list when there is none."""

    def streams(self, names: Collection[str], upto: int) -> Iterator[RecordedEvent]:
        """Yield the events of some streams up to a position, one stream after the other."""

    def version(self, stream: str, upto: int) -> int:
        """Return how many events a stream has up to a position; 0 when it has none."""

    def event(self, position: int) -> RecordedEvent:
        """Return the event at a position; raise NotFound."""

    def readable_events(self, positions: Collection[int]) -> dict[int, RecordedEvent]:
        """Return the events at some hundreds of positions at most; those missing or damaged are left out."""

    def body(self, position: int) -> bytes:
        """Return the event at a position as the bytes that are stored and hashed; raise NotFound."""

    def size(self) -> int:
        """Return the number of events, which is the newest position; 0 for an empty log."""

    def newest(self) -> int:
        """Return the newest position that this process knows of: at least that of its own last append.

        In a log that is shared it costs no round trip as a rule, and may be some milliseconds old; who has
        to know asks for the `size`, after which it is no older than that.
        """

    def position_before(self, instant: datetime) -> int:
        """Return the position of the last event recorded before an instant, 0 when there is none."""

    def root(self, size: int) -> bytes:
        """Return the Merkle root (32 bytes) of the first `size` events; raise BadInput beyond the newest."""

    def node(self, level: int, index: int) -> bytes:
        """Return the root over the leaves index·2^level … (index+1)·2^level - 1, or raise LogBroken."""

    def inclusion_proof(self, position: int, size: int) -> list[bytes]:
        """Return the audit path (RFC 6962) of an event in the tree of `size` events, lowest hash first."""

    def multiproof(self, positions: Collection[int], size: int) -> Multiproof:
        """Return one proof for all these events in the tree of `size` events; raise NotFound beyond it."""

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return the proof (RFC 6962) that the tree of `new` events extends that of the first `old`."""

    def checkpoint(self) -> str:
        """Return the newest checkpoint as a signed note; raise NotFound for an empty log."""

    def checkpoint_and_key(self) -> tuple[str, str]:
        """Return the newest checkpoint and the verifier key in force with it, read in one transaction."""

    def checkpoint_at(self, position: int) -> tuple[str, str]:
        """Return the first checkpoint that covers a position, and the verifier key in force then.

        For the last position of a commit it is that commit's own, so it never becomes another one. Raise
        NotFound beyond the newest event.
        """

    def checkpoint_for_witnesses(self) -> str:
        """Return the newest checkpoint without the line of its time, signed by the key in force.

        Some witnesses refuse a note with a line that they do not know. Raise LogBroken when the key is not
        at hand.
        """

    def checkpoint_before(self, position: int) -> str | None:
        """Return the newest checkpoint that covers nothing from a position on, None without one."""

    def find_larger(self, size: int, after: int) -> int | None:
        """Return the position of the first event after a position whose body has more than `size` bytes."""

    def verifier_key(self) -> str:
        """Return the verifier key (C2SP) now in force."""

    def sign(self, text: str) -> str:
        """Return a text, which ends with a newline, as a note signed by the key in force.

        Raise LogBroken when that is not at hand, ValueError for a text that could pass for a checkpoint or
        a voucher.
        """

    def find_lost_end(self) -> LogEnd | None:
        """Return the end that this machine has seen and the log does not have; None when it has it."""

    def remember_end(self) -> None:
        """Remember the log as it ends now, whatever end was seen before."""

    def check_key(self) -> None:
        """Raise LogBroken unless the private key in force, which each append needs, is at hand."""

    def check_writable(self) -> None:
        """Take the lock of the writers and give it back; raise what keeps an append from the log's file."""

    def rotate_key(self, meta: Meta) -> Receipt:
        """Put a new signing key in force and return the receipt of its event.

        The checkpoint of this commit is signed by the new key, and by the old one too if it is at hand.
        """

    def find_clock_doubt(self) -> ClockDoubt | None:
        """Return why the clock may not stamp events now; None when it may, or is not the machine's."""

    def confirm_clock(self, meta: Meta) -> ClockDoubt | None:
        """Record that the clock is right, for all programs, and return the doubt that this one had of it."""

    def positions_of(self, digest: str) -> list[int]:
        """Return the positions of the events that refer to a content of the vault, in order."""

    def refers_to(self, digest: str) -> bool:
        """Tell whether any event refers to a content of the vault."""

    def close(self) -> None:
        """Close the connections of all threads; using the log again opens new ones."""
