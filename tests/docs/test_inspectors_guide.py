"""The inspector's guide is true: its commands are run in order, and what it says of exit codes holds."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers, replace_in_body

from cchc_flow.cli import run
from cchc_flow.cli.findings import CANNOT_BE_READ, CHANGED, NO_LOG
from cchc_flow.samples import SAMPLE_PLAN

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "vi" / "kiem-tra.md").read_text()
VERIFIER = ROOT / "cchc_flow" / "audit" / "bundles" / "verify.py"


def steps(programs: dict[str, str], name: str) -> list[list[str]]:
    """Return the words of each line of a block of the guide."""
    return [shlex.split(line) for line in programs[name].splitlines()]


@pytest.fixture
def commune(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A commune in whose folder the commands are typed."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE_PLAN, "plan.docx")
    assert run(["plan", "import", "plan.docx"]) == 0
    return tmp_path


def type_in(programs: dict[str, str], name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Type the lines of a block, which must all succeed, and return what they said."""
    for words in steps(programs, name):
        if words[0] == "cchc-flow":
            assert run(words[1:]) == 0, capsys.readouterr().err
        else:
            done = subprocess.run([sys.executable, *words[1:]], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    return capsys.readouterr().out


@pytest.fixture
def away(programs: dict[str, str], commune: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The inspector's own machine, with what she carried home and no log; the verifier is from elsewhere."""
    type_in(programs, "giu-dau.sh", capsys)
    assert run(["user", "add", "lan", "--name", "Lan"]) == 0
    type_in(programs, "mang-ve.sh", capsys)
    folder = commune / "away"
    folder.mkdir()
    for name in ("dau-ngay-1.txt", "dau-ngay-1.txt.key", "dau-ngay-2.txt", "noi-tiep.txt", "bien-nhan.txt"):
        shutil.copy(name, folder)
    shutil.copy("ho-so.zip", folder)
    shutil.copy(VERIFIER, folder)
    return folder


def test_the_steps_of_the_guide_work_in_their_order(programs, away: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(away)
    assert "biên nhận" in type_in(programs, "kiem-o-may-khac.sh", capsys).lower()
    type_in(programs, "kiem-khong-cai-gi.sh", capsys)
    monkeypatch.chdir(away.parent)
    assert "độc lập với nhật ký" in type_in(programs, "kiem-ca-nhat-ky.sh", capsys)


def test_what_was_changed_ends_with_one(programs, away: Path, monkeypatch, capsys) -> None:
    with open_without_triggers(away.parent / "data" / "default") as connection:
        replace_in_body(connection, 2, b"2026", b"2027")
    [words] = steps(programs, "kiem-ca-nhat-ky.sh")
    assert run(words[1:]) == 1
    monkeypatch.chdir(away)
    Path("ho-so.zip").write_bytes(Path("ho-so.zip").read_bytes().replace(b"2026", b"2027", 1))
    assert run(steps(programs, "kiem-o-may-khac.sh")[-1][1:]) == 1
    [words] = steps(programs, "kiem-khong-cai-gi.sh")
    assert subprocess.run([sys.executable, *words[1:]], capture_output=True, check=False).returncode == 1


def test_the_seal_of_another_history_ends_with_one(programs, away: Path, monkeypatch) -> None:
    assert run(["--data", "other", "plan", "import", "plan.docx"]) == 0
    assert run(["--data", "other", "checkpoint", "other.txt"]) == 0
    shutil.copy("other.txt", away / "dau-ngay-2.txt")
    monkeypatch.chdir(away)
    assert run(steps(programs, "kiem-o-may-khac.sh")[0][1:]) == 1


def test_what_cannot_be_read_ends_with_three_and_no_log_with_four(commune: Path, tmp_path: Path) -> None:
    (commune / "data" / "default" / "events.db").write_bytes(b"SQLite format 3\0" + bytes(4000))
    assert run(["verify"]) == 3
    shutil.rmtree(commune / "data" / "default")
    assert run(["verify"]) == 4


def test_the_exit_codes_of_the_guide_are_those_of_the_command() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d) \|", GUIDE, re.MULTILINE)}
    assert told == {0, 2, CHANGED, CANNOT_BE_READ, NO_LOG}


def test_the_pages_that_the_guide_names_are_there() -> None:
    tabs = re.findall(r'\("[\w.]+", "([^"]+)"\)', (ROOT / "templates" / "audit" / "_tabs.html").read_text())
    named = {title for title in tabs if f"**{title}**" in GUIDE}
    assert named >= {"Nhật ký", "So hai thời điểm", "Dấu niêm phong"}
    assert [title for title in tabs if title not in GUIDE] == []
