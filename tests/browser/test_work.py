"""«Việc của tôi» in a real browser: a row of decisions by keys and by clicks, on a desktop and a phone."""

import re

import pytest
from browser.conftest import Sit
from playwright.sync_api import Locator, Page, expect
from support.browsing import PHONE, fits_every_size
from support.world import RESULT, World

pytestmark = pytest.mark.browser
TASKS = ("2026-III.2.3.1", "2026-III.1.1", "2026-III.2.10")


@pytest.fixture
def waiting(world: World) -> World:
    """Three submissions wait for a decision."""
    for item in TASKS:
        world.take("hoa", "assign", item, lead="phong-kinh-te", officer="lan", due="2026-06-30")
        world.take("lan", "start", item)
        world.take("lan", "submit", item, **RESULT)
        world.wait(minutes=1)
    return world


def lines(page: Page) -> list[str]:
    """Return the ids of the items of the page's lines."""
    return [line.get_attribute("id") or "" for line in page.locator(".duty").all()]


def line_of(page: Page, item: str) -> Locator:
    return page.locator(f'[id="w-{item}"]')


def focused_line(page: Page) -> Locator:
    """Return the line in which the focus is; it comes there a moment after the page was drawn anew."""
    return page.locator(".duty:focus-within")


def test_a_row_of_submissions_is_decided_by_keys_alone(waiting: World, sit: Sit) -> None:
    page = sit("hoa", "work")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(focused_line(page)).to_have_id(f"w-{TASKS[0]}")
    for number, item in enumerate(TASKS[:2]):
        page.keyboard.press("d")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name="Duyệt")).to_be_visible()
        dialog.get_by_label("Chất lượng").select_option("good")
        dialog.get_by_role("button", name="Duyệt").press("Enter")
        expect(line_of(page, item)).to_have_count(0)
        expect(page.locator("#work-count")).to_have_text(f"{2 - number} việc đang chờ tôi")
        expect(focused_line(page)).to_have_id(f"w-{TASKS[number + 1]}")
    page.keyboard.press("t")
    expect(page.get_by_role("dialog").get_by_role("heading", name="Trả lại kết quả")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(focused_line(page)).to_have_id(f"w-{TASKS[2]}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/items/{TASKS[2]}$"))


def test_an_item_is_decided_in_two_clicks_and_the_next_stands_in_its_place(waiting: World, sit: Sit) -> None:
    page = sit("hoa", "work", viewport=PHONE)
    for item in TASKS:
        line_of(page, item).get_by_role("link", name="Duyệt…").click()
        page.get_by_role("dialog").get_by_role("button", name="Duyệt").click()
        expect(line_of(page, item)).to_have_count(0)
    expect(page.get_by_text("Hiện không có việc nào chờ bạn.")).to_be_visible()
    assert lines(page) == []


def test_keys_do_nothing_while_somebody_types(waiting: World, sit: Sit) -> None:
    page = sit("hoa", "work")
    line_of(page, TASKS[0]).get_by_role("link", name="Trả lại kết quả…").click()
    reason = page.get_by_role("dialog").get_by_label("Lý do")
    reason.press_sequentially("dktj")
    expect(reason).to_have_value("dktj")
    expect(page.get_by_role("dialog").get_by_role("heading", name="Trả lại kết quả")).to_be_visible()


def test_the_page_fits_every_size_with_lines_and_without(waiting: World, sit: Sit) -> None:
    for login in ("hoa", "lan", "binh"):
        fits_every_size(sit(login, "work"))


def test_a_drop_on_the_board_changes_the_count_in_the_menu(waiting: World, sit: Sit) -> None:
    page = sit("nam", "board")
    expect(page.locator("#work-count")).to_have_text("3 việc đang chờ tôi")
    page.locator(f'[id="i-{TASKS[0]}"] .m').click()
    page.locator("#menu").get_by_text("Duyệt…").click()
    page.get_by_role("dialog").get_by_role("button", name="Duyệt").click()
    expect(page.get_by_text("Đã chuyển «Rà soát thủ tục» sang «Đã duyệt».")).to_be_visible()
    expect(page.locator("#work-count")).to_have_text("3 việc đang chờ tôi")  # the leader confirms it next
    page.locator(f'[id="i-{TASKS[0]}"] .m').click()
    page.locator("#menu").get_by_text("Hoàn thành").click()
    expect(page.locator("#work-count")).to_have_text("2 việc đang chờ tôi")
