"""Creating a workspace's log (its tables and its first event), or opening the one that is there."""

import fcntl
import re
from datetime import datetime
from pathlib import Path

from cchc_flow.errors import BadInput
from cchc_flow.eventlog import locking, schema
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.port import Meta
from cchc_flow.eventlog.sqlite import Clock, SqliteLog

WORKSPACE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


def create_log(
    folder: Path, private: Path, *, workspace: str, name: str, demo: bool, time: datetime, now: Clock
) -> SqliteLog:
    """Return the log in `folder`, created if there is none; many processes may call this at once.

    `private` is the workspace's folder under `data/private`, which gets the new key. `time` is when the log
    was asked for, `now` the clock for later events. Raise BadInput for an unusable workspace name.
    """
    if not WORKSPACE.fullmatch(workspace) or workspace == "private":
        raise BadInput(
            f"Tên không gian làm việc «{workspace}» không dùng được.",
            "Hãy dùng chữ thường không dấu, chữ số, dấu chấm hoặc gạch ngang.",
        )
    locking.check_sqlite_version()
    folder.mkdir(parents=True, exist_ok=True)
    _create_tables(folder)
    log = open_log(folder, private, now=now)
    log.record_opening(workspace, name, demo, _opening_meta(workspace, time))
    return log


def open_log(folder: Path, private: Path, *, now: Clock) -> SqliteLog:
    """Return the log in `folder`, whose signing keys are in `private`/keys.

    Raise NotFound without a log, LogBroken for one whose ends show that it was changed.
    """
    log = SqliteLog(folder, KeyStore(private / "keys"), now)
    try:
        log.check_ends()
    except BaseException:
        log.close()
        raise
    return log


def _create_tables(folder: Path) -> None:
    """Create the tables that are missing, one process at a time: not even the switch to WAL may run twice."""
    with (folder / "events.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = sqlite3.connect(folder / "events.db", isolation_level=None)
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


def _opening_meta(workspace: str, time: datetime) -> Meta:
    """Return the metadata of the opening event; every process gives it the same command id."""
    command = f"open-{workspace}"
    return Meta(
        actor="system", time=time, command_id=command, command_digest=command.encode(), channel="setup"
    )
