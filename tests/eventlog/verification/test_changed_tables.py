"""Emptied, dropped and spoilt tables are seen, and bytes that nobody could have written."""

import pytest
from eventlog.conftest import Kept
from eventlog.forging import cut, forging, rehash, reseal

from cchc_flow.eventlog.verification.verify import verify_log


def first_bad(kept: Kept) -> int | None:
    """Return the first bad position that verification names; the log must not pass."""
    report = verify_log(kept.folder)
    assert not report.ok
    assert report.problem is not None
    return report.problem.first


@pytest.mark.parametrize(
    ("table", "position"), [("events", 1), ("nodes", 1), ("commits", 1), ("contents", 19)]
)
def test_an_emptied_table_is_seen(kept: Kept, table: str, position: int) -> None:
    with forging(kept.folder) as connection:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    assert first_bad(kept) == position


@pytest.mark.parametrize("table", ["events", "nodes", "commits", "contents"])
def test_a_dropped_table_is_seen(kept: Kept, table: str) -> None:
    with forging(kept.folder) as connection:
        connection.execute(f"DROP TABLE {table}")
    assert not verify_log(kept.folder).ok


def test_a_log_in_which_everything_was_emptied_is_not_whole(kept: Kept) -> None:
    with forging(kept.folder) as connection:
        cut(connection, 0)
    assert first_bad(kept) == 1


def test_a_file_that_is_no_database_is_not_whole(kept: Kept) -> None:
    for name in ("events.db-wal", "events.db-shm"):
        (kept.folder / name).unlink(missing_ok=True)
    (kept.folder / "events.db").write_bytes(b"khong phai co so du lieu" * 500)
    assert not verify_log(kept.folder).ok


def test_a_body_that_became_text_is_named(kept: Kept) -> None:
    with forging(kept.folder) as connection:
        connection.execute("CREATE TABLE loose AS SELECT * FROM events")
        connection.execute("UPDATE loose SET body = CAST(body AS TEXT) WHERE position = 16")
        connection.execute("DROP TABLE events")
        connection.execute("ALTER TABLE loose RENAME TO events")
    assert first_bad(kept) == 16


@pytest.mark.parametrize("position", [15, 29])
def test_a_body_that_is_no_event_is_named_though_its_hash_fits(kept: Kept, position: int) -> None:
    signer = kept.signer
    with forging(kept.folder) as connection:
        connection.execute("UPDATE events SET body = ? WHERE position = ?", (b'{"a":1}', position))
        rehash(connection)
        reseal(connection, signer)
    assert first_bad(kept) == position


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
        ("UPDATE events SET seal = NULL WHERE position = 29", 29),
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
def test_what_stands_beside_the_events_must_fit_them(kept: Kept, sql: str, position: int) -> None:
    with forging(kept.folder) as connection:
        connection.execute(sql)
    assert first_bad(kept) == position
