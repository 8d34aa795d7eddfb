"""What somebody can do who has the database owner's password and no key: what `forging.py` does to a file.

He takes the rows of a workspace into tables of his own, which look like those of SQLite, changes them as he
likes, and puts them back past the triggers.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from cchc_flow.errors import CchcError
from cchc_flow.eventlog import codec, merkle
from cchc_flow.eventlog.ids import milliseconds_of

WORKSPACE = "ea-thu"
COLUMNS = {
    "events": "position, stream, version, type, recordedtime, actor, leaf, body",
    "seals": "position, seal",
    "nodes": "level, idx, hash",
    "commits": "command_id, first, last, command_digest, voucher",
    "contents": "position, digest",
}
COPY = (
    "CREATE TEMP TABLE events AS SELECT position, stream, version, type, recordedtime, actor,"
    " (SELECT s.seal FROM cchc_log.seals s WHERE s.workspace = 'ea-thu' AND s.position = e.position) AS seal,"
    " leaf, body FROM cchc_log.events e WHERE workspace = 'ea-thu'",
    "CREATE TEMP TABLE nodes AS SELECT level, idx, hash FROM cchc_log.nodes WHERE workspace = 'ea-thu'",
    "CREATE TEMP TABLE commits AS SELECT command_id, first, last, command_digest, voucher"
    " FROM cchc_log.commits WHERE workspace = 'ea-thu'",
    "CREATE TEMP TABLE contents AS SELECT position, digest FROM cchc_log.contents WHERE workspace = 'ea-thu'",
)
SEALS = "CREATE TEMP TABLE seals AS SELECT position, seal FROM events WHERE seal IS NOT NULL"
CHECKS = (
    "SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c"
    " JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace"
    " WHERE c.contype = 'c' AND n.nspname = 'cchc_log' AND c.conislocal"
    " AND t.relname IN ('events', 'nodes', 'commits')"
)
FROM_SQLITE = (
    (re.compile(r"\bx'([0-9a-f]*)'"), r"'\\x\1'::bytea"),
    (re.compile(r"zeroblob\((\d+)\)"), r"decode(repeat('00', \1), 'hex')"),
    (re.compile(r"\binstr\("), "strpos("),
    (re.compile(r"%"), "%%"),
    (re.compile(r"\?"), "%s"),
    (re.compile(r"(INSERT INTO commits)(?= VALUES)"), r"\1 (command_id, first, last, command_digest)"),
)


class OwnerConnection:
    """The rows of the workspace in tables of the attacker, for statements written for SQLite."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        for pattern, words in FROM_SQLITE:
            sql = pattern.sub(words, sql)
        return self._connection.execute(sql.encode(), parameters)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            self.execute(sql, row)


@contextmanager
def open_without_triggers(owner_url: str, *, checks: bool = True) -> Iterator[OwnerConnection]:
    """Give the rows; afterwards they are in the log's tables, whose catalogue reads as before.

    Without `checks` also rows that these refuse are put back. The head row is made to fit where it can be.
    """
    with psycopg.connect(owner_url) as connection:
        for statement in COPY:
            connection.execute(statement.encode())
        owner = OwnerConnection(connection)
        yield owner
        connection.execute(
            "CREATE TEMP TABLE seals AS SELECT position, seal FROM events WHERE seal IS NOT NULL"
        )
        connection.execute("SET LOCAL session_replication_role = replica")
        found = [] if checks else connection.execute(CHECKS).fetchall()
        for table, name, _ in found:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
        for table, columns in COLUMNS.items():
            delete = f"DELETE FROM cchc_log.{table} WHERE workspace = 'ea-thu'"  # noqa: S608  # ours
            insert = f"INSERT INTO cchc_log.{table} (workspace, {columns})"  # ours
            rows = f"SELECT 'ea-thu', {columns} FROM pg_temp.{table}"  # noqa: S608  # ours
            connection.execute(delete.encode())
            connection.execute(f"{insert} {rows}".encode())
        for table, name, definition in found:
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID".encode())
            connection.execute("UPDATE pg_constraint SET convalidated = true WHERE conname = %s", (name,))
        with suppress(CchcError, ValueError, TypeError):
            _fit_head(connection)


def _fit_head(connection: psycopg.Connection[Any]) -> None:
    """Let the head row state what the events say."""
    rows = connection.execute("SELECT leaf, recordedtime, body FROM events ORDER BY position").fetchall()
    if not rows:
        return
    tree = merkle.CompactRange()
    for leaf, _, _ in rows:
        tree.append(leaf)
    made = milliseconds_of(codec.decode_event(len(rows), rows[-1][2]).id)
    connection.execute(
        "UPDATE cchc_log.heads SET size = %s, made = %s, recordedtime = %s, subtrees = %s, root = %s"
        " WHERE workspace = %s",
        (len(rows), made, rows[-1][1], tree.subtrees, tree.root(), WORKSPACE),
    )
