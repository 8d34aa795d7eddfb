"""The server itself: what it says, whom it answers, how it stops."""

import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.serving import Running
from support.world import World

from cchc_flow.web.server import (
    GRACE_SECONDS,
    PATIENCE_SECONDS,
    ready_message,
    setup_codes,
    thread_count,
)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "data")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_it_says_where_to_look_when_it_listens_and_nothing_else(running: Running) -> None:
    assert running.get("/setup") == 200
    out, err, status = running.stop(signal.SIGINT)
    assert out == f"Mở trình duyệt tại http://127.0.0.1:{running.port}  (dừng: Ctrl+C)\n"
    assert (err, status) == ("", 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP])
def test_a_silent_connection_neither_holds_up_its_stop_nor_makes_it_complain(
    running: Running, number: int
) -> None:
    with socket.create_connection(("127.0.0.1", running.port)):
        assert running.get("/setup") == 200  # the silent one was taken before
        began = time.monotonic()
        _, err, status = running.stop(number)
    assert (err, status) == ("", 0)
    assert time.monotonic() - began < PATIENCE_SECONDS - GRACE_SECONDS


@pytest.mark.parametrize(
    ("workspaces", "files", "threads"),
    [(0, 65_536, 64), (1, 1024, 64), (2, 1024, 57), (102, 4096, 4), (102, 65_536, 64), (500, 1024, 2)],
)
def test_no_more_requests_are_answered_at_once_than_files_can_be_open(
    workspaces: int, files: int, threads: int
) -> None:
    assert thread_count(workspaces, files) == threads


def test_half_sent_requests_and_silent_connections_hold_up_nobody(running: Running) -> None:
    with ExitStack() as stack:
        for number in range(150):
            client = socket.create_connection(("127.0.0.1", running.port))
            stack.enter_context(client)
            client.sendall((b"", b"GET /setup HTTP/1.1\r\nHost: lo", b"POST /setup HTTP/1.1\r\n")[number % 3])
        began = time.monotonic()
        assert running.get("/setup") == 200
        assert time.monotonic() - began < 5


def test_another_name_that_points_to_this_machine_gets_no_page(running: Running) -> None:
    assert (running.get("/setup", host="rebound.example"), running.get("/setup")) == (400, 200)


def test_where_others_can_reach_it_the_terminal_tells_the_code(tmp_path: Path) -> None:
    running = Running(tmp_path / "data", "0.0.0.0")  # noqa: S104
    out, _, _ = running.stop()
    assert re.search(r"^Mã thiết lập lần đầu: \d{8}$", out, re.MULTILINE)


def test_it_writes_nothing_outside_its_data_folder(tmp_path: Path) -> None:
    running = Running(tmp_path / "data")
    running.get("/setup")
    running.stop()
    assert sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    ) == ["data/private/web.key"]


def test_a_commune_with_people_waits_for_no_set_up(world: World) -> None:
    assert setup_codes(world.data, world.ws.now) == {}


def test_a_commune_without_people_waits_for_its_set_up(new_world: World) -> None:
    assert list(setup_codes(new_world.data, new_world.ws.now)) == ["xa-mau"]


def test_each_of_several_communes_without_people_has_its_code_told() -> None:
    told = ready_message("0.0.0.0:8000", {"ea-thu": "00000001", "xa-mau": "00000002"}).splitlines()
    assert told[1:] == [
        "Mã thiết lập lần đầu của «ea-thu»: 00000001",
        "Mã thiết lập lần đầu của «xa-mau»: 00000002",
    ]


def test_a_workspace_with_a_broken_log_neither_stops_the_start_nor_asks_for_a_set_up(world: World) -> None:
    world.ws.close()
    connection = sqlite3.connect(world.ws.folder / "events.db")
    connection.execute("DROP TRIGGER events_no_update")
    connection.execute("UPDATE events SET seal = NULL WHERE position = (SELECT max(position) FROM events)")
    connection.commit()
    connection.close()
    assert setup_codes(world.data, world.ws.now) == {}


def test_a_terminal_that_is_closed_ends_the_server_and_its_worker(running: Running) -> None:
    assert running.get("/setup") == 200
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
    assert children
    for child in children:  # the whole group gets the signal
        os.kill(int(child), signal.SIGHUP)
    _, err, status = running.stop(signal.SIGHUP)
    assert (err, status) == ("", 0)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_below_nohup_a_server_outlives_its_terminal(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup leaves it to the program
    try:
        running = Running(tmp_path / "data")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert running.get("/setup") == 200
    running.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert running.get("/setup") == 200
    assert running.stop()[1:] == ("", 0)


def test_as_json_each_line_of_the_server_s_log_is_an_object(tmp_path: Path) -> None:
    running = Running(tmp_path / "data", CCHC_FLOW_LOG_FORMAT="json")
    assert running.get("/setup", host="rebound.example") == 400
    with socket.create_connection(("127.0.0.1", running.port)) as client:
        client.sendall(b"NONSENSE\r\n\r\n")
        assert client.recv(100)
    _, err, status = running.stop()
    lines = [json.loads(line) for line in err.splitlines()]
    assert status == 0
    assert [line["message"] for line in lines if line["logger"] == "cchc_flow.security"] == [
        "foreign_host",
        "malformed",
    ]
