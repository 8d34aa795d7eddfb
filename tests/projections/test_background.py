"""New read models are built beside the old ones, and pages go on meanwhile."""

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlite_utils import Database
from support.world import ASSIGN, TASK, World

from cchc_flow import projections
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import PAGES, ModelSet
from cchc_flow.projections.background import BackgroundBuild
from cchc_flow.projections.cards import queries
from cchc_flow.projections.runner import Models


class Gate:
    """A read model without rows, whose fold waits in the thread of a build until it is opened."""

    SCHEMA = ""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.reached = threading.Event()

    def fold(self, _: Database, event: RecordedEvent) -> None:
        if threading.current_thread().name == "build":
            self.reached.set()
            assert self.open.wait(10)


def with_gate(gate: Gate) -> ModelSet:
    return msgspec.structs.replace(PAGES, models=(*PAGES.models, gate))


@pytest.fixture
def raised(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose read models are of the version before."""
    world.ws.read()
    world.ws.close()
    monkeypatch.setattr(projections, "VERSION", projections.VERSION + 1)
    return world


def current(world: World) -> str:
    return (world.ws.folder / "projections.current").read_text().strip()


def test_a_page_goes_on_from_the_old_read_models_until_the_new_ones_are_built(raised: World) -> None:
    gate = Gate()
    models = raised.ws.models = Models(raised.ws.folder, raised.ws.log, with_gate(gate), builds_beside=True)
    assert queries.card(models.read(), TASK).state == "planned"
    assert gate.reached.wait(10)
    raised.take("hoa", "assign", **ASSIGN)
    assert queries.card(models.read(), TASK).state == "assigned"  # and follows the log
    assert (current(raised), models.read().file.name) == ("projections-1.db",) * 2
    gate.open.set()
    assert models._background is not None
    models._background.wait()
    assert (current(raised), models.read().file.name) == ("projections-2.db",) * 2
    assert queries.card(models.read(), TASK).state == "assigned"
    assert models.differences() == []
    models.close()


def test_many_readers_begin_one_build(raised: World) -> None:
    gate = Gate()
    models = Models(raised.ws.folder, raised.ws.log, with_gate(gate), builds_beside=True)
    readers = [threading.Thread(target=models.read) for _ in range(5)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(10)
    gate.open.set()
    assert models._background is not None
    models._background.wait()
    assert [path.name for path in sorted(raised.ws.folder.glob("projections-*.db"))] == [
        "projections-1.db",
        "projections-2.db",
    ]
    models.close()


def test_read_models_with_other_tables_are_built_before_anybody_reads_them(raised: World) -> None:
    class More:
        SCHEMA = "CREATE TABLE more (words TEXT) STRICT;"

        def fold(self, db: Database, event: RecordedEvent) -> None:
            db.execute("INSERT INTO more VALUES (?)", [event.type])

    more = msgspec.structs.replace(PAGES, models=(*PAGES.models, More()))
    models = Models(raised.ws.folder, raised.ws.log, more, builds_beside=True)
    count = models.read().execute("SELECT count(*) FROM more").fetchone()[0]
    assert count == raised.ws.log.size()
    models.close()


def test_a_command_line_does_not_read_the_old_read_models(raised: World) -> None:
    models = Models(raised.ws.folder, raised.ws.log)
    assert models.read().file.name == "projections-2.db"
    models.close()


def test_an_old_program_goes_on_beside_a_new_one_that_has_built_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Models(world.ws.folder, world.ws.log)
    file = old.read().file
    monkeypatch.setattr(projections, "VERSION", projections.VERSION + 1)
    Models(world.ws.folder, world.ws.log).rebuild()
    monkeypatch.undo()
    world.take("hoa", "assign", **ASSIGN)
    states: list[Any] = []

    def look() -> None:
        states.append((old.read().file, queries.card(old.read(), TASK).state))

    reader = threading.Thread(target=look)  # also a thread that has not read before
    reader.start()
    reader.join(10)
    look()
    assert states == [(file, "assigned")] * 2
    old.close()


def test_a_build_that_fails_is_logged_and_not_tried_again_at_once(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    builds, tried = BackgroundBuild(), []

    def build() -> None:
        tried.append(1)
        raise ValueError("broken")

    for _ in range(3):
        builds.begin(build)
        builds.wait()
    assert tried == [1]
    assert len(caplog.records) == 1
