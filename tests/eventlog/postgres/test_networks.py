"""A network that is cut before the database, and a disk that is full there: one sentence, nothing lost."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from eventlog.appending import Clock, append_steps
from eventlog.postgres.homes import PostgresTestHome
from support.postgres import ACCOUNT, TEMPLATE, Cluster, TestDatabase
from support.proxy import Proxy

from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.port import Receipt
from cchc_flow.eventlog.postgres import pool
from cchc_flow.eventlog.postgres.vault import PostgresVault

ROOM = "16m"


@pytest.fixture
def proxy(postgres: TestDatabase) -> Iterator[Proxy]:
    proxy = Proxy(postgres.server.folder)
    yield proxy
    proxy.close()


@pytest.fixture
def far_home(proxy: Proxy, postgres: TestDatabase, tmp_path: Path) -> Iterator[PostgresTestHome]:
    """The log as a node has it that reaches the database over a network."""
    url = f"postgresql://node@127.0.0.1:{proxy.port}/{postgres.name}"
    home = PostgresTestHome(url, tmp_path / "private", Clock())
    yield home
    home.close()
    pool.close_pools()


def test_a_network_that_swallows_the_answer_is_told_of_in_time_and_the_command_is_carried_out_once(
    proxy: Proxy, far_home: PostgresTestHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "ANSWER_SECONDS", 0.4)
    log = far_home.open()
    append_steps(log, "item-1", 0, "một")
    log.flush()
    proxy.is_silent = True
    start = time.monotonic()
    with pytest.raises(NotRecorded, match="chưa xác nhận việc này"):
        append_steps(log, "item-1", 1, "hai")
    assert time.monotonic() - start < 5
    proxy.is_silent = False
    assert append_steps(log, "item-1", 1, "hai").first == 3  # carried out then or now
    assert append_steps(log, "item-1", 1, "hai") == Receipt(3, 3, repeated=True)
    assert append_steps(log, "item-1", 2, "ba") == Receipt(4, 4)


def test_connections_that_the_network_ends_are_replaced_while_writing_goes_on(
    proxy: Proxy, far_home: PostgresTestHome
) -> None:
    log = far_home.open()
    for version in range(12):
        if version % 4 == 3:
            proxy.cut()
        assert append_steps(log, "item-1", version, "việc").last == version + 2
    assert [event.version for event in log.stream("item-1")] == [*range(1, 13)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with little room that belongs to the database's account."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk is mounted as root only")
    try:
        for parent in (tmp_path, *tmp_path.parents[:2]):
            parent.chmod(0o755)
        shutil.chown(folder, ACCOUNT, ACCOUNT)
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_at_the_database_is_told_of_and_writing_goes_on_when_there_is_room(
    small_disk: Path, postgres_cluster: Cluster, tmp_path: Path
) -> None:
    server = postgres_cluster.server
    place = small_disk / "tables"
    place.mkdir()
    shutil.chown(place, ACCOUNT, ACCOUNT)
    server.query("postgres", f"CREATE TABLESPACE small LOCATION '{place}'")
    server.query("postgres", f"CREATE DATABASE cramped TEMPLATE {TEMPLATE}")
    database = TestDatabase(server, "cramped")
    try:
        database.query("ALTER TABLE cchc_log.vault SET TABLESPACE small")
        home = PostgresTestHome(database.url, tmp_path / "private", Clock())
        log, vault = home.open(), PostgresVault(pool.find_database(database.url), "ea-thu")
        stored = []
        with pytest.raises(NotRecorded, match="hết chỗ"):
            while len(stored) < 60:
                stored += [vault.store(os.urandom(400_000), "application/pdf").digest]
        assert stored and all(len(vault.load(digest)) == 400_000 for digest in stored)
        assert append_steps(log, "item-1", 0, "việc") == Receipt(2, 2)
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
        assert vault.load(vault.store(os.urandom(400_000), "application/pdf").digest)
        home.close()
    finally:
        pool.close_pools()
        database.drop()
        server.query("postgres", "DROP TABLESPACE small")
