"""The processes that verify a long log together, and what becomes of them."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from support.history import commune

from cchc_flow.eventlog.verification import parallel
from cchc_flow.eventlog.verification.chunk import Chunk, check_chunk
from cchc_flow.eventlog.verification.source import FolderSource, Reopen

ROOT = Path(__file__).parents[3]
KILLED = """
import multiprocessing, os, signal, sys
from functools import partial
from concurrent.futures import ProcessPoolExecutor
from cchc_flow.eventlog.verification import parallel
from cchc_flow.eventlog.verification.snapshot import connect_read_only

if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, spawn, parallel._init_process, (partial(connect_read_only, sys.argv[1]),))
    print(pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_verification_that_is_killed_leaves_no_process_behind(tmp_path: Path):
    ws = commune(tmp_path)
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    address = f"{(ws.folder / 'events.db').as_uri()}?mode=ro"
    with (tmp_path / "helper").open("w") as out:  # a pipe would be held open by the process left behind
        subprocess.run(
            [sys.executable, str(script), address],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            stdout=out,
            check=False,
        )
    helper = Path("/proc") / (tmp_path / "helper").read_text().strip()
    assert helper.name.isdigit()
    assert is_gone_within(10, helper)


def is_gone_within(seconds: int, process: Path) -> bool:
    """Tell whether a process ends in time; one that waits only to be counted has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if process.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.1)
    return False


def test_where_the_system_takes_a_process_away_the_rest_is_examined_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = commune(tmp_path)
    size = ws.log.size()

    def killed_pool(reopen: Reopen, size: int, cores: int) -> Iterator[Chunk]:
        yield check_chunk(snapshot.connection, 0, 7)
        raise BrokenProcessPool

    monkeypatch.setattr(parallel, "MIN_EVENTS", 0)
    monkeypatch.setattr(parallel, "_check_in_pool", killed_pool)
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: {0, 1})
    with FolderSource(ws.folder).open_snapshot() as snapshot:
        chunks = list(parallel.check_chunks(snapshot, size, lambda done, of: None))
    assert [chunks[0].end, chunks[-1].end] == [7, size]
