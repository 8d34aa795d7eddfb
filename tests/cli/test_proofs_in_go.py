"""What the log gives out is read by Go's sumdb, where Go is installed: golang-go, golang-golang-x-mod-dev."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support.terminal import Terminal

from cchc_flow.samples import SAMPLE_PLAN

SOURCE = Path(__file__).parents[1] / "support" / "c2sp.go"
GOPATH = Path(os.environ.get("GOPATH", "/usr/share/gocode"))
pytestmark = pytest.mark.skipif(
    not shutil.which("go") or not (GOPATH / "src/golang.org/x/mod").is_dir(), reason="Go is not installed"
)


@pytest.fixture(scope="module")
def auditor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program `audit`, built by Go."""
    folder = tmp_path_factory.mktemp("go")
    own = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder / "cache")}
    command = ["go", "build", "-o", str(folder / "audit"), str(SOURCE)]
    subprocess.run(command, env=os.environ | own, check=True)
    return folder / "audit"


def test_go_follows_receipt_consistency_and_tiles_and_refuses_them_forged(
    terminal: Terminal, auditor: Path, tmp_path: Path
) -> None:
    terminal("plan", "import", SAMPLE_PLAN)
    terminal("checkpoint", tmp_path / "old")
    terminal("user", "add", "lan", "--name", "Lan")
    terminal("consistency", tmp_path / "old", "newest", tmp_path / "proof")
    terminal("receipt", "20", tmp_path / "receipt")
    terminal("tiles", tmp_path / "tiles")
    key = (tmp_path / "old.key").read_text(encoding="utf-8").strip()

    def audit(what: str, *files: str) -> int:
        paths = [str(tmp_path / file) for file in files]
        return subprocess.run([auditor, what, key, *paths], capture_output=True).returncode

    whole = (("receipt", "receipt"), ("consistency", "old", "proof"), ("tiles", "tiles"))
    assert [audit(*words) for words in whole] == [0, 0, 0]
    [entries] = (tmp_path / "tiles/tile/entries").rglob("*.p/*")
    for path in (tmp_path / "receipt", tmp_path / "proof", entries):
        content = bytearray(path.read_bytes())
        content[80] ^= 1  # within the body, a hash, an entry
        path.write_bytes(content)
    assert [audit(*words) for words in whole] == [1, 1, 1]
