"""What was changed in a log is noticed when it is opened, before anything is added to it."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from eventlog.appending import START, append_steps
from eventlog.conftest import SampleLog
from eventlog.forging import cut_tail, hash_again, open_without_triggers, replace_in_body, sign_again
from nacl.signing import SigningKey

from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.errors import LogBroken, NotFound
from cchc_flow.eventlog import log_end, opening
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.locking import Connections
from cchc_flow.eventlog.note import Signer
from cchc_flow.eventlog.verification.snapshot import open_snapshot
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.projections import model_files

COLUMNS = "stream, version, type, recordedtime, actor, seal, leaf, body"


def plant_below_one(sample: SampleLog, position: int = -5, version: int = 900) -> None:
    """Put a copy of the newest comment below position 1, as only who takes the checks away can."""
    with open_without_triggers(sample.folder) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        values = COLUMNS.replace("version", str(version))
        connection.execute(
            f"INSERT INTO events (position, {COLUMNS}) SELECT {position}, {values} FROM events"  # noqa: S608
            " ORDER BY position DESC LIMIT 1"
        )
        connection.execute("INSERT INTO contents VALUES (?, ?)", (position, "f" * 64))


def tamper_first_half(connection: sqlite3.Connection, sample: SampleLog) -> None:
    replace_in_body(connection, 3, "việc".encode(), "vịec".encode())
    hash_again(connection)


def test_an_intact_log_opens(sample: SampleLog) -> None:
    with closing(sample.open()) as log:
        assert log.size() == 29


def test_an_event_below_the_first_position_keeps_the_log_closed(sample: SampleLog) -> None:
    plant_below_one(sample)
    with pytest.raises(LogBroken, match="vị trí -5"):
        sample.open()


@pytest.mark.parametrize("position", [0, -1, -(2**62)])
def test_no_position_below_one_is_overlooked(sample: SampleLog, position: int) -> None:
    plant_below_one(sample, position)
    with pytest.raises(LogBroken, match=str(position)):
        sample.open()


def test_what_is_planted_below_the_first_position_of_an_open_log_is_never_read(sample: SampleLog) -> None:
    log = sample.open()
    plant_below_one(sample)
    assert [event.position for event in log.read_events(after=-9)] == list(range(1, 30))
    assert [event.version for event in log.stream("item-2")] == list(range(1, 13))
    assert not log.refers_to("f" * 64)
    with pytest.raises(NotFound):
        log.event(-5)
    assert log.position_before(START - timedelta(days=1)) == 0
    append_steps(log, "item-2", 12, "phiên bản kế tiếp vẫn là 13")
    assert log.stream("item-2")[-1].version == 13
    log.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda db, sample: db.execute("UPDATE events SET seal = NULL WHERE position = 29"),
        lambda db, sample: db.execute("UPDATE events SET seal = 'không phải dấu' WHERE position = 29"),
        lambda db, sample: db.execute(
            "UPDATE events SET seal = (SELECT seal FROM events WHERE position = 28) WHERE position = 29"
        ),
        lambda db, sample: db.execute("UPDATE events SET recordedtime = '2031' WHERE position = 29"),
        lambda db, sample: cut_tail(db, 9),
        lambda db, sample: db.execute("DELETE FROM nodes WHERE level = 4"),
        lambda db, sample: db.execute("DELETE FROM events WHERE position = 1"),
        lambda db, sample: db.execute("DELETE FROM events WHERE position = 27"),
        tamper_first_half,
    ],
    ids=[
        "a newest event without a seal",
        "a seal that is none",
        "the seal of an earlier commit",
        "another time than the sealed one",
        "a tail that was cut within a commit",
        "a missing tree node",
        "a missing first event",
        "a missing event before the last",
        "events that were changed and hashed again",
    ],
)
def test_a_log_whose_newest_seal_does_not_fit_stays_closed(
    sample: SampleLog, change: Callable[[sqlite3.Connection, SampleLog], object]
) -> None:
    with open_without_triggers(sample.folder) as connection:
        change(connection, sample)
    with pytest.raises(LogBroken, match=r"nhật ký|Nhật ký"):
        sample.open()
    assert not verify_log(sample.folder).ok


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER events_no_update",
        "CREATE TABLE extra (x)",
        "CREATE VIEW told AS SELECT * FROM events",
        "CREATE TRIGGER planted AFTER INSERT ON events BEGIN SELECT 1; END",
        "ALTER TABLE commits ADD COLUMN note TEXT",
    ],
)
def test_a_log_with_another_schema_stays_closed(sample: SampleLog, statement: str) -> None:
    connection = sqlite3.connect(sample.folder / "events.db", isolation_level=None)
    connection.execute(statement)
    connection.close()
    with pytest.raises(LogBroken, match="Cấu trúc bảng"):
        opening.open_log(sample.folder, sample.private, now=sample.clock)


def test_a_log_that_is_broken_while_it_is_open_takes_no_more_events_from_another_opener(
    sample: SampleLog,
) -> None:
    first, second = sample.open(), sample.open()
    second.size()
    append_steps(first, "item-9", 0, "từ người thứ nhất")
    with open_without_triggers(sample.folder) as connection:
        connection.execute("UPDATE events SET seal = NULL WHERE position = 30")
    with pytest.raises(LogBroken):
        append_steps(second, "item-9", 1, "từ người thứ hai")
    first.close(), second.close()


def test_who_changes_and_seals_again_with_another_key_is_noticed(sample: SampleLog) -> None:
    stranger = Signer(sample.signer.verifier_key.name, SigningKey.generate())
    with open_without_triggers(sample.folder) as connection:
        tamper_first_half(connection, sample)
        sign_again(connection, stranger)
    with pytest.raises(LogBroken, match="Chữ ký"):
        sample.open()


def test_who_changes_and_seals_again_is_left_to_verification(sample: SampleLog) -> None:
    kept, signer = sample.checkpoint, sample.signer
    with open_without_triggers(sample.folder) as connection:
        tamper_first_half(connection, sample)
        sign_again(connection, signer)
    (sample.private / log_end.FILE).unlink()  # who has the key can reach this file as well
    sample.open().close()
    key = str(signer.verifier_key)
    assert not verify_log(sample.folder, checkpoint=kept, key=key).ok


def test_no_connection_trusts_functions_that_the_schema_calls(sample: SampleLog) -> None:
    FolderAccounts(sample.private).fetch_one("SELECT 1")
    log = Connections(sample.folder)
    models = model_files.connect(sample.root / "projections-1.db", {})
    with open_snapshot(sample.folder) as (snapshot, _):
        for connection in (log.current(), snapshot, models):
            assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    log.close(), models.close()
