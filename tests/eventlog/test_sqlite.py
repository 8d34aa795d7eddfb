"""The log in SQLite keeps the contract, and its tables refuse every change."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from eventlog.appending import START, Clock, append_steps, meta
from eventlog.contract import EventLogContract

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog import checkpoint, locking, opening
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.eventlog.sqlite import SqliteLog
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.verify import verify_log

WRITER = Path(__file__).parent / "writer.py"


class Home:
    """One commune's folders."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self.folder, self.private = root / "ea-thu", root / "private" / "ea-thu"
        self._clock = clock
        self._opened: list[SqliteLog] = []

    def open(self) -> SqliteLog:
        log = opening.create_log(
            self.folder,
            self.private,
            workspace="ea-thu",
            name="Xã Ea Thử",
            demo=False,
            time=START,
            now=self._clock,
        )
        self._opened.append(log)
        return log

    def appending_processes(self, processes: int, each: int) -> list[float]:
        commands = [
            [sys.executable, str(WRITER), str(self.folder.parent), f"item-{number}", str(each)]
            for number in range(processes)
        ]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
        outputs = [process.communicate(timeout=120)[0] for process in running]
        assert [process.returncode for process in running] == [0] * processes
        return [float(output.split()[-1]) for output in outputs]

    def close(self) -> None:
        for log in self._opened:
            log.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path, clock: Clock) -> Iterator[Home]:
    home = Home(tmp_path / "data", clock)
    yield home
    home.close()


@pytest.fixture
def log(home: Home) -> SqliteLog:
    return home.open()


@pytest.fixture
def make_log(tmp_path: Path, clock: Clock) -> Iterator[Callable[[], SqliteLog]]:
    homes: list[Home] = []

    def make() -> SqliteLog:
        homes.append(Home(tmp_path / str(len(homes)), clock))
        return homes[-1].open()

    yield make
    for home in homes:
        home.close()


class TestSqliteLog(EventLogContract):
    """The contract, and what only a file can break."""


def test_creating_a_log_that_is_there_opens_it(home: Home, log: SqliteLog) -> None:
    append_steps(log, "item-1", 0, "đã có")
    again = home.open()
    assert again.size() == 2 and again.verifier_key() == log.verifier_key()


def test_many_processes_create_one_log_at_once(home: Home) -> None:
    home.appending_processes(8, 1)
    log = home.open()
    assert log.size() == 9 and len(list((home.private / "keys").iterdir())) == 1


def test_a_log_that_is_not_there_is_not_made_by_opening(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(NotFound):
        opening.open_log(tmp_path, tmp_path / "private", now=clock)
    assert not (tmp_path / "events.db").exists()


@pytest.mark.parametrize("name", ["private", "Ea Thử", "", "../x", "a/b", ".a", "a" * 65])
def test_a_workspace_has_a_name_that_fits_a_folder_and_an_address(
    name: str, tmp_path: Path, clock: Clock
) -> None:
    with pytest.raises(BadInput):
        opening.create_log(
            tmp_path / "x", tmp_path / "y", workspace=name, name="Xã", demo=False, time=START, now=clock
        )


@pytest.mark.parametrize("table", ["events", "nodes", "commits", "contents"])
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM {table}",
        "UPDATE {table} SET rowid = rowid",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table}",
    ],
)
def test_no_table_lets_a_plain_connection_change_a_row(
    home: Home, log: SqliteLog, table: str, sql: str
) -> None:
    content = {"text": {"digest": "0" * 64, "size": 1, "media_type": "text/plain"}}
    log.append([Change("item-1", 0, (Draft("item.commented/1", content),) * 16)], meta("có nội dung"))
    keys = {"nodes": "level", "commits": "command_id", "contents": "digest"}
    sql = sql.replace("rowid", keys.get(table, "rowid"))
    connection = sqlite3.connect(home.folder / "events.db")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(sql.format(table=table))
    connection.close()


@pytest.mark.parametrize("fresh", ["position", "stream"])
def test_an_event_cannot_take_the_place_of_another_by_any_of_its_keys(
    home: Home, log: SqliteLog, fresh: str
) -> None:
    append_steps(log, "item-1", 0, "thật")
    columns = ["position", "stream", "version", "type", "recordedtime", "actor", "seal", "leaf", "body"]
    others = {"position": "9", "stream": "'y'"}
    row = ", ".join(others[name] if name == fresh else name for name in columns)
    connection = sqlite3.connect(home.folder / "events.db")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(f"INSERT OR REPLACE INTO events SELECT {row} FROM events WHERE position = 2")  # noqa: S608
    connection.close()


