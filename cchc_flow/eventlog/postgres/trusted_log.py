"""What a node knows of a log in PostgreSQL: its trusted heads, and the seals that are missing."""

import threading
import time
from collections.abc import Sequence
from datetime import timedelta

from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.batch import Head
from cchc_flow.eventlog.checkpoint import Checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.head import read_key_in_force, read_size
from cchc_flow.eventlog.instants import parse_instant
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import EndMemory
from cchc_flow.eventlog.postgres.commit import store_seals
from cchc_flow.eventlog.postgres.connection import PostgresConnections
from cchc_flow.eventlog.postgres.listening_log import ListeningLog
from cchc_flow.eventlog.postgres.sealer import find_sealer
from cchc_flow.eventlog.postgres.trust import Extension, extend_trusted, load_trusted
from cchc_flow.eventlog.stored_log import Clock

RECENT = 1_000
"""How many of the newest positions are searched for commits without seals when a log is opened."""
MOST_HEADS = 64


class TrustedLog(ListeningLog):
    """The reading and sealing half of a log in PostgreSQL."""

    def __init__(
        self, connections: PostgresConnections, keys: KeyStore, now: Clock, memory: EndMemory
    ) -> None:
        super().__init__(connections, keys, now, memory)
        self._lock = threading.Lock()
        self._heads: dict[int, Head] = {}
        self._unsealed: dict[int, tuple[float, Checkpoint]] = {}
        """Commits that were seen without their seals, by last position, and when they were first seen."""

    def flush(self) -> None:
        """Wait until the seals of this process's commits are stored, for seconds at most."""
        find_sealer(self._server.database).flush()

    def close(self) -> None:
        """Leave nothing on its way; using the log again is fine."""
        self.flush()
        super().close()

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

    def _seal_tail(self) -> None:
        """Seal all commits after the newest seal, if the key in force vouches for them."""
        connection = self._connections.current()
        found = load_trusted(connection, read_size(connection))
        self._note_unsealed(found.unsealed)
        self._seal_unsealed(older_than=0)

    def _seal_unsealed(self, *, older_than: float, at: str = "") -> None:
        """Seal the commits that were left without a seal for some seconds.

        That is how long they have been seen, or how long they were recorded before the instant `at`.
        """
        if not self._unsealed:
            return
        due = time.monotonic() - older_than
        with self._lock:
            found = [
                checkpoint
                for since, checkpoint in self._unsealed.values()
                if since <= due or (at and _is_earlier(checkpoint.time, at, older_than))
            ]
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

    def _seal_soon(self, checkpoint: Checkpoint, key: str) -> None:
        """Sign the checkpoint of an own commit; it is stored a moment later."""
        note = checkpoint.sign([self._keys.signer(key)])
        find_sealer(self._server.database).add(self._server.workspace, checkpoint.size, note)

    def _seal(self, checkpoint: Checkpoint) -> None:
        """Sign a checkpoint with the key in force at its size and store it, unless its commit has a seal."""
        head = self._heads.get(checkpoint.size)
        key = head.key if head else read_key_in_force(self._connections.current(), checkpoint.size)
        note = checkpoint.sign([self._keys.signer(key)])
        with self._server.database.connection() as session:
            store_seals(session, self._server.workspace, [(checkpoint.size, note)])


def _is_earlier(time: str, than: str, seconds: float) -> bool:
    """Tell whether an instant is before another by more than some seconds."""
    return parse_instant(than) - parse_instant(time) > timedelta(seconds=seconds)
