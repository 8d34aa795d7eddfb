"""Whatever somebody does to the rows of the events, the first wrong position is named."""

import pytest
from eventlog.conftest import SampleLog
from eventlog.forging import hash_again, replace_in_body

from cchc_flow.eventlog.verification.verify import verify_log

SIZE = 29


def first_bad(sample: SampleLog) -> int | None:
    """Return the first bad position that verification names; the log must not pass."""
    report = verify_log(sample.source)
    assert not report.ok
    assert report.problem is not None
    return report.problem.first


@pytest.mark.parametrize("position", [1, 2, 7, 13, 14, 19, 28, 29])
def test_a_changed_body_is_named(sample: SampleLog, position: int) -> None:
    with sample.attack() as connection:
        replace_in_body(connection, position, b'"specversion":"1.0"', b'"specversion":"1.1"')
    assert first_bad(sample) == position


@pytest.mark.parametrize("position", [2, 14, 19, 29])
def test_a_changed_leaf_is_named(sample: SampleLog, position: int) -> None:
    with sample.attack() as connection:
        connection.execute("UPDATE events SET leaf = zeroblob(32) WHERE position = ?", (position,))
    assert first_bad(sample) == position


@pytest.mark.parametrize(
    "change",
    [
        "stream = 'item-9'",
        "version = 99",
        "type = 'item.closed/1'",
        "recordedtime = '2026-03-02T01:30:00.000001Z'",
        "actor = 'b.tran'",
    ],
)
def test_a_column_that_differs_from_its_body_is_named(sample: SampleLog, change: str) -> None:
    with sample.attack() as connection:
        connection.execute(f"UPDATE events SET {change} WHERE position = 16")  # noqa: S608
    assert first_bad(sample) == 16


@pytest.mark.parametrize("position", [14, 17, 20, 28, 29])
def test_a_change_that_was_hashed_again_is_found_by_the_checkpoint_of_its_commit(
    sample: SampleLog, position: int
) -> None:
    with sample.attack() as connection:
        replace_in_body(connection, position, b'"actor":"hoa.le"', b'"actor":"thang.n"')
        connection.execute("UPDATE events SET actor = 'thang.n' WHERE position = ?", (position,))
        hash_again(connection)
    assert first_bad(sample) == position


def test_of_a_large_commit_that_was_hashed_again_the_whole_is_named(sample: SampleLog) -> None:
    with sample.attack() as connection:
        replace_in_body(connection, 9, "giao việc".encode(), "giữ việc".encode())
        hash_again(connection)
    problem = verify_log(sample.source).problem
    assert problem is not None and (problem.first, problem.last) == (2, 13)


def test_of_two_changes_the_first_is_named_though_it_is_hidden_better(sample: SampleLog) -> None:
    with sample.attack() as connection:
        replace_in_body(connection, 15, "tiến độ".encode(), "hoàn tất".encode())
        hash_again(connection)
        replace_in_body(connection, 24, "ngày".encode(), "tháng".encode())
    assert first_bad(sample) == 15


@pytest.mark.parametrize("position", [1, 8, 15, 28])
def test_a_deleted_event_is_named(sample: SampleLog, position: int) -> None:
    with sample.attack() as connection:
        connection.execute("DELETE FROM events WHERE position = ?", (position,))
    assert first_bad(sample) == position


def test_a_deleted_newest_event_is_named(sample: SampleLog) -> None:
    with sample.attack() as connection:
        connection.execute("DELETE FROM events WHERE position = 29")
    assert first_bad(sample) == 29


@pytest.mark.parametrize("position", [14, 15, 22])
def test_a_deleted_event_is_named_though_the_others_moved_up_and_were_hashed_again(
    sample: SampleLog, position: int
) -> None:
    with sample.attack() as connection:
        connection.execute("DELETE FROM events WHERE position = ?", (position,))
        for later in range(position + 1, SIZE + 1):
            connection.execute("UPDATE events SET position = ? WHERE position = ?", (later - 1, later))
        hash_again(connection)
    assert first_bad(sample) == position


@pytest.mark.parametrize("position", [14, 20, 30])
def test_an_inserted_event_is_named(sample: SampleLog, position: int) -> None:
    with sample.attack() as connection:
        for later in range(SIZE, position - 1, -1):
            connection.execute("UPDATE events SET position = ? WHERE position = ?", (later + 1, later))
        connection.execute(
            "INSERT INTO events SELECT ?, 'item-x', 1, type, recordedtime, actor, seal, leaf, body"
            " FROM events WHERE position = 5",
            (position,),
        )
    assert first_bad(sample) == position


def test_an_event_that_was_added_well_but_not_by_a_commit_is_named(sample: SampleLog) -> None:
    with sample.attack() as connection:
        body = connection.execute("SELECT body FROM events WHERE position = 29").fetchone()[0]
        body = body.replace(b'"streamversion":12', b'"streamversion":13')
        connection.execute(
            "INSERT INTO events SELECT 30, stream, 13, type, recordedtime, actor, seal, leaf, ?"
            " FROM events WHERE position = 29",
            (body.replace(b'","recordedtime"', b'x","recordedtime"'),),
        )
        hash_again(connection)
    assert first_bad(sample) == 30


@pytest.mark.parametrize(("one", "other"), [(3, 9), (14, 15), (16, 27)])
def test_swapped_events_are_named_at_the_first_of_them(sample: SampleLog, one: int, other: int) -> None:
    with sample.attack() as connection:
        for was, now in ((one, 1000), (other, one), (1000, other)):
            connection.execute("UPDATE events SET position = ? WHERE position = ?", (now, was))
    problem = verify_log(sample.source).problem
    assert problem is not None and problem.first is not None
    assert problem.first <= one <= (problem.last or problem.first)


@pytest.mark.parametrize(("one", "other"), [(14, 15), (16, 27)])
def test_swapped_events_that_were_hashed_again_are_named(sample: SampleLog, one: int, other: int) -> None:
    with sample.attack() as connection:
        for was, now in ((one, 1000), (other, one), (1000, other)):
            connection.execute("UPDATE events SET position = ? WHERE position = ?", (now, was))
        hash_again(connection)
    assert first_bad(sample) == one


def test_a_renumbered_event_leaves_its_place_empty(sample: SampleLog) -> None:
    with sample.attack() as connection:
        connection.execute("UPDATE events SET position = 99 WHERE position = 17")
    assert first_bad(sample) == 17


def test_a_log_that_begins_with_another_number_misses_its_first_event(sample: SampleLog) -> None:
    with sample.attack() as connection:
        for position in range(SIZE, 0, -1):
            connection.execute("UPDATE events SET position = ? WHERE position = ?", (position + 1, position))
    assert first_bad(sample) == 1
