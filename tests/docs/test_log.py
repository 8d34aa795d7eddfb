import base64
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers

from cchc_flow import workspace
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.workspace import Workspace

DOCUMENT = (Path(__file__).parents[2] / "docs/log.md").read_text()
TABLES = DOCUMENT.partition("## Tables")[2].partition("\n## ")[0]
BODY = DOCUMENT.partition("## Body")[2].partition("\n## ")[0]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A log of seven events: a number that is no power of two, so that the tree has a ragged edge."""
    made = workspace.create(tmp_path, "ea-thu", title="xã Ea Thử", clock=Clock())
    for number in range(1, 7):
        unit = {"unit": f"unit-{number}", "name": f"Đơn vị {number}", "aliases": []}
        meta = Meta(actor="quan", time=START, command_id=f"c{number}", command_digest=b"d")
        made.log.append([Change(f"unit-{number}", 0, (Draft("directory.unit_added/1", unit),))], meta)
    return made


def run(program: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = folder / "verify_log.py"
    path.write_text(program)
    return subprocess.run(
        [sys.executable, str(path), *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture
def verify(ws: Workspace, programs: dict[str, str], tmp_path: Path):
    """The verifier of docs/log.md, holding the log as it is now against the checkpoint as it was before."""
    kept = tmp_path / "kept.txt"
    kept.write_text(ws.log.checkpoint())
    key = ws.log.verifier_key()

    def hold(key: str = key) -> subprocess.CompletedProcess[str]:
        return run(programs["verify_log.py"], tmp_path, str(ws.folder / "events.db"), str(kept), key)

    return hold


def change(ws: Workspace, sql: str, *values: object) -> None:
    """Do to the file what somebody with the folder can do: drop the triggers, then write."""
    with open_without_triggers(ws.folder) as connection:
        connection.execute(sql, values)


def test_the_verifier_of_the_document_accepts_a_whole_log(verify):
    done = verify()
    assert (done.returncode, done.stdout) == (0, "the first 7 events are those of the checkpoint\n")


def test_it_accepts_a_log_that_has_grown_since_the_checkpoint(ws, verify):
    role = Draft("directory.role_granted/1", {"person": "quan", "role": "admin"})
    meta = Meta(actor="quan", time=START, command_id="later", command_digest=b"d")
    ws.log.append([Change("person-quan", 0, (role,))], meta)
    assert verify().returncode == 0


def test_it_refuses_a_log_in_which_one_letter_was_changed(ws, verify):
    body = ws.log.body(4).replace(b"quan", b"nam1")
    change(ws, "UPDATE events SET body = ? WHERE position = 4", body)
    done = verify()
    assert (done.returncode, done.stderr) == (1, "changed somewhere in 1..7\n")


def test_it_refuses_a_log_whose_tail_was_cut(ws, verify):
    change(ws, "DELETE FROM events WHERE position = 7")
    assert (verify().returncode, verify().stderr) == (1, "events are missing\n")


def test_it_refuses_a_key_that_did_not_sign(ws, verify):
    name, key_id, key = ws.log.verifier_key().split("+", 2)
    other = base64.b64encode(b"\x01" + bytes(32)).decode()
    assert verify(f"{name}+00000000+{key}").returncode == 1
    assert verify(f"{name}+{key_id}+{other}").returncode == 1


def test_the_document_names_the_tables_and_their_columns_as_they_are(ws):
    connection = sqlite3.connect(ws.folder / "events.db")
    for name, described in re.findall(r"^\| `(\w+)` \| (.*?) \|", TABLES, re.MULTILINE):
        real = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        assert re.findall(r"`(\w+)`", described) == real
    real = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(re.findall(r"^\| `(\w+)` \| `", TABLES, re.MULTILINE)) == real
    connection.close()


def test_the_document_names_every_key_of_a_body(ws):
    keys = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", BODY, re.MULTILINE))))
    assert keys == set(json.loads(ws.log.body(3)))


def test_the_verifier_of_the_document_keeps_to_its_40_lines(programs):
    code = [line for line in programs["verify_log.py"].splitlines() if line.strip()]
    assert len(code) <= 40
