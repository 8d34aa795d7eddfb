"""Creating a workspace's log in a database, or opening the one that is there."""

from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path

from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import FILE, EndMemory
from cchc_flow.eventlog.opening import check_name, opening_meta
from cchc_flow.eventlog.postgres.connection import PostgresConnections
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.eventlog.stored_log import Clock


def create_log(
    database: Database,
    keys: KeyStore,
    private: Path,
    *,
    workspace: str,
    name: str,
    demo: bool,
    time: datetime,
    now: Clock,
) -> PostgresLog:
    """Return the log of a workspace, created if there is none; many processes may call this at once.

    `private` is the node's folder for it, which remembers how far the log has come. Raise BadInput for an
    unusable workspace name.
    """
    check_name(workspace)
    log = _log(database, workspace, keys, private, now)
    log.record_opening(workspace, name, demo, opening_meta(workspace, time))
    log.check_ends()
    log.check_not_rolled_back()
    return log


def open_log(
    database: Database, keys: KeyStore, private: Path, *, workspace: str, now: Clock, for_repair: bool = False
) -> PostgresLog:
    """Return the log of a workspace; raise as `eventlog.opening.open_log` does."""
    log = _log(database, workspace, keys, private, now)
    if not log.size():
        raise NotFound(f"Không có không gian làm việc «{workspace}».", "Hãy kiểm tra lại tên.")
    log.check_ends()
    with suppress(LogBroken) if for_repair else nullcontext():
        log.check_not_rolled_back()
    return log


def _log(database: Database, workspace: str, keys: KeyStore, private: Path, now: Clock) -> PostgresLog:
    return PostgresLog(PostgresConnections(database, workspace), keys, now, EndMemory(private / FILE))
