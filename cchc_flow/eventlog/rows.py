"""The rows of one commit: written to all tables, and found again."""

from collections.abc import Callable

from cchc_flow.errors import CommandReused
from cchc_flow.eventlog import codec
from cchc_flow.eventlog.batch import Batch
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.port import Receipt

INSERT_EVENT = (
    "INSERT INTO events (position, stream, version, type, recordedtime, actor, leaf, body, seal)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_NODE = "INSERT INTO nodes (level, idx, hash) VALUES (?, ?, ?)"
INSERT_CONTENT = "INSERT INTO contents (position, digest) VALUES (?, ?)"
INSERT_COMMIT = "INSERT INTO commits (command_id, first, last, command_digest) VALUES (?, ?, ?, ?)"


def find_receipt(connection: Connection, command_id: str, command_digest: bytes) -> Receipt | None:
    """Return the receipt of a command that was carried out, None if it was not; raise CommandReused."""
    sql = "SELECT command_digest, first, last FROM commits WHERE command_id = ?"
    row = connection.execute(sql, (codec.normalize_text(command_id),)).fetchone()
    if row is None:
        return None
    if row[0] != command_digest:
        raise command_reused()
    return Receipt(row[1], row[2], repeated=True)


def command_reused() -> CommandReused:
    """Return the error for a command id that was used before, for a command with other content."""
    return CommandReused(
        "Lần gửi trước của việc này đã được ghi, với nội dung khác lần này.",
        "Hãy tải lại trang để xem, rồi làm lại nếu vẫn cần.",
    )


def version_lookup(connection: Connection) -> Callable[[str], int]:
    """Return a function that gives the version of a stream, 0 when it has no events."""
    sql = "SELECT max(version) FROM events WHERE stream = ? AND position >= 1"
    return lambda stream: connection.execute(sql, (stream,)).fetchone()[0] or 0


def write_batch(connection: sqlite3.Connection, batch: Batch, signers: list[Signer]) -> None:
    """Insert the rows of one commit into all tables."""
    connection.execute(INSERT_COMMIT, batch.commit_row())
    rows = batch.event_rows(signers)
    if len(rows) == 1:  # as in most commits: quicker than a list of one
        connection.execute(INSERT_EVENT, rows[0])
    else:
        connection.executemany(INSERT_EVENT, rows)
    if batch.nodes:  # most commits complete none, and refer to no content
        connection.executemany(INSERT_NODE, batch.nodes)
    if batch.contents:
        connection.executemany(INSERT_CONTENT, batch.contents)
