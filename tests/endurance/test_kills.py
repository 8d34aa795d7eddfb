"""Servers and commands that are killed in the midst of their work: what was acknowledged is there."""

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from support.people_online import (
    SERVE_WITHOUT_AREAS,
    Online,
    commune_of_today,
    kill,
    require_all_recorded_once,
)
from support.serving import Running
from support.visitors import Site
from support.world import TASK

TIMES = [2, pytest.param(150, marks=pytest.mark.slow)]
COMMENT = f"""
import sys
from pathlib import Path
from cchc_flow import clock, commands
from cchc_flow.commands import Order
from cchc_flow.workflow.commands import TakeStep
ws = commands.open_workspace(Path(sys.argv[1]), "xa-mau", clock.now)
for number in range(10_000):
    command = f"{{sys.argv[2]}}-{{number}}"
    step = TakeStep("comment", {{"text": f"Ý kiến {{command}}"}})
    commands.take_step(ws, "{TASK}", step, Order("hoa", command))
    print(command, flush=True)
"""


@pytest.mark.parametrize("times", TIMES)
def test_what_a_server_acknowledged_before_it_was_killed_is_in_the_log_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr("support.serving.SERVE", SERVE_WITHOUT_AREAS)
    world = commune_of_today(tmp_path)
    people = [Online(Site(world.ws), login) for login in ("hoa", "lan", "nam")]
    world.ws.close()
    chance = random.Random(times)  # noqa: S311  # when it is killed is no secret
    for _ in range(times):
        before, running = acknowledged(people), Running(world.data)
        assert running.said
        threads = [
            threading.Thread(target=person.comment_until_it_breaks, args=(running.port,)) for person in people
        ]
        for thread in threads:
            thread.start()
        try:
            wait_for_more(people, before)
            time.sleep(chance.uniform(0.0, 0.4))
        finally:
            kill(running)
        for thread in threads:
            thread.join(60)
    commands = [command for person in people for command in person.acknowledged]
    assert len(commands) >= times
    assert {status for person in people for status in person.statuses} <= {303, 503}
    require_all_recorded_once(world, commands)


def wait_for_more(people: list[Online], before: int) -> None:
    until = time.monotonic() + 60
    while acknowledged(people) == before and time.monotonic() < until:
        time.sleep(0.01)
    assert acknowledged(people) > before, [(person.statuses, person.broken_by) for person in people]


def acknowledged(people: list[Online]) -> int:
    return sum(len(person.acknowledged) for person in people)


@pytest.mark.parametrize("times", TIMES)
def test_what_a_program_had_recorded_before_it_was_killed_is_in_the_log_once(
    tmp_path: Path, times: int
) -> None:
    world, commands = commune_of_today(tmp_path), []
    world.ws.close()
    chance = random.Random(times)  # noqa: S311  # when it is killed is no secret
    for turn in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", COMMENT, str(world.data), f"lan-{turn}"],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"HOME": str(tmp_path)},
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        process.kill()
        rest, _ = process.communicate()
        commands += [line for line in (first + rest).split("\n")[:-1] if line]
    assert len(commands) >= times
    require_all_recorded_once(world, commands)
