"""Of a plugin that is gone, the steps that its hooks decide wait; everything else goes on."""

from pathlib import Path
from typing import Any

import pytest
from support.misbehaving import read, site_of
from support.plugging import plugged
from support.world import ASSIGN, RESULT, World

from cchc_flow import commands
from cchc_flow.errors import NotFound
from cchc_flow.hookspecs import Area, Facts, Opening, Taking, Violation, hookimpl
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.plugin_host.manager import Manager
from cchc_flow.plugin_host.rule_checks import RuleNotAsked
from cchc_flow.projections.cards import items
from cchc_flow.workflow.definition import State, Transition, Workflow
from cchc_flow.workflow.item import Item

INSIDE, OUTSIDE = "2026-III.2.3.1", "2026-III.1.1"
"""A task of the area «Cải cách thủ tục hành chính», and one of another."""
REFUSED = r"«Thủ tục» \(không còn trong phần mềm\).*kèm lý do, ở trang Lĩnh vực"
REGISTER = Workflow(
    "dossier",
    1,
    "Hồ sơ",
    "received",
    (State("received", "Đã nhận"), State("done", "Đã xong", final=True)),
    (Transition(name="finish", title="Xong", fact="finishings", event="item.advanced/1",
                from_=("received",), to="done", by=("lead_unit",)),),
    openers=("coordinator",),
)  # fmt: skip


class Procedures:
    """Thủ tục"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("procedures", "Thủ tục", "TT", "#123456", ("thu tuc hanh chinh",))]

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [REGISTER]

    @hookimpl
    def check(self, item: Item, facts: Facts) -> list[Violation]:
        return []


class OnlyRules:
    """Thủ tục"""

    @hookimpl
    def check(self, item: Item) -> list[Violation]:
        return []


class OtherArea:
    """Một lĩnh vực khác, nhận cùng một tiêu đề"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("others", "Thủ tục khác", "TK", "#123456", ("thu tuc hanh chinh",))]


class Follower:
    """Theo sau: mở hồ sơ trong sổ của lĩnh vực khác"""

    @hookimpl
    def react(self, event: str, item: Item) -> list[Opening | Taking]:
        if event != "item.submitted/1":
            return []
        return [Opening(key="one", kind="dossier", title="Hồ sơ theo kết quả", lead="phong-kinh-te")]


def begun(tmp_path: Path, plugin: object) -> World:
    """Return a commune with this plugin and two tasks in work."""
    world = World(tmp_path / "data", plugins=plugged(procedures=plugin)).settle()
    for task in (INSIDE, OUTSIDE):
        world.take("hoa", "assign", task, **ASSIGN)
        world.take("lan", "start", task)
    return world


def lose(world: World, **left: object) -> World:
    """Open the commune with these plugins alone."""
    return reopen(world, plugged(**left))


def reopen(world: World, plugins: Plugins) -> World:
    world.ws = commands.open_workspace(world.data, "xa-mau", world.ws.now, plugins)
    return world


def state(world: World, item: str) -> str:
    return items.item(world.ws.read(), item).state


def entry(world: World) -> str:
    given = {"title": "Hồ sơ 12", "lead": "phong-kinh-te"}
    return commands.open_entry(world.ws, "dossier", given, world.order("hoa")).item.id


def test_a_step_in_the_area_of_a_plugin_that_is_gone_is_refused_and_one_in_another_area_is_taken(
    tmp_path: Path,
) -> None:
    world = lose(begun(tmp_path, Procedures()))
    with pytest.raises(RuleNotAsked, match=REFUSED):
        world.take("lan", "submit", INSIDE, **RESULT)
    world.take("lan", "submit", OUTSIDE, **RESULT)
    assert (state(world, INSIDE), state(world, OUTSIDE)) == ("in_progress", "submitted")


