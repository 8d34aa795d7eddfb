"""The log in PostgreSQL: against a bare append function on the same server, and a node's command on SQLite.

The server is the bench's own, on a socket, with fsync. Writers are processes; bare and ours encode the same
drafts. The bare function has a counter for each workspace, checks the version, and inserts. On one workspace
both are one program with eight threads: Python runs one of them at a time, so eight programs would not be the
same thing. On two cores that the writers share with the server the ratio is that of processor time.
"""

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.measure import Result, at_least, at_most, median_seconds, without_aim
from bench.worlds import UNIT, commune, order
from cchc_flow import commands
from cchc_flow.eventlog.postgres.pool import close_pools
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.postgres import Cluster, Server, TestDatabase, why_not

WRITERS = 8
COMMITS = 2_000  # by all writers in one run
RUNS = 3
COMMANDS = 60
COMMAND_RUNS = 7
BARE = """
CREATE TABLE bare_heads (workspace text PRIMARY KEY, size bigint NOT NULL);
CREATE TABLE bare_events (
    workspace text NOT NULL, position bigint NOT NULL, stream text NOT NULL, version bigint NOT NULL,
    body bytea NOT NULL, PRIMARY KEY (workspace, position), UNIQUE (workspace, stream, version));
CREATE FUNCTION bare_append(p_workspace text, p_stream text, p_expected bigint, p_body bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    at bigint;
    now_at bigint;
BEGIN
    INSERT INTO bare_heads VALUES (p_workspace, 1)
        ON CONFLICT (workspace) DO UPDATE SET size = bare_heads.size + 1 RETURNING size INTO at;
    SELECT coalesce(max(version), 0) INTO now_at FROM bare_events e
        WHERE e.workspace = p_workspace AND e.stream = p_stream;
    IF now_at <> p_expected THEN
        RAISE EXCEPTION 'conflict';
    END IF;
    INSERT INTO bare_events VALUES (p_workspace, at, p_stream, p_expected + 1, p_body);
    RETURN at;
END $$;
"""


def rows() -> Iterator[Result]:
    """Yield the results, or one that says why there are none."""
    if reason := why_not():
        yield without_aim("the log in PostgreSQL", f"not measured: {reason}")
        return
    server = Server({})
    try:
        server.start(max_connections="200")
        database = Cluster(server).create()
        database.query(BARE)
        yield from _append_rows(database)
        yield _command_row(database)
    finally:
        close_pools()
        server.remove()


def _append_rows(database: TestDatabase) -> Iterator[Result]:
    """Compare eight writers of eight workspaces, and of one, with the bare function in the same place."""
    many, one = [f"xa-{number}" for number in range(WRITERS)], ["xa-chung"] * WRITERS
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:

        def writers(kind: str, names: list[str]) -> list[subprocess.Popen[str]]:
            return stack.enter_context(_writers(kind, database.url, folder, names))

        sides = {
            ("ours", 8): writers("ours", many),
            ("bare", 8): writers("bare", many),
            ("ours", 1): writers("ours threads", one[:1]),
            ("nodes", 1): writers("ours", one),
            ("bare", 1): writers("bare threads", one[:1]),
            ("eventsourcing", 8): writers("eventsourcing", many),
        }
        rates: dict[tuple[str, int], list[float]] = {side: [] for side in sides}
        for _, side in itertools.product(range(RUNS), sides):
            rates[side].append(_rate(sides[side]))
    rate = {side: statistics.median(found) for side, found in rates.items()}
    for count, aim, words in ((8, 0.6, "8 workspaces"), (1, 0.3, "1 workspace")):
        mine, bare = rate["ours", count], rate["bare", count]
        detail = f"{mine:,.0f} of {bare:,.0f} commits/s"
        yield at_least(f"8 writers, {words}: append, sign, seal / bare function", mine / bare, aim, detail)
    yield without_aim("8 nodes at once, 1 workspace", f"{rate['nodes', 1]:,.0f} commits/s")
    mine, theirs = rate["ours", 8], rate["eventsourcing", 8]
    detail = f"{mine:,.0f} against {theirs:,.0f} events/s"
    yield at_least("8 writers: append, sign, seal / eventsourcing", mine / theirs, 4, detail)


@contextmanager
def _writers(kind: str, url: str, folder: str, names: list[str]) -> Iterator[list[subprocess.Popen[str]]]:
    """Give writers that are ready."""
    command = [sys.executable, "-m", "bench.postgres_writer", kind, url, folder]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running: list[subprocess.Popen[str]] = []
    for name in names:  # one after the other: the library cannot make its tables twice at once
        running.append(subprocess.Popen([*command, name], **pipes))  # type: ignore[call-overload]
        assert running[-1].stdout.readline() == "ready\n"
    yield running
    for process in running:
        process.communicate(timeout=30)


def _rate(writers: list[subprocess.Popen[str]]) -> float:
    """Return the commits a second of all writers together, who begin at the same time."""
    for word in (f"{COMMITS // len(writers)}\n", "\n"):
        for process in writers:
            assert process.stdin
            process.stdin.write(word)
            process.stdin.flush()
        if word != "\n":
            assert all(process.stdout and process.stdout.readline() for process in writers)
            start = time.perf_counter()
    for process in writers:
        assert process.stdout
        process.stdout.readline()
    return COMMITS / (time.perf_counter() - start)


def _command_row(database: TestDatabase) -> Result:
    """Compare a command of a node with the same command on SQLite, which writes with FULL."""
    with tempfile.TemporaryDirectory() as folder:
        file = commune(Path(folder) / "a", 300)
        os.environ["CCHC_FLOW_LOG"] = database.url
        try:
            node = commune(Path(folder) / "b", 300)
            mine, theirs = median_seconds(_taking(node), _taking(file), COMMAND_RUNS)
            node.close()
        finally:
            del os.environ["CCHC_FLOW_LOG"]
        file.close()
    detail = f"{1000 * mine / COMMANDS:.1f} of {1000 * theirs / COMMANDS:.1f} ms"
    return at_most("a command on a node / on SQLite with FULL", mine / theirs, 2, detail)


def _taking(ws: Workspace):  # type: ignore[no-untyped-def]
    numbers, days = itertools.cycle(range(1, 301)), itertools.count()

    def take() -> None:
        for _ in range(COMMANDS):
            number, day = next(numbers), next(days)
            data = {"lead": UNIT, "due": f"20{27 + day // 12 % 60}-{1 + day % 12:02}-01"}
            commands.take_step(
                ws, f"2026-III.{1 + number % 2}.{number}", TakeStep("assign", data), order(ws, "hoa")
            )

    return take
