"""The filter by state: whatever stands in it, parts too, and the cell of a part that asks for more time."""

import re

from support.dividing import MINE, distribute, world
from support.visitors import Site
from support.world import RESULT, TASK, World

__all__ = ["world"]


def cards_of(page: str) -> list[str]:
    return re.findall(r'<li id="i-([^"]+)"', page)


def test_a_state_shows_the_parts_that_stand_in_it(world: World, get) -> None:
    distribute(world, due="2026-04-30")
    world.take("lan", "start", MINE)
    world.take("lan", "submit", MINE, **RESULT)
    assert cards_of(get("hoa", "board?state=submitted").text) == [MINE]
    assert MINE in get("hoa", "items?state=submitted").text
    assert "Bước: Chờ duyệt" in get("hoa", "items?state=submitted").text
    assert cards_of(get("hoa", "board?state=planned").text) == ["2026-III.2.10", "2026-III.1.1"]


def test_a_state_that_does_not_exist_is_told_with_those_that_do(world: World, get) -> None:
    answer = get("hoa", "board?state=in_reviw").text
    assert "Không có bước «in_reviw». Các bước có: Chưa giao, " in answer


def test_a_list_can_be_limited_to_what_has_left_the_board(world: World, get) -> None:
    world.take("nam", "cancel", "2026-III.2.10", decision="1/QĐ", reason="Thôi.")
    assert "2026-III.2.10" in get("hoa", "items?state=cancelled&figure=all").text
    assert "cancelled" not in get("hoa", "board").text


def test_the_cell_of_a_part_that_asks_for_more_time_is_marked(world: World, site: Site, get) -> None:
    distribute(world, due="2026-04-30")
    world.take("lan", "ask_extension", MINE, due="2026-05-15", reason="Chờ hướng dẫn.")
    page = get("hoa", f"items/{TASK}").text
    cell = re.search(r'<td class="asked">.*?</td>', page, re.DOTALL)[0]
    assert MINE in cell and "xin gia hạn" in cell
    assert page.count('class="asked"') == 1
