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


ROWS = "parts => new Set(parts.map(part => Math.round(part.getBoundingClientRect().bottom))).size"
PLACES = "cards => cards.map(card => card.getBoundingClientRect().y).join()"


def test_in_six_columns_reference_unit_person_and_due_day_stand_in_one_line_and_are_not_cut(
    world: World, sit
) -> None:
    page = sit("hoa", viewport=LAPTOP)
    expect(page.locator(".lane")).to_have_count(6)
    card = page.locator('[id="i-2026-III.4.2"]')
    expect(card.locator("p")).to_have_text("P.Kinh tế · Lan")
    expect(card.locator("p")).to_have_attribute("title", "Phòng Kinh tế · Trần Thị Lan")
    facts = card.locator("i, s, p, time")
    for part in facts.all():
        assert not part.evaluate(IS_CUT), part.inner_text()
    assert facts.evaluate_all(ROWS) == 1


def test_where_the_line_is_too_short_the_unit_alone_is_cut(world: World, sit) -> None:
    page = sit("hoa", viewport=LAPTOP)
    card = page.locator('[id="i-2026-III.4.2"]')
    card.locator("i").evaluate("ref => { ref.textContent = 'III.2.4.1 · T12'; }")
    assert card.locator("i, s, p, time").evaluate_all(ROWS) == 1
    assert card.locator("s").evaluate(IS_CUT)
    assert not any(part.evaluate(IS_CUT) for part in card.locator("i, p, time").all())


def test_a_title_cut_at_two_lines_is_whole_in_its_tooltip_and_its_name(world: World, sit) -> None:
    page = sit("hoa", viewport=LAPTOP)
    title = page.get_by_role("link", name=LONG).first
    assert title.bounding_box()["height"] <= 45
    title.hover()
    expect(title).to_have_attribute("title", LONG)
    short = page.locator(f'[id="i-{TASK}"] > a').first
    short.hover()
    assert short.get_attribute("title") is None


def test_a_title_that_is_cut_is_shown_whole_to_who_comes_by_keys_and_no_card_moves(world: World, sit) -> None:
    page = sit("hoa", viewport=LAPTOP)
    before = page.locator(".cards li").evaluate_all(PLACES)
    page.locator("#c-in_progress li > a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    title = page.locator("#c-in_progress li > a").first
    expect(title).to_be_focused()
    shown = title.evaluate("one => getComputedStyle(one, '::after').content")
    assert LONG in shown
    assert page.locator(".cards li").evaluate_all(PLACES) == before


def test_the_menu_of_a_card_says_in_full_what_the_card_says_in_few_letters(world: World, sit) -> None:
    page = sit("hoa", viewport=LAPTOP)
    page.locator('[id="i-2026-III.4.2"] .m').click()
    expect(page.locator("#menu")).to_contain_text("III.4.2 · Phòng Kinh tế · Trần Thị Lan · Hạn ")
