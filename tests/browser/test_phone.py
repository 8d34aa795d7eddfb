"""The board on a phone: columns snap, the menu is within a thumb's reach, nothing runs out of the page."""

import pytest
from playwright.sync_api import Page, expect
from support.browsing import PHONE
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser


def on_phone(sit, login: str, path: str = "board") -> Page:
    return sit(login, path, viewport=PHONE, has_touch=True, is_mobile=True)


def test_a_column_takes_most_of_the_width_and_the_next_one_shows(sit):
    page = on_phone(sit, "hoa")
    first, second = (page.locator(".lane").nth(number).bounding_box() for number in (0, 1))
    assert 0.85 * 390 <= first["width"] <= 0.9 * 390
    assert second["x"] < 390
    assert page.evaluate("getComputedStyle(document.querySelector('.lanes')).scrollSnapType") == "x mandatory"


def test_the_page_itself_does_not_scroll_sideways_and_may_be_zoomed(sit):
    page = on_phone(sit, "hoa")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "user-scalable" not in page.locator('meta[name="viewport"]').get_attribute("content")


def test_what_is_tapped_is_large_enough(sit):
    page = on_phone(sit, "hoa")
    box = page.get_by_role("link", name="Chọn bước").first.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    page.get_by_role("link", name="Chọn bước").first.tap()
    for entry in page.locator("#menu a, #menu button").all():
        assert entry.bounding_box()["height"] >= 44


def test_a_card_is_moved_by_its_menu(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = on_phone(sit, "lan")
    card = page.locator(f'[id="i-{TASK}"]')
    card.scroll_into_view_if_needed()
    card.get_by_role("link", name="Chọn bước").tap()
    menu = page.locator("#menu")
    expect(menu).to_be_visible()
    box = menu.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    menu.get_by_role("button", name="Nhận việc").tap()
    expect(page.locator("#c-in_progress li")).to_have_count(1)


def test_a_form_fits_the_screen(sit):
    page = on_phone(sit, "hoa")
    page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").tap()
    page.locator("#menu").get_by_text("Giao việc…").tap()
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
