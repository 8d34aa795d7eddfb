"""Whatever goes wrong ends in one line on stderr and a code, with nothing half done."""

import os
import pwd
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.terminal import Terminal

from cchc_flow import clock
from cchc_flow.commands import open_workspace
from cchc_flow.samples import SAMPLE_PLAN


def shell(*words: str | Path, out: int | None = subprocess.PIPE, **env: str) -> tuple[int, bytes, bytes]:
    """Run the program as a process of its own."""
    command = [sys.executable, "-m", "cchc_flow", *map(str, words)]
    done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=os.environ | env, check=False)
    return done.returncode, done.stdout or b"", done.stderr


def test_a_terminal_of_another_encoding_still_gets_vietnamese() -> None:
    code, out, err = shell("areas", PYTHONIOENCODING="latin-1", LC_ALL="C")
    assert (code, err) == (0, b"")
    assert "Cải cách thể chế" in out.decode("utf-8")


def test_a_full_disk_under_the_output_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, err = shell("areas", out=full.fileno())
    assert (code, err.count(b"\n")) == (1, 1)
    assert b"None" not in err


def test_a_reader_that_goes_away_gets_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code, _, err = shell("areas", out=writing)
    os.close(writing)
    assert (code, err) == (1, b"")


def test_a_file_in_the_place_of_the_data_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    for words in (["init", "xa"], ["items"], ["doctor"]):
        code, _, err = shell("--data", tmp_path / "data", *words)
        assert (code, b"Traceback" in err, err.count(b"\n") <= 1) == (1, False, True)


@pytest.mark.parametrize("option", ["--name", "--title"])
def test_bytes_that_are_no_text_are_refused(terminal: Terminal, option: str) -> None:
    terminal("init", "xa")
    result = terminal("user", "add", "lan", "--name", "Lan", option, "\udcff\udcfe")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "words", [["items"], ["checkpoint"], ["rebuild"], ["user", "add", "a.b", "--name", "B"]]
)
def test_a_broken_log_is_one_line(terminal: Terminal, data: Path, words: list[str]) -> None:
    terminal("init", "xa")
    for path in (data / "xa").glob("events.db*"):
        path.unlink()
    (data / "xa" / "events.db").write_bytes(b"not a database")
    result = terminal(*words)
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)


def test_the_doctor_names_what_cannot_be_opened_and_looks_at_the_rest(terminal: Terminal, data: Path) -> None:
    terminal("init", "hong")
    terminal("init", "lanh")
    for path in (data / "hong").glob("events.db*"):
        path.unlink()
    (data / "hong" / "events.db").write_bytes(b"not a database")
    result = terminal("doctor")
    assert result.code == 1
    assert "«hong»: không mở được" in result.out
    assert re.search(r"«lanh» \(lanh\): \d+ sự kiện", result.out)


def test_rebuilding_does_not_look_at_what_it_replaces(terminal: Terminal, data: Path) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    for path in (data / "default").glob("projections-1.db*"):
        path.unlink()
    (data / "default" / "projections-1.db").write_bytes(b"not a database")
    assert terminal("rebuild").out == "Đã dựng lại: projections-2.db, history-1.db\n"
    assert len(terminal("items").out.splitlines()) == 63


def test_nobody_unknown_even_reads(terminal: Terminal) -> None:
    terminal("init", "xa")
    result = terminal("--as", "ai.do", "items")
    assert (result.code, "Không có người dùng «ai.do»" in result.err) == (1, True)


def test_an_import_by_somebody_unknown_makes_no_workspace(terminal: Terminal, data: Path) -> None:
    assert terminal("--as", "ai.do", "plan", "import", SAMPLE_PLAN).code == 1
    assert not data.exists()


def test_who_may_not_import_is_refused_by_the_role(terminal: Terminal) -> None:
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    result = terminal("--as", "lan", "plan", "import", SAMPLE_PLAN)
    assert (result.code, "đầu mối CCHC" in result.err) == (1, True)


def test_only_an_administrator_changes_the_sealing_key(terminal: Terminal) -> None:
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan", "--role", "officer")
    before = terminal("checkpoint").out
    assert "quản trị" in terminal("--as", "lan", "checkpoint", "--rotate-key").err
    assert terminal("checkpoint").out == before


def test_the_machines_user_is_not_what_the_environment_says(
    terminal: Terminal, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "chu.tich")
    terminal("init", "xa")
    terminal("user", "add", "lan", "--name", "Lan")
    log = open_workspace(data, "xa", clock.now).log
    assert log.event(log.size()).actor == f"system:{pwd.getpwuid(os.getuid()).pw_name}"
