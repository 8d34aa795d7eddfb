"""The log in one SQLite file: `events.db` in the workspace's folder. What it promises is in `port.py`."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from cchc_flow.errors import BadInput, CommandReused, LogBroken, NotFound
from cchc_flow.eventlog import codec, instants, locking, merkle
from cchc_flow.eventlog.batch import Batch, Head, prepare_batch
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Change, Draft, Meta, Receipt, RecordedEvent

Clock = Callable[[], datetime]
PAGE = 500  # events read at a time: no read transaction stays open between two pages

OPENED = "log.opened/1"
ROTATED = "log.key_rotated/1"

EVENT = (
    "INSERT INTO events (position, stream, version, type, recordedtime, actor, leaf, body, seal)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
NODE = "INSERT INTO nodes (level, idx, hash) VALUES (?, ?, ?)"
CONTENT = "INSERT INTO contents (position, digest) VALUES (?, ?)"
COMMIT = "INSERT INTO commits (command_id, first, last, command_digest) VALUES (?, ?, ?, ?)"


class SqliteLog:
    """The log of one workspace; it may be used by many threads and processes at once."""

    def __init__(self, folder: Path, keys: KeyStore, now: Clock) -> None:
        locking.check_sqlite_version()
        self._connections = locking.Connections(folder)
        self._keys = keys
        self._now = now
        self._head: Head | None = None
        self._connections.current()

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        """Record all changes in one commit, sealed by the key in force, or none (see `port.EventLog`)."""
        with self._connections.write_transaction() as connection:
            done = _receipt(connection, meta.command_id, meta.command_digest)
            if done:
                return done
            head = self._newest(connection)
            made = prepare_batch(head, changes, meta, (self._now(), _version_of(connection)))
            _write(connection, made, [self._keys.signer(head.key)])
        return self._committed(made.head(), head.size)

    def begin(self, workspace: str, name: str, demo: bool, meta: Meta) -> bool:
        """Record the first event of a log that has none, under a new key; return False when it has one."""
        with self._connections.write_transaction() as connection:
            if _size(connection):
                return False
            signer = self._keys.create_first(workspace)
            key = str(signer.verifier)
            head = Head(
                size=0, recordedtime="", edge=(), workspace=workspace, origin=signer.verifier.name, key=key
            )
            draft = Draft(OPENED, {"workspace": workspace, "name": name, "demo": demo, "key": key})
            self._record(connection, head, draft, (meta, [signer]))
        return True

    def rotate_key(self, meta: Meta) -> Receipt:
        """Put a new key in force; its commit is sealed by the old key as well, if that is at hand."""
        with self._connections.write_transaction() as connection:
            head = self._newest(connection)
            new, old = self._keys.create_next(head.origin), self._keys.find_signer(head.key)
            draft = Draft(ROTATED, {"key": str(new.verifier), "previous": head.key})
            self._record(connection, head, draft, (meta, [new, old] if old else [new]))
        return Receipt(head.size + 1, head.size + 1)

    def find_receipt(self, command_id: str, command_digest: bytes) -> Receipt | None:
        """Return the receipt of a command that was carried out, or None; raise CommandReused."""
        return _receipt(self._connections.current(), command_id, command_digest)

    def read_events(self, after: int = 0, upto: int | None = None) -> Iterator[RecordedEvent]:
        """Yield events from position `after` + 1 to `upto`, a page at a time; None: to the newest."""
        last = upto if upto is not None else 2**62
        while rows := self._page(after, last):
            for position, body in rows:
                yield codec.decode_event(position, body)
            after = rows[-1][0]

    def stream(self, name: str) -> list[RecordedEvent]:
        """Return the events of one stream in order; an empty list when there is none."""
        sql = "SELECT position, body FROM events WHERE stream = ? ORDER BY version"
        return [
            codec.decode_event(*row)
            for row in self._connections.current().execute(sql, (codec.normalize_text(name),))
        ]

    def event(self, position: int) -> RecordedEvent:
        """Return the event at a position; raise NotFound."""
        return codec.decode_event(position, self.body(position))

    def body(self, position: int) -> bytes:
        """Return the exact bytes of the event at a position; raise NotFound."""
        return self._event_column("body", position)

    def size(self) -> int:
        """Return the newest position, 0 for an empty log."""
        return _size(self._connections.current())

    def position_before(self, instant: datetime) -> int:
        """Return the last position recorded before an instant, 0 when there is none."""
        limit = instants.format_instant(instant)
        low, high = 0, self.size()
        while low < high:
            middle = (low + high + 1) // 2
            if self._recordedtime(middle) < limit:
                low = middle
            else:
                high = middle - 1
        return low

    def root(self, size: int) -> bytes:
        """Return the RFC 6962 root over the first `size` events; raise BadInput beyond the newest."""
        self._within(0, size)
        return merkle.tree_root(size, self._node)

    def inclusion_proof(self, position: int, size: int) -> list[bytes]:
        """Return the RFC 6962 audit path of the event at `position` in the tree of `size` events."""
        self._within(size, size)
        if not 1 <= position <= size:
            raise NotFound(f"Không có sự kiện ở vị trí {position} trong {size} sự kiện đầu.")
        return merkle.inclusion_proof(position - 1, size, self._node)

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return the RFC 6962 proof that the tree of `new` events extends that of `old` (at least 1)."""
        self._within(1, old)
        self._within(old, new)
        return merkle.consistency_proof(old, new, self._node)

    def checkpoint(self) -> str:
        """Return the newest signed note; raise NotFound for an empty log."""
        sql = "SELECT seal FROM events ORDER BY position DESC LIMIT 1"
        row = self._connections.current().execute(sql).fetchone()
        if row is None:
            raise NotFound("Nhật ký chưa có sự kiện nào nên chưa có dấu niêm phong.")
        return str(row[0])

    def checkpoint_and_key(self) -> tuple[str, str]:
        """Return the newest signed note and the verifier key in force with it, as of one moment."""
        connection = self._connections.current()
        connection.execute("BEGIN")
        try:
            return self.checkpoint(), _head(connection).key
        finally:
            connection.execute("ROLLBACK")

    def verifier_key(self) -> str:
        """Return the verifier key now in force (C2SP), to be kept away from the log."""
        return self._newest(self._connections.current()).key

    def refers_to(self, digest: str) -> bool:
        """Tell whether an event refers to a content of the vault."""
        sql = "SELECT 1 FROM contents WHERE digest = ? LIMIT 1"
        return self._connections.current().execute(sql, (digest,)).fetchone() is not None

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    def _record(
        self, connection: sqlite3.Connection, head: Head, draft: Draft, by: tuple[Meta, list[Signer]]
    ) -> None:
        """Write one event about the log itself; the next append reads the head anew, with its key."""
        meta, signers = by
        version_of = _version_of(connection)
        change = Change(f"log-{head.workspace}", version_of(f"log-{head.workspace}"), (draft,))
        _write(connection, prepare_batch(head, [change], meta, (self._now(), version_of)), signers)

    def _newest(self, connection: sqlite3.Connection) -> Head:
        """Return the head of the log, from memory unless somebody else wrote; threads share that memory."""
        known = self._head
        return known if known is not None and known.size == _size(connection) else _head(connection)

    def _committed(self, head: Head, before: int) -> Receipt:
        self._head = head
        return Receipt(before + 1, head.size)

    def _page(self, after: int, upto: int) -> list[tuple[int, bytes]]:
        sql = (
            "SELECT position, body FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
        )
        return list(self._connections.current().execute(sql, (after, upto, PAGE)))

    def _recordedtime(self, position: int) -> str:
        sql = "SELECT recordedtime FROM events WHERE position = ?"
        return str(self._connections.current().execute(sql, (position,)).fetchone()[0])

    def _node(self, level: int, index: int) -> bytes:
        return _node(self._connections.current(), level, index)

    def _event_column(self, column: str, position: int) -> bytes:
        sql = f"SELECT {column} FROM events WHERE position = ?"  # noqa: S608  (a name written in this file)
        row = self._connections.current().execute(sql, (position,)).fetchone()
        if row is None:
            raise NotFound(f"Không có sự kiện ở vị trí {position}.")
        return bytes(row[0])

    def _within(self, low: int, size: int) -> None:
        if not low <= size <= self.size():
            raise BadInput(f"Nhật ký có {self.size()} sự kiện; không có cỡ {size}.")


