"""What is installed works: from a wheel in an empty folder (`make wheel`), and from the checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cchc_flow

WHEEL = os.environ.get("CCHC_FLOW_WHEEL")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "cchc_flow", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def test_the_package_under_test_is_the_one_that_was_installed(tmp_path: Path) -> None:
    code = "import cchc_flow; print(cchc_flow.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    if WHEEL:
        assert found.stdout.startswith(WHEEL)
    else:
        assert (Path(found.stdout.strip()).parent.parent / "pyproject.toml").is_file()


def test_the_outer_folders_came_along(tmp_path: Path) -> None:
    areas = run("areas", cwd=tmp_path)
    assert (areas.returncode, len(areas.stdout.splitlines())) == (0, 7)
    events = run("events", cwd=tmp_path)
    assert "item.submitted/1" in events.stdout


def test_whoever_builds_on_it_gets_its_types() -> None:
    """Type checkers read the annotations of a package that carries the mark `py.typed` (PEP 561)."""
    assert (Path(str(cchc_flow.__file__)).parent / "py.typed").is_file()


def test_the_sample_plan_becomes_a_workspace_that_verifies(tmp_path: Path) -> None:
    made = run("--data", str(tmp_path / "data"), "demo", "--no-serve", cwd=tmp_path)
    assert (made.returncode, made.stderr.splitlines()[-1:]) == (0, ["Đang chuẩn bị không gian dùng thử …"])
    items = run("--data", str(tmp_path / "data"), "items", "--json", cwd=tmp_path)
    tasks = [item for item in json.loads(items.stdout) if item["kind"] == "task" and not item["parent"]]
    assert len(tasks) == 63
    assert run("--data", str(tmp_path / "data"), "verify", cwd=tmp_path).returncode == 0


def test_the_board_is_drawn_with_its_templates_and_styles(tmp_path: Path) -> None:
    code = """
from pathlib import Path
from cchc_flow import clock
from cchc_flow.web import create_app
client = create_app(Path("data"), clock.now).test_client()
print(client.get("/", follow_redirects=True).status_code)
print(client.get("/static/css/base.css").status_code, client.get("/static/vendor/htmx.min.js").status_code)
"""
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert found.stdout.split() == ["200", "200", "200"], found.stderr


@pytest.mark.skipif(bool(WHEEL), reason="a new area is added to a checkout, not to a wheel")
def test_a_new_area_folder_needs_no_change_of_the_packaging(tmp_path: Path) -> None:
    import shutil

    root = Path(__file__).parent.parent.parent
    copy = tmp_path / "checkout"
    for name in ("cchc_flow", "plugins", "events", "templates", "tests"):  # others write beside them just now
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy)
    shutil.copytree(copy / "plugins" / "direction", copy / "plugins" / "household")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), "."],
        capture_output=True, text=True, cwd=copy, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(wheel)], capture_output=True, text=True, check=True
    ).stdout
    assert "cchc_flow/plugins/household/__init__.py" in names
