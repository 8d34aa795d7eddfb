"""The schema of a log is exactly that of a released edition, and whatever differs is named."""

import shutil
from pathlib import Path

import pytest
from eventlog.appending import meta
from eventlog.conftest import SampleLog

from cchc_flow.eventlog import editions, schema
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

FIXTURE = Path(__file__).parents[1] / "fixtures" / "data_2ee1401" / "data" / "test-material"
FIRST = "a9b32c00be9bd673590d44c0fd58c1145218024a126444feb3c8d0299ab12cdc"
"""The digest of the released first edition. Never change it: the logs of communes have this schema."""


def change_schema(folder: Path, *statements: str) -> list[str]:
    """Execute statements on the log's database as its forger would; return what is then said to differ."""
    connection = sqlite3.connect(folder / "events.db", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    connection = sqlite3.connect(folder / "events.db", isolation_level=None)
    found = editions.differences(connection)
    connection.close()
    return found


def test_the_first_edition_was_released_and_is_never_edited() -> None:
    assert editions.FIRST == FIRST
    assert {editions.edition_digest(make()) for make in editions.EDITIONS.values()} == set(editions.EDITIONS)
    assert editions.edition_digest(schema.schema_statements()) == FIRST


def test_a_log_of_the_first_release_has_the_first_edition(tmp_path: Path) -> None:
    shutil.copytree(FIXTURE, tmp_path / "log")
    assert change_schema(tmp_path / "log") == []


def test_a_new_log_differs_in_nothing(sample: SampleLog) -> None:
    assert change_schema(sample.folder) == []


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("DROP TRIGGER events_no_update", "thiếu trigger events_no_update"),
        ("DROP INDEX contents_by_digest", "thiếu chỉ mục contents_by_digest"),
        ("DROP TABLE contents", "thiếu bảng contents"),
        ("CREATE TABLE notes (words TEXT)", "thừa bảng notes"),
        ("CREATE TABLE notes (words TEXT UNIQUE)", "thừa bảng notes"),
        ("CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT)", "thừa bảng sqlite_sequence"),
        ("ANALYZE", "thừa bảng sqlite_stat1"),
        ("CREATE VIEW notes AS SELECT 1", "thừa khung nhìn (view) notes"),
        ("CREATE INDEX by_actor ON events (actor)", "thừa chỉ mục by_actor"),
        ("ALTER TABLE events ADD COLUMN note TEXT", "bảng events đã bị sửa (thừa cột note)"),
        ("ALTER TABLE events DROP COLUMN actor", "bảng events đã bị sửa (thiếu cột actor)"),
        ("CREATE TRIGGER drain AFTER INSERT ON events BEGIN SELECT 1; END", "thừa trigger drain"),
        ("PRAGMA user_version = 7", "user_version ở đầu tệp phải là 0 mà là 7"),
        ("PRAGMA application_id = 8", "application_id ở đầu tệp phải là 0 mà là 8"),
    ],
)
def test_what_is_missing_changed_or_extra_is_named(
    sample: SampleLog, statement: str, difference: str
) -> None:
    assert difference in change_schema(sample.folder, statement)
    report = verify_log(sample.folder)
    assert not report.ok and difference in report_sentence(report)


def test_events_that_became_a_view_are_named(sample: SampleLog) -> None:
    found = change_schema(
        sample.folder,
        "ALTER TABLE events RENAME TO kept",
        "CREATE VIEW events AS SELECT * FROM kept",
    )
    assert "thiếu bảng events" in found and "thừa khung nhìn (view) events" in found
    assert "thừa khung nhìn (view) events" in report_sentence(verify_log(sample.folder))


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ("sql = replace(sql, 'only grows', 'may grow')", "trigger nodes_no_update đã bị sửa"),
        ("sql = replace(sql, 'SELECT RAISE(ABORT', 'SELECT max(NULL')", "trigger nodes_no_update đã bị sửa"),
        ("tbl_name = 'commits', sql = replace(sql, 'ON nodes', 'ON commits')", "trigger nodes_no_update đã"),
    ],
)
def test_a_trigger_that_no_longer_refuses_is_named(sample: SampleLog, change: str, difference: str) -> None:
    found = change_schema(
        sample.folder,
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET {change} WHERE name = 'nodes_no_update'",  # noqa: S608
    )
    assert any(one.startswith(difference) for one in found)


def test_a_check_that_was_taken_out_of_a_table_is_named(sample: SampleLog) -> None:
    found = change_schema(
        sample.folder,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (position > 0)', '') WHERE name = 'events'",
    )
    assert found == ["bảng events đã bị sửa"]


def test_a_schema_that_cannot_be_read_is_told(sample: SampleLog) -> None:
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE ???' WHERE name = 'nodes'")
    connection.close()
    assert "không đọc được" in report_sentence(verify_log(sample.folder))


def migrate(sample: SampleLog, before: str, after: str) -> None:
    """Append the event of a migration of the tables."""
    log = sample.open()
    log.append(
        [Change("log-ea-thu", 1, (Draft("log.migrated/1", {"from": before, "to": after}),))], meta("đổi")
    )
    log.close()


def test_the_edition_in_force_is_that_of_the_newest_migration(
    sample: SampleLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = [*schema.schema_statements(), "CREATE TABLE notes (words TEXT) STRICT"]
    second = editions.edition_digest(statements)
    monkeypatch.setitem(editions.EDITIONS, second, lambda: statements)
    migrate(sample, FIRST, second)
    assert change_schema(sample.folder) == ["thiếu bảng notes"]
    assert change_schema(sample.folder, "CREATE TABLE notes (words TEXT) STRICT") == []
    assert verify_log(sample.folder).ok


def test_an_edition_that_this_program_does_not_know_is_a_fault(sample: SampleLog) -> None:
    migrate(sample, FIRST, "b" * 64)
    assert change_schema(sample.folder) == [
        "nhật ký nêu cấu trúc bảng bbbbbbbbbbbb… mà chương trình này không biết"
    ]
    assert "không biết" in report_sentence(verify_log(sample.folder))


def test_a_migration_that_does_not_follow_the_edition_before_it_is_a_fault(sample: SampleLog) -> None:
    migrate(sample, "b" * 64, FIRST)
    assert change_schema(sample.folder) == [
        f"sự kiện đổi cấu trúc bảng không nối tiếp cấu trúc {FIRST[:12]}…"
    ]


def test_another_encoding_in_which_texts_sort_otherwise_is_named(tmp_path: Path) -> None:
    found = change_schema(tmp_path, "PRAGMA encoding = 'UTF-16le'", *schema.schema_statements())
    assert found == ["encoding ở đầu tệp phải là UTF-8 mà là UTF-16le"]


def test_a_name_that_is_no_text_is_named(sample: SampleLog) -> None:
    found = change_schema(
        sample.folder,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET name = CAST(name AS BLOB) WHERE name = 'events_no_replace'",
    )
    assert "thiếu trigger events_no_replace" in found
    assert "thừa trigger events_no_replace (không phải chữ)" in found


def test_a_schema_that_is_no_utf_8_is_told(sample: SampleLog) -> None:
    for name in ("events_no_replace", "events"):
        connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = CAST(CAST(replace(sql, 'version', 'versi~n') AS BLOB) AS TEXT)"
            " WHERE name = ?",
            [name],
        )
        connection.close()
        path = sample.folder / "events.db"
        path.write_bytes(path.read_bytes().replace(b"versi~n", b"versi\xffn"))
        assert not verify_log(sample.folder).ok
