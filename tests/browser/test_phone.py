"""The board on a phone: columns snap, the menu is within a thumb's reach, nothing runs out of the page."""

import pytest
from playwright.sync_api import Page, expect
from support.browsing import PHONE, served, signed_in, violations
from support.visitors import Site, app_for
from support.world import ASSIGN, TASK

from cchc_flow import commands
from cchc_flow.plugin_host import loading

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


def test_the_names_of_the_columns_lead_to_each_and_the_one_in_sight_is_marked(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = on_phone(sit, "hoa")
    columns = page.get_by_role("navigation", name="Đến cột")
    expect(columns.locator("[aria-current]")).to_have_text("Chưa giao")
    columns.get_by_text("Đã giao").tap()
    expect(columns.locator("[aria-current]")).to_have_text("Đã giao")
    expect(page.locator(f'[id="i-{TASK}"]')).to_be_in_viewport()
    assert page.locator(".main-nav a:visible, .main-nav summary:visible").count() == 4
    expect(page.locator(".me-short")).to_be_visible()
    page.locator(".main-nav summary").tap()
    expect(page.get_by_role("link", name="Kế hoạch")).to_be_visible()


def test_a_form_fits_the_screen(sit):
    page = on_phone(sit, "hoa")
    page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").tap()
    page.locator("#menu").get_by_text("Giao việc…").tap()
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


HERE = ".main-nav [aria-current]:visible"


@pytest.mark.parametrize("path", ["events", "areas", "settings"])
def test_the_page_one_is_on_is_in_sight_in_the_menu_and_the_commune_s_name_is_whole(world, sit, path):
    commands.grant_role(world.ws, "hoa", "inspector", world.order())
    page = on_phone(sit, "hoa", path)
    for one in (HERE, ".brand-place"):
        box = page.locator(one).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.eval_on_selector(".brand-place", "one => one.scrollWidth <= one.clientWidth")


EDGES = """() => [...document.querySelectorAll(".standing-table td")].map(cell => {
    const words = document.createRange();
    const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    let last; while (text.nextNode()) if (text.currentNode.data.trim()) last = text.currentNode;
    words.selectNodeContents(last);
    return words.getBoundingClientRect().right;
})"""


def test_figures_stand_at_the_right_edge_however_short(sit):
    page = on_phone(sit, "hoa", "overview")
    edges = page.evaluate(EDGES)
    assert len(edges) > 4 and max(edges) - min(edges) <= 1


def test_a_wide_table_of_an_area_keeps_its_words_whole_and_says_that_it_scrolls(world, browser):
    loaded = loading.load_plugins()
    site = Site(world.ws)
    site.app = app_for(world.data, world.ws.now, loaded)
    with (
        served(site) as address,
        signed_in(browser, site, address, "hoa", viewport=PHONE, is_mobile=True) as page,
    ):
        page.goto("areas/administrative_procedures")
        box = page.get_by_role("group", name="Điểm các nhóm theo QĐ 766")
        assert box.evaluate("one => one.scrollWidth > one.clientWidth")
        assert "Vuốt ngang" in box.evaluate("one => getComputedStyle(one, '::before').content")
        widths = box.evaluate("one => [...one.querySelectorAll('th, td')].map(cell => cell.offsetWidth)")
        assert min(widths) >= 100
        assert violations(page) == []
