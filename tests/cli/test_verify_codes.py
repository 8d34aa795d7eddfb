"""The exit codes of `verify`: 0 whole, 1 changed, 2 no command that can be used, 3 unreadable, 4 no log."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.terminal import Terminal

from cchc_flow.eventlog.verification import snapshot

Spoil = Callable[[Path], object]
ROOT_READS_ALL = pytest.mark.skipif(os.getuid() == 0, reason="root reads every file")


@pytest.fixture
def log(terminal: Terminal, data: Path) -> Path:
    """The database of a log that is whole, with nothing in its write-ahead log."""
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan")
    log = data / "xa" / "events.db"
    with sqlite3.connect(log) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert terminal("verify").code == 0
    return log


def remove(log: Path) -> None:
    for path in log.parent.glob("events.db*"):
        path.unlink()


def put_a_folder(log: Path) -> None:
    remove(log)
    log.mkdir()


def put_a_link_to_nowhere(log: Path) -> None:
    remove(log)
    log.symlink_to(log.parent / "gone")


def overwrite(log: Path) -> None:
    remove(log)
    log.write_bytes(b"not a database " * 300)


def spoil_the_pages(log: Path) -> None:
    content = log.read_bytes()
    log.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def cut_in_half(log: Path) -> None:
    content = log.read_bytes()
    log.write_bytes(content[: len(content) // 8192 * 4096])


def put_a_folder_for_the_memory_of_its_end(log: Path) -> None:
    end = log.parents[1] / "private" / "xa" / "log-end.txt"
    end.unlink()
    end.mkdir()


UNREADABLE: list[Spoil] = [
    put_a_folder, overwrite, spoil_the_pages, cut_in_half, put_a_folder_for_the_memory_of_its_end,
]  # fmt: skip


@pytest.mark.parametrize("spoil", UNREADABLE)
def test_a_log_that_cannot_be_read_ends_with_three(terminal: Terminal, log: Path, spoil: Spoil) -> None:
    spoil(log)
    said = terminal("--workspace", "xa", "verify")
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1), said
    assert "Không kiểm tra được nhật ký: " in said.err and "KHÔNG nguyên vẹn" not in said.err


@pytest.mark.parametrize("spoil", [remove, put_a_link_to_nowhere])
def test_a_log_that_is_gone_ends_with_four(terminal: Terminal, log: Path, spoil: Spoil) -> None:
    spoil(log)
    said = terminal("--workspace", "xa", "verify")
    assert (said.code, said.out, said.err.count("\n")) == (4, "", 1), said
    assert "Không có nhật ký nào để kiểm tra: " in said.err


@ROOT_READS_ALL
@pytest.mark.parametrize("path", ["events.db", "."])
def test_a_log_without_the_right_to_read_it_ends_with_three(terminal: Terminal, log: Path, path: str) -> None:
    (log.parent / path).chmod(0)
    said = terminal("--workspace", "xa", "verify")
    (log.parent / path).chmod(0o700)
    assert said.code == 3


def test_a_log_that_another_holds_ends_with_three(
    terminal: Terminal, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = snapshot.connect_read_only

    def connect_in_haste(address: str) -> sqlite3.Connection:
        connection = connect(address)
        connection.execute("PRAGMA busy_timeout = 10")
        return connection

    monkeypatch.setattr(snapshot, "connect_read_only", connect_in_haste)
    with sqlite3.connect(log, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert terminal("verify").code == 3
        other.execute("ROLLBACK")


def test_a_disk_that_fails_ends_with_three(
    terminal: Terminal, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error", str(log))

    monkeypatch.setattr("cchc_flow.cli.log.verify_log", fail)
    said = terminal("verify")
    assert said.code == 3 and f"{log}: ổ đĩa có lỗi." in said.err


@pytest.mark.parametrize("option", ["--checkpoint"])
def test_a_checkpoint_that_cannot_be_read_ends_with_three(terminal: Terminal, log: Path, option: str) -> None:
    assert terminal("verify", option, log.parent / "gone.txt").code == 3
    assert terminal("verify", option, log.parent).code == 3


@pytest.mark.parametrize(
    "words", [["verify", "--sai"], ["verify", "--key", "khong-phai-khoa"], ["verify", "thua"]]
)
def test_a_command_that_cannot_be_used_ends_with_two(terminal: Terminal, log: Path, words: list[str]) -> None:
    assert terminal(*words).code == 2


def test_of_two_workspaces_without_a_name_it_ends_with_two(terminal: Terminal, log: Path) -> None:
    terminal("init", "hai")
    assert terminal("verify").code == 2


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TRIGGER events_no_update",),
        ("DROP TRIGGER events_no_update", "UPDATE events SET body = CAST('{}' AS BLOB) WHERE position = 2"),
        ("DROP TRIGGER events_no_delete", "DELETE FROM events WHERE position = 2"),
        ("DROP TABLE events",),
    ],
)
def test_a_log_that_was_changed_ends_with_one(
    terminal: Terminal, log: Path, statements: tuple[str, ...]
) -> None:
    with sqlite3.connect(log) as connection:
        for statement in statements:
            connection.execute(statement)
    said = terminal("verify")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "KHÔNG nguyên vẹn" in said.err


def test_a_log_that_was_emptied_ends_with_one(terminal: Terminal, log: Path) -> None:
    remove(log)
    log.touch()
    assert terminal("verify").code == 1


def test_the_process_ends_with_the_code(log: Path) -> None:
    command = [sys.executable, "-m", "cchc_flow", "--data", str(log.parents[1]), "verify"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    overwrite(log)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 3
