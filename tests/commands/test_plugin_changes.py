"""Which plugins a process has is compared with the log, and recorded before anything is written."""

import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from support.plugging import plugged
from support.world import ASSIGN, World

from cchc_flow import commands
from cchc_flow.audit import naming
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands.plugin_changes import PluginsDiffer
from cchc_flow.eventlog.port import Change, Draft, Meta, RecordedEvent
from cchc_flow.hookspecs import Area, Violation, hookimpl
from cchc_flow.plugin_host import digest
from cchc_flow.plugin_host.loading import NONE, Plugins
from cchc_flow.plugin_host.manager import Manager
from cchc_flow.plugin_host.rule_checks import RuleNotAsked
from cchc_flow.projections import rules
from cchc_flow.workflow.events import PluginArea
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace


class Rules:
    """Quy tắc"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("rules", "Quy tắc", "QT", "#123456", ("quy tac",))]

    @hookimpl
    def check(self, item: Item) -> list[Violation]:
        return []


def loaded(version: str = "1.2", code: str = "") -> Plugins:
    """Return the plugin in a version, with a digest of its own for each code."""
    manager = Manager()
    manager.load("rules", Rules, version, "goi-quy-tac")
    found = Plugins(manager)
    found.about["rules"] = msgspec.structs.replace(found.about["rules"], digest=code * 64)
    return found


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data", plugins=loaded(code="a")).settle()


def reopen(world: World, plugins: Plugins) -> Workspace:
    """Open the commune as another process with these plugins."""
    world.ws = commands.open_workspace(world.data, "xa-mau", world.ws.now, plugins)
    return world.ws


def of_plugins(ws: Workspace) -> list[RecordedEvent]:
    return [event for event in ws.log.read_events() if event.type.startswith("plugin.")]


def sentence(ws: Workspace, event: RecordedEvent) -> str:
    db = ws.read()
    return event_sentence(event, naming.names_for_event(db, event, naming.all_names(ws, db)))


def test_what_a_loaded_plugin_decides_about_is_recorded_with_the_digest_of_its_code(world: World) -> None:
    plugin = rules.loaded_plugins(world.ws.read())["rules"]
    assert plugin.areas == (PluginArea("rules", "Quy tắc", ("quy tac",)),)
    assert (plugin.loaded.digest, plugin.loaded.kinds) == ("a" * 64, ())
    assert plugin.loaded.hooks == ("areas", "check")


def test_a_plugin_whose_folder_was_deleted_is_recorded_as_missing_once_and_then_as_returned(
    world: World,
) -> None:
    for _ in range(2):
        gone = reopen(world, plugged())
        assert [event.type for event in of_plugins(gone)] == ["plugin.loaded/3", "plugin.missing/1"]
        assert rules.loaded_plugins(gone.read())["rules"].missing
    assert sentence(gone, of_plugins(gone)[-1]) == (
        "Hệ thống (cài đặt ban đầu) đã ghi nhận: lĩnh vực «Quy tắc» không còn trong phần mềm,"
        " hoặc không nạp được."
    )
    back = reopen(world, loaded(code="a"))
    assert of_plugins(back)[-1].type == "plugin.loaded/3"
    assert not rules.loaded_plugins(back.read())["rules"].missing
    assert sentence(back, of_plugins(back)[-1]).endswith(": lĩnh vực đã có lại trong phần mềm.")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (loaded("1.10", "b"), "bản 1.10 (từ gói goi-quy-tac): thay bản 1.2."),
        (loaded("1.1.9", "b"), "bản 1.1.9 (từ gói goi-quy-tac): bản cũ hơn đã trở lại, thay bản 1.2."),
        (loaded("1.2", "b"), "bản 1.2 (từ gói goi-quy-tac): mã đã đổi dù số phiên bản giữ nguyên."),
    ],
)
def test_a_plugin_that_is_newer_older_or_has_other_code_is_recorded_and_told(
    world: World, now: Plugins, words: str
) -> None:
    size = world.ws.log.size()
    ws = reopen(world, now)
    assert ws.log.size() == size + 1
    assert sentence(ws, of_plugins(ws)[-1]).endswith(words)


def test_a_history_tells_of_the_first_loading_only_that_it_was_loaded(world: World) -> None:
    assert sentence(world.ws, of_plugins(world.ws)[0]).endswith("bản 1.2 (từ gói goi-quy-tac).")


def test_a_process_that_loads_no_plugins_notes_nothing(world: World) -> None:
    size = world.ws.log.size()
    assert reopen(world, NONE).log.size() == size
    world.take("hoa", "assign", **ASSIGN)
    assert len(of_plugins(world.ws)) == 1


def test_a_step_is_recorded_under_the_plugins_of_the_process_that_takes_it(world: World) -> None:
    older, newer = world.ws, reopen(world, loaded("2.0", "b"))
    world.ws = older
    world.take("hoa", "assign", **ASSIGN)
    noted, step = world.ws.log.read_events(world.ws.log.size() - 2)
    assert (noted.type, noted.data["version"]) == ("plugin.loaded/3", "1.2")
    assert (step.type, step.rules) == ("item.assigned/1", noted.id)
    world.ws = newer
    world.take("lan", "start")
    noted, step = world.ws.log.read_events(world.ws.log.size() - 2)
    assert (noted.data["version"], step.rules) == ("2.0", noted.id)


def test_while_no_event_about_plugins_comes_nothing_is_compared(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare(*given: object) -> None:
        raise AssertionError("compared")

    world.take("hoa", "assign", **ASSIGN)
    monkeypatch.setattr("cchc_flow.commands.plugin_changes.plugin_changes", compare)
    world.take("lan", "start")


def test_two_processes_that_undo_each_other_s_notes_are_told_and_nothing_is_written(world: World) -> None:
    older, newer = world.ws, reopen(world, loaded("2.0", "b"))
    append, turns = older.log.append, itertools.count()

    def append_both(*given: object) -> object:
        receipt = append(*given)  # type: ignore[arg-type]
        if next(turns) < 3:
            newer.renew()
            commands.plugin_changes.note_plugins(newer)
        return receipt

    older.log.append = append_both  # type: ignore[method-assign, assignment]
    world.ws = older
    with pytest.raises(PluginsDiffer, match="Một tiến trình khác"):
        world.take("hoa", "assign", **ASSIGN)
    assert {event.type for event in older.log.read_events(older.log.size() - 6)} == {"plugin.loaded/3"}


def test_a_step_is_decided_anew_when_rules_are_switched_just_before_it_is_recorded(world: World) -> None:
    another = commands.open_workspace(world.data, "xa-mau", world.ws.now, loaded(code="a"))
    append, turns = world.ws.log.append, itertools.count()

    def append_late(*given: object) -> object:
        if next(turns) == 0:
            commands.switch_plugin(another, "rules", False, world.order("hoa"), reason="Thử")
        return append(*given)  # type: ignore[arg-type]

    world.ws.log.append = append_late  # type: ignore[method-assign, assignment]
    world.take("hoa", "assign", **ASSIGN)
    switched, step = world.ws.log.read_events(world.ws.log.size() - 2)
    assert (switched.type, step.type, step.rules) == ("plugin.disabled/2", "item.assigned/1", switched.id)


def test_of_a_plugin_that_only_the_first_version_of_the_event_describes_nothing_is_known(
    world: World,
) -> None:
    about = {"plugin": "old", "title": "Lĩnh vực cũ", "version": "1", "origin": "goi-cu"}
    change = Change("plugin-old", 0, (Draft("plugin.loaded/1", about),))
    world.ws.log.append(
        [change], Meta(actor="system:setup", time=world.time, command_id="cũ", command_digest=b"1" * 32)
    )
    assert rules.loaded_plugins(world.ws.read())["old"].areas == ()
    world.take("hoa", "assign", **ASSIGN)
    assert [event.type for event in of_plugins(world.ws)][-1] == "plugin.missing/1"

    def torn() -> object:
        raise ImportError("thiếu thư viện")

    manager = Manager()
    manager.load("rules", Rules, "1.2", "goi-quy-tac")
    manager.load("old", torn, "1", "goi-cu")
    reopen(world, Plugins(manager))
    with pytest.raises(RuleNotAsked, match=r"«Lĩnh vực cũ» \(không nạp được"):
        world.take("lan", "start")


# The digest


@pytest.fixture
def package(tmp_path: Path) -> ModuleType:
    """A plugin that is a package with code, a schema and a template."""
    folder = tmp_path / "ho_tich"
    for name in ("__init__.py", "rules.py", "events/a.json", "templates/ho_tich/panel.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    module = ModuleType("ho_tich")
    module.__path__ = [str(folder)]
    return module


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "rules.py").write_text("khác"),
        lambda folder: (folder / "events" / "a.json").write_text("{}"),
        lambda folder: (folder / "templates" / "ho_tich" / "panel.html").unlink(),
        lambda folder: (folder / "rules.py").rename(folder / "rule.py"),
        lambda folder: (folder / "more.pyc").write_bytes(b""),
    ],
)
def test_the_digest_changes_with_each_name_and_byte_of_a_package(
    package: ModuleType, change: Callable[[Path], object]
) -> None:
    before = digest.digest_of_files(package)
    change(Path(package.__path__[0]))
    assert digest.digest_of_files(package) != before


def test_what_python_compiles_beside_the_code_is_not_in_the_digest(package: ModuleType) -> None:
    before = digest.digest_of_files(package)
    cache = Path(package.__path__[0]) / "__pycache__"
    cache.mkdir()
    (cache / "rules.cpython-311.pyc").write_bytes(b"compiled")
    assert digest.digest_of_files(package) == before


def test_a_plugin_that_is_part_of_a_package_has_the_digest_of_the_whole(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    package.__file__ = str(Path(package.__path__[0]) / "__init__.py")
    monkeypatch.setitem(sys.modules, "ho_tich", package)
    whole = digest.digest_of_files(package)
    assert digest.digest_of_files(object(), "ho_tich") == whole != digest.digest_of_files(object())
