"""This release against the one before the house was rebuilt, each in a child process of its own, in turn.

Both run in memory, so that the disk does not decide. The other release is checked out into a folder of its
own; without the history of git there is nothing to compare with, and nothing is measured.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from bench.measure import Result, at_most, without_aim

ROOT = Path(__file__).parent.parent
DRIVER = Path(__file__).with_name("driver.py")
OTHER = "2ee1401"
RUNS = 9
TABLES = 3
"""How many times a table of 5,000 rows is written into a register, which takes a minute or two each time."""


class Release:
    """A child process that runs jobs of the release that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(DRIVER)],
            env=os.environ | {"PYTHONPATH": str(folder)},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Release":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def seconds(self, job: str) -> float:
        """Return how long one run of a job took."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(job + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def rows() -> Iterator[Result]:
    """Compare a command beyond its append, a drop, a sign-in, a table, the year, folding and verifying."""
    yield from compare(_rows)


def compare(measure: Callable[[Release, Release], Iterator[Result]]) -> Iterator[Result]:
    """Yield what is measured of this release and the other one."""
    with other_release() as other:
        if other is None:
            yield without_aim(f"against {OTHER}", "not measured: no such commit here")
            return
        with Release(ROOT) as ours, Release(other) as theirs:
            yield from measure(ours, theirs)


@contextmanager
def other_release() -> Iterator[Path | None]:
    """Check out the other release and give its folder; None where the history of git lacks it."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / OTHER
        added = subprocess.run(
            ["git", "worktree", "add", "--detach", str(other), OTHER],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if added.returncode:
            yield None
            return
        try:
            yield other
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(other)], cwd=ROOT, check=True)


def _rows(ours: Release, theirs: Release) -> Iterator[Result]:
    command, append = run_in_turn(ours, theirs, "command"), run_in_turn(ours, theirs, "append")
    beyond = command[0] - append[0], command[1] - append[1]
    detail = f"{beyond[0] * 5:.2f} of {beyond[1] * 5:.2f} ms"
    yield at_most(f"a command beyond its append / {OTHER}", beyond[0] / beyond[1], 0.4, detail)
    yield _ratio("append", append, 1.05, 5)
    yield _ratio("append in hundreds", run_in_turn(ours, theirs, "append_hundreds"), 1.05, 100)
    for release in (ours, theirs):
        release.seconds("prepare_drops")
    yield _ratio("a drop through HTTP", run_in_turn(ours, theirs, "drop"), 0.5, 25)
    for release in (ours, theirs):
        release.seconds("prepare_sign_ins")
    yield _ratio("a sign-in", run_in_turn(ours, theirs, "sign_in"), 1.05, 200)
    yield _table(ours, theirs)
    yield _ratio("the simulated year", run_in_turn(ours, theirs, "year", 2), 0.6, 1000)
    yield _ratio("folding the year", run_in_turn(ours, theirs, "fold"), 1.05, 1000)
    yield _ratio("verifying the year", run_in_turn(ours, theirs, "verify"), 1.05, 1000)


def run_in_turn(ours: Release, theirs: Release, job: str, runs: int = RUNS) -> tuple[float, float]:
    """Return the median seconds of a job in both releases, after a first run of each where there are many."""
    if runs == RUNS:
        ours.seconds(job), theirs.seconds(job)
    pairs = [(ours.seconds(job), theirs.seconds(job)) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _table(ours: Release, theirs: Release) -> Result:
    """Compare how long a register takes to be filled from a table, each time in a new workspace."""
    pairs = []
    for _ in range(TABLES):
        for release in (ours, theirs):
            release.seconds("prepare_table")
        pairs.append((ours.seconds("table"), theirs.seconds("table")))
    seconds = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
    return _ratio("a table of 5,000 rows", seconds, 1.0, 1000)


def _ratio(name: str, seconds: tuple[float, float], aim: float, scale: float) -> Result:
    detail = f"{seconds[0] * scale:.2f} of {seconds[1] * scale:.2f} ms"
    return at_most(f"{name} / {OTHER}", seconds[0] / seconds[1], aim, detail)
