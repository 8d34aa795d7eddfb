"""What docs/postgresql.md tells who runs the database is done: a standby, a backup, a point in time."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import ACCOUNT, OWNER, Cluster, Server, TestDatabase, why_not
from support.terminal import open_terminal
from support.world import BEGIN, World

from cchc_flow.commands import open_workspace
from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.postgres.install import Installed, install
from cchc_flow.eventlog.postgres.pool import close_pools
from cchc_flow.eventlog.verification.verify import verify_log

MAIN, BACKUPS = "/var/lib/postgresql/15/main", "/var/backups/postgresql"
MOMENT = "2026-03-02 14:30:00+07"


class Copy(Server):
    """A server on a data folder that another program made."""

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.data)
        self.data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(self.data, ACCOUNT, ACCOUNT)

    def restart(self) -> None:
        """Start it again, as after a change of what only a start reads."""
        self.stop()
        self.start()


class Place:
    """A primary with a commune, another machine for a second server, and the commands of the page."""

    def __init__(self, programs: dict[str, str]) -> None:
        self._programs = programs
        self.primary, self.other = Server(), Copy()
        self.primary.start()
        self.database: TestDatabase = Cluster(self.primary).create()
        self.backups = self.primary.folder / "backups"

    def do(self, name: str, *, moment: str = MOMENT) -> str:
        """Do the commands of a block as the account, with the folders and machines of the test."""
        code = self._programs[name].replace(MAIN, str(self.other.data)).replace(MOMENT, moment)
        code = code.replace(BACKUPS, str(self.backups)).replace("host=db1", f"host={self.primary.folder}")
        surroundings = os.environ | {
            "PGHOST": str(self.primary.folder),
            "PGUSER": OWNER,
            "PGDATABASE": "postgres",
        }
        surroundings["PATH"] = f"{self.primary._programs}:{surroundings['PATH']}"
        done = subprocess.run(
            [*self.primary._as_account(), "bash", "-e", "-c", code],
            cwd="/", env=surroundings, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, (name, done.stderr)
        return done.stdout

    def other_url(self) -> str:
        return self.other.url(self.database.name)

    def remove(self) -> None:
        close_pools()
        self.primary.remove()
        self.other.remove()


@pytest.fixture
def place(programs: dict[str, str]) -> Iterator[Place]:
    if reason := why_not():
        pytest.skip(reason)
    place = Place(programs)
    yield place
    place.remove()


def test_what_was_acknowledged_with_a_synchronous_standby_is_there_when_the_primary_is_gone(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.do("postgres-primary.sh")
    place.do("postgres-standby.sh")
    place.other.start()
    assert "standby1|streaming|sync" in place.do("postgres-synchronous.sh").replace(" ", "")
    both = f"{place.database.url},{place.other.folder}&target_session_attrs=read-write"
    monkeypatch.setenv("CCHC_FLOW_LOG", both)
    world = World(tmp_path / "data").settle()
    size, root = world.ws.log.size(), world.ws.log.root(world.ws.log.size())
    place.primary.stop("immediate")
    place.other.run("pg_ctl", "promote", "-D", str(place.other.data), "-w", "-s")
    assert (world.ws.log.size(), world.ws.log.root(size)) == (size, root)
    place.other.query("postgres", "ALTER SYSTEM RESET synchronous_standby_names")
    place.other.query("postgres", "SELECT pg_reload_conf()")
    world.submitted()
    world.ws.log.flush()
    assert verify_log(world.ws.source).ok
    world.ws.close()


def test_a_database_of_an_earlier_moment_is_told_by_each_node_and_taken_on_by_a_person(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    (place.backups / "wal").mkdir(parents=True)
    if os.geteuid() == 0:
        for folder in (place.backups, place.backups / "wal"):
            shutil.chown(folder, ACCOUNT, ACCOUNT)
    place.do("postgres-archive.sh")
    place.primary.stop()
    place.primary.start()
    monkeypatch.setenv("CCHC_FLOW_LOG", place.database.url)
    world = World(data).settle()
    world.ws.log.flush()
    place.do("postgres-base.sh")
    earlier = world.ws.log.size()
    moment = place.database.query("SELECT clock_timestamp()").strip()
    world.submitted()
    world.ws.close()
    place.database.query("SELECT pg_switch_wal()")
    place.primary.stop()
    place.do("postgres-restore.sh", moment=moment)
    place.other.start()
    monkeypatch.setenv("CCHC_FLOW_LOG", place.other_url())
    with pytest.raises(LogBroken, match="máy này đã thấy"):
        open_workspace(data, "xa-mau", lambda: BEGIN)
    wait_until_promoted(place.other)
    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: world.ws.now)
    accepted = open_terminal(data, capsys)("accept")
    assert accepted.code == 0, accepted.err
    again = World(data, is_there=True)
    since = [event.type for event in again.ws.log.read_events() if event.position > earlier]
    assert "log.rollback_accepted/1" in since  # beside it only what says which plugins the command had
    assert {kind.partition(".")[0] for kind in since} <= {"log", "plugin"}
    again.ws.log.flush()
    assert verify_log(again.ws.source).ok
    again.ws.close()


def wait_until_promoted(server: Server) -> None:
    """Wait until a server that recovers takes writers."""
    if is_recovering(server):
        server.run("pg_ctl", "promote", "-D", str(server.data), "-w", "-s")


def is_recovering(server: Server) -> bool:
    return server.query("postgres", "SELECT pg_is_in_recovery()").strip() == "t"


def test_a_dump_that_another_server_reads_has_the_same_log(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_FLOW_LOG", place.database.url)
    world = World(tmp_path / "data").settle()
    world.ws.log.flush()
    size, root = world.ws.log.size(), world.ws.log.root(world.ws.log.size())
    world.ws.close()
    dump = place.primary.folder / "dump"
    where = "-h", str(place.primary.folder), "-U", OWNER
    place.primary.run("pg_dump", *where, "-Fc", "-f", str(dump), place.database.name)
    query = place.primary.query
    query("postgres", "CREATE DATABASE other")
    place.primary.run("pg_restore", *where, "-d", "other", str(dump))
    monkeypatch.setenv("CCHC_FLOW_LOG", place.primary.url("other"))
    assert install(place.primary.url("other", OWNER)) is Installed.UNCHANGED
    again = World(tmp_path / "data", is_there=True)
    assert (again.ws.log.size(), again.ws.log.root(size)) == (size, root)
    assert verify_log(again.ws.source).ok
    again.ws.close()
