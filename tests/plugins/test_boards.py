"""The board of every register that is shipped."""

import re
from pathlib import Path

import pytest
from support.visitors import Site
from support.world import World

from cchc_flow.plugin_host import contributions, loading

LOADED = loading.load_plugins()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    data: Path = tmp_path_factory.mktemp("boards") / "data"
    world = World(data, plugins=LOADED).settle()
    return Site(world.ws)


@pytest.mark.parametrize(
    ("plugin", "kind"), [(plugin, one.kind) for plugin, one in contributions.collect(LOADED).registers]
)
def test_the_board_of_a_register_tells_who_writes_into_it(site: Site, plugin: str, kind: str) -> None:
    answer = site.visitor("hoa").get(f"/xa-mau/board?kind={kind}")
    assert answer.status_code == 200
    assert "ghi vào sổ." in answer.text and "chưa có mục nào" in answer.text


def test_a_column_that_rules_alone_fill_says_that_the_system_does(site: Site) -> None:
    page = site.visitor("hoa").get("/xa-mau/board?kind=late_dossier").text
    assert re.search(r"Hệ thống tự đưa mục vào đây theo quy tắc của lĩnh vực \(«[^»]+»\)\.", page)
    assert "khi hệ thống" not in page


def test_the_registers_are_listed_below_their_areas(site: Site) -> None:
    listed = site.visitor("hoa").get("/xa-mau/board").text.split('<div class="registers">')[1]
    listed = listed.split("</div>")[0]
    known = contributions.register_areas(LOADED)
    in_order = re.findall(
        r'<h2 id="a-.*?<a href="[^"]+">([^<]+)</a>', site.visitor("hoa").get("/xa-mau/areas").text
    )
    assert re.findall(r"<b>([^<]+)</b>", listed) == in_order
    for group in listed.split("<b>")[1:]:
        kinds = re.findall(r"kind=(\w+)", group)
        assert {known[kind].title for kind in kinds} == {group.split("</b>")[0]}
    assert listed.count("kind=") == len(known)


def test_a_register_without_extensions_does_not_offer_to_look_for_them(site: Site) -> None:
    assert "Đang xin gia hạn" in site.visitor("hoa").get("/xa-mau/board").text
    assert "Đang xin gia hạn" not in site.visitor("hoa").get("/xa-mau/board?kind=feedback").text


def test_a_form_that_asks_for_an_entry_says_where_to_write_one_first(site: Site) -> None:
    text = site.visitor("hoa").get("/xa-mau/areas/registers/petition/new").text
    assert "chưa có mục nào đang mở: hãy ghi ở đó trước." in text


def test_every_register_asks_for_the_task_of_the_plan_in_the_same_words() -> None:
    registers = [one for _, one in contributions.collect(LOADED).registers]
    titles = {field.title for one in registers for field in one.asks if field.kind == "task"}
    assert titles == {"Nhiệm vụ của kế hoạch"}


@pytest.mark.parametrize(
    ("kind", "first"),
    [("feedback", "Cải cách thủ tục hành chính"), ("legal_document", "Cải cách thể chế")],
)
def test_the_tasks_of_its_own_area_are_offered_first(site: Site, kind: str, first: str) -> None:
    text = site.visitor("hoa").get(f"/xa-mau/areas/registers/{kind}/new").text
    field = text.split('<select id="task"')[1].split("</select>")[0]
    titles = re.findall(r'<optgroup label="([^"]+)">', field)
    assert titles[0] == first and len(titles) == 2


def test_the_areas_stand_in_the_order_of_the_plan(site: Site) -> None:
    titles = re.findall(r'<h2 id="a-(\w+)">', site.visitor("hoa").get("/xa-mau/areas").text)
    assert titles[:2] == ["institutional_reform", "administrative_procedures"]
    assert titles[2:] == sorted(titles[2:]) and len(titles) == 7
