"""The homes of accounts: every test runs on the file of SQLite and on the tables of PostgreSQL."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlite_utils.utils import sqlite3
from support.postgres import Cluster, TestDatabase

from cchc_flow.accounts.port import AccountsDatabase
from cchc_flow.accounts.store import FolderAccounts


class AccountsHome(Protocol):
    """Where the accounts of one workspace are."""

    def open(self) -> AccountsDatabase:
        """Return the database, as another process or machine would open it."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Execute SQL as somebody who has the database in hand; return its rows."""

    def stored(self) -> bytes:
        """Return all that is stored, as it is stored."""


class FolderHome:
    """The file in a private folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> AccountsDatabase:
        return FolderAccounts(self.folder)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.folder / "accounts.db") as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
        connection.close()
        return rows

    def stored(self) -> bytes:
        return b"".join(file.read_bytes() for file in self.folder.iterdir())


class PostgresHome:
    """One workspace of a database of many."""

    def __init__(self, database: TestDatabase) -> None:
        self.database, self.workspace = database, f"xa-{secrets.token_hex(6)}"

    def open(self) -> AccountsDatabase:
        from cchc_flow.accounts.postgres import PostgresAccounts
        from cchc_flow.eventlog.postgres.pool import find_database

        return PostgresAccounts(find_database(self.database.url), self.workspace)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.database.owner_url) as connection:
            connection.execute(
                "SELECT set_config('cchc.workspace', %s, false),"
                " set_config('search_path', 'cchc_accounts_here', false),"
                " set_config('bytea_output', 'escape', false)",
                [self.workspace],
            )
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def stored(self) -> bytes:
        tables = self.query("SELECT viewname FROM pg_views WHERE schemaname = 'cchc_accounts_here'")
        return "".join(
            words
            for (table,) in tables
            for (words,) in self.query(f"SELECT t::text FROM {table} t")  # noqa: S608  # ours
        ).encode()


@pytest.fixture(scope="session")
def accounts_tables(request: pytest.FixtureRequest) -> Iterator[TestDatabase]:
    """One database for all tests of accounts: each takes a workspace of its own."""
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    from cchc_flow.eventlog.postgres.pool import close_pools

    database = cluster.create()
    yield database
    close_pools()
    database.drop()


@pytest.fixture(params=["folder", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> AccountsHome:
    """The home of the accounts of one workspace, which has none yet."""
    if request.param == "folder":
        return FolderHome(tmp_path / "private")
    return PostgresHome(request.getfixturevalue("accounts_tables"))
