"""A province of 102 communes with 50,000 events each in PostgreSQL, against one with a tenth of the events.

`python -m bench.province` is that (some 10 minutes on two free cores, 8 GB under /var/tmp, removed again);
`make bench` does a tenth of it, and `python -m bench.province 5000 24` that with 24 communes. How the logs
are made, and what about them is real, stands in `province_filling.py`. What is measured is pages as an
inspector of the province gets them from a node in this process, and the memory of a node in a process of its
own.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient

from bench.browsing import session_cookie
from bench.measure import Result, at_most, median_seconds, seconds, without_aim
from bench.province_filling import INSPECTOR, NAME, Database, make_province
from bench.worlds import order
from cchc_flow import clock, commands
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.moving_log import copy_log_to_folder
from cchc_flow.eventlog.moving_stores import copy_contents
from cchc_flow.eventlog.postgres.pool import close_pools
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.source import FolderSource, LogSource
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.homes import find_home
from cchc_flow.web import create_app
from cchc_flow.workflow.calendar import local_day

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.postgres import QUICK, Cluster, Server, why_not

COMMUNES, FEW = 102, 10
EVENTS = 50_000
TENTH = 10
LOG = "CCHC_FLOW_LOG"
WHERE = "/var/tmp"  # noqa: S108  # gigabytes: on a disk, and removed again
ASKED = 5
"""In so many communes the history is opened."""
SERVER = QUICK | {"shared_buffers": "512MB", "max_wal_size": "2GB"}
"""Commits are not what is measured, so none waits for the disk."""
OVERVIEW = f"/{NAME}/province/overview"
STILL_READING = "đang đọc tiếp"


class Side:
    """One of the provinces, and a node for it in this process whose visitor is the province's inspector."""

    def __init__(self, database: Database, names: list[str], events: int) -> None:
        self.database, self.names, self.events = database, names, events
        self._client: FlaskClient | None = None

    def enter(self) -> None:
        """Let the logs be in this province's database."""
        os.environ[LOG] = self.database.url

    def get(self, path: str) -> str:
        """Return a page."""
        self.enter()
        if self._client is None:
            self._client = sign_in(self.database.data)
        answer = self._client.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return answer.text

    def read_all(self, day: str = "") -> None:
        """Ask for the figures until all communes were read."""
        while STILL_READING in (page := self.get(f"{OVERVIEW}/figures{day}")):
            pass
        assert f"Đã đọc {len(self.names)} trong {len(self.names)} xã" in page


def sign_in(data: Path) -> FlaskClient:
    """Return a client of a new node at which the province's inspector is signed in."""
    client = create_app(data, clock.now).test_client()
    with closing(commands.open_workspace(data, NAME, clock.now)) as ws:
        cookie, token = session_cookie(ws, INSPECTOR)
    client.set_cookie(cookie, token, domain="localhost")
    return client


