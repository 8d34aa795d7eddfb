"""A standby takes over while a commune adopts its plan: all of it is there, once, and work goes on."""

from pathlib import Path

import psycopg
import pytest
from support.standby import Pair
from support.world import TASK, TASKS, World, adoption

from cchc_flow import commands
from cchc_flow.eventlog.postgres.commit import Answer, Commit
from cchc_flow.eventlog.postgres.pool import Session
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.homes import find_home


def test_a_plan_that_is_adopted_while_the_primary_is_killed_is_there_whole_and_once(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_FLOW_LOG", pair.url)
    world = World(tmp_path / "data")
    find_home(world.data).begin_listening("cchc-node/0/0/may-a")
    send = Commit.send

    def lose_the_primary(commit: Commit, session: Session, *more: object) -> Answer:
        monkeypatch.setattr(Commit, "send", send)
        send(commit, session, *more)
        pair.kill_primary()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    order = world.order()
    monkeypatch.setattr(Commit, "send", lose_the_primary)
    commands.adopt_plan(world.ws, adoption(), order)
    size = world.ws.log.size()
    commands.adopt_plan(world.ws, adoption(), order)  # a person who saw no answer sends it again
    assert world.ws.log.size() == size
    world.add_people()
    world.take("hoa", "assign", TASK, lead="phong-kinh-te", support=[], due="2026-06-30")
    second = World(world.data, is_there=True)
    for node in (world, second):
        assert node.ws.read().execute("SELECT count(*) FROM items").fetchone()[0] == len(TASKS)
        assert node.ws.log.newest() == world.ws.log.size()
    assert verify_log(world.ws.source).ok
    second.ws.close()
    world.ws.close()
