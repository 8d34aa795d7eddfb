"""What the catalogue of a database says is exactly the edition, and whatever differs is named."""

import os
from collections.abc import Iterator

import msgspec
import psycopg
import pytest
from support.postgres import Cluster, TestDatabase

from cchc_flow.conversion import decoder
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.postgres import editions
from cchc_flow.eventlog.postgres.view_texts import as_printed
from cchc_flow.resources import PACKAGE

EDITION = PACKAGE / "eventlog" / "postgres" / "edition.json"


@pytest.fixture(scope="module")
def shared(postgres_cluster: Cluster) -> Iterator[TestDatabase]:
    """One database for all tests of this file: each undoes what it changed."""
    database = postgres_cluster.create()
    yield database
    database.drop()


def read_differences(database: TestDatabase, *statements: str) -> list[str]:
    """Return what differs after some statements of the owner, which are then undone."""
    with psycopg.connect(database.owner_url) as connection:
        for statement in statements:
            connection.execute(statement.encode())
        found = editions.differences(connection)
        connection.rollback()
    return found


def test_a_new_database_has_the_edition_that_is_released(shared: TestDatabase) -> None:
    """After a change of the SQL: run this test with CCHC_FLOW_WRITE_EDITION=1, and read the difference."""
    with psycopg.connect(shared.owner_url) as connection:
        major = editions.read_major(connection)
        made = editions.edition_of(editions.read_catalogue(connection))
    if os.environ.get("CCHC_FLOW_WRITE_EDITION"):
        assert major == editions.TRIED[0], "the file has the definitions of views as this version prints them"
        EDITION.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    released = decoder(dict[str, str])(EDITION.read_bytes())
    assert {name: as_printed(words, major) for name, words in released.items()} == made


def test_a_node_finds_no_difference_and_keeps_its_search_path(shared: TestDatabase) -> None:
    with psycopg.connect(shared.url, autocommit=True, options="-c search_path=cchc_here") as connection:
        assert editions.differences(connection) == []
        assert connection.execute("SHOW search_path").fetchone() == ("cchc_here",)


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("DROP TRIGGER only_grows ON cchc_log.events", "thiếu trigger cchc_log.events: only_grows"),
        (
            "ALTER TABLE cchc_log.events_3 DISABLE TRIGGER only_grows",
            "trigger cchc_log.events_3: only_grows đã bị sửa",
        ),
        (
            "CREATE OR REPLACE FUNCTION cchc_log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN NEW; END'",
            "hàm cchc_log.refuse_change() đã bị sửa",
        ),
        ("ALTER FUNCTION cchc_log.lock(text) SECURITY INVOKER", "hàm cchc_log.lock(text) đã bị sửa"),
        (
            "CREATE OR REPLACE VIEW cchc_here.nodes AS SELECT level, idx, hash FROM cchc_log.nodes",
            "khung nhìn (view) cchc_here.nodes đã bị sửa",
        ),
        ("GRANT INSERT ON cchc_log.seals TO cchc_node", "bảng cchc_log.seals đã bị sửa"),
        ("GRANT UPDATE ON cchc_log.events_7 TO PUBLIC", "bảng cchc_log.events_7 đã bị sửa"),
        ("GRANT CREATE ON SCHEMA cchc_here TO cchc_node", "lược đồ cchc_here đã bị sửa"),
        ("GRANT EXECUTE ON FUNCTION cchc_log.found TO PUBLIC", "hàm cchc_log.found(text,text,text"),
        ("ALTER TABLE cchc_log.heads ADD COLUMN note text", "bảng cchc_log.heads đã bị sửa"),
        ("ALTER TABLE cchc_log.commits_2 SET UNLOGGED", "bảng cchc_log.commits_2 đã bị sửa"),
        (
            "ALTER TABLE cchc_log.events DETACH PARTITION cchc_log.events_5",
            "bảng cchc_log.events_5 đã bị",
        ),
        (
            "ALTER TABLE cchc_log.nodes DROP CONSTRAINT nodes_level_check",
            "thiếu ràng buộc cchc_log.nodes: nodes_level_check",
        ),
        ("CREATE INDEX by_actor ON cchc_log.events (actor)", "thừa chỉ mục cchc_log.by_actor"),
        ("CREATE TABLE cchc_log.notes (words text)", "thừa bảng cchc_log.notes"),
        ("CREATE VIEW cchc_here.seals AS SELECT 1 AS one", "thừa khung nhìn (view) cchc_here.seals"),
        (
            "CREATE RULE also AS ON INSERT TO cchc_log.heads DO ALSO SELECT 1",
            "thừa quy tắc (rule) cchc_log.heads: also",
        ),
        ("ALTER TABLE cchc_log.events ENABLE ROW LEVEL SECURITY", "bảng cchc_log.events đã bị sửa"),
        (
            "CREATE POLICY hide ON cchc_log.events USING (position < 9)",
            "thừa chính sách cchc_log.events: hide",
        ),
        (
            "CREATE FUNCTION cchc_here.length(bytea) RETURNS integer LANGUAGE sql AS 'SELECT 32'",
            "thừa hàm cchc_here.length(bytea)",
        ),
        ("ALTER ROLE cchc_node CREATEROLE", "vai trò cchc_node đã bị sửa"),
        ("GRANT pg_write_all_data TO cchc_node", "vai trò cchc_node đã bị sửa"),
        (
            "ALTER ROLE node SET session_replication_role = replica",
            "thừa thiết lập session_replication_role",
        ),
    ],
)
def test_what_the_owner_changed_is_named(shared: TestDatabase, statement: str, difference: str) -> None:
    assert any(words.startswith(difference) for words in read_differences(shared, statement))


