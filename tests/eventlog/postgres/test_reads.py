"""Who read what, in PostgreSQL: whoever owns the tables and has no key is found, month by month."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import psycopg
import pytest
from support.postgres import TestDatabase
from support.world import World

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.postgres.pool import find_database
from cchc_flow.eventlog.postgres.reads import PostgresReads
from cchc_flow.eventlog.reads.home import ReadsHome
from cchc_flow.eventlog.reads.store import ReadLog
from cchc_flow.eventlog.verification.reads import ReadsChecker, find_lost_reads
from cchc_flow.eventlog.verification.source import FileSnapshot, FolderSource

NAME = "xa-mau"


class Source:
    """The commune's log in its folder, its reads in the database."""

    def __init__(self, world: World, home: ReadsHome) -> None:
        self._folder, self._home = FolderSource(world.ws.folder), home
        self.folder, self.unreadable, self.vault = (
            world.ws.folder,
            self._folder.unreadable,
            self._folder.vault,
        )

    def open_snapshot(self) -> AbstractContextManager[FileSnapshot]:
        return self._folder.open_snapshot()

    def reads(self) -> ReadsHome:
        return self._home


@pytest.fixture
def source(world: World, postgres: TestDatabase) -> Iterator[Source]:
    """Forty reads of March in the database, and what verification reads them by."""
    home = PostgresReads(find_database(postgres.url), NAME)
    world.ws.reads = ReadLog(home, world.ws.private, world.ws.log, world.ws.now)
    for number in range(40):
        world.ws.reads.record("lan", "opened", f"item-{number}", "web")
    return Source(world, home)


def faults(source: Source) -> list[str]:
    with source.open_snapshot() as snapshot:
        return [fault.words for fault in ReadsChecker(snapshot.connection, source).faults()]


def test_months_that_are_as_they_were_recorded_are_found_right(source: Source, world: World) -> None:
    assert faults(source) == []
    world.ws.reads.close_month("2026-03")
    assert faults(source) == []


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE cchc_reads.reads SET person = 'nam' WHERE position = 7", "lượt số 7 với cột khác nội dung"),
        ("DELETE FROM cchc_reads.reads WHERE position = 40", "không khớp dấu niêm phong"),
        ("DELETE FROM cchc_reads.reads WHERE position = 4", "thiếu lượt số 4"),
        ("DELETE FROM cchc_reads.reads WHERE position = 40; DELETE FROM cchc_reads.nodes", "sai"),
        ("UPDATE cchc_reads.nodes SET hash = leaf FROM cchc_reads.reads", "nút cây băm"),
        ("INSERT INTO cchc_reads.nodes VALUES ('xa-mau', '2026-03', 9, 9, sha256(''))", "nút cây băm thừa"),
        ("UPDATE cchc_reads.heads SET note = replace(note, '40', '39')", "không khớp dấu niêm phong"),
        ("DELETE FROM cchc_reads.heads", "thiếu dấu niêm phong"),
    ],
)  # fmt: skip
def test_what_the_owner_of_the_database_changes_is_named(
    source: Source, postgres: TestDatabase, sql: str, words: str
) -> None:
    postgres.query(sql)
    (fault,) = faults(source)
    assert words in fault


def test_an_older_state_of_a_month_is_found_by_what_this_node_remembers(
    source: Source, postgres: TestDatabase, world: World
) -> None:
    postgres.query("CREATE TABLE older AS TABLE cchc_reads.heads")
    world.ws.reads.record("lan", "opened", "item-of-the-night", "web")
    world.ws.reads.close()
    assert find_lost_reads(source, world.ws.private) is None
    postgres.query(
        "DELETE FROM cchc_reads.reads WHERE position = 41;"
        "UPDATE cchc_reads.heads SET note = (SELECT note FROM older)"
    )
    assert faults(source) == []  # nothing in the database itself tells it
    assert "03/2026 thiếu những lượt" in str(find_lost_reads(source, world.ws.private))
    with pytest.raises(LogBroken, match="thiếu những lượt"):
        world.ws.reads.close_month("2026-03")


def test_a_month_whose_entries_do_not_give_its_root_takes_no_more(
    source: Source, postgres: TestDatabase, world: World
) -> None:
    postgres.query("UPDATE cchc_reads.reads SET leaf = sha256('')")
    other = ReadLog(source.reads(), world.ws.private, world.ws.log, world.ws.now)
    with pytest.raises(LogBroken, match="không khớp dấu niêm phong"):
        other.record("lan", "opened", "item-x", "web")


def test_a_month_is_deleted_only_when_the_log_says_so(
    source: Source, postgres: TestDatabase, world: World
) -> None:
    with pytest.raises(LogBroken, match="Chưa có sự kiện xóa"):
        world.ws.reads.forget_month("2026-03")
    postgres.query(
        "INSERT INTO cchc_log.events VALUES"
        f" ('{NAME}', 2, 'reads-2026-03', 1, 'log.reads_deleted/1', '', '', sha256(''), '')"
    )
    world.ws.reads.forget_month("2026-03")
    assert world.ws.reads.months() == []


@pytest.mark.parametrize("table", ["reads", "nodes", "heads"])
def test_a_node_changes_no_row_but_by_the_functions(
    source: Source, postgres: TestDatabase, table: str
) -> None:
    with psycopg.connect(postgres.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"DELETE FROM cchc_reads.{table}".encode())  # ours
