"""What an attacker with the log's file can do: change it, hash it again, and with the key sign it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cchc_flow.eventlog import checkpoint, merkle
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import Signer


@contextmanager
def open_without_triggers(folder: Path, *, checks: bool = True) -> Iterator[sqlite3.Connection]:
    """Give a plain connection to the log's database without its triggers; afterwards they are as before.

    The trigger of a table that is gone is not made again. Without `checks` no CHECK holds either.
    """
    connection = sqlite3.connect(folder / "events.db", isolation_level=None)
    if not checks:
        connection.execute("PRAGMA ignore_check_constraints = ON")
    select = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
    triggers = connection.execute(select).fetchall()
    for name, _, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for _, table, sql in triggers:
        if table in tables:
            connection.execute(sql)
    connection.close()


def replace_in_body(connection: sqlite3.Connection, position: int, old: bytes, new: bytes) -> None:
    """Replace some bytes in the body of an event and change nothing else."""
    (body,) = connection.execute("SELECT body FROM events WHERE position = ?", (position,)).fetchone()
    assert old in body
    connection.execute("UPDATE events SET body = ? WHERE position = ?", (body.replace(old, new), position))


def hash_again(connection: sqlite3.Connection) -> None:
    """Compute all leaves and inner nodes again, as the log would have stored them."""
    connection.execute("DELETE FROM nodes")
    tree = merkle.CompactRange()
    for position, body in connection.execute(
        "SELECT position, body FROM events ORDER BY position"
    ).fetchall():
        leaf = merkle.leaf_hash(body)
        connection.execute("UPDATE events SET leaf = ? WHERE position = ?", (leaf, position))
        nodes = [node for node in tree.append(leaf) if node[0] >= merkle.LOWEST_STORED_LEVEL]
        connection.executemany("INSERT INTO nodes VALUES (?, ?, ?)", nodes)


def sign_again(connection: sqlite3.Connection, signer: Signer) -> None:
    """Sign all checkpoints again over the events as they are now."""
    bodies = [row[0] for row in connection.execute("SELECT body FROM events ORDER BY position")]
    ends = connection.execute("SELECT position, recordedtime FROM events WHERE seal IS NOT NULL").fetchall()
    for size, time in ends:
        tree = merkle.CompactRange()
        for body in bodies[:size]:
            tree.append(merkle.leaf_hash(body))
        note = checkpoint.Checkpoint(signer.verifier_key.name, size, tree.root(), time).sign([signer])
        connection.execute("UPDATE events SET seal = ? WHERE position = ?", (note, size))


def cut_tail(connection: sqlite3.Connection, size: int) -> None:
    """Delete the events after the first `size`, and all that belongs to them, from every table."""
    connection.execute("DELETE FROM events WHERE position > ?", (size,))
    connection.execute("DELETE FROM commits WHERE last > ?", (size,))
    connection.execute("DELETE FROM contents WHERE position > ?", (size,))
    connection.execute("DELETE FROM nodes WHERE (idx + 1) << level > ?", (size,))
