"""Who waits too long for the log is told; a process that stands still stops no reader."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.visitors import Site
from support.world import ASSIGN, TASK, World

from cchc_flow import waits
from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog import writer_lock
from cchc_flow.eventlog.locking import Connections
from cchc_flow.eventlog.refusals import busy_refusal, find_refusal
from cchc_flow.eventlog.writer_lock import WriterLock

OPEN_FILES = Path("/proc/self/fd")
HOLD = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
HOLD_DATABASES = """
import sqlite3, sys
held = [sqlite3.connect(path, isolation_level=None) for path in sys.argv[1:]]
for connection in held:
    connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


class Holder:
    """Another process, which holds a lock until it is let go on."""

    def __init__(self, program: str, *paths: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"
        self._process.send_signal(signal.SIGSTOP)  # it stands still

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)
        self._process.communicate(timeout=10)


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(writer_lock, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(writer_lock, "SHORT_PATIENCE_SECONDS", 0.1)
    yield


@pytest.mark.usefixtures("short_patience")
def test_a_writer_is_told_when_another_process_stands_still_and_goes_on_when_that_goes_on(
    world: World,
) -> None:
    holder = Holder(HOLD, world.ws.folder / "events.lock")
    size, began = world.ws.log.size(), time.monotonic()
    for _ in range(3):
        with pytest.raises(NotRecorded, match=r"giữ quyền ghi nhật ký quá lâu.*Hãy thử lại"):
            world.take("hoa", "assign", **ASSIGN)
    assert time.monotonic() - began < 3
    assert world.ws.log.size() == size
    holder.go_on()
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    assert world.ws.log.size() > size


@pytest.mark.usefixtures("short_patience")
def test_the_lock_is_not_kept_by_who_gave_up(tmp_path: Path) -> None:
    lock, other = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    with other, pytest.raises(NotRecorded), lock:
        pass
    for _ in range(20):  # the thread that waited for `lock` gets it, and lets it go at once
        with other:
            time.sleep(0.001)
    with lock, pytest.raises(NotRecorded), other:
        pass


@pytest.mark.usefixtures("short_patience")
def test_of_many_threads_each_is_told_or_has_its_turn(tmp_path: Path) -> None:
    lock, told, done = WriterLock(tmp_path / "lock"), [], []

    def write() -> None:
        try:
            with lock:
                time.sleep(0.05)
                done.append(1)
        except NotRecorded as refusal:
            told.append(refusal)

    threads = [threading.Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(told) + len(done) == 20 and told and done


@pytest.mark.usefixtures("short_patience")
def test_who_waits_says_so_that_others_may_begin(tmp_path: Path) -> None:
    lock, other, announced = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock"), []
    waits.observe(lambda: announced.append(1))
    try:
        with lock:
            pass
        assert announced == []
        with other, pytest.raises(NotRecorded), lock:
            pass
        assert announced == [1]
    finally:
        waits.observe(lambda: None)


def test_a_program_that_holds_the_database_itself_is_told_of_as_well(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.eventlog.locking.BUSY_MS", 200)
    world.ws.log.close()
    holder = Holder(HOLD_DATABASES, world.ws.folder / "events.db")
    with pytest.raises(NotRecorded):
        world.take("hoa", "assign", **ASSIGN)
    holder.go_on()
    world.take("hoa", "assign", **ASSIGN)


@pytest.mark.usefixtures("short_patience")
def test_pages_go_on_while_a_process_stands_still_that_holds_everything(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_flow.projections.model_files.BUSY_SECONDS", 0.2)
    site = Site(world.ws)
    visitor = site.visitor("hoa")
    world.ws.log.close()
    models = next(world.ws.folder.glob("projections-*.db"))
    world.take("hoa", "assign", **ASSIGN)
    world.ws.models.close()
    databases = [models, world.ws.private / "accounts.db"]
    holders = [Holder(HOLD, world.ws.folder / "events.lock"), Holder(HOLD_DATABASES, *databases)]
    world.wait(minutes=10)  # so that the session's last use is to be written
    for page in ("/xa-mau/board", f"/xa-mau/items/{TASK}", "/xa-mau/overview", "/xa-mau/account"):
        began = time.monotonic()
        assert visitor.get(page).status_code == 200
        assert time.monotonic() - began < 4
    for holder in holders:
        holder.go_on()
    assert visitor.get("/xa-mau/board").status_code == 200


@pytest.mark.usefixtures("short_patience")
def test_a_form_that_could_not_be_recorded_is_shown_again_with_what_was_typed(world: World) -> None:
    site = Site(world.ws)
    visitor = site.visitor("hoa")
    page = visitor.get(f"/xa-mau/items/{TASK}/comments/new").text
    form = {"text": "Chữ gõ rồi", "seen": "1", "command_id": "a-1", "csrf_token": csrf_of(page)}
    holder = Holder(HOLD, world.ws.folder / "events.lock")
    answer = visitor.post(f"/xa-mau/items/{TASK}/comments", data=form)
    assert (answer.status_code, "Chữ gõ rồi" in answer.text) == (503, True)
    assert "giữ quyền ghi nhật ký quá lâu" in answer.text
    assert visitor.post(f"/xa-mau/items/{TASK}/comments", data=form, headers=HTMX).status_code == 409
    holder.go_on()
    assert visitor.post(f"/xa-mau/items/{TASK}/comments", data=form).status_code == 303


HTMX = {"HX-Request": "true"}


def csrf_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize("code", [5, 261, 517])  # busy; busy while it recovers; busy with a snapshot
def test_every_kind_of_a_locked_database_is_told_in_the_same_words(code: int) -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = code
    assert str(find_refusal(error)) == str(busy_refusal())


def test_no_file_stays_open_when_a_log_is_closed(world: World) -> None:
    connections = Connections(world.ws.folder)
    with connections.write_transaction():
        pass
    before = len(list(OPEN_FILES.iterdir()))
    connections.close()
    assert len(list(OPEN_FILES.iterdir())) < before
