"""The pages in the dark, in the colours of the system, and on paper."""

import io
import re

import pypdfium2
import pytest
from browser.conftest import Sit
from playwright.sync_api import expect
from support.browsing import DESKTOP, violations
from support.world import ASSIGN, TASK, World

pytestmark = pytest.mark.browser
A4 = (595, 842)


@pytest.fixture
def world(world: World) -> World:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return world


def test_in_the_dark_every_page_keeps_its_contrast(sit: Sit) -> None:
    page = sit("hoa", "board", color_scheme="dark", viewport=DESKTOP)
    for path in ("board", "work", f"items/{TASK}", "overview", "progress", "calendar", "plans", "settings"):
        page.goto(path)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert sum(map(int, ground.removeprefix("rgb(").rstrip(")").split(","))) < 150, path
        assert violations(page) == [], path


def test_a_late_card_says_all_in_one_line_below_its_title_where_columns_are_narrow(sit: Sit, world) -> None:
    world.wait(days=280)
    page = sit("hoa", "board", viewport=DESKTOP)
    page.locator(".lane").evaluate_all("lanes => lanes.forEach(lane => lane.style.flex = '0 0 200px')")
    card = page.locator(f'[id="i-{TASK}"]')
    expect(card.locator("time")).to_have_text(re.compile(r"^!\d\d/\d"))
    expect(card.locator("time")).to_have_attribute("title", re.compile("Trễ 1"))
    lines = card.locator("i, time, p").evaluate_all(
        "parts => new Set(parts.map(part => Math.round(part.getBoundingClientRect().bottom))).size"
    )
    assert card.evaluate("card => card.getBoundingClientRect().width") < 240 and lines == 1


def test_in_the_colours_of_the_system_a_card_has_an_edge_and_where_one_is_an_outline(sit: Sit) -> None:
    page = sit("hoa", "board", forced_colors="active", viewport=DESKTOP)
    edges = "element => getComputedStyle(element).borderTopStyle"
    assert page.locator(".cards li").first.evaluate(edges) == "solid"
    here = page.locator(".main-nav [aria-current]")
    assert here.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_who_wants_less_motion_gets_none(sit: Sit) -> None:
    page = sit("hoa", "board", reduced_motion="reduce", viewport=DESKTOP)
    lasts = "element => getComputedStyle(element).transitionDuration"
    assert page.get_by_role("button", name="Đăng xuất").evaluate(lasts) == "0s"
    assert page.evaluate("Sortable.get(document.querySelector('.cards')).option('animation')") == 0


def test_a_long_column_is_printed_to_its_end(sit: Sit) -> None:
    page = sit("hoa", "board", viewport=DESKTOP)
    page.emulate_media(media="print")
    for part in (".lanes", ".lane", ".cards", "#board"):
        shown = page.locator(part).first.evaluate("part => getComputedStyle(part).overflowY")
        assert shown == "visible", part


def test_the_board_is_printed_across_and_the_overview_on_one_page(sit: Sit) -> None:
    page = sit("hoa", "board", viewport=DESKTOP)
    sheet = printed(page.pdf(prefer_css_page_size=True))
    width, height = sheet[0].get_size()
    assert (round(height), round(width)) == A4
    words = sheet[0].get_textpage().get_text_range()
    assert "Hoàn thành" in words and "Đăng xuất" not in words
    page.goto("overview")
    sheet = printed(page.pdf(prefer_css_page_size=True))
    assert len(sheet) == 1 and tuple(map(round, sheet[0].get_size())) == A4


def test_swimlanes_are_printed_with_their_heads_in_each_column(sit: Sit) -> None:
    page = sit("hoa", "board?lanes=unit", viewport=DESKTOP)
    words = printed(page.pdf(prefer_css_page_size=True))[0].get_textpage().get_text_range()
    assert "Phòng Kinh tế" in words and "Rà soát thủ tục" in words
    page.emulate_media(media="print")
    assert page.locator('[data-state="in_progress"] h3:visible').count() == 1


def printed(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(pdf))