def test_who_else_may_read_is_not_compared(shared: TestDatabase) -> None:
    statements = "CREATE ROLE reporter", "GRANT SELECT ON ALL TABLES IN SCHEMA cchc_log TO reporter"
    assert read_differences(shared, *statements) == []


EVENTS_15 = """ SELECT e."position",
    e.stream,
    ( SELECT s.seal
           FROM cchc_log.seals s
          WHERE ((s.workspace = e.workspace) AND (s."position" = e."position"))) AS seal,
    e.body
   FROM cchc_log.events e
  WHERE (e.workspace = current_setting('cchc.workspace'::text, true));"""
EVENTS_16 = """ SELECT "position",
    stream,
    ( SELECT s.seal
           FROM cchc_log.seals s
          WHERE ((s.workspace = e.workspace) AND (s."position" = e."position"))) AS seal,
    body
   FROM cchc_log.events e
  WHERE (workspace = current_setting('cchc.workspace'::text, true));"""
MARKS_15 = """ SELECT read_marks.person,
    read_marks."position"
   FROM cchc_accounts.read_marks
  WHERE (read_marks.workspace = current_setting('cchc.workspace'::text));"""
MARKS_16 = """ SELECT person,
    "position"
   FROM cchc_accounts.read_marks
  WHERE (workspace = current_setting('cchc.workspace'::text));"""
JOIN = (
    " SELECT e.body, s.seal\n   FROM (cchc_log.events e\n     JOIN cchc_log.seals s ON (true))\n  WHERE true;"
)


@pytest.mark.parametrize(("before", "since"), [(EVENTS_15, EVENTS_16), (MARKS_15, MARKS_16), (JOIN, JOIN)])
def test_views_are_expected_as_each_version_prints_them(before: str, since: str) -> None:
    assert as_printed(before, 15) == before
    assert [as_printed(before, major) for major in (16, 17, 18)] == [since] * 3


def test_a_difference_on_a_version_that_was_never_tried_is_told_as_that(
    shared: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "TRIED", range(11, 13))
    assert read_differences(shared) == []
    with pytest.raises(LogBroken, match=r"PostgreSQL \d+, .* PostgreSQL 11 đến 12\."):
        read_differences(shared, "DROP TRIGGER only_grows ON cchc_log.events")
