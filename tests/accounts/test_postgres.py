"""Accounts in PostgreSQL: workspaces see only their own, and what fails is told in one sentence."""

import psycopg
import pytest
from support.postgres import TestDatabase

from cchc_flow.accounts.port import AccountsDatabase
from cchc_flow.accounts.postgres import PostgresAccounts, translate
from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.postgres.pool import Database, find_database

MARK = "INSERT INTO read_marks VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET position = excluded.position"


@pytest.fixture
def accounts(postgres: TestDatabase) -> AccountsDatabase:
    return PostgresAccounts(find_database(postgres.url), "xa-mau")


def test_a_statement_is_turned_into_one_of_the_driver() -> None:
    assert translate(MARK) == (
        b"INSERT INTO read_marks VALUES (%s, %s) ON CONFLICT (workspace, person)"
        b" DO UPDATE SET position = excluded.position"
    )


def test_a_workspace_sees_and_changes_no_row_of_another(
    accounts: AccountsDatabase, postgres: TestDatabase
) -> None:
    other = PostgresAccounts(find_database(postgres.url), "xa-khac")
    for number, database in enumerate((accounts, other)):
        with database.transaction() as db:
            db.execute(MARK, ["lan", number])
    with other.transaction() as db:
        db.execute("DELETE FROM read_marks")
    assert accounts.fetch_all("SELECT person, position FROM read_marks") == [("lan", 0)]
    assert other.fetch_all("SELECT person, position FROM read_marks") == []


def test_no_row_is_put_into_another_workspace(accounts: AccountsDatabase) -> None:
    with pytest.raises(psycopg.errors.WithCheckOptionViolation), accounts.transaction() as db:
        db.execute("INSERT INTO read_marks (person, position, workspace) VALUES ('lan', 1, 'xa-khac')")


def test_a_connection_that_is_lost_in_the_middle_leaves_nothing_and_the_next_works(
    accounts: AccountsDatabase, postgres: TestDatabase
) -> None:
    with pytest.raises(NotRecorded, match="Mất kết nối"), accounts.transaction() as db:
        db.execute(MARK, ["lan", 1])
        end_connections(postgres)
        db.execute(MARK, ["lan", 2])
    assert accounts.fetch_all("SELECT * FROM read_marks") == []


def test_a_server_that_is_away_is_told_so(postgres: TestDatabase) -> None:
    database = Database(postgres.url.replace("?host=", "?host=/none"))
    with pytest.raises(NotRecorded, match="Không kết nối được"):
        PostgresAccounts(database, "xa-mau").fetch_one("SELECT 1 FROM passwords")


def test_what_only_reads_is_read_again_when_the_connection_had_been_lost(
    accounts: AccountsDatabase, postgres: TestDatabase
) -> None:
    with accounts.transaction() as db:
        db.execute(MARK, ["lan", 1])
    end_connections(postgres)
    assert accounts.fetch_all("SELECT person FROM read_marks") == [("lan",)]


def end_connections(postgres: TestDatabase) -> None:
    """End the connections of nodes, as a server does that is started anew."""
    postgres.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608  # ours
        f" WHERE usename = 'node' AND datname = '{postgres.name}'"
    )
