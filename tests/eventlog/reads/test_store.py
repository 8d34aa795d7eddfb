"""The log of reads: one entry for person, thing, act and hour, in a tree of its own for each month."""

import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from support.world import World

from cchc_flow.errors import LogBroken, NotRecorded
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.reads.month import find_node
from cchc_flow.eventlog.reads.reading import Filters
from cchc_flow.eventlog.reads.store import ReadLog

ITEM = "item-2026-III.1.1"


def record(world: World, thing: str = ITEM, person: str = "lan", act: str = "opened") -> bool:
    return world.ws.reads.record(person, act, thing, "web")


def rows(world: World, sql: str, month: str = "2026-03") -> list[tuple]:
    with world.ws.reads.home.open_month(month) as connection:
        return connection.execute(sql).fetchall()


def test_a_person_who_opens_a_thing_again_within_the_hour_is_recorded_once(either):
    assert record(either)
    either.wait(minutes=59)
    assert not record(either)
    either.wait(minutes=1)
    assert record(either)
    assert [entry.time[11:16] for entry in either.ws.reads.entries(Filters(things=frozenset({ITEM})))] == [
        "02:00",
        "01:00",
    ]


def test_a_clock_that_is_behind_that_of_another_process_does_not_turn_time_back(either):
    either.wait(minutes=59, seconds=59)
    early = either.time
    either.wait(seconds=2)
    record(either)
    either.time = early
    assert not record(either)
    assert record(either, "item-2")
    assert [entry.hour for entry in either.ws.reads.entries()] == ["2026-03-02T02", "2026-03-02T02"]


def test_another_process_knows_what_was_recorded(either):
    record(either)
    other = ReadLog(either.ws.reads.home, either.ws.private, either.ws.log, either.ws.now)
    assert not other.record("lan", "opened", ITEM, "web")
    assert other.record("binh", "opened", ITEM, "web")
    assert record(either, "item-2")
    assert other.record("lan", "opened", "item-3", "web")
    assert [entry.position for entry in either.ws.reads.entries()] == [4, 3, 2, 1]
    other.close()


def test_the_body_is_canonical_json_of_these_keys_and_no_others(either):
    record(either)
    assert rows(either, "SELECT body FROM reads") == [
        (
            b'{"act":"opened","channel":"web","person":"lan","thing":"item-2026-III.1.1",'
            b'"time":"2026-03-02T01:00:00.000000Z","type":"read/1"}',
        )
    ]


def test_the_newest_root_is_that_of_the_bodies_and_is_signed_by_the_key_of_the_log(either):
    for number in range(40):
        record(either, f"item-{number}")
    tree = merkle.CompactRange()
    for (body,) in rows(either, "SELECT body FROM reads ORDER BY position"):
        tree.append(merkle.leaf_hash(body))
    checkpoint, note = parse_checkpoint(rows(either, "SELECT note FROM head")[0][0])
    origin = either.ws.log.verifier_key().split("+")[0]
    assert (checkpoint.origin, checkpoint.size) == (f"reads/2026-03/{origin}", 40)
    assert checkpoint.root == tree.root()
    assert VerifierKey.parse(either.ws.log.verifier_key()).has_signed(note)


def test_the_stored_nodes_give_proofs_for_each_entry(either):
    for number in range(37):
        record(either, f"item-{number}")
    with either.ws.reads.home.open_month("2026-03") as connection:
        node = partial(find_node, connection)
        leaves = [leaf for (leaf,) in connection.execute("SELECT leaf FROM reads ORDER BY position")]
        for index, leaf in enumerate(leaves):
            path = merkle.inclusion_proof(index, 37, node)
            assert merkle.verify_inclusion(leaf, index, 37, path, merkle.tree_root(37, node))


def test_a_month_is_that_of_the_day_in_viet_nam(either):
    either.time = datetime(2026, 3, 31, 16, 59, tzinfo=UTC)
    record(either)
    either.time = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
    record(either)
    assert either.ws.reads.months() == ["2026-03", "2026-04"]
    assert [entry.month for entry in either.ws.reads.entries()] == ["2026-04", "2026-03"]


