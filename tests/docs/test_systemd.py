"""The units of the daily round are ones that systemd takes."""

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[2] / "docs/systemd").iterdir())
ANALYZE = shutil.which("systemd-analyze")


def setting(name: str) -> list[str]:
    """Return the values of a setting in any of the units."""
    lines = [line for unit in UNITS for line in unit.read_text().splitlines()]
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


@pytest.mark.skipif(ANALYZE is None, reason="this machine has no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    for unit in UNITS:  # the program and its user are not installed here
        text = (
            unit.read_text().replace(setting("ExecStart")[0], "/bin/true").replace("=cchc-flow\n", "=root\n")
        )
        (tmp_path / unit.name).write_text(text)
    found = subprocess.run(
        [str(ANALYZE), "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_the_round_is_made_each_morning_of_viet_nam_and_caught_up_with() -> None:
    assert setting("OnCalendar") == ["*-*-* 06:30:00 Asia/Ho_Chi_Minh"]
    assert setting("Persistent") == ["true"]


def test_the_command_that_runs_is_the_one_there_is() -> None:
    assert [line.split()[-1] for line in setting("ExecStart")] == ["remind"]
