"""Copying a log, whatever its home, into a new file of SQLite: the same events, seals and root."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import schema
from cchc_flow.eventlog.data_format import write_format
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.rows import INSERT_COMMIT, INSERT_CONTENT, INSERT_EVENT, INSERT_NODE
from cchc_flow.eventlog.verification.snapshot import DATABASE
from cchc_flow.eventlog.verification.source import LogSource, Snapshot
from cchc_flow.files import make_file, make_folder

COPIES = (
    (
        "SELECT position, stream, version, type, recordedtime, actor, leaf, body, seal FROM events"
        " ORDER BY position",
        INSERT_EVENT,
    ),
    ("SELECT level, idx, hash FROM nodes ORDER BY level, idx", INSERT_NODE),
    ("SELECT command_id, first, last, command_digest FROM commits ORDER BY last", INSERT_COMMIT),
    ("SELECT position, digest FROM contents ORDER BY position, digest", INSERT_CONTENT),
)
UNSEALED = "SELECT min(c.last) FROM commits c JOIN events e ON e.position = c.last WHERE e.seal IS NULL"


def copy_log_to_folder(source: LogSource, folder: Path, progress: Callable[[int], None] | None = None) -> int:
    """Write the log of a source, as it is now, into a new file in a folder; return its number of events.

    Nothing is verified: whoever uses the copy does that. `progress` is told how many rows were written.
    Raise BadInput when there is such a file, LogBroken for a commit without its seal: opening the log for
    work seals it.
    """
    make_folder(folder)
    database = folder / DATABASE
    if database.exists():
        raise BadInput(f"Đã có nhật ký ở {database}.", "Hãy chọn thư mục khác.")
    with source.open_snapshot() as snapshot, closing(_create(database)) as connection:
        if differences := snapshot.schema_differences():
            raise LogBroken(f"Cấu trúc bảng của nhật ký đã bị thay đổi: {'; '.join(differences)}.")
        _require_seals(snapshot)
        connection.execute("BEGIN IMMEDIATE")
        for select, insert in COPIES:
            _copy_rows(snapshot, connection, (select, insert), progress)
        connection.execute("COMMIT")
        size = connection.execute("SELECT max(position) FROM events").fetchone()[0] or 0
    write_format(folder)
    return int(size)


def _require_seals(snapshot: Snapshot) -> None:
    [position] = snapshot.connection.execute(UNSEALED).fetchone()
    if position is not None:
        raise LogBroken(
            f"Lần ghi đến vị trí {position} chưa có dấu niêm phong.",
            "Hãy chờ vài giây rồi làm lại; nếu vẫn vậy, hãy chạy «cchc-flow verify».",
        )


def _copy_rows(
    snapshot: Snapshot,
    connection: sqlite3.Connection,
    copy: tuple[str, str],
    progress: Callable[[int], None] | None,
) -> None:
    select, insert = copy
    for number, row in enumerate(snapshot.iterate(select), 1):
        connection.execute(insert, row)
        if progress and number % 1_000 == 0:
            progress(number)


def _create(database: Path) -> sqlite3.Connection:
    """Return a connection to a new database with the tables of the edition that is in force in a new log."""
    connection = sqlite3.connect(make_file(database), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for statement in schema.schema_statements():
        connection.execute(statement)
    return connection
