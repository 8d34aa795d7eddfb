"""Reading the log of reads without writing anything, month by month."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.log_end import is_lost, parse_end
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.eventlog.reads.entry import MONTH, RecordedRead, decode_read
from cchc_flow.eventlog.reads.home import ReadsHome
from cchc_flow.eventlog.reads.month import WHAT_NOW, find_node
from cchc_flow.workflow.shares import format_number

ENDS = "reads-ends"
"""The folder, among the private files, that remembers how far the file of each open month has come."""
PAGE_SIZE = 500
NEWEST = 2**62
"""A position after all that there are."""


class Filters(msgspec.Struct, frozen=True):
    """Which entries are asked for: of a person, of one of some things, by an act; None: of all."""

    person: str | None = None
    things: frozenset[str] | None = None
    act: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """Return the condition in SQL, which is never empty, and its values."""
        things = sorted(self.things) if self.things is not None else None
        parts = [("person = ?", [self.person])] if self.person is not None else []
        parts += [("act = ?", [self.act])] if self.act is not None else []
        parts += [(f"thing IN ({', '.join('?' * len(things))})", things)] if things else []
        parts += [("1 = 0", [])] if things == [] else []
        return " AND ".join(["1 = 1", *(sql for sql, _ in parts)]), [
            value for _, some in parts for value in some
        ]


def entries_of_month(
    home: ReadsHome, month: str, filters: Filters, before: int = NEWEST
) -> Iterator[RecordedRead]:
    """Yield the entries of a month that match, newest first, those before a position.

    500 are read by one query, so that no reader keeps a writer's changes out of the file for long.
    """
    condition, values = filters.condition()
    sql = (
        f"SELECT position, body FROM reads WHERE position < ? AND {condition} ORDER BY position DESC LIMIT ?"  # noqa: S608  # ours
    )
    while True:
        rows = _select(home, month, sql, before, *values, PAGE_SIZE)
        for position, body in rows:
            yield _decode(month, position, body)
        if len(rows) < PAGE_SIZE:
            return
        before = rows[-1][0]


def first_time_of_month(home: ReadsHome, month: str) -> str | None:
    """Return when the first entry of a month was recorded (RFC 3339), None for a file without entries."""
    rows = _select(home, month, "SELECT body FROM reads WHERE position = 1")
    return _decode(month, 1, rows[0][0]).time if rows else None


def _select(home: ReadsHome, month: str, sql: str, *values: object) -> list[Any]:
    """Return the rows of a query; raise LogBroken for a month that cannot be read."""
    try:
        with home.open_month(month) as connection:
            return connection.execute(sql, values).fetchall() if home.has_tables(connection) else []
    except home.unreadable as error:
        raise LogBroken(
            f"Sổ lượt xem tháng {month_words(month)} không đọc được ({error}).", WHAT_NOW
        ) from error


def remembered_ends(private: Path) -> dict[str, LogEnd]:
    """Return how far the files of open months have come, as the private folder remembers it."""
    paths = sorted((private / ENDS).glob("*.txt"))
    ends = {path.stem: parse_end(path.read_text("ascii", "replace")) for path in paths}
    return {month: end for month, end in ends.items() if end and MONTH.fullmatch(month)}


def has_lost(home: ReadsHome, month: str, end: LogEnd) -> bool:
    """Tell whether the file of a month lacks an end that it once had, or is gone."""
    if month not in home.months():
        return True
    with home.open_month(month) as connection:
        (size,) = connection.execute("SELECT coalesce(max(position), 0) FROM reads").fetchone()
        return is_lost(end, size, lambda some: merkle.tree_root(some, partial(find_node, connection)))


def lost_words(month: str, end: LogEnd) -> str:
    """Return what is told of a file that lacks an end that this machine has seen."""
    return (
        f"sổ lượt xem tháng {month_words(month)} thiếu những lượt mà máy này đã thấy ghi ở đó"
        f" ({format_number(end.size)} lượt): tệp bị mất, bị cắt bớt hoặc bị thay bằng bản cũ hơn"
    )


def month_words(month: str) -> str:
    """Return a month as it is written in Vietnamese: 03/2026."""
    return f"{month[5:]}/{month[:4]}"


def _decode(month: str, position: int, body: bytes) -> RecordedRead:
    try:
        return decode_read(month, position, body)
    except (msgspec.DecodeError, TypeError) as error:
        raise LogBroken(
            f"Lượt xem số {position} của tháng {month_words(month)} không đọc được.", WHAT_NOW
        ) from error
