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
                node.execute("SELECT cchc_log.seal('ea-thu', ARRAY[3, %s], ARRAY['giả', 'giả'])", (position,))
        before = log.checkpoint()
        node.execute("SELECT cchc_log.seal('ea-thu', ARRAY[3], ARRAY['giả'])")
    assert log.checkpoint() == before


@pytest.mark.parametrize(("version", "bodies"), [("0", "ARRAY['x'::bytea]"), ("1", "'{}'")])
def test_a_node_appends_neither_versions_below_one_nor_a_commit_without_events(
    log: PostgresLog, postgres: TestDatabase, version: str, bodies: str
) -> None:
    sql = (
        "SELECT cchc_log.append('ea-thu', 'lệnh', '', '', %s, NULL, '{}', '{}', '{item-1}',"
        f" ARRAY[%s::bigint], '{{a/1}}', {bodies}, '{{}}', '{{}}', '9', 'hoa', 0, 0, 9223372036854775807)"
    )
    values = (log.verifier_key(), version)
    refused = pytest.raises(psycopg.errors.RaiseException, match="versions begin at 1")
    with psycopg.connect(postgres.url, autocommit=True) as node, refused:
        node.execute(sql.encode(), values)
    assert log.size() == 1


def test_one_call_seals_several_commits_and_tells_of_the_newest(
    log: PostgresLog, postgres: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.eventlog.postgres.sealer.GATHER_SECONDS", 0.3)
    log.flush()
    with psycopg.connect(postgres.url, autocommit=True) as node:
        node.execute("LISTEN cchc_log")
        for version in range(3):
            append_steps(log, "item-1", version, "một")
        log.flush()
        told = [notice.payload for notice in node.notifies(timeout=5, stop_after=1)]
    assert told == ["ea-thu 4"]
    assert postgres.query("SELECT count(*) FROM cchc_log.seals").strip() == "4"
