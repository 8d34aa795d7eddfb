"""64 clients who read and write at once, at one server and at two on one folder."""

import threading
from collections import Counter
from pathlib import Path

import pytest
from support.people_online import (
    SERVE_WITHOUT_AREAS,
    Online,
    commune_of_today,
    require_all_recorded_once,
    task_id,
)
from support.serving import Running
from support.visitors import Site
from support.world import TASK

CLIENTS = 64
ROUNDS = [1, pytest.param(60, marks=pytest.mark.slow)]
TASKS_OF_A_LONG_RUN = 16
"""In one round all 64 write to one task; in a long run four to each, so that none becomes a book."""


def ask_at_once(people: list[Online], ports: list[int], tasks: list[str], rounds: int) -> Counter[int | str]:
    """Return how often each status was answered, when everybody reads and writes in turn."""
    statuses: Counter[int | str] = Counter()
    together = threading.Barrier(CLIENTS)

    def work(number: int) -> None:
        person, port, task = (some[number % len(some)] for some in (people, ports, tasks))
        pages = ("/board", f"/items/{task}", "/overview")
        together.wait(60)
        for turn in range(rounds):
            try:
                page = pages[(number + turn) % len(pages)]
                answers = [person.get(port, page), person.comment(port, task=task)]
            except OSError as gone:
                answers = [repr(gone.__cause__)]
            statuses.update(answers)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)
    return statuses


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("servers", [1, 2])
def test_64_clients_are_all_answered_and_what_they_wrote_is_in_the_log_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: int, rounds: int
) -> None:
    monkeypatch.setattr("support.serving.SERVE", SERVE_WITHOUT_AREAS)
    tasks = [TASK] if rounds == 1 else [task_id(number) for number in range(TASKS_OF_A_LONG_RUN)]
    world = commune_of_today(tmp_path, more_tasks=TASKS_OF_A_LONG_RUN)
    people = [Online(Site(world.ws), login) for login in ("hoa", "lan", "nam")]
    world.ws.close()
    running = [Running(world.data) for _ in range(servers)]
    statuses = ask_at_once(people, [server.port for server in running], tasks, rounds)
    ends = [server.stop() for server in running]
    assert all(server.said for server in running)
    assert statuses == {200: CLIENTS * rounds, 303: CLIENTS * rounds}
    assert [(err, status) for _, err, status in ends] == [("", 0)] * servers
    require_all_recorded_once(world, [command for person in people for command in person.acknowledged])


def test_two_servers_on_one_folder_do_a_command_that_reaches_both_once_and_see_what_the_other_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support.serving.SERVE", SERVE_WITHOUT_AREAS)
    world = commune_of_today(tmp_path)
    person = Online(Site(world.ws), "hoa")
    world.ws.close()
    servers = [Running(world.data), Running(world.data)]
    for number in range(10):
        assert [person.comment(server.port, f"lan-{number}") for server in servers] == [303, 303]
    assert [person.get(server.port, f"/items/{TASK}") for server in servers] == [200, 200]
    for server in servers:
        server.stop()
    require_all_recorded_once(world, person.acknowledged)
