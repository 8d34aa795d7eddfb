"""A disk that is full: what cannot be recorded is refused in words, and all goes on when there is room."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ON_A_SMALL_DISK = """
import os, subprocess, sys
from pathlib import Path
folder = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", folder], check=True)
from cchc_flow.errors import NotRecorded
from cchc_flow.eventlog.verification.verify import verify_log
from support.forms import send
from support.visitors import Site
from support.world import ASSIGN, TASK, World

world = World(folder / "data").settle()
site = Site(world.ws)
visitor = site.visitor("hoa")
page, action = f"/xa-mau/items/{TASK}/comments/new", f"/xa-mau/items/{TASK}/comments"

def comment(words):
    return send(visitor, page, action, text=words)

assert comment("trước").status_code == 303
PAGES = ("/xa-mau/board", "/xa-mau/overview", "/xa-mau/account")
for read in PAGES:
    assert visitor.get(read).status_code == 200, read
filler = open(folder / "filler", "wb", buffering=0)
try:
    while True:
        filler.write(bytes(4096))
except OSError:
    pass
refused = [comment("chữ " * 1_500) for _ in range(5)]
assert {answer.status_code for answer in refused} == {503}, refused
assert all("đã đầy" in answer.text and "chữ chữ" in answer.text for answer in refused)
try:
    while True:  # what fits into the room that is left is recorded
        world.take("hoa", "comment", text="vừa")
except NotRecorded as refusal:
    assert "Ổ đĩa của máy chủ đã đầy" in str(refusal)
for read in PAGES:
    assert visitor.get(read).status_code == 200, read
first = visitor.get(f"/xa-mau/items/{TASK}")  # it makes a file of its own when it is first shown
assert first.status_code == 200 or (first.status_code == 503 and "đã đầy" in first.text)
size = world.ws.log.size()
filler.close()
(folder / "filler").unlink()
assert comment("sau").status_code == 303
world.take("hoa", "assign", **ASSIGN)
assert world.ws.log.size() > size
world.ws.close()
report = verify_log(world.ws.folder)
assert report.ok, report.problem
assert World(folder / "data", is_there=True).ws.models.differences() == []
print("done")
"""


def can_mount() -> bool:
    """Tell whether this user may mount a file system in a name space of its own."""
    if not shutil.which("unshare"):
        return False
    tried = ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="a small disk needs a name space of the user")
def test_on_a_full_disk_nothing_is_lost_and_everything_goes_on_when_there_is_room(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "-Urm", sys.executable, "-c", ON_A_SMALL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(TESTS)},
        check=False,
    )
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr[-3000:]
