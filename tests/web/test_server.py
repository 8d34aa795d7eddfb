"""The server itself: what it listens on, what it says, how it stops."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.world import World

from cchc_flow.errors import BadInput
from cchc_flow.web.server import demand_free, is_loopback, is_waiting_for_setup, setup_code, trusted_hosts

SERVE = """
import sys
from pathlib import Path
from cchc_flow.clock import now
from cchc_flow.web.server import serve
serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), now)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A server in a process of its own."""

    def __init__(self, data: Path, host: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(data), host, str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"HOME": str(data)},
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def get(self, path: str, host: str = "localhost") -> int:
        """Return the status of the answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def stop(self, number: int = signal.SIGTERM) -> tuple[str, str, int]:
        """Return what it said on both streams, and its exit status."""
        self.process.send_signal(number)
        assert self.process.stdout is not None and self.process.stderr is not None
        with self.process.stdout, self.process.stderr:
            out, err = self.process.stdout.read(), self.process.stderr.read()
        return self.said + out, err, self.process.wait(timeout=15)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "data", "127.0.0.1")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_it_says_where_to_look_when_it_listens_and_nothing_else(running: Running) -> None:
    assert running.get("/setup") == 200
    out, err, status = running.stop(signal.SIGINT)
    assert out == f"Mở trình duyệt tại http://127.0.0.1:{running.port}  (dừng: Ctrl+C)\n"
    assert (err, status) == ("", 0)


def test_another_name_that_points_to_this_machine_gets_no_page(running: Running) -> None:
    assert (running.get("/setup", host="rebound.example"), running.get("/setup")) == (400, 200)


def test_where_others_can_reach_it_the_terminal_tells_the_code(tmp_path: Path) -> None:
    running = Running(tmp_path / "data", "0.0.0.0")  # noqa: S104
    out, _, _ = running.stop()
    assert re.search(r"^Mã thiết lập lần đầu: \d{8}$", out, re.MULTILINE)


def test_it_writes_nothing_outside_its_data_folder(tmp_path: Path) -> None:
    running = Running(tmp_path / "data", "127.0.0.1")
    running.get("/setup")
    running.stop()
    assert sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    ) == ["data/private/web.key"]


def test_a_port_that_is_taken_is_told_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match="Hãy chọn cổng khác"):
            demand_free("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.7", False)],  # noqa: S104
)
def test_only_a_loopback_address_needs_no_code(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
    assert (setup_code(host) == "") is alone
    assert bool(trusted_hosts(host)) is alone


def test_a_commune_with_people_waits_for_no_set_up(world: World) -> None:
    assert not is_waiting_for_setup(world.data, world.ws.now)


def test_a_commune_without_people_waits_for_its_set_up(new_world: World) -> None:
    assert is_waiting_for_setup(new_world.data, new_world.ws.now)
