"""The set-up says what a machine lacks, and changes nothing, where it may not install it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
NOBODY = 65534
BARE = """#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; esac
exec /usr/bin/python3 "$@"
"""


@pytest.fixture
def bare() -> Iterator[Path]:
    """A checkout and a PATH on which Python cannot make environments and there is no browser."""
    if os.getuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("no setpriv: as root the set-up would install packages")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # pytest's own folders are closed to everybody else
        shutil.copytree(ROOT / ".ci", folder / "checkout" / ".ci")
        (folder / "bin").mkdir()
        (folder / "bin" / "python3").write_text(BARE)
        (folder / "bin" / "python3").chmod(0o755)
        for tool in ("sh", "dirname", "id", "echo", "cat"):
            (folder / "bin" / tool).symlink_to(str(shutil.which(tool)))
        yield folder


@pytest.mark.parametrize(("wants", "packages"), [("run", "python3-venv"), ("test", "python3-venv chromium")])
def test_without_root_the_packages_that_are_missing_are_named(bare: Path, wants: str, packages: str) -> None:
    command = [str(bare / "bin" / "sh"), str(bare / "checkout" / ".ci" / "setup"), wants]
    if os.getuid() == 0:
        drop = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        command = [str(shutil.which("setpriv")), *drop, *command]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": str(bare / "bin")}, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert f"apt-get install -y --no-install-recommends {packages}" in done.stderr
    assert [path.name for path in (bare / "checkout").iterdir()] == [".ci"]
