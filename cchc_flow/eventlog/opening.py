"""Creating a workspace's log (its tables and its first event), or opening the one that is there."""

import fcntl
import re
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from cchc_flow.errors import BadInput, CchcError, LogBroken
from cchc_flow.eventlog import locking, schema
from cchc_flow.eventlog.data_format import check_format, write_format
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.head import find_node, read_size
from cchc_flow.eventlog.keys import folder_keys
from cchc_flow.eventlog.log_end import FILE, EndMemory, is_lost
from cchc_flow.eventlog.merkle import tree_root
from cchc_flow.eventlog.moved_mark import MOVED, read_mark
from cchc_flow.eventlog.port import LogEnd, Meta
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.standing import Standing, find_sealed_root, read_standing
from cchc_flow.eventlog.stored_log import Clock
from cchc_flow.eventlog.usage import Usage, lock_path
from cchc_flow.eventlog.verification.snapshot import connect_read_only
from cchc_flow.eventlog.verification.source import LogSource
from cchc_flow.files import make_file, make_folder

WORKSPACE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


def create_log(
    folder: Path, private: Path, *, workspace: str, name: str, demo: bool, time: datetime, now: Clock
) -> SqliteLog:
    """Return the log in `folder`, created if there is none; many processes may call this at once.

    `private` is the workspace's folder under `data/private`, which gets the new key. `time` is when the log
    was asked for, `now` the clock for later events. Raise BadInput for an unusable workspace name.
    """
    check_name(workspace)
    locking.check_sqlite_version()
    make_folder(folder)
    _create_tables(folder)
    log = open_log(folder, private, now=now)
    if log.record_opening(workspace, name, demo, opening_meta(workspace, time)):
        write_format(folder)
    return log


def open_log(
    folder: Path, private: Path, *, now: Clock, for_repair: bool = False, usage: Usage | None = None
) -> SqliteLog:
    """Return the log in `folder`; `private` has its signing keys and remembers how far it has come.

    Raise NotFound without a log, LogBroken for one whose ends show that it was changed, or (unless it is
    opened `for_repair`) that is shorter than it was, or another; also for a folder of a later program,
    and while somebody replaces it (unless the `usage` is another than that of its lock).
    """
    check_format(folder)
    usage = usage or Usage(lock_path(private))
    log = SqliteLog(folder, folder_keys(private), now, EndMemory(private / FILE), usage)
    try:
        log.check_ends()
        with suppress(LogBroken) if for_repair else nullcontext():
            log.check_not_rolled_back()
    except BaseException:
        log.close()
        raise
    return log


def find_standing(folder: Path) -> Standing | None:
    """Return how the log in a folder stands, None where it cannot be read; nothing is verified."""
    mark = read_mark(folder)
    try:
        with _look_into(folder) as connection:
            return read_standing(connection, mark.place if mark and mark.state == MOVED else "")
    except (sqlite3.Error, CchcError):
        return None


def find_root_sealed_at(folder: Path, size: int) -> bytes | None:
    """Return the root that the seal at a position of the log in a folder states, None without one there."""
    try:
        with _look_into(folder) as connection:
            row = connection.execute("SELECT seal FROM events WHERE position = ?", (size,)).fetchone()
            return find_sealed_root(row[0]) if row else None
    except (sqlite3.Error, CchcError):
        return None


def _look_into(folder: Path) -> AbstractContextManager[sqlite3.Connection]:
    return closing(connect_read_only(f"{(folder / 'events.db').absolute().as_uri()}?mode=ro"))


def check_name(workspace: str) -> None:
    """Raise BadInput for a name that no workspace may have."""
    if not WORKSPACE.fullmatch(workspace) or workspace == "private":
        raise BadInput(
            f"Tên không gian làm việc «{workspace}» không dùng được.",
            "Hãy dùng chữ thường không dấu, chữ số, dấu chấm hoặc gạch ngang.",
        )


def find_lost_end(source: LogSource, private: Path) -> LogEnd | None:
    """Return the end that `private` remembers and a log does not have; None when it has it.

    The log is only read.
    """
    end = EndMemory(private / FILE).read()
    if end is None:
        return None
    with source.open_snapshot() as snapshot:
        node = partial(find_node, snapshot.connection)
        return (
            end if is_lost(end, read_size(snapshot.connection), lambda size: tree_root(size, node)) else None
        )


def _create_tables(folder: Path) -> None:
    """Create the tables that are missing, one process at a time: not even the switch to WAL may run twice."""
    with make_file(folder / "events.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = sqlite3.connect(make_file(folder / "events.db"), isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute(f"PRAGMA busy_timeout = {locking.BUSY_MS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            for statement in schema.schema_statements():
                connection.execute(statement)
            connection.execute("COMMIT")
        finally:
            connection.close()


def opening_meta(workspace: str, time: datetime) -> Meta:
    """Return the metadata of the opening event; every process gives it the same command id."""
    command = f"open-{workspace}"
    return Meta(
        actor="system", time=time, command_id=command, command_digest=command.encode(), channel="setup"
    )
