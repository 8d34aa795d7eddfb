"""How this program's plugins do not fit a log is told by `areas`, by `doctor`, and as the server starts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_flow import plugins
from cchc_flow.cli import run, workspaces

CODE = '''"""Hộ tịch"""

from cchc_flow.hookspecs import Workflow, hookimpl
from cchc_flow.workflow.definition import State


@hookimpl
def workflows():
    return [Workflow("birth", 1, "TITLE", "kept", (State("kept", "Đã ghi"),), (), openers=("coordinator",))]
'''
ALTERED = "Sổ theo dõi «birth» phiên bản 1 của trình cắm «household» khác bản đã công bố"
MISSING = "Lĩnh vực «Hộ tịch» (household) đang bật nhưng không còn trong phần mềm"


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plugin that is one file, in a folder of its own."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    monkeypatch.setattr(plugins, "__path__", [*plugins.__path__, str(folder)])
    monkeypatch.setattr(workspaces, "_run_server", lambda *given: None)
    yield folder / "household.py"
    sys.modules.pop("cchc_flow.plugins.household", None)


@pytest.fixture
def data(tmp_path: Path, plugin: Path) -> Path:
    """The data folder of a workspace in which the plugin's register is published."""
    write(plugin, "Khai sinh")
    assert run(["--data", str(tmp_path / "data"), "init", "xa"]) == 0
    return tmp_path / "data"


def write(plugin: Path, title: str) -> None:
    """Write the plugin with a register of this title, as the next process imports it."""
    sys.modules.pop("cchc_flow.plugins.household", None)
    plugin.write_text(CODE.replace("TITLE", title), encoding="utf-8")


def say(data: Path, capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str]:
    """Return the exit code of a command and all that it prints."""
    sys.modules.pop("cchc_flow.plugins.household", None)
    capsys.readouterr()
    code = run(["--data", str(data), command])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


@pytest.mark.parametrize(("command", "exit_code"), [("areas", 0), ("doctor", 1), ("serve", 0)])
def test_a_definition_that_was_edited_in_place_is_told(
    data: Path, plugin: Path, capsys: pytest.CaptureFixture[str], command: str, exit_code: int
) -> None:
    write(plugin, "Khai sinh đã sửa")
    code, printed = say(data, capsys, command)
    assert (code, f"Không gian «xa»: {ALTERED}" in printed) == (exit_code, True), printed


@pytest.mark.parametrize(("command", "exit_code"), [("areas", 0), ("doctor", 1), ("serve", 0)])
def test_a_plugin_that_is_in_force_and_gone_is_told(
    data: Path, plugin: Path, capsys: pytest.CaptureFixture[str], command: str, exit_code: int
) -> None:
    plugin.unlink()
    code, printed = say(data, capsys, command)
    assert (code, f"Không gian «xa»: {MISSING}" in printed) == (exit_code, True), printed


@pytest.mark.parametrize("command", ["areas", "doctor", "serve"])
def test_plugins_that_fit_the_log_are_told_without_a_fault(
    data: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, printed = say(data, capsys, command)
    assert code == 0 and ALTERED not in printed and MISSING not in printed


def test_of_many_workspaces_each_fault_names_its_own_and_one_that_is_broken_is_told(
    data: Path, plugin: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("xb", "xc"):
        assert run(["--data", str(data), "init", name]) == 0
    (data / "xc" / "events.db").write_bytes(b"")
    write(plugin, "Khai sinh đã sửa")
    code, printed = say(data, capsys, "areas")
    assert code == 0
    assert f"Không gian «xa»: {ALTERED}" in printed and f"Không gian «xb»: {ALTERED}" in printed
    assert "Không gian «xc»: " in printed
