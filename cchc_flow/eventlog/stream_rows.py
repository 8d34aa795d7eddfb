"""The rows of the events of some streams, found without looking through the rest of a long log."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from cchc_flow.eventlog.connection import Connection

FEW = 500
"""How many positions are looked through one by one."""
PAGE = 2_000
"""How many headings are read by one query: no read transaction stays open between two pages."""
_BY_POSITION = "SELECT position, body FROM events WHERE position > ? AND position <= ?"
_BY_PREFIX = (
    "SELECT position, body FROM events INDEXED BY sqlite_autoindex_events_1"  # UNIQUE (stream, version)
    " WHERE stream >= ? AND stream < ? AND position > ? AND position <= ?"
)
_BY_NAME = "SELECT position, body FROM events WHERE stream = ? AND position >= 1 ORDER BY version"
_HEADINGS = (
    "SELECT position, stream, type FROM events WHERE position > ? AND position <= ?"  # noqa: S608  # fixed words
    f" ORDER BY position LIMIT {PAGE}"
)


def heading_rows(connection: Connection, after: int, upto: int) -> Iterator[tuple[int, str, str]]:
    """Yield position, stream and type of the events after a position, up to another, some at a time.

    SQLite skips the bodies, which are longer than all the rest.
    """
    while rows := connection.execute(_HEADINGS, (after, upto)).fetchall():
        yield from rows
        after = rows[-1][0]


def rows_by_prefix(
    connection: Connection, prefixes: Sequence[str], after: int, last: int
) -> list[tuple[int, bytes]]:
    """Return position and body of the events of streams that begin with one of the prefixes, by position.

    Few positions are looked through; among many the index of streams finds those of each prefix. Of one
    condition for all prefixes SQLite would make a walk through the whole log.
    """
    ranges = [(prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)) for prefix in prefixes]
    values: list[Any]
    if last - after <= FEW:
        begun = " OR ".join(["+stream >= ? AND +stream < ?"] * len(ranges))  # with a plus, by no index
        sql = f"{_BY_POSITION} AND ({begun})"
        values = [after, last, *(bound for bounds in ranges for bound in bounds)]
    else:
        sql = " UNION ALL ".join([_BY_PREFIX] * len(ranges))
        values = [value for bounds in ranges for value in (*bounds, after, last)]
    return connection.execute(f"{sql} ORDER BY position", values).fetchall()


def rows_by_name(connection: Connection, names: Collection[str], upto: int) -> Iterator[tuple[int, bytes]]:
    """Yield position and body of the events of named streams up to a position, one stream after the other.

    Of a stream that goes on long after the position no more is read than is needed.
    """
    for name in dict.fromkeys(names):
        for position, body in connection.execute(_BY_NAME, (name,)):
            if position > upto:
                break
            yield position, body
