"""Emptied, dropped and spoilt tables are seen, and bytes that nobody could have written."""

import pytest
from eventlog.conftest import SampleLog
from eventlog.forging import cut_tail, hash_again, sign_again
from eventlog.verification.conftest import only_sqlite

from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log


def first_bad(sample: SampleLog) -> int | None:
    """Return the first bad position that verification names; the log must not pass."""
    report = verify_log(sample.source)
    assert not report.ok
    assert report.problem is not None
    return report.problem.first


@pytest.mark.parametrize(
    ("table", "position"), [("events", 1), ("nodes", 1), ("commits", 1), ("contents", 19)]
)
def test_an_emptied_table_is_seen(sample: SampleLog, table: str, position: int) -> None:
    with sample.attack() as connection:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    assert first_bad(sample) == position


@only_sqlite
@pytest.mark.parametrize("table", ["events", "nodes", "commits", "contents"])
def test_a_dropped_table_is_seen(sample: SampleLog, table: str) -> None:
    with sample.attack() as connection:
        connection.execute(f"DROP TABLE {table}")
    assert not verify_log(sample.source).ok


def test_a_log_in_which_everything_was_emptied_is_not_whole(sample: SampleLog) -> None:
    with sample.attack() as connection:
        cut_tail(connection, 0)
    assert first_bad(sample) == 1


@only_sqlite
def test_a_file_that_is_no_database_is_not_whole(sample: SampleLog) -> None:
    for name in ("events.db-wal", "events.db-shm"):
        (sample.folder / name).unlink(missing_ok=True)
    (sample.folder / "events.db").write_bytes(b"khong phai co so du lieu" * 500)
    assert not verify_log(sample.source).ok


@only_sqlite
def test_a_body_that_became_text_is_named(sample: SampleLog) -> None:
    with sample.attack() as connection:
        connection.execute("CREATE TABLE loose AS SELECT * FROM events")
        connection.execute("UPDATE loose SET body = CAST(body AS TEXT) WHERE position = 16")
        connection.execute("DROP TABLE events")
        connection.execute("ALTER TABLE loose RENAME TO events")
    assert first_bad(sample) == 16


@pytest.mark.parametrize("position", [15, 29])
def test_a_body_that_is_no_event_is_named_though_its_hash_fits(sample: SampleLog, position: int) -> None:
    signer = sample.signer
    with sample.attack() as connection:
        connection.execute("UPDATE events SET body = ? WHERE position = ?", (b'{"a":1}', position))
        hash_again(connection)
        sign_again(connection, signer)
    assert first_bad(sample) == position


@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("UPDATE nodes SET hash = zeroblob(32) WHERE level = 4", 1),
        ("DELETE FROM nodes WHERE level = 4", 1),
        ("INSERT INTO nodes VALUES (5, 0, zeroblob(32))", 1),
        ("INSERT INTO nodes VALUES (1, 3, zeroblob(32))", 7),
        ("INSERT INTO nodes VALUES (4, 20, zeroblob(32))", 321),
        ("UPDATE commits SET command_id = 'x' WHERE first = 16", 16),
        ("DELETE FROM commits WHERE first = 2", 2),
        ("UPDATE commits SET last = 12 WHERE first = 2", 2),
        ("INSERT INTO commits VALUES ('x', 30, 31, x'00')", 30),
        ("UPDATE events SET seal = NULL WHERE position = 21", 21),
        ("UPDATE events SET seal = NULL", 1),
        ("UPDATE events SET seal = (SELECT seal FROM events WHERE position = 13) WHERE position = 7", 7),
        ("UPDATE events SET seal = 'x' WHERE position = 29", 29),
        ("UPDATE events SET seal = (SELECT seal FROM events WHERE position = 28) WHERE position = 29", 29),
        ("UPDATE events SET seal = replace(seal, 'T', 't') WHERE position = 29", 29),
        ("UPDATE contents SET digest = 'x'", 19),
        ("INSERT INTO contents VALUES (4, 'x')", 4),
        ("INSERT INTO contents VALUES (99, 'x')", 99),
    ],
)
def test_what_stands_beside_the_events_must_fit_them(sample: SampleLog, sql: str, position: int) -> None:
    with sample.attack() as connection:
        connection.execute(sql)
    assert first_bad(sample) == position


def test_the_newest_seal_may_be_missing_where_seals_come_later_and_the_commit_is_vouched_for(
    sample: SampleLog, home: str
) -> None:
    """Whoever comes next makes it again, byte for byte: nothing is lost with it."""
    with sample.attack() as connection:
        connection.execute("UPDATE events SET seal = NULL WHERE position = 29")
    if home == "sqlite":
        assert first_bad(sample) == 29
        return
    report = verify_log(sample.source)
    assert report.ok and "1 lần ghi mới nhất chưa niêm phong" in report_sentence(report)
    note = sample.checkpoint
    assert verify_log(sample.source, checkpoint=note, all_checkpoints=True).ok
    assert "chưa niêm phong" not in report_sentence(verify_log(sample.source))