def rows(events: int = EVENTS // TENTH, communes: int = COMMUNES) -> Iterator[Result]:
    """Yield the results, or one that says why there are none; the larger logs have so many events each."""
    if reason := why_not():
        yield without_aim("a province on PostgreSQL", f"not measured: {reason}")
        return
    server = Server(SERVER, WHERE)
    try:
        server.start(max_connections="60")
        cluster = Cluster(server)
        with tempfile.TemporaryDirectory(dir=WHERE) as folder:
            began = time.perf_counter()
            sizes = (events, events // TENTH)
            large, small = (_make(cluster, Path(folder), communes, size) for size in sizes)
            detail = f"{communes * sum(sizes):,} events in {time.perf_counter() - began:,.0f} s"
            yield without_aim("both provinces filled, read models built", detail)
            yield from _pages(large, small)
            yield _verify_row(large, Path(folder) / "copy")
            yield from _memory(_make(cluster, Path(folder), FEW, 0), small)
            close_pools()
    finally:
        os.environ.pop(LOG, None)
        close_pools()
        server.remove()


def _make(cluster: Cluster, folder: Path, communes: int, events: int) -> Side:
    made = cluster.create()
    database = Database(folder / f"node-{communes}-{events}", made.url, made.owner_url)
    return Side(database, make_province(database, communes, events), events)


def _pages(large: Side, small: Side) -> Iterator[Result]:
    """Compare the overview when nothing happened, when something did, and of another day; then histories."""
    size = f"{len(large.names)} × {large.events:,} / {small.events:,} events"
    yield _compare(f"overview read first, {size}", large.read_all, small.read_all, runs=0)
    pages = [partial(side.get, OVERVIEW) for side in (large, small)]
    yield _compare("overview, nothing happened since", *pages)
    yield _compare(
        "overview, something happened in one commune", *(_after_event(side) for side in (large, small))
    )
    for words, days in (("of last week", range(1, 8, 2)), ("of half a year ago", range(150, 157, 2))):
        yield _compare(
            f"overview of a day {words}, read first",
            *(_new_days(side, days) for side in (large, small)),
            runs=3,
        )
    found = [[_history(side, name) for name in side.names[:ASKED]] for side in (large, small)]
    long, short = (statistics.median(seconds) for seconds in found)
    yield at_most("first page of a history", long / short, 2, f"{long * 1e3:.0f} and {short * 1e3:.0f} ms")


def _compare(name: str, job: Callable[[], object], baseline: Callable[[], object], runs: int = 5) -> Result:
    """Compare a job with its baseline: the median of some runs, or (with none) the first one of each."""
    long, short = median_seconds(job, baseline, runs) if runs else (seconds(job), seconds(baseline))
    return at_most(name, long / short, 2, f"{long * 1e3:,.0f} and {short * 1e3:,.0f} ms")


def _new_days(side: Side, days: Iterable[int]) -> Callable[[], None]:
    """Return what reads the overview of a past day, another one each time."""
    left = iter(days)

    def look() -> None:
        side.read_all(f"?as_of={local_day(clock.now()) - timedelta(days=next(left))}")

    return look


def _after_event(side: Side) -> Callable[[], None]:
    """Return what opens the overview after something happened in one commune, and reads that one again."""

    def look() -> None:
        side.enter()
        with closing(commands.open_workspace(side.database.data, side.names[0], clock.now)) as ws:
            commands.add_unit(ws, f"Phòng {ws.log.size()}", (), order(ws, "system:bench"))
        side.read_all()

    return look


def _history(side: Side, name: str) -> float:
    """Return how long the first page of a commune's history takes, once its index is filled."""
    page = f"/{name}/events"
    for _ in range(3):
        side.get(page)
    return statistics.median(seconds(partial(side.get, page)) for _ in range(5))


def _verify_row(side: Side, folder: Path) -> Result:
    """Compare verifying one commune's log in the database with verifying a copy of it in a folder."""
    side.enter()
    source = find_home(side.database.data).source(side.names[1])
    size = copy_log_to_folder(source, folder)
    with source.open_snapshot() as snapshot:
        digests = [digest for (digest,) in snapshot.connection.execute("SELECT digest FROM contents")]
    copy_contents(find_home(side.database.data).vault(side.names[1]), FolderVault(folder / "vault"), digests)
    mine, other = median_seconds(partial(_verify, source), partial(_verify, FolderSource(folder)), 3)
    figure = f"{mine / other:.2f}  ({size / mine:,.0f} of {size / other:,.0f} events/s)"
    return without_aim(f"verify {size:,} events in PostgreSQL / on SQLite", figure)


def _verify(source: LogSource) -> None:
    report = verify_log(source)
    if not report.ok:
        raise SystemExit(report_sentence(report))


def _memory(few: Side, many: Side) -> Iterator[Result]:
    """Compare a node's memory with few and many communes: at its start, and when all were looked at once."""
    few_start, (start, some, all_of_them, overview) = _node(few)[0], _node(many)
    counts = f"{len(many.names)} / {len(few.names)} communes"
    detail = f"{start} of {few_start} MB"
    yield at_most(f"memory of a node, started: {counts}", start / few_start, 1.1, detail)
    detail = f"{all_of_them} of {some} MB"
    yield at_most(f"memory, looked at and closed: {counts}", all_of_them / some, 1.1, detail)
    detail = f"{overview} of {all_of_them} MB"
    yield at_most("memory, the overview was read anew / before", overview / all_of_them, 1.1, detail)


def _node(side: Side) -> list[int]:
    """Return a node's memory in MB: at its start, after a few communes, after all, after the overview."""
    command = [sys.executable, "-m", "bench.province_node", str(side.database.data), str(FEW), *side.names]
    said = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {LOG: side.database.url}
    )
    return [int(word) for word in re.findall(r"(\d+) MB", said.stdout)]


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:] or [str(EVENTS)])):
        print(f"{row.name:<66} {row.figure:<40} {row.aim}", flush=True)
