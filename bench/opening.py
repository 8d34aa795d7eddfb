"""Opening a large log, against the release before the house was rebuilt; `python -m bench.opening 50000`."""

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import release
from bench.append import make_log
from bench.measure import Result
from bench.release import OTHER, Release
from bench.verify import EVENTS, fill
from cchc_flow.eventlog.folder_vault import FolderVault

LARGE_LOG = "CCHC_FLOW_BENCH_LOG"
OPENINGS = 20
MOST_MS = 2.0


def rows(events: int = EVENTS) -> Iterator[Result]:
    """Yield how much longer this release takes to open one and the same log of so many events."""
    memory = Path("/dev/shm")  # noqa: S108  # so that the disk does not decide
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        with make_log(Path(folder)) as log:
            fill(log, events, FolderVault(Path(folder) / "xa-do" / "vault"))
        os.environ[LARGE_LOG] = folder
        yield from release.compare(partial(_rows, events))


def _rows(events: int, ours: Release, theirs: Release) -> Iterator[Result]:
    mine, other = (seconds / OPENINGS * 1000 for seconds in release.run_in_turn(ours, theirs, "open"))
    figure = f"{mine - other:+.2f} ms  ({mine:.2f} of {other:.2f} ms)"
    name = f"opening {events:,} events, more than {OTHER}"
    yield Result(name, figure, f"<= {MOST_MS}", mine - other <= MOST_MS)


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS):
        print(f"{row.name:<58} {row.figure:<48} {row.aim}")
