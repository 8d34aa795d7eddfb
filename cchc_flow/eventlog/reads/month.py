"""The file of one month's reads: entries are appended, each under a newly signed root, until it is closed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.moved_mark import read_mark
from cchc_flow.eventlog.port import EventLog, LogEnd
from cchc_flow.eventlog.reads.entry import Read, encode_read
from cchc_flow.eventlog.reads.schema import schema_statements
from cchc_flow.eventlog.refusals import refusals_in_words
from cchc_flow.files import make_file, make_folder

BUSY_MS = 200
"""How long a page waits for another process that records a read."""
WHAT_NOW = "Hãy chạy «cchc-flow verify» để biết chỗ hỏng, rồi khôi phục tệp từ bản sao lưu."
INSERT = "INSERT INTO reads (position, person, thing, act, hour, leaf, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
ROWS = {
    "reads": ("position, person, thing, act, hour, leaf, body", "position > ?", "position"),
    "nodes": ("level, idx, hash", "idx >= (CAST(? AS BIGINT) >> CAST(level AS INTEGER))", "level, idx"),
}
"""The columns that every home of a month has, which rows come after a number of entries, and their order."""
SELECT_HEAD = "SELECT note, is_closed FROM head"
WRITE_HEAD = (
    "INSERT INTO head (id, note, is_closed) VALUES (1, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET note = excluded.note, is_closed = excluded.is_closed"
)
SELECT_KEY = "SELECT 1 FROM reads WHERE person = ? AND thing = ? AND act = ? AND hour = ?"


class MonthClosed(Exception):
    """The file takes no more entries: its root is in the log, or about to be."""


class _Head(msgspec.Struct):
    """The end of the file as this process knows it: the note, the tree under it, and its newest time."""

    note: str
    tree: merkle.CompactRange
    time: str


class MonthFile:
    """One month's file, opened for writing; used by one thread at a time, and by any number of processes."""

    def __init__(self, folder: Path, month: str) -> None:
        self.month, self.path = month, folder / f"{month}.db"
        make_folder(folder)
        with refusals_in_words():
            self._connection = _connect(make_file(self.path))
        self._head: _Head | None = None

    def append(self, read: Read, log: EventLog) -> bool:
        """Append an entry under a root that the log's key signs; return False if there is one with its key.

        A folder whose workspace went to another home takes none, and False is returned. Raise MonthClosed,
        NotRecorded and LogBroken.
        """
        with refusals_in_words():
            if read_mark(self.path.parents[1]):
                return False
            if self._connection.execute(SELECT_KEY, read.key).fetchone():
                return False
            with self._transaction():
                return self._append(read, log)

    def is_there(self) -> bool:
        """Tell whether the file was not deleted meanwhile."""
        return self.path.exists()

    def has_entries(self) -> bool:
        """Tell whether anything is recorded in the file."""
        return self._find_note() is not None

    def close_for_good(self) -> LogEnd:
        """Let the file take no more entries, and return its end, which is on the disk by then."""
        with refusals_in_words(), suppress(MonthClosed):
            self._connection.execute("PRAGMA synchronous = FULL")
            with self._transaction():
                self._load_head()
                self._connection.execute("UPDATE head SET is_closed = 1 WHERE id = 1")
        return self.end()

    def sync(self) -> LogEnd | None:
        """Bring what is recorded to the disk; return the end that is there, None if others still read."""
        end = self.end()
        _, frames, moved = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return end if frames == moved else None

    def end(self) -> LogEnd:
        """Return how the file ends now."""
        row = self._find_note()
        if row is None:
            raise _without_note(self.path)
        checkpoint = _parse(row[0])
        return LogEnd(checkpoint.size, checkpoint.root, checkpoint.time)

    def take_over(self, source: Connection) -> bool:
        """Copy a month of another home into this file, which has that month's beginning or nothing.

        Return False when it has something else.
        """
        with refusals_in_words(), self._transaction():
            leaves = self._connection.execute("SELECT leaf FROM reads ORDER BY position").fetchall()
            begin = "SELECT leaf FROM reads WHERE position <= ? ORDER BY position"
            if leaves != source.execute(begin, (len(leaves),)).fetchall():
                return False
            for table in ROWS:
                rows = source.execute(rows_after(table), (len(leaves),)).fetchall()
                columns, marks = ROWS[table][0], ", ".join("?" * len(ROWS[table][0].split(",")))
                self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608  # ours
            if head := source.execute(SELECT_HEAD).fetchone():
                self._connection.execute(WRITE_HEAD, (head[0], int(head[1])))
        return True

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _append(self, read: Read, log: EventLog) -> bool:
        """Append an entry in the transaction that has begun, unless another process was faster."""
        head = self._load_head()
        read = msgspec.structs.replace(read, time=max(read.time, head.time if head else ""))
        if self._connection.execute(SELECT_KEY, read.key).fetchone():
            return False
        tree = merkle.CompactRange(head.tree.size, head.tree.subtrees) if head else merkle.CompactRange()
        body = encode_read(read)
        leaf = merkle.leaf_hash(body)
        nodes = tree.append(leaf)
        self._connection.execute(INSERT, (tree.size, *read.key, leaf, body))
        self._connection.executemany(
            "INSERT INTO nodes (level, idx, hash) VALUES (?, ?, ?)",
            [node for node in nodes if node[0] >= merkle.LOWEST_STORED_LEVEL],
        )
        origin = origin_of_month(log.verifier_key().split("+")[0], self.month)
        note = log.sign(Checkpoint(origin, tree.size, tree.root(), read.time).text())
        self._connection.execute(WRITE_HEAD, (note, 0))
        self._head = _Head(note, tree, read.time)
        return True

    def _load_head(self) -> _Head | None:
        """Return the end to go on from, None for a new file; raise MonthClosed, or LogBroken for damage."""
        row = self._find_note()
        if row is None:
            self._head = None
            return None
        note, is_closed = row
        if is_closed:
            raise MonthClosed(self.month)
        if self._head is None or self._head.note != note:
            checkpoint = _parse(note)
            nodes = merkle.complete_subtrees(checkpoint.size)
            tree = merkle.CompactRange(checkpoint.size, [find_node(self._connection, *at) for at in nodes])
            if tree.root() != checkpoint.root:
                raise LogBroken(f"Tệp lượt xem {self.path} không khớp dấu niêm phong của nó.", WHAT_NOW)
            self._head = _Head(note, tree, checkpoint.time)
        return self._head

    def _find_note(self) -> tuple[str, bool] | None:
        row = self._connection.execute(SELECT_HEAD).fetchone()
        if row is None and self._connection.execute("SELECT 1 FROM reads LIMIT 1").fetchone():
            raise _without_note(self.path)
        return (str(row[0]), bool(row[1])) if row else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Begin to write, and commit at the end; after an error the end is read anew."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._head = None
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def rows_after(table: str) -> str:
    """Return the query for the rows of a table that come after a number of entries."""
    columns, condition, order = ROWS[table]
    return f"SELECT {columns} FROM {table} WHERE {condition} ORDER BY {order}"  # noqa: S608  # ours


