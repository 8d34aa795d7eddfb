"""Who read what, in tables for all workspaces: for each month the same tree and root as in a file of SQLite.

A node signs the next root from the end that it knows; the database takes the entry only if the month still
ends there. So no transaction waits for a signature, and a node that was late tries again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import msgspec
import psycopg
from psycopg.sql import SQL, Literal

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.connection import Connection, Cursor
from cchc_flow.eventlog.port import EventLog, LogEnd
from cchc_flow.eventlog.postgres.connection import translate
from cchc_flow.eventlog.postgres.pool import Database, Session
from cchc_flow.eventlog.reads.entry import Read, encode_read
from cchc_flow.eventlog.reads.month import (
    ROWS,
    SELECT_HEAD,
    WHAT_NOW,
    MonthClosed,
    find_node,
    origin_of_month,
    rows_after,
)

BUSY_MS = 200
"""How long a page waits for another node that records a read."""
MOVED_ON = "moved on"
LOCK = (
    "SELECT set_config('search_path', 'pg_catalog', true), set_config('lock_timeout', %s, true),"
    " pg_advisory_xact_lock(hashtextextended(%s, 0))"
)
REFUSED = "CF001"
"""The code under which the database refuses to delete what no event says is deleted."""
TABLES = """
WITH reads AS NOT MATERIALIZED (
    SELECT r.position, r.person, r.thing, r.act, r.hour, r.leaf, r.body
    FROM cchc_reads.reads r WHERE r.workspace = {0} AND r.month = {1}
), nodes AS NOT MATERIALIZED (
    SELECT n.level, n.idx, n.hash FROM cchc_reads.nodes n WHERE n.workspace = {0} AND n.month = {1}
), head AS NOT MATERIALIZED (
    SELECT h.note, h.is_closed FROM cchc_reads.heads h WHERE h.workspace = {0} AND h.month = {1}
)
"""
SELECT_MONTHS = (
    "SELECT month FROM cchc_reads.heads WHERE workspace = %s"
    " UNION SELECT month FROM cchc_reads.reads WHERE workspace = %s ORDER BY month"
)
BEGIN = "SELECT set_config('search_path', 'pg_catalog', true)"
APPEND = (
    "SELECT cchc_reads.append("
    "%s, %s, %s, %s::bigint, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::bigint[], %s::bytea[], %s)"
)

TAKE = (
    "SELECT cchc_reads.take_month(%s, %s, %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[],"
    " %s::bytea[], %s::bytea[], %s::bigint[], %s::bigint[], %s::bytea[], %s, %s)"
)


class PostgresReads:
    """The months of one workspace (see `reads.home.ReadsHome`)."""

    unreadable: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, database: Database, workspace: str) -> None:
        self._database, self._workspace = database, workspace

    def months(self) -> list[str]:
        """Return the months that have entries or a head, oldest first."""
        with self._database.connection() as session:
            rows: list[Any] = session.execute(SELECT_MONTHS, [self._workspace] * 2).fetchall()
        return [month for (month,) in rows]

    @contextmanager
    def open_month(self, month: str) -> Iterator[Connection]:
        """Give the rows of a month, all as of the first statement; raise NotFound when there are none."""
        if month not in self.months():
            raise NotFound(f"Không có sổ lượt xem tháng {month}.")
        with self._database.connection() as session:
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                session.execute(BEGIN)
                yield MonthConnection(session, self._workspace, month)
            finally:
                if not session.closed:
                    session.execute("ROLLBACK")

    def has_tables(self, connection: Connection) -> bool:
        """Return True: the tables are those of all months."""
        return True

    def structure_fault(self, connection: Connection) -> str:
        """Return nothing: the tables are compared with their edition together with those of the logs."""
        return ""

    def index_fault(self, connection: Connection) -> str:
        """Return nothing: the indexes are the server's (pg_amcheck reads those)."""
        return ""

    def open_writer(self, month: str) -> "PostgresMonth":
        """Return a month opened for writing."""
        return PostgresMonth(self._database, self._workspace, month)

    def take_month(self, month: str, source: Connection) -> bool:
        """Copy a month of another home in one transaction; it is in memory meanwhile."""
        columns: list[Any] = []
        for table in ROWS:
            rows = source.execute(rows_after(table), (0,)).fetchall()
            columns += map(list, zip(*rows, strict=True)) if rows else [[]] * len(ROWS[table][0].split(","))
        head = source.execute(SELECT_HEAD).fetchone()
        if head is None:
            return True
        values = [self._workspace, month, *columns, head[0], bool(head[1])]
        with self._database.connection() as session:
            return session.execute(TAKE, values).fetchone() == (True,)

    def delete_month(self, month: str) -> None:
        """Delete the rows of a month; raise LogBroken when no event says so and there are entries."""
        try:
            with self._database.connection() as session:
                session.execute("SELECT cchc_reads.delete_month(%s, %s)", [self._workspace, month])
        except psycopg.Error as error:
            if error.sqlstate != REFUSED:
                raise
            raise LogBroken(f"Chưa có sự kiện xóa sổ lượt xem tháng {month}.", WHAT_NOW) from error


