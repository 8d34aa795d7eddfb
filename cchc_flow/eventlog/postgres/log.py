"""The event log of one workspace in PostgreSQL. `port.py` has the interface.

An append is one round trip; its seal is the next, and does not wait for the disk. Where the node went away
between the two, whoever comes next seals the commit: its voucher says that the key's holder made it.
"""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

import msgspec

from cchc_flow.errors import LogBroken, NotFound, NotRecorded
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.batch import Batch, Head, prepare_batch
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.clock_guard import MOST_AHEAD, MOST_BEHIND
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.head import read_key_in_force, read_size
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import EndMemory
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.eventlog.postgres.commit import (
    DONE,
    LATE,
    REPEATED,
    SEAL,
    STALE,
    Answer,
    Commit,
    expected_versions,
    root_error,
)  # fmt: skip
from cchc_flow.eventlog.postgres.connection import BoundConnection, PostgresConnections
from cchc_flow.eventlog.postgres.failures import is_connection_lost
from cchc_flow.eventlog.postgres.listening_log import ListeningLog
from cchc_flow.eventlog.postgres.trust import Extension, extend_trusted, load_trusted
from cchc_flow.eventlog.stored_log import Clock
from cchc_flow.eventlog.voucher import make_voucher

TRIES = 4
"""How often an append is tried that others came before, until it waits with the log locked."""
RECENT = 1_000
"""How many of the newest positions are searched for commits without seals when a log is opened."""
MOST_HEADS = 64
OTHERS_SECONDS = 1.0
"""For so long a commit without its seal is left to who made it."""
LOST_WAITS = (0.1, 1.0, 3.0)
"""How long an append waits after a lost connection before it is sent again, each time."""


