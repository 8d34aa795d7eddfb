"""A PostgreSQL server with a synchronous standby, both the tests' own; the standby can take its place."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from support.postgres import ACCOUNT, NODE, OWNER, QUICK, Cluster, Server, TestDatabase, why_not

WAIT_SECONDS = 20


class Standby(Server):
    """A copy of a running server that follows it."""

    def __init__(self, primary: Server) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        self.data, self._settings = self.folder / "data", dict(QUICK)
        self._process = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
        where = ["-h", str(primary.folder), "-U", OWNER]
        self.run("pg_basebackup", *where, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast")


class Pair:
    """The two servers and one database; `url` names both, and leads to the one that can be written."""

    def __init__(self, primary: Server, standby: Server, database: TestDatabase) -> None:
        self.primary, self.standby, self.database = primary, standby, database
        hosts = ",".join(quote(str(server.folder), safe="") for server in (primary, standby))
        self.url = f"postgresql://{NODE}@/{database.name}?host={hosts}&target_session_attrs=read-write"

    def wait_for(self, sql: str, server: Server | None = None) -> None:
        """Wait until a query on the primary (or another server) answers «t»."""
        ends = time.monotonic() + WAIT_SECONDS
        while (server or self.primary).query(self.database.name, sql).strip() != "t":
            assert time.monotonic() < ends, sql
            time.sleep(0.05)

    def kill_primary(self) -> None:
        """End the primary as a machine does that loses its power, and let the standby take its place."""
        kill(self.primary)
        self.standby.query(self.database.name, "SELECT pg_promote()")

    def stop_following(self) -> None:
        """Let the standby receive nothing more, as when the network between the two is cut."""
        self.standby.query("postgres", "ALTER SYSTEM SET primary_conninfo = ''")
        self.standby.query("postgres", "SELECT pg_reload_conf()")
        self.wait_for("SELECT count(*) = 0 FROM pg_stat_replication")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let the standby fall behind: it shows nothing new for a while."""
        self.standby.query(self.database.name, "SELECT pg_wal_replay_pause()")
        self.wait_for("SELECT pg_get_wal_replay_pause_state() = 'paused'", self.standby)
        try:
            yield
        finally:
            self.standby.query(self.database.name, "SELECT pg_wal_replay_resume()")


def kill(server: Server) -> None:
    """End all processes of a server at once.

    Were it the main one alone, the others would stop waiting for the standby as soon as they notice, and show
    each other for a moment what they waited for.
    """
    main = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(main, signal.SIGSTOP)  # starts no others meanwhile
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    for pid in (*map(int, children), main):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert server._process is not None
    server._process.wait(WAIT_SECONDS)
    server._process = None


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A server whose commits wait until its standby shows them, with the schema in a database."""
    from cchc_flow.eventlog.postgres.pool import close_pools

    if reason := why_not():
        pytest.skip(reason)
    primary, standby = Server(), None
    try:
        primary.start()
        database = Cluster(primary).create()
        standby = Standby(primary)
        standby.start(hot_standby_feedback="on")
        primary.query("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.query("postgres", "ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
        primary.query("postgres", "SELECT pg_reload_conf()")
        pair = Pair(primary, standby, database)
        pair.wait_for("SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
        yield pair
    finally:
        close_pools()
        for server in (standby, primary):
            if server:
                server.stop("immediate")
                shutil.rmtree(server.folder)
