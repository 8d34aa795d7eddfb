"""An older log that was put back: what each command says, and how a person takes it on."""

import shutil
from pathlib import Path

import pytest
from support.terminal import Terminal

from cchc_flow.samples import SAMPLE_PLAN


@pytest.fixture
def rolled_back(terminal: Terminal, data: Path, tmp_path: Path) -> Path:
    """A data folder whose log was put back to before two people were added."""
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("user", "add", "quan", "--name", "Quân", "--role", "admin")
    shutil.copytree(data / "default", tmp_path / "older")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    terminal("user", "add", "nam", "--name", "Nam", "--role", "leader")
    for path in (data / "default").glob("events.db*"):
        path.unlink()
    shutil.copyfile(tmp_path / "older" / "events.db", data / "default" / "events.db")
    if (wal := tmp_path / "older" / "events.db-wal").exists():
        shutil.copyfile(wal, data / "default" / "events.db-wal")
    return data


def test_every_command_refuses_a_log_that_was_put_back_and_says_what_to_do(
    terminal: Terminal, rolled_back: Path
) -> None:
    for command in (("items",), ("remind",), ("user", "add", "x", "--name", "X"), ("checkpoint",)):
        refused = terminal(*command)
        assert refused.code == 1 and refused.err.count("\n") == 1
        assert "nhưng máy này đã thấy" in refused.err and "cchc-flow accept" in refused.err
    assert "nhưng máy này đã thấy" in terminal("doctor").out


def test_verify_reads_it_and_says_that_it_is_not_what_it_was(terminal: Terminal, rolled_back: Path) -> None:
    verified = terminal("verify")
    assert verified.code == 1 and verified.out == ""
    assert "nhưng máy này đã thấy" in verified.err


def test_a_log_that_was_put_back_is_taken_on_by_a_command_that_the_log_tells_of(
    terminal: Terminal, rolled_back: Path
) -> None:
    accepted = terminal("accept")
    assert accepted.code == 0 and "Từ nay dùng tiếp nhật ký này" in accepted.err
    assert terminal("items").code == 0
    assert terminal("verify", "--all").code == 0
    assert terminal("user", "add", "lan", "--name", "Lan", "--role", "officer").code == 0
    assert terminal("rebuild", "--check").code == 0
    again = terminal("accept")
    assert again.code == 1 and "không có gì phải nhận" in again.err


def test_the_read_models_follow_an_older_log_without_help(terminal: Terminal, rolled_back: Path) -> None:
    terminal("accept")
    assert terminal("rebuild", "--check").out.startswith("Bảng đọc khớp")
    assert "Không có người dùng «lan»" in terminal("--as", "lan", "items").err


def test_only_an_administrator_or_the_machine_takes_it_on(terminal: Terminal, rolled_back: Path) -> None:
    terminal("accept")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    memory = rolled_back / "private" / "default" / "log-end.txt"
    size, root, time = memory.read_text().splitlines()
    memory.write_text(f"size {int(size.split()[1]) + 1}\n{root}\n{time}\n")
    refused = terminal("--as", "lan", "accept")
    assert refused.code == 1 and "quản trị" in refused.err
    assert terminal("--as", "quan", "accept").code == 0


def test_a_lost_key_and_a_lost_end_are_mended_one_after_the_other(
    terminal: Terminal, rolled_back: Path
) -> None:
    for path in (rolled_back / "private" / "default" / "keys").iterdir():
        path.unlink()
    assert "cchc-flow key rotate" in terminal("accept").err
    assert terminal("key", "rotate").code == 0
    assert "cchc-flow accept" in terminal("items").err
    assert terminal("accept").code == 0
    assert terminal("items").code == 0
