"""The manager: what it loads, and what it refuses before anything starts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_flow import plugins
from cchc_flow.cli import run

IMPORT = "from cchc_flow.hookspecs import Area, hookimpl\n\n\n@hookimpl\n"
AREA = 'Area("household", "Hộ tịch", "HT", "#334155", ("hộ tịch",))'


@pytest.fixture
def extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A second folder of plugins, empty, in which a file is one area."""
    monkeypatch.setattr(plugins, "__path__", [*plugins.__path__, str(tmp_path)])
    yield tmp_path
    for path in tmp_path.glob("*.py"):
        sys.modules.pop(f"cchc_flow.plugins.{path.stem}", None)


def test_an_area_in_the_folder_is_loaded_without_being_named_anywhere(extra: Path) -> None:
    (extra / "household.py").write_text(f"{IMPORT}def areas():\n    return [{AREA}]\n", encoding="utf-8")
    assert "Hộ tịch" in [area.title for area in plugins.areas(plugins.manager())]


@pytest.mark.parametrize("hook", ["def aeras():", "def areas(items):"])
def test_a_misspelt_hook_stops_the_start_and_names_its_plugin(extra: Path, hook: str) -> None:
    (extra / "typo.py").write_text(f"{IMPORT}{hook}\n    return []\n", encoding="utf-8")
    with pytest.raises(plugins.PluginError, match="typo"):
        plugins.manager()


def test_at_the_command_line_a_misspelt_hook_is_one_sentence(
    extra: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (extra / "typo.py").write_text(f"{IMPORT}def aeras():\n    return []\n", encoding="utf-8")
    assert run(["areas"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    "body", ["raise RuntimeError('hỏng')", "return ['không phải lĩnh vực']", "return None"]
)
def test_a_plugin_whose_areas_fail_is_named(extra: Path, body: str) -> None:
    (extra / "faulty.py").write_text(f"{IMPORT}def areas():\n    {body}\n", encoding="utf-8")
    with pytest.raises(plugins.PluginError, match="faulty"):
        plugins.areas(plugins.manager())
