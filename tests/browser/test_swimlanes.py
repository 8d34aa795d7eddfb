"""The board in swimlanes in a real browser: folded, dragged, walked by keys, true while others work."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from support.browsing import PHONE, fits_every_size, violations
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands

pytestmark = pytest.mark.browser
OTHER, THIRD = "2026-III.2.10", "2026-III.1.1"
ECONOMY = "Phòng Kinh tế"


@pytest.fixture
def world(world: World) -> World:
    """The commune, with work of a unit in two columns, and of none."""
    world.take("hoa", "assign", **ASSIGN)
    world.take("hoa", "assign", OTHER, **ASSIGN)
    world.take("lan", "start", OTHER)
    return world


def card(page: Page, item: str = TASK) -> Locator:
    return page.locator(f'[id="i-{item}"]')


def cell(page: Page, name: str) -> Locator:
    return page.locator(f'[id="c-{name}"]')


def number(page: Page, name: str) -> Locator:
    return page.locator(f'[id="{name}"]')


def hold_over(page: Page, name: str) -> None:
    """Drag a card over a cell, by hand, and do not let it go yet."""
    card(page).hover()
    page.mouse.down()
    box = cell(page, name).bounding_box()
    for step in (20, 22):
        page.mouse.move(box["x"] + step, box["y"] + step, steps=4)


def look_up(page: Page) -> None:
    """Let the page come into focus, which makes it ask at once, and wait for its answer."""
    with page.expect_response(lambda answer: "/changes?" in answer.url):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.evaluate("new Promise((done) => setTimeout(done, 30))")


def test_the_board_is_divided_by_a_choice_and_fits_every_size(sit) -> None:
    page = sit("hoa")
    page.locator(".rare summary").click()
    page.get_by_label("Chia hàng").select_option("Theo đơn vị")
    expect(page).to_have_url(re.compile(r"/board\?lanes=unit$"))
    page.get_by_role("link", name="Lưu cách xem này").click()
    page.get_by_label("Tên cách xem mới").fill("Theo đơn vị")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu cách xem này").click()
    assert page.url.endswith("/board?lanes=unit")
    tops = [cell(page, f"{state}.phong-kinh-te").bounding_box()["y"] for state in ("assigned", "in_progress")]
    assert tops[0] == tops[1]
    assert cell(page, "planned.-").bounding_box()["y"] > tops[0]
    expect(page.locator("#f-on a")).to_have_text(["Chia hàng theo đơn vị: bỏ điều kiện này"])
    fits_every_size(page)


def test_the_names_of_empty_columns_stand_above_every_swimlane(sit) -> None:
    page = sit("hoa", "board?lanes=unit&state=in_progress")
    head = page.locator(".lane").first.locator("h3").bounding_box()["y"]
    for name in page.locator(".lane h2").all():
        box = name.bounding_box()
        assert head - 2 <= box["y"] + box["height"] <= head + 1
    expect(number(page, "n-assigned")).to_be_hidden()
    expect(number(page, "s-phong-kinh-te")).to_be_visible()
    assert cell(page, "in_progress.phong-kinh-te").bounding_box()["y"] < head + 40


def test_a_step_changes_the_numbers_of_a_swimlane_and_not_how_they_look(sit) -> None:
    page = sit("hoa", "board?lanes=unit")
    page.route("**/changes?*", lambda route: route.fulfill(status=204))  # it would draw them anew
    card(page, THIRD).locator(".m").click()
    page.locator("#menu").get_by_text("Giao việc…").click()
    page.locator("#dialog [name=lead]").select_option(ECONOMY)
    page.locator("#dialog").get_by_role("button", name="Giao việc").click()
    expect(number(page, "s-phong-kinh-te")).to_have_text("3")
    expect(number(page, "n-planned.phong-kinh-te")).to_be_hidden()
    expect(number(page, "n-planned.phong-kinh-te")).to_have_text("0")


def test_a_swimlane_folds_by_its_name_and_stays_folded(world: World, sit) -> None:
    page = sit("hoa", "board?lanes=unit")
    name = page.get_by_role("button", name=ECONOMY).first
    name.click()
    expect(name).to_have_attribute("aria-expanded", "false")
    expect(card(page)).to_be_hidden()
    expect(card(page, THIRD)).to_be_visible()
    expect(number(page, "s-phong-kinh-te")).to_have_text("2")
    world.take("nam", "assign", THIRD, **ASSIGN)
    look_up(page)
    expect(card(page, THIRD)).to_be_hidden()
    page.reload()
    expect(card(page)).to_be_hidden()
    name.press("Enter")
    expect(card(page)).to_be_visible()


def test_a_card_is_dragged_within_its_swimlane_and_taken_back(world: World, sit) -> None:
    page = sit("lan", "board?lanes=unit")
    hold_over(page, "in_progress.-")
    expect(cell(page, "in_progress.-")).to_have_class("cards other")
    expect(cell(page, "in_progress.phong-kinh-te")).to_have_class("cards")
    page.mouse.up()
    expect(page.locator(".other")).to_have_count(0)
    expect(cell(page, "assigned.phong-kinh-te").locator("li")).to_have_count(1)
    hold_over(page, "in_progress.phong-kinh-te")
    page.mouse.up()
    expect(page.locator(".toast")).to_contain_text("Đã chuyển «Rà soát thủ tục» sang «Đang thực hiện».")
    expect(cell(page, "in_progress.phong-kinh-te").locator("li")).to_have_count(2)
    expect(number(page, "n-in_progress")).to_have_text("2")
    expect(number(page, "s-phong-kinh-te")).to_have_text("2")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(cell(page, "assigned.phong-kinh-te").locator("li")).to_have_count(1)
    assert world.ws.log.stream(f"item-{TASK}")[-1].type == "item.undone/1"


def test_a_card_given_to_a_unit_goes_to_its_swimlane_even_if_there_was_none(sit) -> None:
    page = sit("hoa", "board?lanes=unit")
    card(page, THIRD).locator(".m").click()
    page.locator("#menu").get_by_text("Giao việc…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Đơn vị chủ trì").select_option("Trạm Y tế")
    dialog.get_by_role("button", name="Giao việc").click()
    expect(cell(page, "assigned.tram-y-te").locator("li")).to_have_count(1)
    expect(number(page, "s-tram-y-te")).to_have_text("1")
    heads = page.locator(".lane").first.locator("h3 button")
    expect(heads).to_have_text([ECONOMY, "Trạm Y tế"])
    expect(number(page, "n-planned")).to_have_text("0")


def test_what_others_do_comes_in_swimlanes_come_and_go_and_focus_stays(world: World, sit) -> None:
    page = sit("hoa", "board?lanes=person")
    heads = page.locator(".lane").first.locator("h3 button")
    expect(heads).to_have_text(["Trần Thị Lan", "Chưa ai nhận"])
    card(page).locator("a").first.focus()
    world.take("binh", "start")
    world.take("lan", "submit", OTHER, **RESULT)
    commands.open_task(world.ws, {"title": "Việc mới", "text": "Việc.", "area": "1"}, world.order("hoa"))
    look_up(page)
    expect(heads).to_have_text(["Trần Thị Lan", "Vũ Bình", "Chưa ai nhận"])
    expect(cell(page, "in_progress.binh").locator("li")).to_have_count(1)
    expect(cell(page, "submitted.lan").locator("li")).to_have_count(1)
    expect(cell(page, "planned.-").locator("li")).to_have_count(2)
    expect(number(page, "s--")).to_have_text("2")
    expect(card(page).locator("a").first).to_be_focused()
    world.take("hoa", "hand_over", TASK, lead="phong-kinh-te", officer="lan", reason="Phân công lại.")
    look_up(page)
    expect(heads).to_have_text(["Trần Thị Lan", "Chưa ai nhận"])
    expect(number(page, "s-lan")).to_have_text("2")
    assert violations(page) == []


def test_arrows_walk_swimlanes_too_and_a_card_is_carried_in_its_own(sit) -> None:
    page = sit("lan", "board?lanes=unit")
    title = card(page).locator("a").first
    title.focus()
    assert page.locator("#board .cards a:not([tabindex='-1'])").count() == 3
    page.keyboard.press("ArrowRight")
    expect(card(page, OTHER).locator("a").first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(card(page, THIRD).locator("a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(title).to_be_focused()
    page.keyboard.press(" ")
    expect(page.locator("#told")).to_contain_text("ở cột «Đã giao»")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#told")).to_have_text("Cột «Đang thực hiện». Phím cách: thả vào đây.")
    page.keyboard.press(" ")
    expect(cell(page, "in_progress.phong-kinh-te").locator("li")).to_have_count(2)
    expect(title).to_be_focused()


def test_on_a_phone_each_column_names_the_swimlanes_that_have_cards_in_it(sit) -> None:
    page = sit("hoa", "board?lanes=unit", viewport=PHONE, has_touch=True, is_mobile=True)
    heads = '[data-state="{}"] h3:visible'
    expect(page.locator(heads.format("planned"))).to_have_text([re.compile("Chưa giao cho đơn vị nào 1")])
    expect(page.locator(heads.format("assigned"))).to_have_text([re.compile(f"{ECONOMY} 1")])
    assert violations(page) == []
    page.locator(heads.format("assigned")).get_by_role("button").tap()
    expect(card(page)).to_be_hidden()
