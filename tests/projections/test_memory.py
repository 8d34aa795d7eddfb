"""Answers that are kept in memory: read anew after an event of their family, never ahead of the rows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import msgspec
import pytest
from sqlite_utils import Database
from support.world import ASSIGN, World

from cchc_flow import commands
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import PAGES, catching_up, directory
from cchc_flow.projections.memory import kept_until_event_of
from cchc_flow.projections.runner import Models

NEW_UNIT = "Ban Chỉ huy Quân sự"


@pytest.fixture
def other_thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def unit_names(db: Database) -> list[str]:
    return [unit.name for unit in directory.units(db)]


def test_an_answer_is_kept_until_an_event_of_its_family(world: World) -> None:
    reads = []

    @kept_until_event_of("directory")
    def count_reads(db: Database) -> int:
        reads.append(db)
        return len(reads)

    assert [count_reads(world.ws.read()) for _ in range(3)] == [1, 1, 1]
    world.take("hoa", "assign", **ASSIGN)
    assert count_reads(world.ws.read()) == 1
    commands.add_unit(world.ws, NEW_UNIT, [], world.order())
    assert [count_reads(world.ws.read()) for _ in range(3)] == [2, 2, 2]


def test_what_another_process_wrote_is_read_anew(world: World) -> None:
    other = Models(world.ws.folder, world.ws.log)
    assert NEW_UNIT not in unit_names(other.read())
    commands.add_unit(world.ws, NEW_UNIT, [], world.order())
    assert NEW_UNIT in unit_names(other.read())
    other.close()


def test_who_changes_a_list_that_was_kept_changes_only_his_own(world: World) -> None:
    directory.units(world.ws.read()).clear()
    assert unit_names(world.ws.read())


def test_within_one_batch_of_a_rebuild_each_event_sees_what_those_before_it_did(world: World) -> None:
    commands.add_unit(world.ws, NEW_UNIT, [], world.order())
    world.take("hoa", "assign", **ASSIGN)
    counts: list[tuple[int, int]] = []

    def fold(db: Database, event: RecordedEvent) -> None:
        rows = db.execute("SELECT count(*) FROM units").fetchone()[0]
        counts.append((len(directory.units(db)), rows))

    models = (*PAGES.models, SimpleNamespace(SCHEMA="", fold=fold))
    Models(world.ws.folder, world.ws.log, msgspec.structs.replace(PAGES, models=models)).rebuild()
    assert len(counts) == world.ws.log.size() < catching_up.BATCH
    assert len(set(counts)) > 3
    assert all(answered == rows for answered, rows in counts)


def test_an_answer_that_was_read_while_another_wrote_is_not_kept_for_an_older_position(
    world: World, other_thread: ThreadPoolExecutor
) -> None:
    acts = [lambda: commands.add_unit(world.ws, NEW_UNIT, [], world.order()), world.ws.read]

    @kept_until_event_of("directory")
    def names_after_a_write(db: Database) -> list[str]:
        while acts:  # between the look at the position and the rows
            other_thread.submit(acts.pop(0)).result()
        return unit_names(db)

    with world.ws.snapshot() as snapshot:
        with ThreadPoolExecutor(1) as reader:
            assert NEW_UNIT not in reader.submit(lambda: names_after_a_write(world.ws.read())).result()
        assert NEW_UNIT not in names_after_a_write(snapshot)
    assert NEW_UNIT in names_after_a_write(world.ws.read())
