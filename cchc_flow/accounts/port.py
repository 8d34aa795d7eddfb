"""The database of the accounts as its users see it: SQL that SQLite and PostgreSQL read alike.

`store.FolderAccounts` is the file of one workspace, `postgres.PostgresAccounts` the tables of many. A
statement has question marks for its values, names its conflicts by columns (`ON CONFLICT (person) …`), and
qualifies the columns of the row that is there.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Protocol

Row = tuple[Any, ...]
NO_LIMIT = 1 << 31


class Rows(Protocol):
    """The rows that a statement gives."""

    @property
    def rowcount(self) -> int:
        """How many rows a statement has changed."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last one."""

    def fetchall(self) -> Sequence[Any]:
        """Return the rows that are left."""


class Transaction(Protocol):
    """A write transaction that has begun."""

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Rows:
        """Execute a statement."""

    def executemany(self, sql: str, values: Iterable[Sequence[object]], /) -> object:
        """Execute a statement once for each of the values."""


class AccountsDatabase(Protocol):
    """The database of one workspace's accounts; many threads, processes and machines may use it at once."""

    def fetch_one(self, sql: str, *values: object) -> Row | None:
        """Return the first row of a query, None when it has no rows."""

    def fetch_all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows of a query."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a write transaction; roll back when the block raises.

        Only one writes at a time; raise NotRecorded when another one holds the database for seconds, or when
        it cannot be reached.
        """

    def write_if_free(self, sql: str, *values: object) -> None:
        """Write something that may as well be written later, unless that fails or another one is writing."""


def instant_text(instant: datetime) -> str:
    """Return an aware instant as it is stored: ISO 8601 in UTC, so that the texts sort as the instants do."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
