"""A backup of a large log against copying its bytes, and what it costs those who write meanwhile.

`python -m bench.backup 50000` for fewer events. Both sides end on the disk (fsync). The writers are two
processes of their own, each committing one event at a time as fast as it can.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.append import make_log
from bench.measure import Result, at_least, at_most, median_seconds, seconds
from bench.verify import EVENTS, fill
from cchc_flow import clock
from cchc_flow.backup.create import create_backup
from cchc_flow.eventlog.folder_vault import FolderVault

RUNS = 5
WRITERS = 2
NAME = "xa-do"
WRITE = """
import sys
from pathlib import Path
from bench.append import meta
from cchc_flow import clock
from cchc_flow.eventlog import opening
from cchc_flow.eventlog.port import Change, Draft
data, stream = Path(sys.argv[1]), sys.argv[2]
log = opening.open_log(data / "xa-do", data / "private" / "xa-do", now=clock.now)
draft = Draft("item.progress_reported/1", {"percent": 7, "note": None, "evidence": []})
number = 0
while True:
    log.append([Change(stream, number, (draft,))], meta(f"{stream}-{number}"))
    number += 1
"""


def rows(events: int = EVENTS) -> Iterator[Result]:
    """Yield how a backup compares with copying, and the pace of writers during it with their own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with make_log(data) as log:
            fill(log, events, FolderVault(data / NAME / "vault"))
        job, baseline = lambda: back_up(data, Path(folder)), lambda: copy(data, Path(folder))
        ours, bare = median_seconds(job, baseline, RUNS)
        detail = f"{ours:.2f} of {bare:.2f} s"
        yield at_most(f"backup of {events:,} events / copying the bytes", ours / bare, 1.5, detail)
        yield from _rows_with_writers(data, job, baseline, events)


def _rows_with_writers(
    data: Path, job: Callable[[], None], baseline: Callable[[], None], events: int
) -> Iterator[Result]:
    """Yield the same while others write, and the pace at which they do."""
    with writers(data) as size:
        paces, times = [], []
        for _ in range(RUNS):
            alone = _pace(size, lambda: time.sleep(3))
            copying, during_copy = _timed(baseline, size)
            backing_up, during = _timed(job, size)
            paces.append((during / alone, during, alone, during_copy))
            times.append((backing_up / copying, backing_up, copying))
    ratio, ours, bare = sorted(times)[RUNS // 2]
    name = f"backup of {events:,} events / copying, while others write"
    yield at_most(name, ratio, 1.5, f"{ours:.2f} of {bare:.2f} s")
    ratio, during, alone, during_copy = sorted(paces)[RUNS // 2]
    detail = f"{during:,.0f} of {alone:,.0f} commits/s; {during_copy:,.0f} during a copy"
    yield at_least("pace of writers during a backup / alone", ratio, 0.8, detail)


def back_up(data: Path, folder: Path) -> None:
    """Write a backup and remove it."""
    out = folder / "backup.tar"
    create_backup(data, NAME, out, time=clock.now(), with_key=False, progress=lambda *_: None)
    out.unlink()


def copy(data: Path, folder: Path) -> None:
    """Copy the file of the log onto the disk, and remove the copy."""
    with (data / NAME / "events.db").open("rb") as source, (folder / "copy").open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    (folder / "copy").unlink()


@contextmanager
def writers(data: Path) -> Iterator[Callable[[], int]]:
    """Let processes write to a log, and give what tells its size."""
    with make_log(data) as log:
        processes = [
            subprocess.Popen([sys.executable, "-c", WRITE, str(data), f"item-writer-{number}"])
            for number in range(WRITERS)
        ]
        try:
            begun = log.size()
            while log.size() < begun + 100 * WRITERS:
                time.sleep(0.05)
            yield log.size
        finally:
            for process in processes:
                process.kill()
                process.wait()


def _timed(job: Callable[[], None], size: Callable[[], int]) -> tuple[float, float]:
    """Return how long a job takes, and how many events a second came meanwhile."""
    before = size()
    taken = seconds(job)
    return taken, (size() - before) / taken


def _pace(size: Callable[[], int], wait: Callable[[], None]) -> float:
    return _timed(wait, size)[1]


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS):
        print(f"{row.name:<58} {row.figure:<58} {row.aim}", flush=True)
