"""Cards in a real browser: in six narrow columns their line can be read, and what is cut has a tooltip."""

import pytest
from playwright.sync_api import expect
from support.browsing import LAPTOP
from support.world import ASSIGN, TASK, TASKS, World

from cchc_flow.commands import NewTask

pytestmark = pytest.mark.browser
LONG = "Rà soát, đánh giá thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã"
IS_CUT = "one => one.scrollWidth > one.clientWidth"


@pytest.fixture
def world(new_world: World) -> World:
    """A commune with a card in each column."""
    more = tuple(NewTask(ref=f"III.4.{n}", title=LONG, text="Việc.", area="2") for n in range(1, 6))
    world = new_world.settle((*TASKS, *more))
    for number in range(1, 6):
        item = f"2026-III.4.{number}"
        world.take("hoa", "assign", item, **ASSIGN)
        if number > 1:
            world.take("lan", "start", item)
        if number > 2:
            world.take("lan", "submit", item, result="Xong.", evidence=[])
        if number > 3:
            world.take("hoa", "approve", item, quality="met")
        if number > 4:
            world.take("nam", "close", item)
    return world


def test_in_six_columns_reference_unit_person_and_due_day_are_not_cut(world: World, sit) -> None:
    page = sit("hoa", viewport=LAPTOP)
    expect(page.locator(".lane")).to_have_count(6)
    card = page.locator('[id="i-2026-III.4.2"]')
    expect(card.locator("p")).to_have_text("Phòng Kinh tế · T.T. Lan")
    for part in card.locator("b, i, time, p").all():
        assert not part.evaluate(IS_CUT), part.inner_text()
    assert card.locator("i").bounding_box()["y"] == card.locator("time").bounding_box()["y"]


def test_a_title_cut_at_two_lines_is_whole_in_its_tooltip_and_its_name(world: World, sit) -> None:
    page = sit("hoa", viewport=LAPTOP)
    title = page.get_by_role("link", name=LONG, exact=True).first
    assert title.bounding_box()["height"] <= 45
    title.hover()
    expect(title).to_have_attribute("title", LONG)
    short = page.locator(f'[id="i-{TASK}"] > a').first
    short.hover()
    assert short.get_attribute("title") is None
