"""A node on PostgreSQL against the same commune on SQLite: catching up, and the board's page.

Both run in one go on one machine; the server is the bench's own, on a socket. `python -m bench.node 20000`.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bench.board import PAGES, repeat_get, signed_in
from bench.measure import Result, at_least, at_most, median_seconds, without_aim
from bench.worlds import commune
from cchc_flow import clock
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.eventlog.postgres.newest_positions import newest_positions
from cchc_flow.eventlog.postgres.pool import close_pools, find_database
from cchc_flow.projections.runner import Models
from cchc_flow.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.postgres import Cluster, Server, why_not

EVENTS = 100_000
TASKS = 500
BATCH = 100
LOG = "CCHC_FLOW_LOG"


def rows(events: int = EVENTS) -> Iterator[Result]:
    """Yield the results, or one that says why there are none."""
    if reason := why_not():
        yield without_aim("a node on PostgreSQL", reason)
        return
    server = Server({})
    server.start()
    try:
        yield from _compare(Cluster(server).create().url, events)
    finally:
        close_pools()
        server.remove()


def _compare(url: str, events: int) -> Iterator[Result]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = stack.enter_context(closing(commune(folder / "file", TASKS, under_way=1)))
        with _home(url):
            node = stack.enter_context(closing(commune(folder / "node", TASKS, under_way=1)))
        yield from _board(file, node, url)
        for ws in (file, node):
            _fill(ws, events)
        yield from _catching_up(file, node, events)


def _board(file: Workspace, node: Workspace, url: str) -> Iterator[Result]:
    """The node listens, as a server does."""
    listener = newest_positions(find_database(url))
    listener.start()
    ours = signed_in(file)
    with _home(url):
        theirs = signed_in(node)
        assert theirs.get("/xa-do/board").status_code == 200  # the workspace is open from here on
    on_file = repeat_get(ours, "/xa-do/board")
    on_node = _within(url, repeat_get(theirs, "/xa-do/board"))
    mine, other = median_seconds(on_node, on_file, runs=9)
    detail = f"{mine / PAGES * 1e3:.1f} of {other / PAGES * 1e3:.1f} ms"
    yield at_most(f"board of {TASKS} on a node against SQLite", mine / other, 1.1, detail)
    listener.stop()


def _catching_up(file: Workspace, node: Workspace, events: int) -> Iterator[Result]:
    mine, other = median_seconds(_rebuild(node), _rebuild(file), runs=1)
    detail = f"{node.log.size() / mine:,.0f} of {file.log.size() / other:,.0f} events/s"
    yield at_least(f"catching up {events:,} events on a node, pace", other / mine, 0.5, detail)


def _rebuild(ws: Workspace) -> Callable[[], object]:
    return Models(ws.folder, ws.log).rebuild


def _fill(ws: Workspace, events: int) -> None:
    """Append reports of progress until the log has so many events, in commits of a hundred."""
    items = [f"item-2026-III.{1 + number % 2}.{number}" for number in range(1, TASKS + 1)]
    versions = {item: ws.log.version(item, ws.log.size()) for item in items}
    draft = Draft("item.progress_reported/1", {"percent": 40, "note": None, "evidence": []})
    for first in range(ws.log.size(), events, BATCH):
        chosen = [items[number % TASKS] for number in range(first, first + BATCH)]
        changes = [Change(item, versions[item], (draft,)) for item in chosen]
        meta = Meta(actor="lan", time=clock.now(), command_id=ws.new_id(), command_digest=b"x")
        ws.log.append(changes, meta)
        for item in chosen:
            versions[item] += 1


def _within(url: str, job: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with _home(url):
            job()

    return run


@contextmanager
def _home(url: str) -> Iterator[None]:
    """Let the logs be in the database within the block."""
    os.environ[LOG] = url
    try:
        yield
    finally:
        del os.environ[LOG]


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS):
        print(f"{row.name:<58} {row.figure:<48} {row.aim}")
