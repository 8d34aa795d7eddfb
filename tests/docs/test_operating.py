"""Every command of the operator's guide is run, in its order, on a workspace like that of a commune."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from cchc_flow.cli import run

GUIDE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"`(cchc-flow [^`]*)`|^(cchc-flow .*)$", re.MULTILINE)
NOT_RUN = {
    "cchc-flow serve --port 8000 --name cchc.xa-mau.gov.vn": "does not end: test_proxies.py",
    "cchc-flow --as ADMIN content erase DIGEST --legal-basis LAW --reason WORDS": "cli/test_contents.py",
    "cchc-flow --data FOLDER verify": "has a word to fill in; tests/backup/test_create.py",
    "cchc-flow move NAME": "needs a database; tests/backup/test_moving_house.py",
    "cchc-flow move NAME --back": "needs a database; tests/backup/test_moving_back.py",
    "cchc-flow postgres change-node-key": "needs a server; eventlog/test_node_key_change.py",
    "cchc-flow postgres install": "needs a server; tests/test_postgres_home.py",
    "cchc-flow upgrade --undo": "needs an older folder; tests/cli/test_backups.py",
}


def commands() -> list[str]:
    return [found[1] or found[2] for found in COMMAND.finditer(GUIDE)]


def test_every_command_of_the_guide_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    backups = tmp_path / "backups"
    backups.mkdir()
    for line in commands():
        if line in NOT_RUN:
            continue
        words = [word.replace("/var/backups/cchc-flow", str(backups)) for word in shlex.split(line)[1:]]
        if words[-1].endswith("move.tar") and words[0] == "restore":
            shutil.move("data", "data-of-the-old-machine")
            shutil.rmtree(tmp_path / "data", ignore_errors=True)
        assert run(words) == 0, (line, capsys.readouterr().err)
    said = capsys.readouterr()
    assert "Đã khôi phục" in said.out and "độc lập với nhật ký" in said.out


def test_what_is_not_run_stands_in_the_guide() -> None:
    assert NOT_RUN.keys() <= set(commands())
