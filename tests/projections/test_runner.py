"""Read models follow the log, whoever writes, and can be thrown away."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3
from support.world import ASSIGN, TASK, World

from cchc_flow import projections
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.cards import queries
from cchc_flow.projections.runner import Models
from cchc_flow.workspace import open_workspace


def test_what_was_written_is_read_at_once(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    assert queries.card(world.ws.read(), TASK).state == "assigned"


def test_another_reader_catches_up_with_what_it_did_not_write(world: World) -> None:
    other = Models(world.ws.folder, world.ws.log)
    other.read()
    world.take("hoa", "assign", **ASSIGN)
    assert queries.card(other.read(), TASK).state == "assigned"
    other.close()


def test_a_rebuild_gives_the_same_rows_in_a_new_file(world: World) -> None:
    world.submitted()
    before = queries.all_cards(world.ws.read())
    path = world.ws.models.rebuild()
    assert path.name == "projections-2.db"
    assert queries.all_cards(world.ws.read()) == before
    assert world.ws.differences() == []


def test_who_reads_while_they_are_rebuilt_reads_on(world: World) -> None:
    world.submitted()
    connection = world.ws.read()
    Models(world.ws.folder, world.ws.log).rebuild()
    assert world.ws.read() is not connection
    assert queries.card(connection, TASK).state == "submitted"


def test_closing_closes_the_connections_of_all_threads(world: World) -> None:
    with ThreadPoolExecutor(1) as pool:
        connection = pool.submit(world.ws.read).result()
        world.ws.models.close()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_thrown_away_read_models_come_back(world: World) -> None:
    world.submitted()
    before = queries.all_cards(world.ws.read())
    world.ws.close()
    for path in world.ws.folder.glob("projections*"):
        path.unlink()
    assert queries.all_cards(world.ws.read()) == before


def test_a_row_that_was_changed_by_hand_is_found(world: World) -> None:
    world.ws.read().execute("UPDATE cards SET state = 'closed' WHERE item = ?", [TASK])
    (row,) = world.ws.differences()
    assert row.startswith(f"cards: item={TASK}, from_position=")


def test_rows_and_objects_that_were_added_by_hand_are_named(world: World) -> None:
    db, history = world.ws.read(), world.ws.read_history()
    history.execute("DELETE FROM trail WHERE position = 3")
    db.execute("CREATE TABLE planted (words TEXT)")
    history.execute("CREATE TRIGGER always AFTER INSERT ON trail BEGIN SELECT 1; END")
    assert world.ws.differences() == ["table planted", "trigger always", "trail: position=3"]


def test_of_many_changed_rows_the_first_are_named_and_the_others_counted(world: World) -> None:
    for number in range(30):
        world.ws.read_history().execute(
            "INSERT INTO trail SELECT 1000 + ?, recordedtime, day, time, happened, actor, unit, role,"
            " channel, type, stream, kind, area, command, correlation, causation FROM trail"
            " WHERE position = 3",
            [number],
        )
    found = world.ws.differences()
    assert (found[0], found[-1], len(found)) == ("trail: position=1000", "trail: và 10 dòng khác", 21)


def test_an_older_shape_of_the_rows_is_rebuilt(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.submitted()
    world.ws.read()
    world.ws.close()
    monkeypatch.setattr("cchc_flow.projections.VERSION", projections.VERSION + 1)
    assert queries.card(world.ws.read(), TASK).state == "submitted"
    assert (world.ws.folder / "projections.current").read_text().strip() == "projections-2.db"


def test_many_threads_may_read_first_at_once(world: World) -> None:
    world.ws.close()
    for path in world.ws.folder.glob("projections*"):
        path.unlink()
    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(lambda _: len(queries.all_cards(world.ws.read())), range(12)))
    assert counts == [3] * 12
    assert [path.name for path in world.ws.folder.glob("projections-*.db")] == ["projections-1.db"]


def test_many_processes_may_start_at_once(world: World) -> None:
    world.ws.close()
    for path in world.ws.folder.glob("projections*"):
        path.unlink()
    command = [sys.executable, "-m", "cchc_flow", "--data", str(world.data), "items", "--json"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(5)]
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert ended == [(b"", 0)] * 5


def test_a_reader_that_is_in_the_old_file_goes_over_to_the_rebuilt_one(world: World) -> None:
    old = world.ws.read()
    Models(world.ws.folder, world.ws.log).rebuild()
    world.take("hoa", "assign", **ASSIGN)
    assert world.ws.read() is not old
    assert queries.card(world.ws.read(), TASK).state == "assigned"


def test_an_event_that_no_model_can_fold_stops_the_reader_loudly(world: World) -> None:
    database = world.ws.read()
    database.execute("DELETE FROM items WHERE id = ?", [TASK])
    world.take("hoa", "assign", **ASSIGN)
    with pytest.raises(LogBroken, match=r"không theo được sự kiện \d+ .*begins with.*cchc-flow rebuild"):
        world.ws.read()


@pytest.mark.parametrize("content", [b"", b"garbage", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_of_read_models_is_made_again(world: World, content: bytes) -> None:
    world.submitted()
    before = queries.all_cards(world.ws.read())
    world.ws.models.close()
    for path in world.ws.folder.glob("projections-1.db*"):
        path.unlink()
    (world.ws.folder / "projections-1.db").write_bytes(content)
    assert queries.all_cards(world.ws.read()) == before


def test_the_rows_of_a_later_release_are_left_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.ws.read()
    world.ws.models.close()
    monkeypatch.setattr("cchc_flow.projections.VERSION", projections.VERSION - 1)
    with pytest.raises(LogBroken, match="bản mới hơn"):
        world.ws.read()
    assert (world.ws.folder / "projections.current").read_text().strip() == "projections-1.db"


def test_what_a_killed_rebuild_or_check_left_behind_stands_in_nobodys_way(world: World) -> None:
    world.ws.read()
    for name in ("projections-2.db", "projections-2.db-wal", "check.db", "projections-check.db"):
        (world.ws.folder / name).write_bytes(b"half a file")
    assert world.ws.differences() == []
    assert world.ws.models.rebuild().name == "projections-2.db"
    assert len(queries.all_cards(world.ws.read())) == 3


class Busy:
    """A log to which somebody appends whenever its events are read."""

    def __init__(self, world: World) -> None:
        self._log, self._world = world.ws.log, world

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def read_events(self, after: int, upto: int) -> Iterator[RecordedEvent]:
        self._world.ws.log = self._log
        self._world.take("nam", "comment", text="Đã xem.")
        return self._log.read_events(after, upto)


def test_a_check_is_not_misled_by_what_is_written_meanwhile(world: World) -> None:
    world.ws.read()
    models = Models(world.ws.folder, Busy(world))
    assert models.differences() == []
    models.close()


def test_read_models_of_another_history_are_built_anew_without_anybodys_help(
    world: World, tmp_path: Path
) -> None:
    log = world.ws.folder / "events.db"
    world.ws.read()
    world.ws.close()
    shutil.copyfile(log, tmp_path / "older.db")
    reopened = World(world.data, world.ws.name, is_there=True)
    reopened.time = world.time
    reopened.take("hoa", "assign", **ASSIGN)
    reopened.ws.read()
    reopened.ws.close()
    for path in world.ws.folder.glob("events.db*"):
        path.unlink()
    shutil.copyfile(tmp_path / "older.db", log)
    older = open_workspace(world.data, world.ws.name, world.ws.now, for_repair=True)
    assert queries.card(older.read(), TASK).state == "planned"
    assert older.models.differences() == []
    older.close()


def test_read_models_that_no_longer_know_how_far_they_are_are_built_anew(world: World) -> None:
    world.ws.read().execute("DELETE FROM progress")
    world.ws.close()
    reopened = open_workspace(world.data, world.ws.name, world.ws.now)
    assert queries.card(reopened.read(), TASK).state == "planned"
    assert reopened.models.differences() == []
    reopened.close()


def test_read_models_that_remember_another_root_are_built_anew(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    file = world.ws.models.read().file
    world.ws.close()
    with closing(sqlite3.connect(file)) as models, models:
        models.execute("UPDATE progress SET root = zeroblob(32)")
        models.execute("DELETE FROM cards")
    reopened = World(world.data, world.ws.name, is_there=True)
    assert queries.card(reopened.ws.read(), TASK).state == "assigned"
    assert reopened.ws.models.read().file != file
    reopened.ws.close()


def test_read_models_of_this_log_are_not_built_anew(world: World) -> None:
    file = world.ws.models.read().file
    world.ws.close()
    reopened = World(world.data, world.ws.name, is_there=True)
    assert reopened.ws.models.read().file == file
    reopened.ws.close()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b"../../etc/passwd\n", b"projections-\xb2.db\n", b"x" * 9000]
)
def test_a_pointer_that_names_no_read_models_makes_them_anew(tmp_path: Path, content: bytes) -> None:
    world = World(tmp_path / "data").settle()
    (world.ws.folder / "projections.current").write_bytes(content)
    ws = open_workspace(world.data, "xa-mau", world.ws.now)
    assert queries.card(ws.read(), TASK).state == "planned"
    assert re.fullmatch(rb"projections-[0-9]+\.db\n", (ws.folder / "projections.current").read_bytes())
