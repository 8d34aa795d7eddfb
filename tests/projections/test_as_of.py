"""What a connection that reads the past shows is what the read models were when the log ended there."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.dividing import MINE, THEIRS, distribute, finish
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.errors import BadInput
from cchc_flow.projections import PAGES, directory, plans, reading, runner, settings, workflows
from cchc_flow.projections.cards import counts, items, queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.catching_up import build_file
from cchc_flow.projections.memory import ReadModels
from cchc_flow.workspace import Workspace

TODAY = date(2026, 6, 1)
LANES = ("planned", "assigned", "in_progress", "submitted", "approved", "closed")


@pytest.fixture
def busy(world: World) -> World:
    """A commune in which much has happened: steps taken and undone, work divided, settings changed."""
    world.submitted("2026-III.1.1")
    world.take("hoa", "return", "2026-III.1.1", reason="Thiếu phụ lục.", defects="1")
    commands.undo_step(world.ws, "2026-III.1.1", world.order("hoa"))
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="25")
    finish(world, f"{MINE}:2026-03", "lan")
    world.wait(days=2)
    commands.change_setting(world.ws, "deadlines", {"roll": True, "soon": 9}, "QĐ 1", world.order("hoa"))
    commands.revoke_role(world.ws, "lan", "officer", world.order())
    world.take("hoa", "assign", "2026-III.2.10", **ASSIGN)
    return world


def built_up_to(ws: Workspace, folder: Path, position: int) -> ReadModels:
    """Return read models that were built from the beginning of the log, and from no later event."""
    return build_file(folder / f"until-{position}.db", ws.log, PAGES, None, upto=position)


def answers(db: Any) -> dict[str, Any]:
    """Return what all kinds of queries answer."""
    kinds = ("task", "report")
    return {
        "cards": db.execute("SELECT * FROM cards ORDER BY item, from_position").fetchall(),
        "items": {kind: items.items_of_kind(db, kind) for kind in kinds},
        "item": items.find_item(db, TASK),
        "parts": items.parts_of(db, TASK),
        "unfinished": items.unfinished_items(db, "task"),
        "numbers": items.item_numbers(db),
        "counts": [counts.counts(db, Filters(kind=kind, plan=plan), TODAY) for kind in kinds
                   for plan in ("2026", None)],
        "by unit": counts.counts_by(db, "lead", Filters(plan="2026"), TODAY),
        "behind": counts.rows_behind(db, "total", Filters(plan="2026"), TODAY),
        "board": queries.columns(db, LANES, Filters(plan="2026"), TODAY),
        "moved": queries.columns(db, LANES, Filters(plan="2026", moved_after=12), TODAY),
        "all cards": queries.all_cards(db),
        "settings": settings.effective_settings(db),
        "people": directory.people(db),
        "units": directory.units(db),
        "plans": (plans.plans(db), plans.areas(db)),
        "workflows": workflows.newest_workflows(db),
        "position": runner.position(db),
    }  # fmt: skip


def test_the_past_is_what_the_read_models_were_then(busy: World, tmp_path: Path) -> None:
    ws = busy.ws
    for position in range(ws.log.size() + 1):
        fresh = built_up_to(ws, tmp_path, position)
        assert answers(ws.models.read_as_of(position)) == answers(fresh), position
        fresh.close()


OF_NOW = {"progress", "item_fields", "item_words", "notices", "password_resets"}
"""How far the file is, what only finds items that other tables have, and what somebody was told."""


def test_every_table_of_the_file_is_of_the_past_or_known_to_be_of_now(world: World) -> None:
    versioned = {name for model in PAGES.models for name in getattr(model, "VERSIONED", {})}
    tables = {
        row[0] for row in world.ws.read().execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    }
    assert tables - versioned == OF_NOW and versioned <= tables


def test_what_is_recorded_later_does_not_reach_a_connection_to_the_past(world: World) -> None:
    then = world.ws.read_as_of(world.ws.cutoff())
    before = answers(then)
    world.submitted()
    commands.change_unit(world.ws, "tram-y-te", "Trạm Y tế xã", (), False, world.order())
    assert answers(then) == before
    assert answers(world.ws.read()) != before


def test_a_cut_off_of_a_day_is_the_last_event_before_its_end(world: World) -> None:
    first = world.ws.log.size()
    world.wait(days=1)
    world.submitted()
    assert world.ws.cutoff(date(2026, 3, 2)).position == first
    assert world.ws.cutoff(date(2026, 3, 2)).day == date(2026, 3, 2)
    now = world.ws.cutoff()
    assert (now.position, now.day) == (world.ws.log.size(), date(2026, 3, 3))
    assert world.ws.cutoff(date(2026, 12, 31)).position == world.ws.log.size()


def test_a_cut_off_taken_in_a_snapshot_is_not_after_it(world: World) -> None:
    with world.ws.snapshot():
        shown = world.ws.log.size()
        with ThreadPoolExecutor(1) as other:
            other.submit(world.submitted).result()
        assert world.ws.cutoff().position == shown
        assert world.ws.cutoff(date(2026, 3, 2)).position == shown


def test_a_cut_off_that_the_log_has_not_reached_is_refused(world: World) -> None:
    with pytest.raises(BadInput, match="Nhật ký chưa có sự kiện"):
        world.ws.models.read_as_of(world.ws.log.size() + 1)


def test_who_may_read_is_not_asked_of_the_past(world: World) -> None:
    past, reader = world.ws.read_as_of(world.ws.cutoff()), reading.reader_of(world.ws.read(), "lan")
    item = items.item(past, TASK)
    assert reading.may_read(past, None, item)
    for ask in (
        lambda: reading.reader_of(past, "lan"),
        lambda: reading.may_read(past, reader, item),
        lambda: reading.readable_items(past, reader, "task"),
    ):
        with pytest.raises(RuntimeError, match="asked of the present"):
            ask()


def test_nothing_is_written_through_a_connection_to_the_past(world: World) -> None:
    db = world.ws.read_as_of(world.ws.cutoff())
    with pytest.raises(Exception, match="readonly"):
        db.execute("DELETE FROM main.cards")


def test_the_past_reads_on_from_the_file_that_a_rebuild_makes(world: World) -> None:
    world.submitted()
    position = world.ws.log.size() - 1
    old = world.ws.models.read_as_of(position)
    before = answers(old)
    world.ws.rebuild()
    new = world.ws.models.read_as_of(position)
    assert new.file != old.file
    assert answers(old) == answers(new) == before  # who still reads the old file goes on


def connections(ws: Workspace) -> Iterator[ReadModels]:
    """Yield the connections to the past that are open."""
    gc.collect()
    yield from (db for db in ws.models._open if isinstance(db, ReadModels) and db.past)


def test_few_connections_to_the_past_are_kept_and_none_that_is_used_is_closed(world: World) -> None:
    used = world.ws.models.read_as_of(1)
    for position in range(2, 12):
        world.ws.models.read_as_of(position)
    assert runner.position(used) == 1
    assert plans.plans(used) == []
    assert len(list(connections(world.ws))) == 3


def test_a_thread_that_ends_leaves_no_connection_behind(world: World) -> None:
    for _ in range(3):
        with ThreadPoolExecutor(1) as other:
            other.submit(lambda: answers(world.ws.models.read_as_of(5))).result()
    assert list(connections(world.ws)) == []


def test_a_closed_workspace_has_no_connection_to_the_past_and_opens_new_ones(world: World) -> None:
    before = answers(world.ws.models.read_as_of(9))
    world.ws.close()
    assert answers(world.ws.models.read_as_of(9)) == before


def test_a_whole_that_was_done_later_is_open_in_the_past(world: World) -> None:
    commands.add_person(world.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "mai", "officer", world.order())
    distribute(world)
    finish(world, MINE, "lan")
    then = world.ws.cutoff()
    finish(world, THEIRS, "mai")
    db = world.ws.read_as_of(then)
    assert counts.counts(db, Filters(plan="2026"), then.day).done == 1
    assert [part.state for part in items.parts_of(db, TASK)] == ["closed", "assigned"]
    assert items.item(db, TASK).state != "closed"
    assert counts.counts(world.ws.read(), Filters(plan="2026"), then.day).done == 2
    assert items.item(world.ws.read(), TASK).state == "closed"
