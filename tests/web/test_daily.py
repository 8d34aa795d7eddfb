"""The daily round of a server that runs."""

import logging
import shutil
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from support.postgres import TestDatabase
from support.serving import Running
from support.world import TASK, World

from cchc_flow import clock
from cchc_flow.audit import event_words
from cchc_flow.commands import open_workspace
from cchc_flow.commands.due_reminders import CLOCK
from cchc_flow.homes import FolderHome
from cchc_flow.web import create_app, daily
from cchc_flow.web.daily import DailyRound

UNGIVEN = "2026-III.2.10"


def reminder_count(world: World) -> int:
    return len([event for event in world.ws.log.read_events() if event.actor == CLOCK])


def test_a_round_is_made_once_a_day_and_again_on_the_next(world: World) -> None:
    rounds = DailyRound(world.data, world.ws.now)
    rounds.run_due_rounds()
    first = reminder_count(world)
    assert first > 0
    world.take("hoa", "assign", TASK, lead="phong-kinh-te", officer="lan", due="2026-03-08")
    rounds.run_due_rounds()
    assert reminder_count(world) == first  # the same day: left to the next
    world.wait(days=1)
    rounds.run_due_rounds()
    assert reminder_count(world) > first


def test_a_round_fills_the_indexes_of_the_history(world: World) -> None:
    assert list(world.ws.folder.glob("history-*.db")) == []
    DailyRound(world.data, world.ws.now).run_due_rounds()
    for name in ("history", "words"):
        assert [file.name for file in world.ws.folder.glob(f"{name}-*.db")] == [f"{name}-1.db"]
    assert event_words.indexed_upto(world.ws) == world.ws.log.size()


def test_while_another_machine_has_the_round_this_one_makes_only_what_it_needs_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = DailyRound(world.data, world.ws.now)
    monkeypatch.setattr(FolderHome, "lease", lambda *_: nullcontext(False))
    rounds.run_due_rounds()
    assert reminder_count(world) == 0
    assert list(world.ws.folder.glob("history-*.db"))
    monkeypatch.undo()
    rounds.run_due_rounds()  # the other one died: the day is not lost
    assert reminder_count(world) > 0


def test_a_second_machine_on_the_same_day_records_nothing_and_asks_the_witnesses_itself(
    postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    world = World(tmp_path / "a").settle()
    (tmp_path / "b" / "private").mkdir(parents=True, mode=0o700)
    shutil.copy(tmp_path / "a" / "private" / "node.key", tmp_path / "b" / "private")
    asked: list[Path] = []
    monkeypatch.setattr(daily, "ask_all", lambda ws: asked.append(ws.folder.parent))
    DailyRound(tmp_path / "a", world.ws.now).run_due_rounds()
    size = world.ws.log.size()
    assert reminder_count(world) > 0
    DailyRound(tmp_path / "b", world.ws.now).run_due_rounds()
    assert world.ws.log.size() == size
    assert asked == [tmp_path / "a", tmp_path / "b"]
    world.ws.close()


def test_a_workspace_made_later_has_its_round_on_the_same_day(tmp_path: Path) -> None:
    first = World(tmp_path / "data").settle()
    rounds = DailyRound(first.data, first.ws.now)
    rounds.run_due_rounds()
    second = World(tmp_path / "data", "xa-hai").settle()
    rounds.run_due_rounds()
    assert (reminder_count(first), reminder_count(second)) == (1, 1)


def test_a_workspace_that_fails_is_told_once_and_tried_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    broken = world.data / "hong"
    broken.mkdir()
    (broken / "events.db").write_bytes(b"khong phai co so du lieu" * 100)
    rounds = DailyRound(world.data, world.ws.now)
    with caplog.at_level(logging.ERROR):
        rounds.run_due_rounds()
        rounds.run_due_rounds()
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["hong"]
    assert reminder_count(world) > 0
    (broken / "events.db").unlink()
    mended = World(world.data, "hong").settle()
    rounds.run_due_rounds()
    assert reminder_count(mended) > 0


def test_its_thread_looks_until_it_is_stopped(world: World) -> None:
    rounds = DailyRound(world.data, world.ws.now, check_seconds=0.01)
    thread = rounds.start()
    for _ in range(500):
        if reminder_count(world):
            break
        time.sleep(0.01)
    rounds.stop()
    thread.join(timeout=60)
    assert reminder_count(world) > 0 and not thread.is_alive()


def test_its_thread_outlives_whatever_a_round_raises(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    called, rounds = threading.Semaphore(0), DailyRound(world.data, world.ws.now, check_seconds=0.01)

    def signal_call() -> None:
        called.release()
        raise RuntimeError("lạ")

    monkeypatch.setattr(rounds, "run_due_rounds", signal_call)
    thread = rounds.start()
    assert called.acquire(timeout=60) and called.acquire(timeout=60)
    rounds.stop()
    thread.join(timeout=60)
    assert "lạ" in caplog.text


def test_an_application_alone_makes_no_round(world: World) -> None:
    create_app(world.data, world.ws.now).test_client().get("/xa-mau/sign-in")
    assert reminder_count(world) == 0


def test_the_server_opens_what_begins_when_it_starts(tmp_path: Path) -> None:
    world = World(tmp_path / "data")
    world.time = clock.now()
    world.settle()
    before = world.ws.log.size()
    world.ws.close()
    running = Running(tmp_path / "data")
    for _ in range(200):
        ws = open_workspace(world.data, "xa-mau", clock.now)
        size = ws.log.size()
        ws.close()
        if size > before:
            break
        time.sleep(0.05)
    _, err, status = running.stop()
    assert (size > before, err, status) == (True, "", 0)
