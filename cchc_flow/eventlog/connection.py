"""What the reading modules of the log ask of a connection, whichever database it leads to.

Their SQL names the tables `events`, `nodes`, `commits` and `contents` with the columns of `schema.py`, and
marks parameters with `?`. A sqlite3 connection is one as it is.
"""

from collections.abc import Iterator, Sequence
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
