"""Plugins that were written for an older program work unchanged with this one (see their README)."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from cchc_flow import commands
from cchc_flow.testing import FILE, Commune

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "plugins_2ee1401"
PACKAGE = "cchc-flow-tiep-dan"
Finished = subprocess.CompletedProcess[str]


def python(*words: str | Path, cwd: Path, path: str | Path = ROOT) -> Finished:
    """Run a Python module in a folder; it finds the program, and what is installed beside it, in `path`."""
    offline = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment = os.environ | offline | {"PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=300, check=False
    )


def passed(*words: str | Path, cwd: Path, path: Path = ROOT) -> str:
    """Run the tests of a plugin; return the last line that they say."""
    done = python("pytest", "-q", "-p", "no:cacheprovider", *words, cwd=cwd, path=path)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The plugins, where whatever a test leaves behind does no harm."""
    return shutil.copytree(FIXTURE, tmp_path / "plugins")


@pytest.fixture
def checkout(copy: Path, tmp_path: Path) -> Path:
    """A checkout of the program with a folder of somebody else among its plugins."""
    checkout = tmp_path / "checkout"
    for name in ("cchc_flow", "plugins", "events", "templates"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, checkout)
    return shutil.copytree(copy / "folder", checkout, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program's folder, and one into which the package was installed."""
    place = tmp_path_factory.mktemp("beside")
    source = shutil.copytree(FIXTURE / "package" / PACKAGE, place / PACKAGE)
    options = ["-q", "--no-deps", "--no-build-isolation", "--target", place / "installed"]
    installed = python("pip", "install", *options, source, cwd=place)
    assert installed.returncode == 0, installed.stderr
    return os.pathsep.join([str(ROOT), str(place / "installed")])


def loaded(name: str, file: Path) -> ModuleType:
    """Return a plugin, imported from where it lies."""
    inner = [str(file.parent)] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=inner)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commune(copy: Path) -> Iterator[Commune]:
    """A commune that has all three."""
    tutorial = loaded("feedback", copy / "tutorial" / "feedback.py")
    folder = loaded("gop_y", copy / "folder" / "plugins" / "gop_y" / "__init__.py")
    package = loaded("tiep_dan", copy / "package" / PACKAGE / "cchc_flow_tiep_dan" / "__init__.py")
    made = Commune(copy, feedback=tutorial, gop_y=folder, tiep_dan=package)
    yield made
    made.ws.close()
    for name in [one for one in sys.modules if one.partition(".")[0] in ("feedback", "gop_y", "tiep_dan")]:
        del sys.modules[name]


def test_no_file_of_them_was_ever_changed() -> None:
    sums = dict(reversed(line.split("  ")) for line in (FIXTURE / "SHA256SUMS").read_text().splitlines())
    assert {name: hashlib.sha256((FIXTURE / name).read_bytes()).hexdigest() for name in sums} == sums


def test_the_plugin_of_the_tutorial_passes_its_own_tests(copy: Path) -> None:
    options = ["-o", "pythonpath=.", "--rootdir", "."]
    assert "3 passed" in passed(*options, cwd=copy / "tutorial")


def test_a_folder_passes_its_own_tests(checkout: Path) -> None:
    assert "7 passed" in passed("tests/plugins/test_gop_y.py", cwd=checkout, path=checkout)


def test_a_package_passes_its_own_tests(copy: Path) -> None:
    assert "7 passed" in passed(cwd=copy / "package" / PACKAGE)


def test_a_folder_is_loaded_among_the_areas_without_a_fault(checkout: Path) -> None:
    areas = python("cchc_flow", "areas", cwd=checkout, path=checkout)
    assert "Lĩnh vực gop_y  (gop_y; bản" in areas.stdout and (areas.returncode, areas.stderr) == (0, "")
    doctor = python("cchc_flow", "doctor", cwd=checkout, path=checkout)
    assert doctor.returncode == 0, doctor.stdout


def test_an_installed_package_is_loaded_beside_the_areas_without_a_fault(beside: str, tmp_path: Path) -> None:
    areas = python("cchc_flow", "areas", cwd=tmp_path, path=beside)
    assert f"Lĩnh vực tiep_dan  (tiep_dan; bản 0.1.0, từ gói {PACKAGE})" in areas.stdout
    assert (areas.returncode, areas.stderr) == (0, "")
    doctor = python("cchc_flow", "doctor", cwd=tmp_path, path=beside)
    assert doctor.returncode == 0, doctor.stdout


def test_nothing_that_they_bring_is_a_fault(commune: Commune) -> None:
    assert commune.faults() == []


@pytest.mark.parametrize("name", ["gop_y", "tiep_dan"])
def test_an_entry_is_written_answered_counted_and_shown(commune: Commune, name: str) -> None:
    assert commune.measure(name, "answered").value is None
    told = {"title": "Quên mật khẩu", "about": "Cấp lại mật khẩu"}
    first, second = commune.entry(f"{name}_entry", **told), commune.entry(f"{name}_entry")
    assert commune.then(first).fields["about"] == "Cấp lại mật khẩu"
    assert "Quên mật khẩu" in commune.page(f"areas/{name}")
    assert commune.when(first, "answer", by="officer").events == ("item.advanced/1",)
    found = commune.measure(name, "answered")
    assert (found.value, found.count, set(found.items)) == ("50", 1, {first, second})


@pytest.mark.parametrize("name", ["gop_y", "tiep_dan"])
def test_a_rule_keeps_out_what_lacks_a_file_and_is_told_on_the_page(commune: Commune, name: str) -> None:
    task, other = commune.task(name), commune.task()
    for one in (task, other):
        commune.given(one, "assign", "start")
    assert "Chưa có tệp minh chứng nào." in commune.when(task, "submit").refusal
    assert commune.when(task, "submit", evidence=[FILE]).events == ("item.submitted/1",)
    assert commune.when(other, "submit").events == ("item.submitted/1",)
    assert "minh chứng" in commune.page(f"areas/{name}")


def test_a_figure_decides_what_a_rule_warns_of(commune: Commune) -> None:
    entry = commune.entry("feedback", received_on="2026-03-02")
    assert "Trả lời sau thời hạn." in commune.when(entry, "answer", answered_on="2026-03-10").refusal
    commands.set_figure(commune.ws, "feedback", "days", "6", "12/QĐ-UBND", commune.order("coordinator"))
    assert commune.when(entry, "answer", answered_on="2026-03-10").events == ("item.advanced/1",)
    assert commune.measure("feedback", "in_time").value == "100"
