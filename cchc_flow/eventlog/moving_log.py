"""Copying a log, whatever its home, into a new file of SQLite: the same events, seals and root."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import schema
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.data_format import write_format
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.head import read_size
from cchc_flow.eventlog.rows import INSERT_COMMIT, INSERT_CONTENT, INSERT_EVENT, INSERT_NODE
from cchc_flow.eventlog.verification.snapshot import DATABASE
from cchc_flow.eventlog.verification.source import LogSource, Snapshot
from cchc_flow.files import make_file, make_folder

COPIES = (
    (
        "SELECT position, stream, version, type, recordedtime, actor, leaf, body, seal FROM events"
        " WHERE position > ? AND position <= ? ORDER BY position",
        INSERT_EVENT,
    ),
    (
        "SELECT level, idx, hash FROM nodes WHERE idx >= (CAST(? AS BIGINT) >> level)"
        " AND idx < (CAST(? AS BIGINT) >> level) ORDER BY level, idx",
        INSERT_NODE,
    ),
    (
        "SELECT command_id, first, last, command_digest FROM commits"
        " WHERE last > ? AND last <= ? ORDER BY last",
        INSERT_COMMIT,
    ),
    (
        "SELECT position, digest FROM contents"
        " WHERE position > ? AND position <= ? ORDER BY position, digest",
        INSERT_CONTENT,
    ),
)
UNSEALED = (
    "SELECT min(c.first) FROM commits c JOIN events e ON e.position = c.last"
    " WHERE c.last > ? AND e.seal IS NULL"
)
SEAL = "SELECT seal FROM events WHERE position = ?"

PROGRESS_ROWS = 1_000
"""After so many rows the progress is told."""
MOST_ON_THE_WAY = 1_000
"""How many of the newest events may be left out, because commits among them still wait for their seals."""


def copy_log_to_folder(
    source: LogSource,
    folder: Path,
    progress: Callable[[int], None] | None = None,
    *,
    while_written: bool = False,
) -> int:
    """Write the log of a source, as it is now, into a new file in a folder; return its number of events.

    Nothing is verified: whoever uses the copy does that. `progress` is told how many rows were written.
    Raise BadInput when there is such a file, LogBroken for a commit without its seal: opening the log for
    work seals it. `while_written` leaves out the newest commits, from the first that waits for its seal on.
    """
    make_folder(folder)
    database = folder / DATABASE
    if database.exists():
        raise BadInput(f"Đã có nhật ký ở {database}.", "Hãy chọn thư mục khác.")
    size = _copy(source, make_file(database), progress, while_written=while_written)
    write_format(folder)
    return size


def extend_log_in_folder(
    source: LogSource, folder: Path, progress: Callable[[int], None] | None = None, *, while_written: bool
) -> int:
    """Bring the log in a folder, or a new one, to where a source is now; return its number of events.

    Nobody writes there meanwhile. Raise BadInput for another log, else as `copy_log_to_folder`.
    """
    make_folder(folder)
    size = _copy(source, make_file(folder / DATABASE), progress, while_written=while_written)
    write_format(folder)
    return size


def _copy(
    source: LogSource, database: Path, progress: Callable[[int], None] | None, *, while_written: bool
) -> int:
    """Write what a source has beyond the log in a file, all or nothing; return its number of events."""
    with source.open_snapshot() as snapshot, closing(_open(database)) as connection:
        if differences := snapshot.schema_differences():
            raise LogBroken(f"Cấu trúc bảng của nhật ký đã bị thay đổi: {'; '.join(differences)}.")
        connection.execute("BEGIN IMMEDIATE")
        begin = read_size(connection)
        _require_same_beginning(snapshot.connection, connection, begin)
        size = _size_to_copy(snapshot, begin, while_written=while_written)
        for select, insert in COPIES:
            _copy_rows(snapshot.iterate(select, (begin, size)), connection, insert, progress)
        connection.execute("COMMIT")
    return size


def _require_same_beginning(source: Connection, target: Connection, size: int) -> None:
    """Raise BadInput unless both logs have one seal at the end of the shorter one, so one root there."""
    if size and target.execute(SEAL, (size,)).fetchone() != source.execute(SEAL, (size,)).fetchone():
        raise BadInput(
            "Thư mục dữ liệu có nhật ký khác của không gian làm việc này.",
            "Hãy dời tệp events.db ở đó đi nơi khác rồi chạy lại.",
        )


def _size_to_copy(snapshot: Snapshot, begin: int, *, while_written: bool) -> int:
    """Return how many events there are, or how many before the first commit without its seal."""
    size = read_size(snapshot.connection)
    first = find_unsealed(snapshot.connection, begin)
    if first is None:
        return size
    if while_written and first > 1 and size - first < MOST_ON_THE_WAY:
        return first - 1
    raise LogBroken(
        f"Lần ghi từ vị trí {first} chưa có dấu niêm phong.",
        "Hãy chờ vài giây rồi làm lại; nếu vẫn vậy, hãy chạy «cchc-flow verify».",
    )


def find_unsealed(connection: Connection, after: int) -> int | None:
    """Return where the first commit after a position begins that waits for its seal; None if none does."""
    [first] = connection.execute(UNSEALED, (after,)).fetchone()
    return None if first is None else int(first)


def _copy_rows(
    rows: Iterator[Any], connection: sqlite3.Connection, insert: str, progress: Callable[[int], None] | None
) -> None:
    for number, row in enumerate(rows, 1):
        connection.execute(insert, row)
        if progress and number % PROGRESS_ROWS == 0:
            progress(number)


def _open(database: Path) -> sqlite3.Connection:
    """Return a connection to a log's file; a new one gets the tables of the edition that is in force."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None:
        connection.execute("BEGIN IMMEDIATE")
        for statement in schema.schema_statements():
            connection.execute(statement)
        connection.execute("COMMIT")
    return connection
