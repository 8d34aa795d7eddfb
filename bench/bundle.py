"""A bundle of the whole log in one pass with flat memory; `python -m bench.bundle 20000` for fewer events.

One event in a hundred has a file of 20 kB. Memory is the most that a process of its own had.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import msgspec

from bench.append import make_log, meta
from bench.measure import Result, at_most, without_aim
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.eventlog.sqlite import SqliteLog

EVENTS = 100_000
COMMIT = 100
FILE = bytes(20_000)
WRITE = """
import sys
from pathlib import Path
from cchc_flow import clock, workspace
from cchc_flow.audit.bundles.create import write_bundle
from cchc_flow.audit.bundles.scope import WHOLE_LOG
with open(sys.argv[2], "w+b") as file:
    write_bundle(workspace.open_workspace(Path(sys.argv[1]), "xa-do", clock.now), WHOLE_LOG, file)
"""
VERIFY = """
import sys
from cchc_flow.audit.bundles import verify
if verify.main([sys.argv[2]])[1]:
    sys.exit("the bundle is not right")
"""
TELL_MEMORY = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"


class Cost(NamedTuple):
    """What a process took: seconds, and megabytes at most."""

    seconds: float
    megabytes: int


def rows(events: int = EVENTS) -> Iterator[Result]:
    """Yield what a bundle of so many events takes to be written and verified, beside one of a tenth."""
    (few_written, few_verified, _), (written, verified, size) = _measure(events // 10), _measure(events)
    grown = written.megabytes / few_written.megabytes
    detail = f"{few_written.megabytes} → {written.megabytes} MB"
    yield at_most(f"bundle, memory of {events:,} events / of a tenth", grown, 1.5, detail)
    pace = f"{written.seconds:.1f} s, {size / 1e6:.0f} MB"
    yield without_aim(f"bundle of {events:,} events, written", pace)
    grown = verified.megabytes / few_verified.megabytes
    detail = f"{few_verified.megabytes} → {verified.megabytes} MB, {verified.seconds:.1f} s"
    yield at_most("verify.py, the same", grown, 2, detail)


def _measure(events: int) -> tuple[Cost, Cost, int]:
    """Return what it takes to write the bundle of a new log and to verify it, and its size in bytes."""
    with tempfile.TemporaryDirectory() as folder, make_log(Path(folder)) as log:
        _fill(log, events, FolderVault(Path(folder) / "xa-do" / "vault"))
        out = Path(folder) / "bundle.zip"
        return _run(WRITE, folder, out), _run(VERIFY, folder, out), out.stat().st_size


def _fill(log: SqliteLog, events: int, vault: FolderVault) -> None:
    """Append events in commits of a hundred, the last of which refers to a file."""
    for first in range(0, events, COMMIT):
        file = msgspec.to_builtins(vault.store(FILE, "application/pdf"))
        evidence = {"name": msgspec.to_builtins(vault.store(b"a.pdf", "text/plain")), "content": file}
        changes = [
            Change(f"item-{n:08}", 0, (_progress_report(n, [] if n % COMMIT else [evidence]),))
            for n in range(first, min(first + COMMIT, events))
        ]
        log.append(changes, meta(f"command-{first:032}"))


def _progress_report(number: int, evidence: list[object]) -> Draft:
    return Draft("item.progress_reported/1", {"percent": number % 100, "note": None, "evidence": evidence})


def _run(program: str, folder: str, out: Path) -> Cost:
    """Run a program over a data folder and a bundle in a process of its own."""
    begin = perf_counter()
    command = [sys.executable, "-c", program + TELL_MEMORY, folder, str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(perf_counter() - begin, int(told.stdout))


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS):
        print(f"{row.name:<58} {row.figure:<48} {row.aim}")
