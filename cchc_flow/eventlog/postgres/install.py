"""Installing the tables of the log, as the owner of a database; a node's account may not do it."""

from importlib.resources import files

import psycopg

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.postgres.failures import connect_refusal
from cchc_flow.eventlog.postgres.pool import Database

SCRIPTS = ("log.sql", "stores.sql")
"""The files of the edition, in the order in which they are executed; one that is not there is left out."""


def install(url: str) -> bool:
    """Create the tables, functions and the role in the database at an address; False when they are there.

    Raise BadInput when the account may not create them.
    """
    database = Database(url)
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('cchc_log install', 0))")
            if connection.execute("SELECT to_regnamespace('cchc_log')").fetchone() != (None,):
                return False
            for script in edition_scripts():
                connection.execute(script.encode())
    except psycopg.errors.InsufficientPrivilege as error:
        raise BadInput(
            f"Tài khoản đã cho không được tạo bảng hoặc vai trò trong cơ sở dữ liệu {database.name}.",
            "Hãy dùng tài khoản chủ sở hữu cơ sở dữ liệu có quyền CREATEROLE.",
        ) from error
    except psycopg.OperationalError as error:
        raise connect_refusal(database.name, error) from None
    return True


def edition_scripts() -> list[str]:
    """Return the SQL of the edition, file by file."""
    folder = files("cchc_flow.eventlog.postgres")
    return [(folder / name).read_text("utf-8") for name in SCRIPTS if (folder / name).is_file()]
