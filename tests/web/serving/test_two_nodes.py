"""Two servers on one database: what is written through one is seen through the other."""

import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from support.postgres import TestDatabase
from support.serving import Running
from support.world import ASSIGN, World

from cchc_flow.eventlog.postgres.pool import close_pools


@pytest.fixture
def nodes(
    postgres: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[World, list[Running]]]:
    """A commune in a database, and two servers with data folders of their own that have its key."""
    monkeypatch.setenv("CCHC_FLOW_LOG", postgres.url)
    world = World(tmp_path / "a").settle()
    key = (tmp_path / "a" / "private" / "node.key").read_bytes()
    (tmp_path / "b" / "private").mkdir(parents=True, mode=0o700)
    (tmp_path / "b" / "private" / "node.key").write_bytes(key)
    (tmp_path / "b" / "private" / "node.key").chmod(0o600)
    running = [Running(tmp_path / name) for name in ("a", "b")]
    yield world, running
    for node in running:
        if node.process.poll() is None:
            node.stop()
    world.ws.close()
    close_pools()


def figures(node: Running) -> dict[str, float]:
    with closing(HTTPConnection("127.0.0.1", node.port, timeout=10)) as connection:
        connection.request("GET", "/metrics", headers={"Host": "localhost"})
        text = connection.getresponse().read().decode()
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {name.removeprefix("cchc_flow_"): float(value) for name, _, value in lines}


def wait_for(node: Running, name: str, value: float) -> None:
    ends = time.monotonic() + 15
    while figures(node).get(name) != value:
        assert time.monotonic() < ends, figures(node)
        time.sleep(0.1)


def test_both_listen_hear_what_is_written_and_stop_without_a_word(
    nodes: tuple[World, list[Running]],
) -> None:
    world, (a, b) = nodes
    for node in (a, b):
        assert node.get("/xa-mau/sessions/new") in (200, 302, 303)
        wait_for(node, "listening", 1)
        wait_for(node, "nodes_listening", 2)
    world.take("hoa", "assign", **ASSIGN)
    for node in (a, b):
        wait_for(node, 'position_known{workspace="xa-mau"}', world.ws.log.size())
    a.process.kill()  # a node may die: the other goes on
    a.process.communicate(timeout=20)
    assert b.get("/xa-mau/sessions/new") in (200, 302, 303)
    _, err, status = b.stop()
    assert (err, status) == ("", 0)
