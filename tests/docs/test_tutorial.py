"""docs/plugin-tutorial.md: the plugin that its blocks make up is short, whole, and passes its own tests."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def blocks(programs: dict[str, str]) -> list[str]:
    names = sorted(name for name in programs if name.startswith("tutorial-") and name[9].isdigit())
    return [programs[name] for name in names]


def test_the_area_of_the_tutorial_takes_less_than_forty_lines_of_python(blocks: list[str]) -> None:
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    assert 20 < len(lines) < 40


def test_the_area_of_the_tutorial_passes_its_tests_and_can_be_used(
    blocks: list[str], programs: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "feedback.py").write_text("\n\n".join(blocks))
    sound = "\n\ndef test_it_can_be_used(commune):\n    assert commune.faults() == []\n"
    (tmp_path / "test_feedback.py").write_text(programs["tutorial-test.py"] + sound)
    options = ["-q", "-p", "no:cacheprovider", "-o", "pythonpath=.", "--rootdir", "."]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "test_feedback.py"],
        capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "4 passed" in done.stdout, done.stdout + done.stderr