def _receipt(connection: sqlite3.Connection, command_id: str, command_digest: bytes) -> Receipt | None:
    sql = "SELECT command_digest, first, last FROM commits WHERE command_id = ?"
    row = connection.execute(sql, (codec.normalize_text(command_id),)).fetchone()
    if row is None:
        return None
    if row[0] != command_digest:
        raise CommandReused(
            "Mã lệnh này đã được dùng cho một việc khác.", "Hãy tải lại trang rồi thực hiện lại."
        )
    return Receipt(row[1], row[2], repeated=True)


def _version_of(connection: sqlite3.Connection) -> Callable[[str], int]:
    sql = "SELECT max(version) FROM events WHERE stream = ?"
    return lambda stream: connection.execute(sql, (stream,)).fetchone()[0] or 0


def _write(connection: sqlite3.Connection, made: Batch, signers: list[Signer]) -> None:
    connection.execute(COMMIT, made.commit())
    for sql, rows in ((EVENT, made.sealed(signers)), (NODE, made.nodes), (CONTENT, made.contents)):
        if rows:
            connection.executemany(sql, rows)


def _size(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT max(position) FROM events").fetchone()[0] or 0


def _head(connection: sqlite3.Connection) -> Head:
    last = connection.execute(
        "SELECT position, recordedtime FROM events ORDER BY position DESC LIMIT 1"
    ).fetchone()
    if last is None:
        raise LogBroken("Nhật ký chưa có sự kiện mở đầu.", "Hãy tạo lại không gian làm việc.")
    opened = codec.decode_event(
        1, connection.execute("SELECT body FROM events WHERE position = 1").fetchone()[0]
    )
    newest = connection.execute(
        "SELECT position, body FROM events WHERE stream = ? AND type IN (?, ?) ORDER BY version DESC LIMIT 1",
        (opened.stream, OPENED, ROTATED),
    ).fetchone()
    return Head(
        size=last[0],
        recordedtime=last[1],
        edge=tuple(_node(connection, level, index) for level, index in merkle.complete_subtrees(last[0])),
        workspace=opened.data["workspace"],
        origin=opened.data["key"].split("+")[0],
        key=codec.decode_event(*newest).data["key"],
    )


def _node(connection: sqlite3.Connection, level: int, index: int) -> bytes:
    if level < merkle.LOWEST_STORED_LEVEL:
        sql = "SELECT leaf FROM events WHERE position > ? AND position <= ?"
        rows = connection.execute(sql, (index << level, (index + 1) << level)).fetchall()
        return (
            merkle.subtree_root([row[0] for row in rows])
            if len(rows) == 1 << level
            else _missing(level, index)
        )
    row = connection.execute("SELECT hash FROM nodes WHERE level = ? AND idx = ?", (level, index)).fetchone()
    return bytes(row[0]) if row else _missing(level, index)


def _missing(level: int, index: int) -> bytes:
    raise LogBroken(f"Thiếu nút cây ({level}, {index}).", "Hãy chạy «cchc-flow verify».")
