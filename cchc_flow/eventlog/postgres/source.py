"""Where a verification reads a log in PostgreSQL: the base tables themselves, in one exported snapshot.

Whoever owns the database can replace views, functions and operators. So the rows are taken from the tables of
`cchc_log` by their full names, and everything else is what `pg_catalog` brings.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Literal

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.connection import Cursor
from cchc_flow.eventlog.postgres.connection import statement_for
from cchc_flow.eventlog.postgres.editions import differences
from cchc_flow.eventlog.postgres.failures import refusals_in_words
from cchc_flow.eventlog.postgres.pool import Session, find_database
from cchc_flow.eventlog.postgres.reads import PostgresReads
from cchc_flow.eventlog.postgres.tables_check import TablesCheck
from cchc_flow.eventlog.vault import Vault
from cchc_flow.eventlog.verification.source import Reopen

SETTINGS = {
    "search_path": "pg_catalog",
    "row_security": "off",  # a policy that would hide rows raises an error instead
    "idle_in_transaction_session_timeout": "0",  # the processes that help may be at it for long
    "statement_timeout": "0",
}
IS_THERE = "SELECT 1 FROM heads UNION ALL (SELECT 1 FROM events LIMIT 1)"
PAGE_SIZE = 10_000


class TablesConnection:
    """A connection in a transaction, on which the tables' names mean the rows of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self.session, self.workspace = session, workspace
        self._cursors: list[psycopg.ServerCursor[Any]] = []

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Execute one statement of the reading modules."""
        return self.session.execute(statement_for(sql, self.workspace), parameters, binary=True)

    def iterate(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Return the rows of a query, fetched in pages."""
        cursor = self.session.cursor(f"rows_{len(self._cursors)}")
        cursor.itersize = PAGE_SIZE
        self._cursors.append(cursor)
        return iter(cursor.execute(statement_for(sql, self.workspace), parameters, binary=True))

    def close(self) -> None:
        """Close the connection, and what was begun to be read on it."""
        for cursor in self._cursors:
            cursor.close()
        self.session.close()


class PostgresSnapshot:
    """A snapshot of one workspace's log, exported under a name so that other connections can see it too."""

    whole_table = ""
    seals_later = True

    def __init__(self, url: str, connection: TablesConnection) -> None:
        self._url, self.connection = url, connection
        session = connection.session
        self._differences = differences(session)  # first: after an error the transaction reads no more
        self._name: str = session.execute("SELECT pg_catalog.pg_export_snapshot()").fetchall()[0][0]

    @property
    def reopen(self) -> Reopen:
        """Opens another connection that sees this snapshot, as long as its own connection is open."""
        return partial(_connect_to_snapshot, self._url, self.connection.workspace, self._name)

    def iterate(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Return the rows of a query, fetched in pages."""
        return self.connection.iterate(sql, parameters)

    def schema_differences(self) -> list[str]:
        """Return in what the catalogue differs from the edition."""
        return self._differences

    def own_check(self) -> AbstractContextManager[TablesCheck]:
        """Compare the head row and the partitions; the files are the server's (pg_amcheck reads those)."""
        return nullcontext(TablesCheck(self.connection, self.connection.workspace))

    def read_any_text(self) -> None:
        """Do nothing: a database in UTF-8 holds no other text."""


class PostgresSource:
    """The log of one workspace in the database at `url`; `folder` is the workspace's on this machine."""

    unreadable: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, url: str, workspace: str, folder: Path, open_vault: Callable[[], Vault]) -> None:
        self._url, self._workspace = url, workspace
        self.folder, self._open_vault = folder, open_vault

    @contextmanager
    def open_snapshot(self) -> Iterator[PostgresSnapshot]:
        """Give the log as it is now; raise NotFound without one."""
        with closing(TablesConnection(_begin(self._url), self._workspace)) as connection:
            with refusals_in_words():
                snapshot = PostgresSnapshot(self._url, connection)
                is_right = not snapshot.schema_differences()
                if is_right and not snapshot.connection.execute(IS_THERE).fetchone():
                    raise NotFound(f"Không có nhật ký nào của «{self._workspace}» trong cơ sở dữ liệu.")
            yield snapshot

    def vault(self) -> Vault:
        """Return the vault that the log's events refer to."""
        return self._open_vault()

    def reads(self) -> PostgresReads:
        """Return the tables in which the log of reads is."""
        return PostgresReads(find_database(self._url), self._workspace)


def _begin(url: str) -> Session:
    """Return a connection of its own that has begun to read, and whose names mean what PostgreSQL brings."""
    session = find_database(url).connect()
    for name, value in SETTINGS.items():
        session.execute("SELECT pg_catalog.set_config(%s, %s, false)", (name, value))
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return session


def _connect_to_snapshot(url: str, workspace: str, name: str) -> TablesConnection:
    session = _begin(url)
    session.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(Literal(name)))
    return TablesConnection(session, workspace)
