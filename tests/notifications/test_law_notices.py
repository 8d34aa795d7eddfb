"""A plugin that comes with other figures tells the coordinators once; what the commune set stays."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.lawful import EFFECT, OLD, Documents
from support.plugging import plugged
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.hookspecs import Edition
from cchc_flow.projections import rules
from cchc_flow.workflow.law import changed_figures

NEWER = replace(
    EFFECT,
    value="20",
    source="Luật sửa đổi năm 2026",
    since=date(2026, 3, 1),
    editions=(OLD, Edition("10", EFFECT.source, EFFECT.since, checked=True)),
)
NEW_WORDS = "«Hiệu lực sớm nhất» 20 ngày từ ngày 01/03/2026"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "data", plugins=plugged(documents=Documents())).settle()
    commands.set_figure(world.ws, "documents", "effect", "15", "QĐ 9/QĐ-UBND", world.order("hoa"))
    return world


def reopen(world: World, documents: Documents) -> Site:
    """The site of the commune after it was opened with another version of the plugin."""
    world.ws = commands.open_workspace(world.data, "xa-mau", world._now, plugged(documents=documents))
    return Site(world.ws)


def inbox(site: Site, login: str = "hoa", query: str = "") -> str:
    return " ".join(site.visitor(login).get(f"/xa-mau/inbox{query}").text.split())


def test_new_law_is_told_to_the_coordinator_with_what_she_keeps(world: World) -> None:
    site = reopen(world, Documents(effect=NEWER))
    page = inbox(site)
    assert "Quy định thay đổi" in page
    assert f'<b>Quy định mới:</b> <span class="typed">{NEW_WORDS}</span>' in page
    assert '<b>Mức riêng của xã vẫn giữ:</b> <span class="typed">«Hiệu lực sớm nhất» 15 ngày</span>' in page
    assert "Nếu bạn không nhờ việc này" not in page
    assert str(world.ws.facts("documents").figure("effect")) == "15"
    assert "Quy định thay đổi" not in inbox(site, "lan")


def test_the_notice_closes_by_itself_when_she_opens_the_page_of_the_area(world: World) -> None:
    site = reopen(world, Documents(effect=NEWER))
    hoa = site.visitor("hoa")
    assert '/xa-mau/areas/documents"' in hoa.get("/xa-mau/inbox").text
    hoa.get("/xa-mau/areas/documents")
    assert "Quy định thay đổi" not in hoa.get("/xa-mau/inbox").text
    assert "Đã xong" in hoa.get("/xa-mau/inbox?all=1").text


def test_the_same_figures_again_say_nothing_and_neither_does_a_better_source(world: World) -> None:
    reopen(world, Documents(effect=NEWER))
    for effect in (NEWER, replace(NEWER, source="Luật sửa đổi năm 2026, Điều 7", checked=None)):
        site = reopen(world, Documents(effect=effect))
    assert inbox(site, query="?all=1").count("Quy định mới:") == 1


def test_the_history_says_which_figures_a_new_version_changed(world: World) -> None:
    site = reopen(world, Documents(effect=NEWER))
    assert f"quy định đổi: {NEW_WORDS}" in site.visitor("thu").get("/xa-mau/events").text


def test_a_plugin_that_the_log_knows_without_its_figures_has_nothing_to_compare(world: World) -> None:
    loaded = rules.loaded_plugins(world.ws.read())["documents"].loaded
    assert changed_figures(None, loaded.figures) == []
    assert changed_figures(loaded.figures, loaded.figures) == []