class MonthConnection:
    """A connection on which `reads`, `nodes` and `head` are those of one month."""

    def __init__(self, session: Session, workspace: str, month: str) -> None:
        self._session, self._workspace, self._month = session, workspace, month

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Execute one statement that only reads."""
        return self._session.execute(_statement(sql, self._workspace, self._month), parameters, binary=True)


class _End(msgspec.Struct):
    """The end of the month as this node knows it: the note, the tree under it, and its newest time."""

    note: str | None = None
    tree: merkle.CompactRange = msgspec.field(default_factory=merkle.CompactRange)
    time: str = ""


class PostgresMonth:
    """One month, opened for writing (see `reads.home.MonthWriter`)."""

    def __init__(self, database: Database, workspace: str, month: str) -> None:
        self.month = month
        self._database, self._workspace = database, workspace
        self._end: _End | None = None

    def is_there(self) -> bool:
        """Return True: a month that was deleted begins anew."""
        return True

    def append(self, read: Read, log: EventLog) -> bool:
        """Append an entry under a root that the log's key signs; return False if there is one with its key.

        A workspace that went to another home takes none, and False is returned. Raise MonthClosed,
        NotRecorded and LogBroken.
        """
        end, self._end = self._end, None  # until it is known how this ends
        answer, after = MOVED_ON, end
        if end is not None:
            with self._database.connection() as session:
                answer, after = self._offer(session, read, log, end)
        if answer == MOVED_ON:
            with self._database.connection() as session, session.transaction():
                session.execute(LOCK, [f"{BUSY_MS}ms", f"reads {self._workspace} {self.month}"])
                end = self._load_end(session)
                answer, after = self._offer(session, read, log, end)
        if answer == "closed":
            raise MonthClosed(self.month)
        self._end = after if answer == "done" else end
        return answer == "done"

    def has_entries(self) -> bool:
        """Tell whether anything is recorded."""
        return self._find_end().note is not None

    def close_for_good(self) -> LogEnd:
        """Let the month take no more entries, and return its end."""
        self._end = None
        with self._database.connection() as session:
            session.execute("SELECT cchc_reads.close_month(%s, %s)", [self._workspace, self.month])
        return self.sync()

    def sync(self) -> LogEnd:
        """Return the end; what was committed is durable."""
        note = self._find_end().note
        if note is None:
            raise LogBroken(f"Sổ lượt xem tháng {self.month} thiếu dấu niêm phong.", WHAT_NOW)
        checkpoint = _parse(note)
        return LogEnd(checkpoint.size, checkpoint.root, checkpoint.time)

    def close(self) -> None:
        """Leave the connections to the pool."""

    def _offer(self, session: Session, read: Read, log: EventLog, end: _End) -> tuple[str, _End]:
        """Offer the next entry to the database; return its answer, and how the month ends if it is taken."""
        read = msgspec.structs.replace(read, time=max(read.time, end.time))
        tree = merkle.CompactRange(end.tree.size, end.tree.subtrees)
        body = encode_read(read)
        leaf = merkle.leaf_hash(body)
        nodes = [node for node in tree.append(leaf) if node[0] >= merkle.LOWEST_STORED_LEVEL]
        origin = origin_of_month(log.verifier_key().split("+")[0], self.month)
        note = log.sign(Checkpoint(origin, tree.size, tree.root(), read.time).text())
        columns = [list(column) for column in zip(*nodes, strict=True)] or [[], [], []]
        entry = [tree.size, *read.key, leaf, body]
        values = [self._workspace, self.month, end.note, *entry, *columns, note]
        rows: list[Any] = session.execute(APPEND, values).fetchall()
        return rows[0][0], _End(note, tree, read.time)

    def _find_end(self) -> _End:
        """Return the end as it is now."""
        with self._database.connection() as session, session.transaction():
            return self._load_end(session)

    def _load_end(self, session: Session) -> _End:
        """Return the end to go on from; raise LogBroken when the entries do not give its root."""
        connection = MonthConnection(session, self._workspace, self.month)
        row = connection.execute("SELECT note FROM head").fetchone()
        if row is None and connection.execute("SELECT 1 FROM reads LIMIT 1").fetchone():
            raise LogBroken(f"Sổ lượt xem tháng {self.month} thiếu dấu niêm phong.", WHAT_NOW)
        if row is None:
            return _End()
        checkpoint = _parse(row[0])
        subtrees = [find_node(connection, *at) for at in merkle.complete_subtrees(checkpoint.size)]
        tree = merkle.CompactRange(checkpoint.size, subtrees)
        if tree.root() != checkpoint.root:
            raise LogBroken(f"Sổ lượt xem tháng {self.month} không khớp dấu niêm phong của nó.", WHAT_NOW)
        return _End(row[0], tree, checkpoint.time)


def _parse(note: str) -> Checkpoint:
    try:
        return parse_checkpoint(note)[0]
    except BadInput as error:
        raise LogBroken("Dấu niêm phong của sổ lượt xem không đọc được.", WHAT_NOW) from error


@lru_cache(256)
def _statement(sql: str, workspace: str, month: str) -> bytes:
    """Return SQL with the tables of a month before it."""
    tables = SQL(TABLES).format(Literal(workspace), Literal(month)).as_string()
    return (tables.replace("%", "%%") + translate(sql)).encode()