def origin_of_month(log: str, month: str) -> str:
    """Return the name of a month's tree; the name of no log begins like this."""
    return f"reads/{month}/{log}"


def find_node(connection: Connection, level: int, index: int) -> bytes:
    """Return the hash of a node of the tree; raise LogBroken for one that is missing."""
    if level < merkle.LOWEST_STORED_LEVEL:
        sql = "SELECT leaf FROM reads WHERE position > ? AND position <= ? ORDER BY position"
        leaves = connection.execute(sql, (index << level, (index + 1) << level)).fetchall()
        if len(leaves) == 1 << level:
            return merkle.subtree_root([leaf for (leaf,) in leaves])
    elif row := connection.execute(
        "SELECT hash FROM nodes WHERE level = ? AND idx = ?", (level, index)
    ).fetchone():
        return bytes(row[0])
    raise LogBroken(f"Sổ lượt xem thiếu nút cây ({level}, {index}).", WHAT_NOW)


def _without_note(path: Path) -> LogBroken:
    return LogBroken(f"Tệp lượt xem {path} thiếu dấu niêm phong.", WHAT_NOW)


def _parse(note: str) -> Checkpoint:
    try:
        return parse_checkpoint(note)[0]
    except BadInput as error:
        raise LogBroken("Dấu niêm phong của tệp lượt xem không đọc được.", WHAT_NOW) from error


def _connect(database: Path) -> sqlite3.Connection:
    """Return a connection to a month's file, whose tables are made when it is new."""
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may take the newest entries along
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'head'").fetchone():
            _create_tables(connection, database.with_suffix(".lock"))
    except BaseException:
        connection.close()
        raise
    return connection


def _create_tables(connection: sqlite3.Connection, lock: Path) -> None:
    """Create the tables, one process at a time: not even the switch to WAL may run twice."""
    with make_file(lock).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in schema_statements():
            connection.execute(statement)
        connection.execute("COMMIT")
