"""The manager: what it loads, and what it refuses before anything starts."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_flow import plugins, resources
from cchc_flow.cli import run
from cchc_flow.plugin_host import contributions, loading, manager
from cchc_flow.workflow.policy import BUILT_IN

IMPORT = "from cchc_flow.hookspecs import Area, hookimpl\n\n\n@hookimpl\n"
SHIPPED = len(list(resources.folder("plugins").glob("*/__init__.py")))
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
    assert "Hộ tịch" in [area.title for area in contributions.areas(loading.load_plugins())]


@pytest.mark.parametrize("hook", ["def aeras():", "def areas(items):"])
def test_a_misspelt_hook_stops_the_start_and_names_its_plugin(extra: Path, hook: str) -> None:
    (extra / "typo.py").write_text(f"{IMPORT}{hook}\n    return []\n", encoding="utf-8")
    with pytest.raises(manager.PluginError, match="typo"):
        manager.load_manager()


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
def test_a_plugin_whose_areas_fail_is_named_and_the_others_are_there(extra: Path, body: str) -> None:
    (extra / "faulty.py").write_text(f"{IMPORT}def areas():\n    {body}\n", encoding="utf-8")
    all_plugins = loading.load_plugins()
    assert len(contributions.areas(all_plugins)) == SHIPPED
    assert ["faulty" in fault.words for fault in contributions.faults(all_plugins)] == [True]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import khong_co_goi_nay\n", "ModuleNotFoundError: No module named 'khong_co_goi_nay'"),
        ("def areas(:\n", "SyntaxError"),
        ("raise SystemExit(3)\n", "SystemExit: 3"),
    ],
)
def test_a_plugin_that_cannot_be_loaded_is_named_in_one_sentence_and_the_others_are_there(
    extra: Path, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory, code: str,
    sentence: str,
) -> None:  # fmt: skip
    (extra / "torn.py").write_text(code, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    assert run(["--data", str(data), "areas"]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == SHIPPED
    assert printed.err.startswith(f"Trình cắm «torn» không nạp được: {sentence}")
    assert printed.err.count("\n") == 1
    assert run(["--data", str(data), "doctor"]) == 1
    assert "«torn» không nạp được" in capsys.readouterr().out


def test_a_package_that_cannot_be_loaded_or_takes_a_name_is_named_and_the_others_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = tmp_path / "xa_feedback-1.2.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: xa-feedback\nVersion: 1.2\n")
    points = ("direction = xa_gop_y", "feedback = xa_gop_y", "torn = xa_khong_co")
    (about / "entry_points.txt").write_text("\n".join(["[cchc_flow]", *points]) + "\n")
    (tmp_path / "xa_gop_y.py").write_text('"""Góp ý"""\n', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    all_plugins = loading.load_plugins()
    assert len(all_plugins.about) == SHIPPED + 1
    about = all_plugins.about["feedback"]
    assert (about.title, about.origin, about.version) == ("Góp ý", "xa-feedback", "1.2")
    assert all_plugins.about["direction"].origin == BUILT_IN
    assert list(all_plugins.load_faults) == ["torn"]
    assert [fault.words for fault in all_plugins.faults] == [
        "Trình cắm «direction» của gói «xa-feedback» bị bỏ qua: tên hoặc mã của nó đã được nạp rồi.",
        "Trình cắm «torn» không nạp được: ModuleNotFoundError: No module named 'xa_khong_co'.",
    ]
