"""`checkpoint` and `verify`: proof offline, and what a forger leaves behind."""

import shutil
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3
from support.terminal import Terminal

from cchc_flow.samples import SAMPLE_PLAN


@pytest.fixture
def kept(terminal: Terminal, tmp_path: Path) -> Path:
    """A checkpoint of an imported plan, kept away from the data."""
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("checkpoint", tmp_path / "niem-phong.txt")
    return tmp_path / "niem-phong.txt"


def forge(data: Path, *statements: str) -> None:
    """Change the log as somebody with the file and no scruples would."""
    connection = sqlite3.connect(data / "default" / "events.db", isolation_level=None)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_whole_log_verifies_by_what_was_kept_elsewhere(terminal: Terminal, kept: Path) -> None:
    said = terminal("verify", "--checkpoint", kept, "--key", f"{kept}.key", "--all")
    assert said.code == 0
    assert "nguyên vẹn" in said.out
    assert "độc lập với nhật ký" in said.out


def test_what_checkpoint_prints_is_enough_to_prove_by(terminal: Terminal, kept: Path, tmp_path: Path) -> None:
    printed = tmp_path / "in-ra.txt"
    printed.write_bytes(b"\xef\xbb\xbf" + terminal("checkpoint").out.replace("\n", "\r\n").encode())
    said = terminal("verify", "--checkpoint", printed)
    assert (said.code, "độc lập với nhật ký" in said.out) == (0, True)


def test_a_key_beside_the_log_is_called_not_independent(terminal: Terminal, kept: Path) -> None:
    assert "không độc lập" in terminal("verify").out


def test_what_was_added_since_does_not_disturb_an_old_checkpoint(terminal: Terminal, kept: Path) -> None:
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    assert terminal("verify", "--checkpoint", kept, "--key", f"{kept}.key").code == 0


def test_a_changed_body_is_named_by_its_position(terminal: Terminal, kept: Path, data: Path) -> None:
    changed = "CAST(replace(CAST(body AS TEXT), '2026', '2027') AS BLOB)"
    forge(data, f"UPDATE events SET body = {changed} WHERE position = 20")  # noqa: S608  # fixed words
    said = terminal("verify")
    assert (said.code, said.out) == (1, "")
    assert "vị trí 20" in said.err
    assert said.err.count("\n") == 1


def test_a_cut_tail_is_seen_by_the_kept_checkpoint(
    terminal: Terminal, kept: Path, data: Path, tmp_path: Path
) -> None:
    shutil.copytree(data / "default", tmp_path / "before")
    terminal("user", "add", "lan", "--name", "Lan")
    terminal("checkpoint", tmp_path / "later.txt")
    shutil.rmtree(data / "default")
    shutil.copytree(tmp_path / "before", data / "default")
    assert terminal("verify").code == 0
    said = terminal("verify", "--checkpoint", tmp_path / "later.txt", "--key", f"{kept}.key")
    assert said.code == 1
    assert "cắt" in said.err
    assert said.err.count("\n") == 1


def test_a_log_that_was_begun_anew_is_not_the_one_of_the_checkpoint(
    terminal: Terminal, kept: Path, data: Path
) -> None:
    shutil.rmtree(data)
    terminal("plan", "import", SAMPLE_PLAN)
    said = terminal("verify", "--checkpoint", kept, "--key", f"{kept}.key")
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_a_rotated_key_goes_on_to_verify(terminal: Terminal, kept: Path) -> None:
    old = terminal("checkpoint").out
    new = terminal("checkpoint", "--rotate-key").out
    assert new.splitlines()[-1] != old.splitlines()[-1]
    assert terminal("verify", "--all").code == 0
    assert terminal("verify", "--checkpoint", kept, "--key", f"{kept}.key").code == 0


def test_a_log_that_is_not_there_is_said_in_one_sentence(terminal: Terminal) -> None:
    said = terminal("verify")
    assert said.code == 1
    assert said.err.count("\n") == 1


def test_a_checkpoint_that_is_none_ends_with_two(terminal: Terminal, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "sai.txt").write_text("không phải dấu niêm phong")
    assert terminal("verify", "--checkpoint", tmp_path / "sai.txt").code == 2
