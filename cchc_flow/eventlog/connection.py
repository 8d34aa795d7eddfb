"""What the reading modules of the log ask of a connection, whichever database it leads to.

Their SQL names the tables `events`, `nodes`, `commits` and `contents` with the columns of `schema.py`, and
marks parameters with `?`. A sqlite3 connection is one as it is.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Cursor(Protocol):
    """The rows that a statement gave, each a tuple."""

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection to the tables of one log."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run a statement and return its rows."""


class Connections(Protocol):
    """The connections of one open log, whatever thread asks."""

    def current(self) -> Connection:
        """Return the connection of this thread; each statement sees what others have committed by then."""

    def read_transaction(self) -> AbstractContextManager[Connection]:
        """Give a connection whose statements all see the log as it is at the first of them."""

    def write_transaction(self) -> AbstractContextManager[Connection]:
        """Give a connection in a transaction that keeps other writers out; it is rolled back on any error."""

    def close(self) -> None:
        """Close the connections; using them again opens new ones."""
