"""Installing the tables of the log, as the owner of a database; a node's account may not do it."""

from enum import Enum
from typing import Any

import psycopg

from cchc_flow import __version__
from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.postgres import editions
from cchc_flow.eventlog.postgres.failures import connect_refusal
from cchc_flow.eventlog.postgres.pool import Database

SCRIPTS = ("log.sql", "stores.sql")
"""The files of the edition, in the order in which they are executed."""
NODES = (
    "SELECT DISTINCT application_name FROM pg_catalog.pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE 'cchc-node/%' ORDER BY 1"
)
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'"
"""How long a change waits for those who use a table; they wait behind it for no longer either."""


class Installed(Enum):
    """What was done: the tables were made, brought to the newest edition, or left as they are."""

    MADE = "made"
    UPGRADED = "upgraded"
    UNCHANGED = "unchanged"


def install(url: str) -> Installed:
    """Create tables, functions and the role in the database at an address, or bring them to the last edition.

    All is done in one transaction. Raise BadInput when the account may not do it, or nodes that run another
    version would no longer know the tables; LogBroken when they are not those of an edition.
    """
    database = Database(url)
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('cchc_log install', 0))")
            _require_version(connection)
            if connection.execute("SELECT to_regnamespace('cchc_log')").fetchone() != (None,):
                return _upgrade(connection)
            for script in SCRIPTS:
                connection.execute((editions.folder() / script).read_bytes())
            _say_number(connection)
            return Installed.MADE
    except psycopg.errors.InsufficientPrivilege as error:
        raise BadInput(
            f"Tài khoản đã cho không được tạo bảng hoặc vai trò trong cơ sở dữ liệu {database.name}.",
            "Hãy dùng tài khoản chủ sở hữu cơ sở dữ liệu có quyền CREATEROLE.",
        ) from error
    except psycopg.errors.LockNotAvailable as error:
        raise BadInput(
            f"Các bảng trong cơ sở dữ liệu {database.name} đang được dùng lâu (ví dụ: đang sao lưu,"
            " kiểm tra), nên chưa có gì thay đổi.",
            "Hãy chạy lại sau ít phút.",
        ) from error
    except psycopg.OperationalError as error:
        raise connect_refusal(database.name, error) from None


def _upgrade(connection: psycopg.Connection[Any]) -> Installed:
    """Bring tables of an earlier edition to the newest."""
    number, newest = editions.read_number(connection), editions.newest_edition()
    if found := editions.differences(connection):
        raise LogBroken(
            f"Cấu trúc bảng của nhật ký đã bị thay đổi: {'; '.join(found)}.", "Hãy chạy «cchc-flow verify»."
        )
    if number == newest:
        return Installed.UNCHANGED
    _require_own_version(connection)
    connection.execute(LOCK_TIMEOUT)
    for earlier in range(number, newest):
        connection.execute((editions.folder() / f"from-{earlier}.sql").read_bytes())
    _say_number(connection)
    if found := editions.differences(connection):  # a mistake of ours: nothing is changed
        raise LogBroken(
            f"Không nâng được các bảng lên bản {newest}: {'; '.join(found)}.", "Hãy báo nhà phát triển."
        )
    return Installed.UPGRADED


def _say_number(connection: psycopg.Connection[Any]) -> None:
    words = f"cchc-flow: edition {editions.newest_edition()}"
    connection.execute(f"COMMENT ON SCHEMA cchc_log IS '{words}'".encode())


def _require_version(connection: psycopg.Connection[Any]) -> None:
    """Raise BadInput for a server that is too old."""
    if (major := editions.read_major(connection)) < editions.TRIED[0]:
        raise BadInput(
            f"Máy chủ chạy PostgreSQL {major}; chương trình cần PostgreSQL {editions.TRIED[0]} trở lên.",
            "Hãy nâng cấp máy chủ cơ sở dữ liệu.",
        )


def _require_own_version(connection: psycopg.Connection[Any]) -> None:
    """Raise BadInput while a node of another version listens: it may not know the new tables."""
    names = [str(name).split("/", 3) for (name,) in connection.execute(NODES).fetchall()]
    others = [f"«{words[3]}» ({words[1]})" for words in names if len(words) == 4 and words[1] != __version__]
    if others:
        raise BadInput(
            f"Còn máy chạy phiên bản khác {__version__}: {', '.join(others)};"
            " máy đó sẽ không biết các bảng mới.",
            "Hãy nâng cấp chương trình trên các máy đó trước, rồi chạy lại.",
        )