def test_what_comes_late_for_a_closed_month_is_in_the_file_of_the_next(either):
    record(either)
    assert either.ws.reads.close_month("2026-03").size == 1
    assert record(either, "item-2")
    assert [(entry.month, entry.thing) for entry in either.ws.reads.entries()] == [
        ("2026-04", "item-2"),
        ("2026-03", ITEM),
    ]
    assert either.ws.reads.close_month("2026-03").size == 1


def test_entries_are_found_by_person_thing_act_and_time(either):
    record(either)
    record(either, person="binh")
    record(either, "content-1", act="downloaded")
    either.wait(days=40)
    record(either, "item-9")
    reads = either.ws.reads
    assert [entry.thing for entry in reads.entries(Filters(person="lan"))] == ["item-9", "content-1", ITEM]
    assert [entry.person for entry in reads.entries(Filters(things=frozenset({ITEM})))] == ["binh", "lan"]
    assert [entry.thing for entry in reads.entries(Filters(act="downloaded"))] == ["content-1"]
    assert [entry.thing for entry in reads.entries(since=either.time - timedelta(days=1))] == ["item-9"]
    assert len(list(reads.entries(until=either.time))) == 3
    assert [entry.thing for entry in reads.entries(before=("2026-03", 3))] == [ITEM, ITEM]
    assert list(reads.entries(Filters(things=frozenset()))) == []


def test_more_entries_than_one_query_reads_come_without_gaps(either, monkeypatch):
    monkeypatch.setattr("cchc_flow.eventlog.reads.reading.PAGE_SIZE", 5)
    for number in range(12):
        record(either, f"item-{number}")
    assert [entry.position for entry in either.ws.reads.entries()] == list(range(12, 0, -1))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reads SET person = 'nam'",
        "DELETE FROM reads",
        "INSERT OR REPLACE INTO reads SELECT 1, 'nam', thing, act, hour, leaf, body FROM reads",
    ],
)
def test_a_plain_connection_changes_no_entry(world, sql):
    record(world)
    connection = sqlite3.connect(world.ws.folder / "reads" / "2026-03.db")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(sql)
    connection.close()


def test_a_file_whose_entries_do_not_give_its_root_takes_no_more(world):
    record(world)
    world.ws.reads.close()
    connection = sqlite3.connect(world.ws.folder / "reads" / "2026-03.db")
    connection.execute("DROP TRIGGER reads_no_update")
    connection.execute("UPDATE reads SET leaf = zeroblob(32)")
    connection.commit()
    connection.close()
    with pytest.raises(LogBroken, match="không khớp dấu niêm phong"):
        record(world, "item-2")


def test_a_writer_who_does_not_let_go_is_not_waited_for(world):
    record(world)
    connection = sqlite3.connect(world.ws.folder / "reads" / "2026-03.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    begun = datetime.now(UTC)
    with pytest.raises(NotRecorded):
        record(world, "item-2")
    assert datetime.now(UTC) - begun < timedelta(seconds=2)
    connection.execute("ROLLBACK")
    connection.close()
    assert record(world, "item-2")


def test_many_threads_and_logs_record_each_entry_once(either):
    logs = [ReadLog(either.ws.reads.home, either.ws.private, either.ws.log, either.ws.now) for _ in range(3)]
    new: list[bool] = []

    def work(log: ReadLog) -> None:
        new.extend(log.record("lan", "opened", f"item-{number}", "web") for number in range(30))

    threads = [threading.Thread(target=work, args=(log,)) for log in logs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(new) == 30
    assert len(list(either.ws.reads.entries())) == 30
    for log in logs:
        log.close()


def test_a_month_that_lacks_what_this_machine_has_seen_is_not_closed(world):
    record(world)
    record(world, "item-2")
    world.ws.reads.close()
    connection = sqlite3.connect(world.ws.folder / "reads" / "2026-03.db")
    connection.execute("DROP TRIGGER reads_no_delete")
    connection.execute("DELETE FROM reads WHERE position = 2")
    connection.commit()
    connection.close()
    with pytest.raises(LogBroken, match="03/2026 thiếu những lượt"):
        world.ws.reads.close_month("2026-03")


def test_the_file_is_for_its_owner_alone(world):
    record(world)
    folder = world.ws.folder / "reads"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
