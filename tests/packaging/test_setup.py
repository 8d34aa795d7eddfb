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


PDF = "libpangoft2-1.0-0 libharfbuzz-subset0"
OFFICE = "libreoffice-writer-nogui libreoffice-calc-nogui"


@pytest.mark.parametrize(
    ("wants", "packages"),
    [
        ("run", f"python3-venv {PDF}"),
        ("test", f"python3-venv {PDF} chromium-headless-shell poppler-utils softhsm2 postgresql {OFFICE}"),
    ],
)
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


STUB = """#!/bin/sh
echo "$*" >>"$LOG"
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    "-m pip") [ "$FAIL" = "$3" ] && exit 1 ;;
esac
exit 0
"""
"""Stands for python3: notes what it is asked, makes an environment of nothing, fails at pip's verb $FAIL."""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout whose python3 only pretends, so that a set-up takes no time."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / ".ci", checkout / ".ci")
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy2(ROOT / name, checkout / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text(STUB)
    (tmp_path / "bin" / "python3").chmod(0o755)
    return checkout


def set_up(checkout: Path, fail: str = "") -> list[str]:
    """Run the set-up, and return what its python3 was asked to do."""
    log = checkout.parent / "log"
    log.write_text("")
    path = f"{checkout.parent / 'bin'}:{os.environ['PATH']}"
    subprocess.run(
        ["sh", ".ci/setup", "run"],
        cwd=checkout,
        env={"PATH": path, "LOG": str(log), "FAIL": fail},
        capture_output=True,
        check=not fail,
    )
    return [line for line in log.read_text().splitlines() if line.startswith("-m")]


def test_the_second_set_up_only_looks(machine: Path) -> None:
    first = set_up(machine)
    assert [line.split(" -q")[0] for line in first] == ["-m venv .venv", "-m pip install"]
    assert set_up(machine) == []


def test_a_set_up_that_was_interrupted_is_made_anew(machine: Path) -> None:
    set_up(machine, fail="install")
    (machine / ".venv" / "half-unpacked").touch()
    assert set_up(machine)[0] == "-m venv .venv"
    assert not (machine / ".venv" / "half-unpacked").exists()
    assert set_up(machine) == []


def test_an_environment_without_pip_is_made_anew(machine: Path) -> None:
    set_up(machine)
    (machine / "requirements.txt").write_text("# other packages\n")
    (machine / ".venv" / "half-made").touch()
    (machine / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    assert "-m venv .venv" in set_up(machine)
    assert not (machine / ".venv" / "half-made").exists()


def test_a_whole_environment_is_kept_when_the_packages_change(machine: Path) -> None:
    set_up(machine)
    (machine / "requirements.txt").write_text("# other packages\n")
    (machine / ".venv" / "stays").touch()
    assert [line.split(" -q")[0] for line in set_up(machine)] == ["-m pip --version", "-m pip install"]
    assert (machine / ".venv" / "stays").exists()
