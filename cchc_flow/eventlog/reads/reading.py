"""Reading the files of reads without writing anything, beside a running server or on a read-only medium."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.log_end import is_lost, parse_end
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.eventlog.reads.entry import RecordedRead, decode_read
from cchc_flow.eventlog.reads.month import WHAT_NOW, find_node
from cchc_flow.eventlog.verification.snapshot import open_snapshot
from cchc_flow.workflow.shares import format_number

FOLDER = "reads"
ENDS = "reads-ends"
"""The folder, among the private files, that remembers how far the file of each open month has come."""
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
PAGE_SIZE = 500
NEWEST = 2**62
"""A position after all that there are."""


def months_in(folder: Path) -> list[str]:
    """Return the months that have a file in a workspace's folder, oldest first."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.db") if MONTH.fullmatch(path.stem))


def is_without_tables(connection: sqlite3.Connection) -> bool:
    """Tell whether a file has no table, so that nothing is in it: the disk was full when it was made."""
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None


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
        parts += [(f"thing IN ({', '.join('?' * len(things))})", things)] if things is not None else []
        return " AND ".join(["1", *(sql for sql, _ in parts)]), [value for _, some in parts for value in some]


def entries_of_month(
    folder: Path, month: str, filters: Filters, before: int = NEWEST
) -> Iterator[RecordedRead]:
    """Yield the entries of a month that match, newest first, those before a position.

    500 are read by one query, so that no reader keeps a writer's changes out of the file for long.
    """
    condition, values = filters.condition()
    sql = (
        f"SELECT position, body FROM reads WHERE position < ? AND {condition} ORDER BY position DESC LIMIT ?"  # noqa: S608  # ours
    )
    while True:
        rows = _select(folder, month, sql, before, *values, PAGE_SIZE)
        for position, body in rows:
            yield _decode(month, position, body)
        if len(rows) < PAGE_SIZE:
            return
        before = rows[-1][0]


def first_time_of_month(folder: Path, month: str) -> str | None:
    """Return when the first entry of a month was recorded (RFC 3339), None for a file without entries."""
    rows = _select(folder, month, "SELECT body FROM reads WHERE position = 1")
    return _decode(month, 1, rows[0][0]).time if rows else None


def _select(folder: Path, month: str, sql: str, *values: object) -> list[Any]:
    """Return the rows of a query; raise LogBroken for a file that SQLite cannot read."""
    try:
        with open_snapshot(folder / FOLDER, f"{month}.db") as (connection, _):
            return [] if is_without_tables(connection) else connection.execute(sql, values).fetchall()
    except sqlite3.DatabaseError as error:
        raise LogBroken(
            f"Sổ lượt xem tháng {month_words(month)} không đọc được ({error}).", WHAT_NOW
        ) from error


def remembered_ends(private: Path) -> dict[str, LogEnd]:
    """Return how far the files of open months have come, as the private folder remembers it."""
    paths = sorted((private / ENDS).glob("*.txt"))
    ends = {path.stem: parse_end(path.read_text("ascii", "replace")) for path in paths}
    return {month: end for month, end in ends.items() if end and MONTH.fullmatch(month)}


def has_lost(folder: Path, month: str, end: LogEnd) -> bool:
    """Tell whether the file of a month lacks an end that it once had, or is gone."""
    if month not in months_in(folder):
        return True
    with open_snapshot(folder / FOLDER, f"{month}.db") as (connection, _):
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
