"""The board in swimlanes: each card in that of its area, unit or person, and numbers that are true."""

import re
from typing import Any

import pytest
from lxml.html import fromstring
from support.dividing import MINE, THEIRS, distribute, world
from support.visitors import Site
from support.world import ASSIGN, TASK, World

__all__ = ["world"]
FIRST = "2026-III.1.1"


def swimlanes(page: str) -> dict[str, list[str]]:
    """Return the items of each swimlane by its title, in the order in which they are shown."""
    root = fromstring(page)
    heads = root.xpath("//section[1]/h3[@data-swimlane]")
    return {
        head.xpath("string(button)"): [
            card.get("id").removeprefix("i-")
            for card in root.xpath("//ol[@data-swimlane=$name]/li[@data-v]", name=head.get("data-swimlane"))
        ]
        for head in heads
    }


def test_a_part_stands_in_the_swimlane_of_its_unit_and_work_of_nobody_comes_last(world: World, get) -> None:
    distribute(world, due="2026-04-30")
    found = swimlanes(get("hoa", "board?lanes=unit").text)
    assert list(found)[-1] == "Chưa giao cho đơn vị nào"
    assert (found["Phòng Kinh tế"], found["Trạm Y tế"]) == ([MINE], [THEIRS])


def test_by_area_a_whole_is_one_card(world: World, get) -> None:
    distribute(world, due="2026-04-30")
    found = swimlanes(get("hoa", "board?lanes=area").text)
    assert list(found) == ["1. Cải cách thể chế", "2. Cải cách thủ tục hành chính"]
    assert TASK in found["2. Cải cách thủ tục hành chính"]


def test_by_person_who_has_the_work_has_the_swimlane(world: World, get) -> None:
    world.take("hoa", "assign", FIRST, **ASSIGN)
    world.take("lan", "start", FIRST)
    found = swimlanes(get("hoa", "board?lanes=person").text)
    assert found["Trần Thị Lan"] == [FIRST] and "Chưa ai nhận" in found


def test_a_board_that_is_not_divided_has_one_cell_in_each_column_and_no_heads(get) -> None:
    root = fromstring(get("hoa", "board").text)
    assert len(root.xpath("//section/ol")) == len(root.xpath("//section"))
    assert root.xpath("//h3") == [] and root.xpath("//*[@data-swimlane]") == []


@pytest.mark.parametrize("lanes", ["area", "unit", "person"])
def test_a_swimlane_counts_the_cards_of_the_board_that_it_leads_to(world: World, get, lanes: str) -> None:
    distribute(world, due="2026-04-30")
    root = fromstring(get("hoa", f"board?lanes={lanes}&words=th").text)
    ways = root.xpath("//a[@class='alone']")
    assert ways
    for way in ways:
        board = get("hoa", way.get("href").removeprefix("/xa-mau/")).text
        assert int(way.xpath("string(span)")) == len(re.findall(r'<li id="i-', board))


def test_the_division_stays_with_the_filters_and_is_a_chip_that_takes_it_off(get) -> None:
    page = get("hoa", "board?lanes=unit&due=none").text
    assert "Chia hàng theo đơn vị" in page
    chips = {chip.get("data-off"): chip.get("href") for chip in fromstring(page).xpath("//*[@data-off]")}
    assert chips == {"due": "/xa-mau/board?lanes=unit", "lanes": "/xa-mau/board?due=none"}
    assert swimlanes(get("hoa", "board?lanes=unit&words=khong-co").text) == {}
    assert get("hoa", "board?lanes=colour").status_code == 422


@pytest.mark.parametrize(
    ("old", "new"), [("", "lanes=unit"), ("?lanes=area&words=x&page=2", "lanes=area&words=x")]
)
def test_the_address_that_swimlanes_had_leads_to_the_board(get, old: str, new: str) -> None:
    answer = get("hoa", f"board/swimlanes{old}")
    assert (answer.status_code, answer.location) == (301, f"/xa-mau/board?{new}")


def test_the_next_cards_of_a_swimlane_are_its_own(crowd: World) -> None:
    for number in range(1, 15):
        crowd.take("hoa", "assign", f"2026-III.2.{number}", **ASSIGN)
    visitor = Site(crowd.ws).visitor("hoa")
    root = fromstring(visitor.get("/xa-mau/board?lanes=unit").text)
    assert len(root.xpath("//ol[@id='c-assigned.phong-kinh-te']/li[@data-v]")) == 10
    way = root.xpath("string(//ol[@id='c-assigned.phong-kinh-te']/li[@class='more']/a/@href)")
    more = visitor.get(way, headers={"HX-Request": "true"}).text
    assert re.findall(r'<li id="i-2026-III\.2\.(\d+)"', more) == ["11", "12", "13", "14"]
    assert root.xpath("string(//*[@id='n-assigned.phong-kinh-te'])") == "14"


def board_htmx(lanes: str) -> dict[str, Any]:
    return {"HX-Request": "true", "HX-Current-URL": f"http://localhost/xa-mau/board?lanes={lanes}"}


def numbers(answer: str) -> dict[str, int]:
    """Return the numbers in an answer, by the ids of their elements."""
    return {name: int(number) for name, number in re.findall(r'<span id="([ns]-[^"]+)"[^>]*>(\d+)<', answer)}


def test_a_step_answers_with_the_cell_of_the_card_and_the_numbers_of_both_swimlanes(
    world: World, send
) -> None:
    answer = send("hoa", f"items/{TASK}/assignments", headers=board_htmx("unit"), seen=1, **ASSIGN)
    assert 'data-in="assigned.phong-kinh-te"' in answer.text
    assert numbers(answer.text) == {
        "n-planned": 2,
        "n-assigned": 1,
        "s-phong-kinh-te": 1,
        "n-planned.phong-kinh-te": 0,
        "n-assigned.phong-kinh-te": 1,
        "s--": 2,
        "n-planned.-": 2,
        "n-assigned.-": 0,
    }