def test_comments_reminders_and_taking_back_go_on(tmp_path: Path) -> None:
    world = begun(tmp_path, Procedures())
    world.take("lan", "submit", INSIDE, **RESULT)
    lose(world)
    world.take("hoa", "comment", INSIDE, text="Quy tắc của lĩnh vực đang thiếu.")
    with pytest.raises(RuleNotAsked):
        world.take("nam", "approve", INSIDE, quality="good")
    world.take("lan", "withdraw", INSIDE, reason="Chờ lĩnh vực.")
    world.take("hoa", "remind", INSIDE, text="Nhớ xem lại.")
    assert state(world, INSIDE) == "in_progress"


def test_entries_of_its_registers_are_neither_written_nor_moved(tmp_path: Path) -> None:
    world = begun(tmp_path, Procedures())
    written = entry(world)
    lose(world)
    with pytest.raises(RuleNotAsked, match=REFUSED):
        world.take("lan", "finish", written)
    with pytest.raises(RuleNotAsked, match=REFUSED):
        entry(world)


def test_what_another_plugin_opens_in_its_register_waits_until_it_is_back(tmp_path: Path) -> None:
    world = lose(begun(tmp_path, Procedures()), follower=Follower())
    world.take("lan", "submit", OUTSIDE, **RESULT)
    world.wait(minutes=1)
    assert commands.retry_reactions(world.ws) == 0
    assert items.items_of_kind(world.ws.read(), "dossier", None, {}) == []
    reopen(world, plugged(procedures=Procedures(), follower=Follower()))
    world.wait(minutes=2)
    assert commands.retry_reactions(world.ws) == 1
    assert len(items.items_of_kind(world.ws.read(), "dossier", None, {})) == 1


def test_a_plugin_without_area_and_register_decides_about_everything(tmp_path: Path) -> None:
    world = lose(begun(tmp_path, OnlyRules()))
    for task in (INSIDE, OUTSIDE):
        with pytest.raises(RuleNotAsked, match=REFUSED):
            world.take("lan", "submit", task, **RESULT)


def test_no_other_plugin_takes_its_area_over_by_the_same_words(tmp_path: Path) -> None:
    world = lose(begun(tmp_path, Procedures()), others=OtherArea())
    with pytest.raises(RuleNotAsked, match=REFUSED):
        world.take("lan", "submit", INSIDE, **RESULT)


def test_switched_off_with_a_reason_it_blocks_no_more_and_back_again_it_is_asked(tmp_path: Path) -> None:
    world = lose(begun(tmp_path, Procedures()))
    commands.switch_plugin(world.ws, "procedures", False, world.order("hoa"), reason="Chờ bản mới.")
    world.take("lan", "submit", INSIDE, **RESULT)
    with pytest.raises(NotFound):
        commands.switch_plugin(world.ws, "khong-co", False, world.order("hoa"), reason="Thử")
    reopen(lose(begun(tmp_path / "back", Procedures())), plugged(procedures=Procedures()))
    other = reopen(World(tmp_path / "back" / "data", is_there=True), plugged(procedures=Procedures()))
    other.take("lan", "submit", INSIDE, **RESULT)
    assert state(other, INSIDE) == "submitted"


def test_one_that_cannot_be_loaded_blocks_its_own_area_alone(tmp_path: Path) -> None:
    def torn() -> Any:
        raise ImportError("thiếu thư viện")

    manager = Manager()
    manager.load("procedures", torn, "1.0", "goi-hong")
    world = reopen(begun(tmp_path, Procedures()), Plugins(manager))
    with pytest.raises(RuleNotAsked, match=r"«Thủ tục» \(không nạp được\)"):
        world.take("lan", "submit", INSIDE, **RESULT)
    world.take("lan", "submit", OUTSIDE, **RESULT)


def test_the_page_of_the_area_says_what_waits_and_switches_it_off(tmp_path: Path) -> None:
    world = lose(begun(tmp_path, Procedures()))
    site = site_of(world, plugged())
    page = read(site, "areas/procedures")
    assert "chưa thực hiện được, cho đến khi lĩnh vực có lại hoặc được tắt kèm lý do" in page
    assert "areas/procedures/switches/new" in page
    assert (
        "không còn trong phần mềm" in site.visitor("lan").get(f"/xa-mau/items/{INSIDE}/submissions/new").text
    )
    assert "Rà soát thủ tục" in read(site, f"items/{INSIDE}")
