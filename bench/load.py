"""32 clients that read and write for 30 seconds, against the server of an older release.

Both servers run at once and in memory, and the clients ask them in turn, ten seconds each.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.measure import Result, at_most, without_aim
from bench.release import OTHER, ROOT, other_release

SERVER, CLIENTS = Path(__file__).with_name("load_server.py"), Path(__file__).with_name("load_clients.py")
SECONDS, TURNS = 10, 3
AIM = 0.5
Times = tuple[list[float], list[float]]
"""The milliseconds of each read and of each write."""


def rows() -> Iterator[Result]:
    """Yield the slowest hundredth of the reads and of the writes, and how many requests were answered."""
    with other_release() as other:
        if other is None:
            yield without_aim(f"32 clients against {OTHER}", "not measured: no such commit here")
            return
        ours, theirs = _measure(ROOT, other)
    for name, mine, before in (("reads", ours[0], theirs[0]), ("writes", ours[1], theirs[1])):
        slow = _hundredth(mine), _hundredth(before)
        detail = f"{slow[0]:.0f} of {slow[1]:.0f} ms"
        title = f"32 clients: p99 of {name} / {OTHER}"
        yield (
            at_most(title, slow[0] / slow[1], AIM, detail) if name == "reads" else without_aim(title, detail)
        )
    answered = len(ours[0]) + len(ours[1]), len(theirs[0]) + len(theirs[1])
    yield without_aim("32 clients: requests answered", f"{answered[0]:,} of {answered[1]:,}")


def _measure(*releases: Path) -> list[Times]:
    """Return the times of each release's server."""
    memory = Path("/dev/shm")  # noqa: S108  # so that the disk does not decide
    times: list[Times] = [([], []) for _ in releases]
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None))
        servers = [stack.enter_context(_serving(path, Path(data) / path.name)) for path in releases]
        for _ in range(TURNS):
            for server, (reads, writes) in zip(servers, times, strict=True):
                more_reads, more_writes = _ask([*server, SECONDS])
                reads += more_reads
                writes += more_writes
    return times


@contextmanager
def _serving(release: Path, data: Path) -> Iterator[tuple[int, list[dict[str, str]]]]:
    """Serve a commune by a release, and give the port and the headers of its people."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(SERVER), str(data)],
        env=os.environ | {"PYTHONPATH": f"{release}{os.pathsep}{ROOT}"},
        cwd=release,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        port, people = json.loads(process.stdout.readline())
        process.stdout.readline()  # where to open the browser: it listens
        yield port, people
    finally:
        process.terminate()
        process.communicate()


def _ask(job: list[Any]) -> Times:
    """Return how long the requests of all clients took, who ask for so many seconds."""
    asked = subprocess.run(
        [sys.executable, str(CLIENTS)], input=json.dumps(job), stdout=subprocess.PIPE, text=True, check=True
    )
    reads, writes = json.loads(asked.stdout)
    return reads, writes


def _hundredth(times: list[float]) -> float:
    """Return the time that one in a hundred exceeds."""
    return sorted(times)[int(len(times) * 0.99)]