def test_only_its_owner_can_read_the_key(home: Home, log: SqliteLog) -> None:
    keys = home.private / "keys"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()}
    assert modes == {0o600} and stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.private.stat().st_mode) == 0o700


def test_nothing_of_the_key_lies_in_the_folder_that_is_handed_over(home: Home, log: SqliteLog) -> None:
    assert {path.name for path in home.folder.iterdir()} <= {
        "events.db", "events.db-wal", "events.db-shm", "events.lock", "format.txt"
    }  # fmt: skip


def test_a_rotated_key_is_sealed_by_both_and_used_by_every_opener(home: Home, log: SqliteLog) -> None:
    other, old = home.open(), VerifierKey.parse(log.verifier_key())
    append_steps(other, "item-1", 0, "trước khi thay")
    log.rotate_key(meta("thay khóa"))
    sealed, note = checkpoint.parse_checkpoint(log.checkpoint())
    new = VerifierKey.parse(log.verifier_key())
    assert new != old and old.has_signed(note) and new.has_signed(note)
    append_steps(other, "item-1", 1, "sau khi thay")
    later = checkpoint.parse_checkpoint(other.checkpoint())[1]
    assert new.has_signed(later) and not old.has_signed(later)
    assert checkpoint.parse_checkpoint(other.checkpoint())[0].origin == sealed.origin


def test_a_lost_key_stops_writing_until_it_is_replaced(home: Home) -> None:
    home.open().close()
    for path in (home.private / "keys").iterdir():
        path.unlink()
    log = home.open()
    with pytest.raises(LogBroken):
        append_steps(log, "item-1", 0, "không có khóa")
    log.rotate_key(meta("thay khóa đã mất"))
    append_steps(log, "item-1", 0, "có khóa mới")
    assert log.size() == 3


def test_a_content_is_known_to_be_referred_to(log: SqliteLog) -> None:
    name = {"digest": "a" * 64, "size": 3, "media_type": "text/plain"}
    content = {"digest": "b" * 64, "size": 9, "media_type": "application/pdf"}
    submitted = Draft("item.submitted/1", {"evidence": [{"name": name, "content": content}]})
    log.append([Change("item-1", 0, (submitted,))], meta("nộp"))
    assert log.refers_to("a" * 64) and log.refers_to("b" * 64) and not log.refers_to("c" * 64)


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.51.2"])
def test_an_sqlite_that_can_lose_a_wal_is_refused(version: str) -> None:
    with pytest.raises(LogBroken, match=version):
        locking.check_sqlite_version(version)


@pytest.mark.parametrize("version", ["3.6.23", "3.51.3", "3.53.4", "4.0"])
def test_an_sqlite_without_that_fault_will_do(version: str) -> None:
    assert locking.check_sqlite_version(version) == version


def test_acknowledged_appends_outlive_killed_writers(home: Home, log: SqliteLog) -> None:
    for number in range(int(os.environ.get("CCHC_FLOW_KILLS", "6"))):
        command = [sys.executable, str(WRITER), str(home.folder.parent), f"item-{number}", "100000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            acknowledged = [process.stdout.readline() for _ in range(20 + 7 * number)][-1]
            process.kill()
            acknowledged = ([acknowledged, *process.stdout.read().splitlines()])[-1]
        stored = len(log.stream(f"item-{number}"))
        assert stored >= int(acknowledged.split()[0])
    report = verify_log(home.folder, all_checkpoints=True)
    assert report.ok, report_sentence(report)


def test_a_seal_and_its_key_agree_whoever_changes_the_key(log: SqliteLog) -> None:
    log.rotate_key(meta("đổi khóa"))
    note, key = log.checkpoint_and_key()
    assert note == log.checkpoint() and key == log.verifier_key()
    assert log.checkpoint_and_key() == (note, key)


def test_who_asks_for_the_key_stands_in_no_writers_way(log: SqliteLog) -> None:
    busy = threading.Event()

    def ask() -> None:
        while not busy.is_set():
            log.verifier_key()

    def write(writer: int) -> None:
        for number in range(60):
            append_steps(log, f"item-{writer}", number, f"tiến độ {number}")

    with ThreadPoolExecutor(5) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        for future in [pool.submit(write, writer) for writer in range(2)]:
            future.result()
        busy.set()
        assert [future.result() for future in asking] == [None] * 3
    assert log.size() == 121
