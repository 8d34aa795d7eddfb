"""The connections of one log in PostgreSQL: the reading modules' SQL, for one workspace's rows."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from psycopg.sql import SQL, Literal

from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.connection import Cursor
from cchc_flow.eventlog.postgres.failures import is_connection_lost
from cchc_flow.eventlog.postgres.pool import Database, Session

HINTS = re.compile(r" INDEXED BY \w+|(?<=[( ])\+(?=stream\b)|\bmain\.(?=events|nodes|commits|contents)")
"""What only SQLite's planner is told, and how its own database is called."""
TABLES = """
WITH events AS NOT MATERIALIZED (
    SELECT e.position, e.stream, e.version, e.type, e.recordedtime, e.actor,
        (SELECT s.seal FROM cchc_log.seals s WHERE s.workspace = {0} AND s.position = e.position) AS seal,
        e.leaf, e.body
    FROM cchc_log.events e WHERE e.workspace = {0}
), nodes AS NOT MATERIALIZED (
    SELECT n.level, n.idx, n.hash FROM cchc_log.nodes n WHERE n.workspace = {0}
), commits AS NOT MATERIALIZED (
    SELECT c.command_id, c.first, c.last, c.command_digest, c.voucher
    FROM cchc_log.commits c WHERE c.workspace = {0}
), contents AS NOT MATERIALIZED (
    SELECT c.position, c.digest FROM cchc_log.contents c WHERE c.workspace = {0}
), seals AS NOT MATERIALIZED (
    SELECT s.position, s.seal FROM cchc_log.seals s WHERE s.workspace = {0}
), heads AS NOT MATERIALIZED (
    SELECT h.* FROM cchc_log.heads h WHERE h.workspace = {0}
)
"""
"""The rows of one workspace under the names that the tables have in SQLite. It is named by a constant: such a
statement is planned for its partition alone, where a setting of the session would have all sixteen opened."""
RECURSIVE = "WITH RECURSIVE "
SET_WORKSPACE = "SELECT set_config('cchc.workspace', %s, false)"


@cache
def translate(sql: str) -> str:
    """Return SQL of the reading modules as psycopg wants it."""
    return HINTS.sub("", sql).replace("%", "%%").replace("?", "%s")


@lru_cache(4096)
def statement_for(sql: str, workspace: str) -> bytes:
    """Return SQL of the reading modules with the tables of a workspace before it."""
    tables, sql = (
        SQL(TABLES).format(Literal(workspace)).as_string().replace("%", "%%"),
        translate(sql).lstrip(),
    )
    if sql.startswith(RECURSIVE):
        tables, sql = tables.replace("WITH ", RECURSIVE, 1).rstrip() + ", ", sql.removeprefix(RECURSIVE)
    return (tables + sql).encode()


class Rows:
    """The rows of a statement whose connection was given back already."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = iter(rows)

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        """Return all rows that were not read yet."""
        return [*self._rows]

    def __iter__(self) -> Iterator[Any]:
        return self._rows


class BoundConnection:
    """One connection, in a transaction or with a snapshot of its own."""

    def __init__(self, session: Session, workspace: str) -> None:
        self.session, self.workspace = session, workspace

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Execute one statement of the reading modules."""
        return self.session.execute(statement_for(sql, self.workspace), parameters)


class PooledConnection:
    """Each statement goes over a connection that is free; one that had been lost is replaced once."""

    def __init__(self, database: Database, workspace: str) -> None:
        self._database, self._workspace = database, workspace

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Execute one statement that only reads."""
        try:
            return self._execute(sql, parameters)
        except NotRecorded as error:
            if error.__cause__ is None or not is_connection_lost(error.__cause__):
                raise
        return self._execute(sql, parameters)

    def _execute(self, sql: str, parameters: Sequence[Any]) -> Rows:
        with self._database.connection() as session:
            return Rows(session.execute(statement_for(sql, self._workspace), parameters).fetchall())


class PostgresConnections:
    """The connections to one workspace's log, all from the pool of its database."""

    def __init__(self, database: Database, workspace: str) -> None:
        self.database, self.workspace = database, workspace
        self._pooled = PooledConnection(database, workspace)

    def current(self) -> PooledConnection:
        """Return a connection over which each statement is a transaction of its own."""
        return self._pooled

    @contextmanager
    def read_transaction(self) -> Iterator[BoundConnection]:
        """Give a connection whose statements all see the log as it is at the first of them."""
        with self.database.connection() as session:
            bound = BoundConnection(session, self.workspace)
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield bound
            finally:
                if not session.closed:
                    session.execute("ROLLBACK")

    @contextmanager
    def write_transaction(self) -> Iterator[BoundConnection]:
        """Give a connection in a transaction that no other writer of the workspace comes between."""
        with self.database.connection() as session:
            bound = BoundConnection(session, self.workspace)
            with session.transaction():
                session.execute("SELECT cchc_log.lock(%s)", (self.workspace,))
                yield bound

    def close(self) -> None:
        """Leave the connections to the pool: they belong to all logs of the process."""


def enter_workspace(session: Session, workspace: str) -> None:
    """Let the views of the accounts on a connection show one workspace."""
    if session.workspace != workspace:
        session.workspace = None
        session.execute(SET_WORKSPACE, (workspace,))
        session.workspace = workspace
