"""Reading the files of reads without writing anything, beside a running server or on a read-only medium."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.log_end import is_lost, parse_end
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.eventlog.reads.entry import RecordedRead, decode_read
from cchc_flow.eventlog.reads.month import WHAT_NOW, find_node
from cchc_flow.eventlog.verification.snapshot import open_snapshot

FOLDER = "reads"
ENDS = "reads-ends"
"""The folder, among the private files, that remembers how far the file of each open month has come."""
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
PAGE_SIZE = 500


def months_in(folder: Path) -> list[str]:
    """Return the months that have a file in a workspace's folder, oldest first."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.db") if MONTH.fullmatch(path.stem))


def entries_of_month(folder: Path, month: str, filters: Mapping[str, str | None]) -> Iterator[RecordedRead]:
    """Yield the entries of a month, newest first, whose columns have the values of the filters that are set.

    500 are read by one query, so that no reader keeps a writer's changes out of the file for long.
    """
    wanted = {column: value for column, value in filters.items() if value is not None}
    where = " AND ".join(["position < ?", *(f"{column} = ?" for column in wanted)])
    sql = f"SELECT position, body FROM reads WHERE {where} ORDER BY position DESC LIMIT ?"  # noqa: S608  # columns are ours
    before = 2**62
    while True:
        with open_snapshot(folder / FOLDER, f"{month}.db") as (connection, _):
            rows = connection.execute(sql, (before, *wanted.values(), PAGE_SIZE)).fetchall()
        for position, body in rows:
            yield _decode(month, position, body)
        if len(rows) < PAGE_SIZE:
            return
        before = rows[-1][0]


def first_time_of_month(folder: Path, month: str) -> str | None:
    """Return when the first entry of a month was recorded (RFC 3339), None for a file without entries."""
    with open_snapshot(folder / FOLDER, f"{month}.db") as (connection, _):
        row = connection.execute("SELECT body FROM reads WHERE position = 1").fetchone()
    return _decode(month, 1, row[0]).time if row else None


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
        f" ({end.size} lượt): tệp bị mất, bị cắt bớt hoặc bị thay bằng bản cũ hơn"
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