class PostgresLog(ListeningLog):
    """The log of one workspace; many threads, processes and machines may use it at once."""

    def __init__(
        self, connections: PostgresConnections, keys: KeyStore, now: Clock, memory: EndMemory
    ) -> None:
        super().__init__(connections, keys, now, memory)
        self._lock = threading.Lock()
        self._heads: dict[int, Head] = {}
        self._unsealed: dict[int, tuple[float, Checkpoint]] = {}
        """Commits that were seen without their seals, by last position, and when they were first seen."""

    def check_ends(self) -> None:
        """Raise LogBroken when the newest events are neither sealed nor vouched for, or do not begin at 1."""
        connection = self._connections.current()
        first, size = connection.execute("SELECT min(position), max(position) FROM events").fetchone()
        if first is None:
            return
        if first != 1:
            raise LogBroken(
                f"Nhật ký phải bắt đầu từ vị trí 1 nhưng có sự kiện ở vị trí {first}.",
                "Hãy chạy «cchc-flow verify» để biết chỗ hỏng, rồi khôi phục bản sao lưu.",
            )
        self._trusted(connection, size)
        self._look_for_unsealed(size)
        with suppress(LogBroken, NotRecorded):  # without its key a log can still be read
            self._seal_unsealed(older_than=0)

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        """Record all changes in one commit signed with the key in force, or none (see `port.EventLog`)."""
        least = ""
        for _ in range(TRIES):
            connection = self._connections.current()
            head = self._head or self._load_head(connection)
            if self._find_clock_doubt(connection, head):
                break
            start = msgspec.structs.replace(head, recordedtime=max(head.recordedtime, least))
            commit = self._prepare(start, changes, meta)
            voucher = make_voucher(self._keys.signer(head.key), commit.command_id, commit.leaves)
            answer = self._send(commit, voucher)
            commit.refuse(answer)
            if answer.outcome == DONE:
                return self._finish(commit, answer)
            if answer.outcome == REPEATED:
                return Receipt(answer.first, answer.last, repeated=True)
            if answer.outcome == LATE:
                least = answer.detail
            if answer.outcome in STALE:
                self._head = None
        return super().append(changes, meta)

    def checkpoint(self) -> str:
        """Return the newest checkpoint as a signed note; raise NotFound for an empty log."""
        size = self.size()
        if not size:
            raise NotFound("Nhật ký chưa có sự kiện nào nên chưa có dấu niêm phong.")
        return self._seal_at(size)

    def checkpoint_and_key(self) -> tuple[str, str]:
        """Return the newest checkpoint and the verifier key in force with it."""
        size = self.size()
        return self._seal_at(size), read_key_in_force(self._connections.current(), size)

    def checkpoint_at(self, position: int) -> tuple[str, str]:
        """Return the first checkpoint that covers a position, and the verifier key then in force."""
        connection = self._connections.current()
        sql = "SELECT min(last) FROM commits WHERE last >= ?"
        [last] = connection.execute(sql, (max(position, 1),)).fetchone()
        if last is None:
            raise NotFound(f"Chưa có dấu niêm phong nào đến sự kiện {position}.")
        return self._seal_at(last), read_key_in_force(connection, last)

    def _load_head(self, connection: Connection) -> Head:
        size = read_size(connection)
        if not size:
            raise LogBroken("Nhật ký chưa có sự kiện mở đầu.", "Hãy tạo lại không gian làm việc.")
        return self._trusted(connection, size)

    def _found(self, connection: Connection, head: Head, title: str) -> None:
        session = cast(BoundConnection, connection).session
        values = (head.workspace, head.origin, head.key, head.demo, title)
        session.execute("SELECT cchc_log.found(%s, %s, %s, %s, %s)", values)

    def _write(self, connection: Connection, batch: Batch, signers: list[Signer], key: str | None) -> None:
        """Append and seal in one transaction, which needs no voucher."""
        session = cast(BoundConnection, connection).session
        commit = Commit(batch, {})
        answer = commit.send(session, None, key)
        commit.refuse(answer)
        if answer.outcome != DONE or answer.root != batch.head_after().root:
            raise root_error(batch.head_after().size)
        session.execute(SEAL, (batch.head.workspace, answer.last, batch.checkpoint().sign(signers)))

    def _prepare(self, head: Head, changes: Sequence[Change], meta: Meta) -> Commit:
        """Return the commit of some changes, made as if all streams were at their expected versions."""
        expected = expected_versions(changes)
        batch = prepare_batch(head, changes, meta, self._now(), lambda stream: expected[stream])
        if self._clock_guard is None or head.demo:
            return Commit(batch, expected)
        ahead, behind = (int(most.total_seconds() * 1000) for most in (MOST_AHEAD, MOST_BEHIND))
        return Commit(batch, expected, (batch.made - ahead, batch.made + behind))

    def _send(self, commit: Commit, voucher: bytes) -> Answer:
        """Send a commit, again when the connection is lost: the database may have carried it out before."""
        waits = iter(LOST_WAITS)
        is_again = False
        while True:
            try:
                with self._server.database.connection() as session:
                    answer = commit.send(session, voucher)
                break
            except NotRecorded as error:
                wait = next(waits, None)
                if wait is None or error.__cause__ is None or not is_connection_lost(error.__cause__):
                    raise
                is_again = True
                time.sleep(wait)
        if is_again and answer.outcome == REPEATED and self._is_ours(commit, answer):
            return Answer(DONE, answer.first, answer.last, b"", "", 0)
        return answer

    def _is_ours(self, commit: Commit, answer: Answer) -> bool:
        """Tell whether the commit that was carried out is this very one, not the command from elsewhere."""
        sql = "SELECT leaf FROM events WHERE position = ?"
        row = self._connections.current().execute(sql, (answer.last,)).fetchone()
        return row is not None and bytes(row[0]) == commit.leaves[-1]

    def _finish(self, commit: Commit, answer: Answer) -> Receipt:
        """Seal a commit that the database has, and remember the head after it."""
        batch, before = commit.batch, commit.batch.head
        if before.size == answer.first - 1:
            after = batch.head_after()
            self._newest = batch.bodies()
        else:
            before = self._trusted(self._connections.current(), answer.first - 1)
            after = _head_after(before, commit)
            self._newest = [(answer.first + number, body) for number, (_, body) in enumerate(batch.bodies())]
        if answer.root and answer.root != after.root:
            raise root_error(after.size)
        checkpoint = Checkpoint(after.origin, after.size, after.root, after.recordedtime)
        self._remember(after)
        self._note_size(after.size)
        self._memory.note(after)
        try:
            self._seal(checkpoint)
            self._seal_unsealed(older_than=OTHERS_SECONDS)
        except NotRecorded:  # the commit is there; its seal comes with the next act
            self._unsealed.setdefault(after.size, (0.0, checkpoint))
        return Receipt(answer.first, answer.last)

    def _trusted(self, connection: Connection, size: int) -> Head:
        """Return the head that the log had with `size` events; raise LogBroken when no key answers for it."""
        with self._lock:
            known = [*self._heads.values()]
        earlier = max((head for head in known if head.size <= size), key=lambda head: head.size, default=None)
        if earlier is not None and earlier.size == size:
            return earlier
        found: Extension | None = None
        if earlier is not None and size - earlier.size < RECENT:
            found = extend_trusted(connection, earlier, size)
        found = found or load_trusted(connection, size)
        self._remember(found.head)
        self._note_unsealed(found.unsealed)
        return found.head

    def _remember(self, head: Head) -> None:
        with self._lock:
            self._heads[head.size] = head
            while len(self._heads) > MOST_HEADS:
                del self._heads[min(self._heads)]
            if self._head is None or self._head.size < head.size:
                self._head = head

    def _note_unsealed(self, checkpoints: Sequence[Checkpoint]) -> None:
        now = time.monotonic()
        with self._lock:
            for checkpoint in checkpoints:
                self._unsealed.setdefault(checkpoint.size, (now, checkpoint))

    def _look_for_unsealed(self, size: int) -> None:
        """Note the commits among the newest whose seal was never stored, though a later one was."""
        connection = self._connections.current()
        sql = (
            "SELECT c.last, e.recordedtime FROM commits c JOIN events e ON e.position = c.last"
            " WHERE c.last > ? AND c.last <= ? AND e.position > ? AND e.seal IS NULL"
        )
        for last, recordedtime in connection.execute(sql, (size - RECENT, size, size - RECENT)):
            root = merkle.tree_root(last, self.node)
            origin = self._trusted(connection, size).origin
            self._note_unsealed([Checkpoint(origin, last, root, recordedtime)])

    def _seal_unsealed(self, *, older_than: float) -> None:
        """Seal the commits that were left without a seal for some seconds."""
        if not self._unsealed:
            return
        due = time.monotonic() - older_than
        with self._lock:
            found = [checkpoint for since, checkpoint in self._unsealed.values() if since <= due]
        if not found:
            return
        sizes = [checkpoint.size for checkpoint in found]
        sql = "SELECT position FROM events WHERE position = ANY(?) AND seal IS NULL"
        still = {position for (position,) in self._connections.current().execute(sql, (sizes,))}
        for checkpoint in found:
            if checkpoint.size in still:
                self._seal(checkpoint)
        with self._lock:
            for size in sizes:
                self._unsealed.pop(size, None)

    def _seal_at(self, size: int) -> str:
        """Return the seal of the commit that ends at a position, signed now if it has none."""
        connection = self._connections.current()
        sql = "SELECT seal FROM events WHERE position = ?"
        [seal] = connection.execute(sql, (size,)).fetchone()
        if seal is None:
            head = self._trusted(connection, size)
            self._seal(Checkpoint(head.origin, size, head.root, head.recordedtime))
            [seal] = connection.execute(sql, (size,)).fetchone()
        return str(seal)

    def _seal(self, checkpoint: Checkpoint) -> None:
        """Sign a checkpoint with the key in force at its size and store it, unless its commit has a seal."""
        head = self._head
        is_newest_key = head is not None and min(self._heads, default=0) <= checkpoint.size
        size = checkpoint.size
        key = head.key if head and is_newest_key else read_key_in_force(self._connections.current(), size)
        note = checkpoint.sign([self._keys.signer(key)])
        with self._server.database.connection() as session:
            session.execute(SEAL, (self._server.workspace, checkpoint.size, note))


def _head_after(before: Head, commit: Commit) -> Head:
    """Return the head after a commit that others came before."""
    tree = merkle.CompactRange(before.size, before.subtrees)
    for leaf in commit.leaves:
        tree.append(leaf)
    return msgspec.structs.replace(
        before,
        size=tree.size,
        made=commit.batch.made,
        recordedtime=commit.batch.recordedtime,
        subtrees=tuple(tree.subtrees),
        root=tree.root(),
    )
