"""What the logs of all homes have in common: reading, the clock, the end's memory, events about the log."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

import msgspec

from cchc_flow.clock import MachineClock
from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog import codec, instants
from cchc_flow.eventlog.batch import Batch, Head, prepare_batch
from cchc_flow.eventlog.clock_guard import ELSEWHERE, ClockDoubt, ClockGuard
from cchc_flow.eventlog.connection import Connection, Connections
from cchc_flow.eventlog.head import find_confirmation, first_head, read_size
from cchc_flow.eventlog.key_statements import KeyStatements
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import EndMemory, is_lost, lost_end_error
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Change, Draft, LogEnd, Meta, Receipt, RecordedEvent
from cchc_flow.eventlog.rows import find_receipt, version_lookup
from cchc_flow.workflow.events import NAMES, Data, LogClockConfirmed, LogKeyRotated, LogOpened

Clock = Callable[[], datetime]
PAGE_SIZE = 500  # events read by one query: no read transaction stays open between two pages
_READ_PAGE = (
    "SELECT position, body FROM events WHERE position > ? AND position <= ?"  # noqa: S608  # fixed words
    f" ORDER BY position LIMIT {PAGE_SIZE}"  # SQLite prepares a statement with a bound limit anew each time
)
_FIND_BEFORE = """
WITH RECURSIVE search (low, high, missing) AS (
    SELECT CAST(0 AS bigint), coalesce((SELECT max(position) FROM events), 0), CAST(0 AS bigint)
    UNION ALL
    SELECT CASE WHEN e.recordedtime < ? THEN e.position ELSE s.low END,
        CASE WHEN e.recordedtime < ? THEN s.high ELSE (s.low + s.high + 1) / 2 - 1 END,
        CASE WHEN e.position IS NULL THEN (s.low + s.high + 1) / 2 ELSE s.missing END
    FROM search s LEFT JOIN events e ON e.position = (s.low + s.high + 1) / 2
    WHERE s.low < s.high
)
SELECT low, missing FROM search WHERE low >= high
"""  # a binary search in one statement: in a database on another machine each step would be a round trip


class StoredLog(KeyStatements):
    """The log of one workspace; many threads and processes may use it at once."""

    is_shared = False

    def __init__(self, connections: Connections, keys: KeyStore, now: Clock, memory: EndMemory) -> None:
        super().__init__(connections, keys)
        self._now = now
        self._head: Head | None = None
        self._newest: list[tuple[int, bytes]] = []
        """The bodies of the newest commit of this process, by position: they are read at once, and again."""
        self._memory = memory
        self._clock_guard = ClockGuard(now) if isinstance(now, MachineClock) else None

    @abstractmethod
    def _load_head(self, connection: Connection) -> Head:
        """Return the head of the log from its tables; raise LogBroken when they and its seals disagree."""

    @abstractmethod
    def _write(self, connection: Connection, batch: Batch, signers: list[Signer], key: str | None) -> None:
        """Write a commit and its seal in a write transaction; `key` is one that it puts in force, or None."""

    def _found(self, connection: Connection, head: Head, title: str) -> None:
        """Prepare a log without events for its opening event."""

    def check_not_rolled_back(self) -> None:
        """Raise LogBroken when the log lacks an end that this machine has seen; else remember its own."""
        if end := self.find_lost_end():
            self._memory.freeze()
            raise lost_end_error(end, self.size())
        if self._head:
            self._memory.note(self._head)

    def find_lost_end(self) -> LogEnd | None:
        """Return the end that this machine has seen and the log does not have; None when it has it."""
        end = self._memory.read()  # before the size: the log may grow in between, the memory's end not
        return end if end and is_lost(end, self.size(), self.root) else None

    def remember_end(self) -> None:
        """Remember the log as it ends now, whatever end was seen before."""
        self._memory.replace(self.head())

    def head(self) -> Head:
        """Return the head of the log as it is now."""
        return self._current_head(self._connections.current())

    def check_writable(self) -> None:
        """Begin a write transaction and end it; nothing is written."""
        with self._connections.write_transaction():
            pass

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        """Record all changes in one commit signed with the key in force, or none (see `port.EventLog`)."""
        with self._connections.write_transaction() as connection:
            earlier = find_receipt(connection, meta.command_id, meta.command_digest)
            if earlier:
                return earlier
            head = self._current_head(connection)
            self._refuse_doubtful_clock(connection, head)
            batch = prepare_batch(head, changes, meta, self._now(), version_lookup(connection))
            self._write(connection, batch, [self._keys.signer(head.key)], None)
        self._head, self._newest = batch.head_after(), batch.bodies()
        self._memory.note(self._head)
        return Receipt(head.size + 1, self._head.size)

    def record_opening(self, workspace: str, name: str, demo: bool, meta: Meta) -> bool:
        """Record the opening event with a new first key; return False when the log has events already."""
        with self._connections.write_transaction() as connection:
            if read_size(connection):
                return False
            signer = self._keys.create_first(workspace)
            head = first_head(workspace, signer.verifier_key, demo=demo)
            self._found(connection, head, name)
            event = LogOpened(workspace=workspace, name=name, demo=demo, key=head.key)
            after = self._record_about_log(connection, head, event, (meta, [signer]))
        self._memory.note(after)
        return True

    def rotate_key(self, meta: Meta) -> Receipt:
        """Put a new signing key in force; the old key signs this commit's checkpoint too if it is at hand.

        If it is lost, even a clock in doubt will do: without a key nobody could confirm the clock.
        """
        with self._connections.write_transaction() as connection:
            head = self._current_head(connection)
            if old := self._keys.find_signer(head.key):
                self._refuse_doubtful_clock(connection, head)
            new = self._keys.create_next(head.origin)
            event = LogKeyRotated(key=str(new.verifier_key), previous=head.key)
            after = self._record_about_log(connection, head, event, (meta, [new, old] if old else [new]))
        self._memory.note(after)
        return Receipt(head.size + 1, head.size + 1)

    def find_clock_doubt(self) -> ClockDoubt | None:
        """Return why the clock may not stamp events now; None when it may, or is not the machine's."""
        connection = self._connections.current()
        return self._find_clock_doubt(connection, self._current_head(connection))

    def confirm_clock(self, meta: Meta) -> ClockDoubt | None:
        """Record that the clock is right, for all programs, and return the doubt that this one had of it."""
        with self._connections.write_transaction() as connection:
            head = self._current_head(connection)
            doubt = self._find_clock_doubt(connection, head)
            previous = instants.format_milliseconds(head.made)
            event = LogClockConfirmed(reason=doubt.reason if doubt else ELSEWHERE, previous=previous)
            after = self._record_about_log(connection, head, event, (meta, [self._keys.signer(head.key)]))
        self._memory.note(after)
        return doubt

    def find_receipt(self, command_id: str, command_digest: bytes) -> Receipt | None:
        """Return the receipt of a command that was carried out, None if it was not; raise CommandReused."""
        return find_receipt(self._connections.current(), command_id, command_digest)

    def read_events(self, after: int = 0, upto: int | None = None) -> Iterator[RecordedEvent]:
        """Yield the events from position `after` + 1 to `upto` (None: the newest), reading 500 at a time."""
        return (codec.decode_event(*row) for row in self.read_bodies(after, upto))

    def read_bodies(self, after: int = 0, upto: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield position and stored bytes of the events that `read_events` yields."""
        after, last = max(after, 0), upto if upto is not None else 2**62
        while rows := self._read_page(after, last):
            yield from rows
            after = rows[-1][0]
            if after >= last or len(rows) < PAGE_SIZE:
                return

    def event(self, position: int) -> RecordedEvent:
        """Return the event at a position; raise NotFound."""
        return codec.decode_event(position, self.body(position))

    def readable_events(self, positions: Collection[int]) -> dict[int, RecordedEvent]:
        """Return the events at some positions, by one statement; those missing or damaged are left out."""
        marks = ", ".join("?" * len(positions))
        sql = f"SELECT position, body FROM events WHERE position IN ({marks})"  # noqa: S608  # marks only
        rows = self._connections.current().execute(sql, tuple(positions)).fetchall() if positions else []
        found = dict[int, RecordedEvent]()
        for position, body in rows:
            with suppress(msgspec.MsgspecError):
                found[position] = codec.decode_event(position, bytes(body))
        return found

    def body(self, position: int) -> bytes:
        """Return the event at a position as the bytes that are stored and hashed; raise NotFound."""
        sql = "SELECT body FROM events WHERE position = ?"
        row = self._connections.current().execute(sql, (position,)).fetchone() if position >= 1 else None
        if row is None:
            raise NotFound(f"Không có sự kiện ở vị trí {position}.")
        return bytes(row[0])

    def size(self) -> int:
        """Return the number of events, which is the newest position; 0 for an empty log."""
        self._memory.write_due()
        return read_size(self._connections.current())

    def newest(self) -> int:
        """Return the newest position: to look is as quick as to remember."""
        return self.size()

    def position_before(self, instant: datetime) -> int:
        """Return the position of the last event recorded before an instant, 0 when there is none."""
        limit = instants.format_instant(instant)
        row = self._connections.current().execute(_FIND_BEFORE, (limit, limit)).fetchone()
        position, missing = row
        if missing:
            raise LogBroken(f"Nhật ký thiếu sự kiện {missing}.", "Hãy chạy «cchc-flow verify».")
        return int(position)

    def root(self, size: int) -> bytes:
        """Return the Merkle root (32 bytes) of the first `size` events; raise BadInput beyond the newest."""
        head = self._head
        if head is not None and head.size == size:
            return head.root
        return super().root(size)

    def positions_of(self, digest: str) -> list[int]:
        """Return the positions of the events that refer to a content of the vault, in order."""
        sql = "SELECT position FROM contents WHERE digest = ? AND position >= 1 ORDER BY position"
        return [position for (position,) in self._connections.current().execute(sql, (digest,))]

    def refers_to(self, digest: str) -> bool:
        """Tell whether any event refers to a content of the vault."""
        sql = "SELECT 1 FROM contents WHERE digest = ? AND position >= 1 LIMIT 1"
        return self._connections.current().execute(sql, (digest,)).fetchone() is not None

    def close(self) -> None:
        """Close the connections of all threads; using the log again opens new ones."""
        self._memory.write_now()
        self._connections.close()

    def _find_clock_doubt(self, connection: Connection, head: Head) -> ClockDoubt | None:
        if self._clock_guard is None or head.demo:  # a demo may hold days to come
            return None
        confirmation = partial(find_confirmation, connection, head.workspace)
        return self._clock_guard.find_doubt(head.origin, head.made, confirmation)

    def _refuse_doubtful_clock(self, connection: Connection, head: Head) -> None:
        """Raise ClockInDoubt when the clock may not stamp events now."""
        if doubt := self._find_clock_doubt(connection, head):
            raise doubt.error()

    def _record_about_log(
        self, connection: Connection, head: Head, event: Data, by: tuple[Meta, list[Signer]]
    ) -> Head:
        """Record one event about the log itself; return the head after it, with the key from before."""
        meta, signers = by
        version_of = version_lookup(connection)
        stream = f"log-{head.workspace}"
        draft = Draft(NAMES[type(event)], msgspec.to_builtins(event))
        change = Change(stream, version_of(stream), (draft,))
        batch = prepare_batch(head, [change], meta, self._now(), version_of)
        self._write(connection, batch, signers, event.key if isinstance(event, LogKeyRotated) else None)
        return batch.head_after()

    def _current_head(self, connection: Connection) -> Head:
        """Return the head of the log: the remembered one, or a loaded one if another process has appended.

        The memory is shared by all threads.
        """
        head = self._head
        return (
            head if head is not None and head.size == read_size(connection) else self._load_head(connection)
        )

    def _read_page(self, after: int, upto: int) -> list[tuple[int, bytes]]:
        """Return (position, body) of the next events after a position: at most 500, or the newest commit."""
        newest = self._newest
        if newest and (newest[0][0], newest[-1][0]) == (after + 1, upto):
            return newest
        return self._connections.current().execute(_READ_PAGE, (after, upto)).fetchall()
