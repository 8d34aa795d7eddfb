"""Verification, against reading and hashing the same rows; `python -m bench.verify 50000` for fewer."""

import hashlib
import resource
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from bench.append import make_log, meta
from bench.measure import Result, at_least, median_seconds, without_aim
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.port import Change, Draft, JsonObject
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

EVENTS = 1_000_000
BATCH = 10  # events of one commit
RUNS = 3
HERE, HELPERS = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


def rows(events: int = EVENTS) -> Iterator[Result]:
    """Yield the results for verifying a log of so many events."""
    with tempfile.TemporaryDirectory() as folder, make_log(Path(folder)) as log:
        database = Path(folder) / "xa-do"
        fill(log, events, FolderVault(database / "vault"))
        for title, aim, every_seal in (("verify", 0.33, False), ("verify --all", 0.08, True)):
            ours, bare = median_seconds(
                partial(_verify_log, database, every_seal=every_seal),
                partial(_read_and_hash, database / "events.db"),
                RUNS,
            )
            detail = f"{events / ours:,.0f} of {events / bare:,.0f} events/s"
            yield at_least(f"{title} {events:,} events / read and hash", bare / ours, aim, detail)
    own, children = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    yield without_aim("verify, most memory of a process", f"{own} MB here, {children} MB in a helper")


def fill(log: SqliteLog, events: int, vault: FolderVault) -> None:
    """Append events in commits of a few, four to a stream; they share one note."""
    note = msgspec.to_builtins(vault.store(b"Da lam xong phan ra soat." * 4, "text/plain"))
    for first in range(0, events, BATCH):
        numbers = range(first, min(first + BATCH, events))
        changes = [Change(f"item-{n // 4:08}", n % 4, (_progress_report(n, note),)) for n in numbers]
        log.append(changes, meta(f"command-{first:032}"))


def _progress_report(number: int, note: JsonObject) -> Draft:
    """Return a report of progress, one in three with a note in the vault."""
    data = {"percent": number % 100, "note": None if number % 3 else note, "evidence": []}
    return Draft("item.progress_reported/1", data)


def _verify_log(folder: Path, *, every_seal: bool = False) -> None:
    report = verify_log(folder, all_checkpoints=every_seal)
    if not report.ok:
        raise SystemExit(report_sentence(report))


def _read_and_hash(database: Path) -> None:
    connection = sqlite3.connect(database)
    for _, body in connection.execute("SELECT position, body FROM events ORDER BY position"):
        hashlib.sha256(body).digest()
    connection.close()


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS):
        print(f"{row.name:<58} {row.figure:<48} {row.aim}")
