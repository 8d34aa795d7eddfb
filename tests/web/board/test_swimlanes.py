"""The board in rows: each card in the row of its area, unit or person, counted by row and column."""

import re

import pytest
from support.dividing import MINE, THEIRS, distribute, world
from support.world import ASSIGN, World

__all__ = ["world"]


def rows(page: str) -> dict[str, list[str]]:
    """Return the ids of the cards of each row by its title."""
    parts = page.split('<details class="swimlane')[1:]
    return {
        re.search("<h2>(.*?)</h2>", part)[1]: re.findall(r'<li id="i-([^"]+)"', part.split("</details>")[0])
        for part in parts
    }


def test_a_part_stands_in_the_row_of_its_unit_and_work_of_nobody_comes_last(world: World, get) -> None:
    distribute(world, due="2026-04-30")
    found = rows(get("hoa", "board/swimlanes").text)
    assert list(found)[-1] == "Chưa giao cho đơn vị nào"
    assert (found["Phòng Kinh tế"], found["Trạm Y tế"]) == ([MINE], [THEIRS])


def test_by_area_a_whole_is_one_card(world: World, get) -> None:
    distribute(world, due="2026-04-30")
    found = rows(get("hoa", "board/swimlanes?lanes=area").text)
    assert list(found) == ["1. Cải cách thể chế", "2. Cải cách thủ tục hành chính"]
    assert "2026-III.2.3.1" in found["2. Cải cách thủ tục hành chính"]


def test_by_person_who_has_the_work_has_the_row(world: World, get) -> None:
    world.take("hoa", "assign", "2026-III.1.1", **ASSIGN)
    world.take("lan", "start", "2026-III.1.1")
    found = rows(get("hoa", "board/swimlanes?lanes=person").text)
    assert found["Trần Thị Lan"] == ["2026-III.1.1"] and "Chưa ai nhận" in found


@pytest.mark.parametrize("lanes", ["area", "unit", "person"])
def test_a_row_counts_the_cards_of_the_board_that_it_leads_to(world: World, get, lanes: str) -> None:
    distribute(world, due="2026-04-30")
    page = get("hoa", f"board/swimlanes?lanes={lanes}").text
    counted = [int(number) for number in re.findall(r"(\d+) thẻ", page)]
    assert counted == [len(cards) for cards in rows(page).values()]
    if lanes != "area":
        ways = re.findall(r'href="/xa-mau/(board\?[^"]*)">Mở bảng', page)
        boards = [get("hoa", way.replace("&amp;", "&")).text for way in ways]
        assert counted == [len(re.findall(r'<li id="i-', board)) for board in boards]


def test_the_filters_are_those_of_the_board(get) -> None:
    assert rows(get("hoa", "board/swimlanes?words=khong-co").text) == {}
    assert get("hoa", "board/swimlanes?lanes=colour").status_code == 422
