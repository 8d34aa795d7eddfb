"""The first command of the README works where nothing was installed before: a copy of the checkout alone."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NOBODY = 65534
OURS = ("CCHC", "PYTHON", "MAKE")
"""What the tests' own environment would tell a newcomer's commands."""
SECONDS = 300
"""How long the set-up and the demo may take together, on a slow machine with a slow package index."""
NO_INDEX = ("No matching distribution", "Could not find a version", "Connection", "Temporary failure")


@pytest.fixture
def checkout() -> Iterator[Path]:
    """What a fresh clone would hold: the files that git knows, or would know, as they are now.

    As root it belongs to somebody else, so that the set-up is tried without root (CI itself is root).
    """
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is nothing to clone")
    if "CCHC_FLOW_WHEEL" in os.environ:
        pytest.skip("what a checkout's first command does was tried from the checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    ).stdout.split("\0")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name, "checkout")
        for path in filter(None, listed):
            if (ROOT / path).is_file() and not path.startswith("tests/"):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, folder / path)
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", name], check=True)
        yield folder


def test_make_demo_serves_the_board_where_nothing_was_installed(checkout: Path) -> None:
    port = free_port()
    with started(["make", "demo", f"PORT={port}"], checkout) as demo:
        page = first_page(demo, port, checkout)
        assert "Đăng nhập" in page
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(timeout=30)
    said = (checkout / "said").read_text()
    assert "Traceback" not in said
    assert "http://127.0.0.1" in said


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a command in a folder, in a process group of its own; its words go into the file `said`."""
    if os.getuid() == 0:
        drop = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        command = [str(shutil.which("setpriv")), *drop, *command]
    home = folder.parent
    cache = {"PIP_CACHE_DIR": str(home / "cache"), "HOME": str(home), "PIP_NO_COMPILE": "1"}
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("CCHC", "VIRTUAL_ENV"))
    }
    with (folder / "said").open("wb") as said:
        return subprocess.Popen(
            command, cwd=folder, env=plain | cache, stdout=said, stderr=said, start_new_session=True
        )


def first_page(demo: "subprocess.Popen[bytes]", port: int, folder: Path) -> str:
    """Return the first page of the demo as soon as it answers; a demo that ends before fails the test."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if demo.poll() is not None:
            said = (folder / "said").read_text()
            if any(words in said for words in NO_INDEX):
                pytest.skip("the package index was not reached: nothing could be installed")
            pytest.fail(f"make demo ended with {demo.returncode}: {said[-2000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    os.killpg(demo.pid, signal.SIGKILL)
    pytest.fail(f"no page within {SECONDS} seconds: {(folder / 'said').read_text()[-2000:]}")
