"""Creating a workspace's log in a database, or opening the one that is there."""

import os
import time
from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path

from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog.head import WHAT_NOW
from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import FILE, EndMemory
from cchc_flow.eventlog.opening import check_name, opening_meta
from cchc_flow.eventlog.postgres import editions
from cchc_flow.eventlog.postgres.connection import PostgresConnections
from cchc_flow.eventlog.postgres.failures import INSTALL
from cchc_flow.eventlog.postgres.log import PostgresLog
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.eventlog.stored_log import Clock

CHECK_SECONDS = 60.0
_checked: dict[tuple[int, Database], float] = {}
"""When the tables of a database were last found right, by process: a fork looks itself."""


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
    check_edition(database)
    log = _log(database, workspace, keys, private, now)
    log.record_opening(workspace, name, demo, opening_meta(workspace, time))
    log.check_ends()
    log.check_not_rolled_back()
    return log


def open_log(
    database: Database, keys: KeyStore, private: Path, *, workspace: str, now: Clock, for_repair: bool = False
) -> PostgresLog:
    """Return the log of a workspace; raise as `eventlog.opening.open_log` does."""
    check_edition(database)
    log = _log(database, workspace, keys, private, now)
    if not log.size():
        raise NotFound(f"Không có không gian làm việc «{workspace}».", "Hãy kiểm tra lại tên.")
    log.check_ends()
    with suppress(LogBroken) if for_repair else nullcontext():
        log.check_not_rolled_back()
    return log


def check_edition(database: Database) -> None:
    """Raise LogBroken when the tables are not those of the edition that this program knows.

    They are looked at once a minute, whatever the number of workspaces that are opened.
    """
    key, now = (os.getpid(), database), time.monotonic()
    if now - _checked.get(key, -CHECK_SECONDS) < CHECK_SECONDS:
        return
    with database.connection() as session:
        if session.execute("SELECT to_regnamespace('cchc_log')").fetchone() == (None,):
            raise LogBroken("Cơ sở dữ liệu chưa có các bảng của nhật ký.", INSTALL)
        if found := editions.differences(session):
            raise LogBroken(f"Cấu trúc bảng của nhật ký đã bị thay đổi: {'; '.join(found)}.", WHAT_NOW)
        if editions.read_number(session) < editions.newest_edition() - 1:
            raise LogBroken("Các bảng của nhật ký thuộc một bản quá cũ đối với chương trình này.", INSTALL)
    _checked[key] = now


def _log(database: Database, workspace: str, keys: KeyStore, private: Path, now: Clock) -> PostgresLog:
    return PostgresLog(PostgresConnections(database, workspace), keys, now, EndMemory(private / FILE))
