"""A node's account reads and calls the functions, and changes nothing else; nor does a slip of the owner."""

import time

import psycopg
import pytest
from eventlog.appending import append_steps
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import TestDatabase

from cchc_flow.eventlog.postgres.log import PostgresLog

TABLES = ("heads", "events", "seals", "nodes", "commits", "contents")
STATEMENTS = (
    "INSERT INTO {table} SELECT * FROM {table}",
    "UPDATE {table} SET workspace = 'xa-b'",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} ADD COLUMN more text",
    "CREATE TRIGGER more BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION cchc_log.refuse_change()",
    "DROP TABLE {table}",
)


@pytest.mark.parametrize("sql", STATEMENTS, ids=lambda sql: sql.split()[0])
def test_a_node_changes_no_table_itself(log: PostgresLog, postgres: TestDatabase, sql: str) -> None:
    append_steps(log, "item-1", 0, *map(str, range(16)))
    with psycopg.connect(postgres.url, autocommit=True) as node:
        tables = [f"cchc_log.{table}" for table in TABLES] + ["cchc_log.events_0", "cchc_log.seals_15"]
        for table in tables:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                node.execute(sql.format(table=table).encode())


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO cchc_here.events (position) VALUES (9)",
        "UPDATE cchc_here.events SET type = 'x'",
        "DELETE FROM cchc_here.events",
        "CREATE TABLE cchc_log.more ()",
        "CREATE VIEW cchc_here.more AS SELECT 1",
        "CREATE OR REPLACE FUNCTION cchc_log.lock(text) RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
        "ALTER FUNCTION cchc_log.lock(text) SECURITY INVOKER",
        "SELECT cchc_log.refuse_change()",
        "SET ROLE owner",
    ],
)
def test_a_node_changes_no_view_and_no_function(log: PostgresLog, postgres: TestDatabase, sql: str) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as node, pytest.raises(psycopg.Error):
        node.execute("SELECT set_config('cchc.workspace', 'ea-thu', false)")
        node.execute(sql.encode())


@pytest.mark.parametrize("table", TABLES[1:])
def test_a_slip_of_the_owner_is_refused_too(log: PostgresLog, postgres: TestDatabase, table: str) -> None:
    content = "INSERT INTO cchc_log.contents VALUES ('ea-thu', 1, 'x')"
    append_steps(log, "item-1", 0, *map(str, range(16)))
    with psycopg.connect(postgres.owner_url, autocommit=True) as owner:
        owner.execute(content.encode())
        for sql in (STATEMENTS[1], STATEMENTS[2], STATEMENTS[3]):
            with pytest.raises(psycopg.errors.RestrictViolation, match="only grows"):
                owner.execute(sql.format(table=f"cchc_log.{table}").encode())


def test_one_workspace_does_not_wait_for_another(postgres: TestDatabase, home: PostgresTestHome) -> None:
    first = home.open()
    other = PostgresTestHome(home.url, home.private.parent, first._now, "xa-b")
    second = other.open()
    with first._connections.write_transaction():
        start = time.monotonic()
        append_steps(second, "item-1", 0, "một")
        assert time.monotonic() - start < 1
    assert (first.size(), second.size()) == (1, 2)


def test_a_position_where_no_commit_ends_takes_no_seal(log: PostgresLog, postgres: TestDatabase) -> None:
    append_steps(log, "item-1", 0, "một", "hai")
    with psycopg.connect(postgres.url, autocommit=True) as node:
        for position in (2, 4):
            with pytest.raises(psycopg.errors.RaiseException):
                node.execute("SELECT cchc_log.seal('ea-thu', %s, 'giả')", (position,))
        before = log.checkpoint()
        node.execute("SELECT cchc_log.seal('ea-thu', 3, 'giả')")
    assert log.checkpoint() == before
