"""What decides is folded from the log: whoever writes into the read models' file gives nobody a right."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlite_utils.utils import sqlite3
from support.dividing import MINE, THEIRS, distribute, finish
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.errors import LogBroken, NotAllowed
from cchc_flow.projections import DECIDING, directory


@contextmanager
def file_of(world: World) -> Iterator[sqlite3.Connection]:
    """Give a connection of somebody who writes into the read models' file behind the program's back."""
    path = world.ws.folder / (world.ws.folder / "projections.current").read_text().strip()
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def test_no_table_that_decides_lies_in_the_file(world: World) -> None:
    world.ws.read()
    with file_of(world) as file:
        tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    deciding = {
        row[0] for row in world.ws.read().execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'")
    }
    assert len(deciding) >= len(DECIDING)
    assert tables & deciding == set()


def test_a_role_that_was_put_into_the_file_is_not_believed(world: World) -> None:
    world.ws.read()
    with file_of(world) as file:
        file.execute("CREATE TABLE roles (person TEXT NOT NULL, role TEXT NOT NULL)")
        file.execute("INSERT INTO roles VALUES ('lan', 'leader'), ('lan', 'coordinator')")
    world.ws.close()
    assert directory.actor(world.ws.read(), "lan").roles == {"officer"}
    with pytest.raises(NotAllowed):
        world.take("lan", "assign", **ASSIGN)


def test_each_thread_and_process_knows_a_right_that_another_gave(world: World) -> None:
    with ThreadPoolExecutor(1) as other:
        assert "leader" not in other.submit(lambda: directory.actor(world.ws.read(), "lan").roles).result()
        commands.grant_role(world.ws, "lan", "leader", world.order())
        assert "leader" in other.submit(lambda: directory.actor(world.ws.read(), "lan").roles).result()
        commands.revoke_role(world.ws, "lan", "leader", world.order())
        assert "leader" not in other.submit(lambda: directory.actor(world.ws.read(), "lan").roles).result()


def test_a_part_that_was_marked_as_finished_in_the_file_finishes_no_whole(world: World) -> None:
    commands.add_person(world.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "mai", "officer", world.order())
    distribute(world)
    world.ws.read()
    finished = (
        "UPDATE items SET body = CAST(replace(CAST(body AS TEXT), 'assigned', 'closed') AS BLOB) WHERE id = ?"
    )
    with file_of(world) as file:
        file.execute(finished, [THEIRS])
        assert file.execute("SELECT changes()").fetchone() == (1,)
    with pytest.raises(LogBroken, match="khác với nhật ký"):
        finish(world, MINE, "lan")
    assert world.ws.log.stream(f"item-{TASK}")[-1].type == "item.distributed/2"
