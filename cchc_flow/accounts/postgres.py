"""The accounts of many workspaces in one PostgreSQL database: each is seen through views of its own.

The statements are those for SQLite. Their question marks become those of the driver, and a conflict is one
within the workspace.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache

import psycopg

from cchc_flow.accounts.port import Row, Rows, Transaction
from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.postgres.connection import enter_workspace
from cchc_flow.eventlog.postgres.failures import again_if_lost
from cchc_flow.eventlog.postgres.pool import Database

BUSY_MS = 5_000
BEGIN = (
    "SELECT set_config('cchc.workspace', %s, true), set_config('search_path', 'cchc_accounts_here', true),"
    " set_config('lock_timeout', %s, true)"
)
LOCK = "pg_advisory_xact_lock(hashtextextended('accounts ' || %s, 0))"
NUL = "\N{REPLACEMENT CHARACTER}"
"""What stands for the character that PostgreSQL keeps in no text."""


class PostgresAccounts:
    """The accounts of one workspace (see `port.AccountsDatabase`)."""

    def __init__(self, database: Database, workspace: str) -> None:
        self._database, self._workspace = database, workspace

    def fetch_one(self, sql: str, *values: object) -> Row | None:
        """Return the first row of a query, None when it has no rows."""
        return next(iter(self.fetch_all(sql, *values)), None)

    def fetch_all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows of a query."""
        return again_if_lost(lambda: self._fetch(sql, values))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a write transaction; roll back when the block raises.

        Only one writes to the accounts of a workspace at a time. Raise NotRecorded when another one does for
        seconds, or when the database cannot be reached.
        """
        with self._begin() as statements:
            statements.connection.execute(f"SELECT {LOCK}", [self._workspace])
            yield statements

    def write_if_free(self, sql: str, *values: object) -> None:
        """Write something that may as well be written later, unless that fails or another one is writing."""
        with suppress(NotRecorded), self._begin() as statements:
            attempt = LOCK.replace("pg_advisory", "pg_try_advisory")
            row = statements.connection.execute(f"SELECT {attempt}", [self._workspace]).fetchone()
            if row and row[0]:
                statements.execute(sql, values)

    def _fetch(self, sql: str, values: Sequence[object]) -> list[Row]:
        """Execute a query in one round trip.

        A page asks three times: a connection that shows the workspace already is told nothing first.
        """
        with self._database.connection() as session:
            if session.workspace == self._workspace:
                return list(_Statements(session).execute(sql, values).fetchall())
            with session.pipeline():
                enter_workspace(session, self._workspace)
                return list(_Statements(session).execute(sql, values).fetchall())

    @contextmanager
    def _begin(self) -> Iterator["_Statements"]:
        """Begin a transaction in which only this workspace is seen."""
        with self._database.connection() as connection, connection.transaction():
            connection.execute(BEGIN, [self._workspace, f"{BUSY_MS}ms"])
            yield _Statements(connection)


class _Statements:
    """Executes statements that are written for both homes."""

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self.connection = connection

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Rows:
        return self.connection.execute(translate(sql), [_without_nul(value) for value in values])

    def executemany(self, sql: str, values: Iterable[Sequence[object]], /) -> None:
        rows = [[_without_nul(value) for value in row] for row in values]
        with self.connection.cursor() as cursor:
            cursor.executemany(translate(sql), rows)


@lru_cache(maxsize=256)
def translate(sql: str) -> bytes:
    """Return a statement as PostgreSQL takes it."""
    return (
        sql.replace("%", "%%")
        .replace("?", "%s")
        .replace("ON CONFLICT (", "ON CONFLICT (workspace, ")
        .encode()
    )


def _without_nul(value: object) -> object:
    """Return a value; a text without the one character that PostgreSQL does not take."""
    return value.replace("\0", NUL) if isinstance(value, str) else value
