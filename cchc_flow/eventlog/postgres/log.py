"""The event log of one workspace in PostgreSQL. `port.py` has the interface.

An append is one round trip; its seal is signed next and stored a moment later, with those of others. Where
the node went away in between, whoever is next seals the commit: its voucher says that the key made it.
"""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

import msgspec

from cchc_flow.errors import LogBroken, NotRecorded
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.batch import Batch, Head, prepare_batch
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.clock_guard import MOST_AHEAD, MOST_BEHIND
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import EndMemory
from cchc_flow.eventlog.moved_mark import MOVED, Mark
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.eventlog.postgres.commit import (
    DONE,
    LATE,
    REPEATED,
    STALE,
    UNSEALED,
    Answer,
    Commit,
    expected_versions,
    read_moved_to,
    root_error,
    store_seals,
)  # fmt: skip
from cchc_flow.eventlog.postgres.connection import BoundConnection, PostgresConnections
from cchc_flow.eventlog.postgres.failures import is_connection_lost
from cchc_flow.eventlog.postgres.trusted_log import TrustedLog
from cchc_flow.eventlog.stored_log import Clock
from cchc_flow.eventlog.voucher import make_voucher

TRIES = 4
"""How often an append is tried that others came before, until it waits with the log locked."""
OTHERS_SECONDS = 1.0
"""For so long a commit without its seal is left to who made it."""
LOST_WAITS = (0.1, 1.0, 3.0)
"""How long an append waits after a lost connection before it is sent again, each time."""
LOST_SECONDS = 15.0
"""For so long it is sent again at all: who waits for a page is told something within a minute."""


NO_ANSWER = Answer("", 0, 0, b"", "", 0)


class PostgresLog(TrustedLog):
    """The log of one workspace; many threads, processes and machines may use it at once."""

    def __init__(
        self, connections: PostgresConnections, keys: KeyStore, now: Clock, memory: EndMemory
    ) -> None:
        super().__init__(connections, keys, now, memory)
        self._order = threading.Lock()
        self._is_older = False
        """Whether the database was found to be an older one than it had been."""

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

    def check_writable(self) -> None:
        """Take the lock of the workspace's writers; raise Refusal when it went to another home."""
        with self._server.write_transaction() as connection:
            place = read_moved_to(connection.session, connection.workspace)
        if place is not None:
            raise Mark(MOVED, place).refusal()

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        """Record all changes in one commit signed with the key in force, or none (see `port.EventLog`)."""
        least = ""
        self._refuse_older(self._is_older)
        for _ in range(TRIES):
            with self._order:
                known = self._head.size if self._head else 0
                commit, answer = self._try_append(changes, meta, least)
                if commit is None:
                    break
                if answer.outcome == DONE:
                    self._refuse_older(answer.first <= known)
                    after = self._note_commit(commit, answer)
            if answer.outcome == DONE:
                return self._finish(after, answer)
            if answer.outcome == REPEATED:
                return Receipt(answer.first, answer.last, repeated=True)
            if answer.outcome == LATE:
                least = answer.detail
            if answer.outcome == UNSEALED:
                self._seal_tail()
            if answer.outcome in STALE:
                self._head = None
        return super().append(changes, meta)

    def find_receipt(self, command_id: str, command_digest: bytes) -> Receipt | None:
        """Return the receipt of a command that was carried out, None if it was not; raise CommandReused.

        A commit that can be seen may be one that its standby never had: after a crash, or where somebody
        ended the wait. The lock's own commit comes after it, and waits for the standby in its stead.
        """
        receipt = super().find_receipt(command_id, command_digest)
        if receipt is not None:
            with self._server.database.connection() as session:
                session.execute("SELECT cchc_log.lock(%s)", (self._server.workspace,))
        return receipt

    def _refuse_older(self, is_older: bool) -> None:
        """Raise LogBroken, now and at each later append, when the database lacks commits that it had.

        A standby took its place that never had them. Where somebody accepted that, go on from what is there.
        """
        self._is_older = is_older
        if not is_older:
            return
        self._memory.write_now()
        self.check_not_rolled_back()
        self._is_older = False
        with self._lock:
            self._head = None
            self._heads.clear()

    def _try_append(self, changes: Sequence[Change], meta: Meta, least: str) -> tuple[Commit | None, Answer]:
        """Send a commit recorded at `least` or later; None when the clock is in doubt.

        A process sends the commits of a log one after the other: more at once would only wait at its head,
        and some would come there with a time that is too early.
        """
        connection = self._connections.current()
        head = self._head or self._load_head(connection)
        if self._find_clock_doubt(connection, head):
            return None, NO_ANSWER
        start = msgspec.structs.replace(head, recordedtime=max(head.recordedtime, least))
        commit = self._prepare(start, changes, meta)
        voucher = make_voucher(self._keys.signer(head.key), commit.command_id, commit.leaves)
        answer = self._send(commit, voucher)
        commit.refuse(answer)
        return commit, answer

    def _found(self, connection: Connection, head: Head, title: str) -> None:
        session = cast(BoundConnection, connection).session
        values = (head.workspace, head.origin, head.key, head.demo, title)
        session.execute("SELECT cchc_log.found(%s, %s, %s, %s, %s)", values)

    def _write(self, connection: Connection, batch: Batch, signers: list[Signer], key: str | None) -> None:
        """Append and seal in one transaction, which needs no voucher."""
        session = cast(BoundConnection, connection).session
        commit = Commit(batch, {})
        answer = commit.send(session, None, key)
        if answer.outcome == UNSEALED:
            self._seal_tail()
            answer = commit.send(session, None, key)
        commit.refuse(answer)
        if answer.outcome != DONE or answer.root != batch.head_after().root:
            raise root_error(batch.head_after().size)
        store_seals(session, batch.head.workspace, [(answer.last, batch.checkpoint().sign(signers))])

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
        waits, ends = iter(LOST_WAITS), time.monotonic() + LOST_SECONDS
        is_again = False
        while True:
            try:
                with self._server.database.connection() as session:
                    answer = commit.send(session, voucher)
                break
            except NotRecorded as error:
                wait = next(waits, None)
                if wait is None or time.monotonic() > ends or not is_connection_lost(error.__cause__):
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

    def _note_commit(self, commit: Commit, answer: Answer) -> Head:
        """Return the head after a commit that the database has, and remember it."""
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
        self._remember(after)
        self._note_size(after.size)
        return after

    def _finish(self, after: Head, answer: Answer) -> Receipt:
        """Seal an own commit, and those of others who went away."""
        self._memory.note(after)
        self._seal_soon(Checkpoint(after.origin, after.size, after.root, after.recordedtime), after.key)
        with suppress(NotRecorded):  # the commit is there; the others' seals come with the next act
            self._seal_unsealed(older_than=OTHERS_SECONDS, at=after.recordedtime)
        return Receipt(answer.first, answer.last)


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
