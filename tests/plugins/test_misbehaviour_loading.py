"""A plugin that cannot be loaded, or is gone: what was its own is still told, drawn and moved."""

from pathlib import Path

import pytest
from support.misbehaving import Good, bad, commune, goes_on, read, site_of
from support.plugging import plugged
from support.world import ASSIGN, World

from cchc_flow import commands
from cchc_flow.cli import run
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Manager
from cchc_flow.plugin_host.rule_checks import RuleNotAsked
from cchc_flow.projections.cards import items


def torn() -> Plugins:
    """Return the good plugin, and the sentence that another one could not be loaded."""

    def load() -> object:
        raise ImportError("thiếu thư viện")

    manager = Manager()
    manager.load("bad", load, "1.0", "goi-hong")
    manager.load("good", Good, "1.0", "goi-tot")
    return Plugins(manager)


def test_a_plugin_that_was_never_in_use_and_cannot_be_loaded_is_told_and_nothing_waits_for_it(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "data", plugins=torn()).settle()
    site = site_of(world, torn())
    assert "Trình cắm «bad» không nạp được: ImportError: thiếu thư viện." in read(site, "areas")
    world.take("hoa", "assign", **ASSIGN)
    goes_on(site)


def test_rules_in_force_that_cannot_be_loaded_refuse_until_they_are_switched_off(tmp_path: Path) -> None:
    world, _ = commune(tmp_path, bad=bad("check", list))
    world.ws = commands.open_workspace(world.data, "xa-mau", world.ws.now, torn())
    site = site_of(world, torn())
    assert "Trình cắm «bad» không nạp được" in read(site, "areas/bad")
    with pytest.raises(RuleNotAsked, match=r"«Lĩnh vực hỏng» \(không nạp được.*trang Lĩnh vực"):
        world.take("hoa", "assign", **ASSIGN)
    goes_on(site)
    commands.switch_plugin(world.ws, "bad", False, world.order("hoa"), reason="Thử")
    world.take("hoa", "assign", **ASSIGN)


def test_items_of_a_plugin_that_disappeared_are_drawn_moved_and_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, _ = commune(tmp_path)
    given = {"title": "Bao giờ có chữ ký số?", "lead": "phong-kinh-te", "number": "12"}
    entry = commands.open_entry(world.ws, "question", given, world.order("hoa")).item
    world.ws = commands.open_workspace(world.data, "xa-mau", world.ws.now, plugged())
    site = site_of(world, plugged())
    assert "không còn đi kèm chương trình" in read(site, "areas/good")
    assert "Bao giờ có chữ ký số?" in read(site, "board?kind=question")
    assert "Bao giờ có chữ ký số?" in read(site, f"items/{entry.id}")
    world.take("lan", "answer", entry.id)
    assert items.item(world.ws.read(), entry.id).state == "answered"
    assert "Trả lời" in read(site, f"items/{entry.id}")
    for command in (
        ["workflow", "draw", "question", str(tmp_path / "a.svg")],
        ["verify", "--all"],
        ["items"],
    ):
        assert run(["--data", str(world.data), *command]) == 0, capsys.readouterr().err
    assert "Đã trả lời" in (tmp_path / "a.svg").read_text()
    assert "Bao giờ có chữ ký số?" in capsys.readouterr().out
