"""`cchc-flow plugin new`: what it makes works at once, and what it refuses it says in one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cchc_flow import resources
from cchc_flow.cli import run
from cchc_flow.errors import BadInput
from cchc_flow.hookspecs import Workflow, hookimpl
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import load_plugins, plugins_from
from cchc_flow.plugin_host.scaffold import create_folder, create_package
from cchc_flow.workflow.definition import State

ROOT = Path(__file__).parents[2]
NAME = "gop_y_cong_dan"
ENTRY = Workflow("hoi_dap_entry", 1, "Sổ hỏi đáp", "done", (State("done", "Xong", final=True),), ())
LABELS = {area.label for area in contributions.areas(load_plugins())}


def python(*words: str | Path, cwd: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with the product from `path`."""
    environment = os.environ | {"PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=300, check=False
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout as far as a plugin needs it."""
    copy = tmp_path / "checkout"
    for name in ("cchc_flow", "plugins", "events", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, copy)
    return copy


def test_a_new_folder_of_a_checkout_passes_its_tests_and_every_check_at_once(checkout: Path) -> None:
    created = python("cchc_flow", "plugin", "new", NAME, cwd=checkout, path=checkout)
    assert created.returncode == 0, created.stderr
    files = [Path(line) for line in created.stdout.splitlines()]
    assert checkout / "plugins" / NAME / "__init__.py" in files
    test = checkout / "tests" / "plugins" / f"test_{NAME}.py"
    tested = python("pytest", "-q", "-p", "no:cacheprovider", test, cwd=checkout, path=checkout)
    assert tested.returncode == 0 and "8 passed" in tested.stdout, tested.stdout
    for check in (["check"], ["format", "--check"]):
        judged = python("ruff", *check, "--no-cache", "plugins", "tests", cwd=checkout, path=checkout)
        assert judged.returncode == 0, judged.stdout
    listed = python("cchc_flow", "areas", cwd=checkout, path=checkout)
    assert f"({NAME}; bản" in listed.stdout and listed.stderr == ""
    doctor = python("cchc_flow", "doctor", cwd=checkout, path=checkout)
    assert doctor.returncode == 0, doctor.stdout


def test_a_new_package_passes_its_tests_at_once(tmp_path: Path) -> None:
    created = python(
        "cchc_flow", "plugin", "new", NAME, "--package", "--into", tmp_path, cwd=tmp_path, path=ROOT
    )
    assert created.returncode == 0, created.stderr
    package = tmp_path / "cchc-flow-gop-y-cong-dan"
    tested = python("pytest", "-q", "-p", "no:cacheprovider", cwd=package, path=ROOT)
    assert tested.returncode == 0 and "8 passed" in tested.stdout, tested.stdout


def test_nothing_of_the_sample_s_names_is_left(tmp_path: Path) -> None:
    for files in (
        create_folder(NAME, tmp_path / "plugins", plugins_from()),
        create_package(NAME, tmp_path, plugins_from()),
    ):
        assert not [path for path in files if "new_area" in str(path) or "new-area" in path.read_text()]
        assert not [path for path in files if "new_area" in path.read_text() or '"NA"' in path.read_text()]


@pytest.mark.parametrize("name", ["gop_y", "tc", "cai_cach"])
def test_a_new_area_has_letters_for_cards_that_no_other_has(tmp_path: Path, name: str) -> None:
    (module, *_) = create_folder(name, tmp_path / "plugins", load_plugins())
    (line,) = [line for line in module.read_text().splitlines() if "return [Area(" in line]
    label = line.split('"')[3]
    assert 2 <= len(label) <= 3 and label.isupper() and label not in LABELS


@pytest.mark.parametrize(
    "name",
    ["Góp ý", "gop-y", "_gop", "gop__y", "gop_", "1gop", "g" * 41, "class", "../gop", "task", "direction"],
)
def test_a_name_that_cannot_be_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(["plugin", "new", name, "--package", "--into", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1) and f"«{name}»" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", [[], ["--package"]])
def test_what_is_there_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    command = ["plugin", "new", NAME, *form, "--into", str(tmp_path / "plugins")]
    assert run(command) == 0
    first = Path(capsys.readouterr().out.splitlines()[0])
    first.write_text("của tôi")
    assert run(command) == 2
    assert "đã có, nên không tạo gì cả" in capsys.readouterr().err
    assert first.read_text() == "của tôi"


def test_the_sample_is_part_of_the_package() -> None:
    assert (resources.PACKAGE / "samples" / "plugin" / "new_area" / "__init__.py").is_file()


def test_a_name_whose_register_another_plugin_has_is_refused(tmp_path: Path) -> None:
    other = plugins_from(other=SimpleNamespace(workflows=hookimpl(lambda: [ENTRY], specname="workflows")))
    with pytest.raises(BadInput, match="«hoi_dap» đã là của"):
        create_folder("hoi_dap", tmp_path / "plugins", other)
