"""docs/plugin-tutorial.md: the plugin that its blocks make up is short, whole, and works in the product."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AREAS = sorted(path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py"))


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
    write_plugin(blocks, tmp_path)
    sound = "\n\ndef test_it_can_be_used(commune):\n    assert commune.faults() == []\n"
    (tmp_path / "test_feedback.py").write_text(programs["tutorial-test.py"] + sound)
    options = ["-q", "-p", "no:cacheprovider", "-o", "pythonpath=.", "--rootdir", "."]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "test_feedback.py"],
        capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "5 passed" in done.stdout, done.stdout + done.stderr


def test_the_area_of_the_tutorial_is_used_in_the_product_beside_all_seven(
    blocks: list[str], tmp_path: Path
) -> None:
    write_plugin(blocks, tmp_path / "installed")
    made = product("demo", "--no-serve", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    listed = product("areas", cwd=tmp_path)
    assert listed.returncode == 0 and listed.stderr == ""
    assert all(f"({name};" in listed.stdout for name in [*AREAS, "feedback"]) and len(AREAS) == 7
    assert "lệch" not in listed.stdout and "không dùng được" not in listed.stdout
    judged = product("doctor", cwd=tmp_path)
    assert (judged.returncode, "8 lĩnh vực: dùng được" in judged.stdout) == (0, True), judged.stdout
    table = tmp_path / "entries.csv"
    table.write_text("Tên,Dịch vụ,Ngày nhận,Đơn vị chủ trì\nGóp ý,Cấp bản sao,02/03/2026,Phòng Kinh tế\n")
    filled = product("--as", "dau.moi", "register", "import", "feedback_entry", table, cwd=tmp_path)
    assert filled.returncode == 0, filled.stderr
    assert product("verify", "--all", cwd=tmp_path).returncode == 0


def test_names_that_are_taken_are_told_when_the_area_is_loaded(blocks: list[str], tmp_path: Path) -> None:
    write_plugin([block.replace("feedback_entry", "feedback") for block in blocks], tmp_path / "installed")
    judged = product("doctor", cwd=tmp_path)
    assert judged.returncode == 1
    assert "tên loại đã có của «administrative_procedures»" in judged.stdout


def write_plugin(blocks: list[str], folder: Path) -> None:
    """Write the plugin of the tutorial, as it lies in a folder where it was installed."""
    about = folder / "feedback-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "feedback.py").write_text("\n\n".join(blocks))
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: feedback\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[cchc_flow]\nfeedback = feedback\n")


def product(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the product with the plugin of the tutorial installed beside it."""
    path = os.pathsep.join([str(ROOT), str(cwd / "installed")])
    return subprocess.run(
        [sys.executable, "-m", "cchc_flow", *map(str, words)],
        capture_output=True, text=True, cwd=cwd, timeout=120, check=False,
        env=os.environ | {"PYTHONPATH": path},
    )  # fmt: skip
