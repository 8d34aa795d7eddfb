"""The board by keys alone: walking, the menu, search, help, and a card that is lifted, dropped."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser
OTHER = "2026-III.2.10"


def title(page: Page, item: str = TASK):
    return page.locator(f'[id="i-{item}"] > a').first


def test_arrows_walk_cards_and_columns_and_each_column_is_one_tab_stop(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("hoa")
    stops = page.locator("#board .cards a:not([tabindex='-1'])")
    assert stops.count() == page.locator("#board .cards:has(li)").count() == 2
    title(page, OTHER).focus()
    page.keyboard.press("ArrowDown")
    expect(title(page, "2026-III.1.1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.closest('.cards').id") == "c-planned"
    page.keyboard.press("m")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('li[data-v]') !== null")
    expect(page.get_by_role("link", name="Chọn bước cho III.2.10")).to_have_count(1)


def test_slash_searches_and_a_question_mark_helps_but_not_while_typing(sit):
    page = sit("hoa")
    page.keyboard.press("/")
    expect(page.get_by_label("Tìm")).to_be_focused()
    page.keyboard.type("?m/")
    expect(page.get_by_label("Tìm")).to_have_value("?m/")
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt trên bảng")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_card_is_lifted_carried_and_dropped_by_keys_and_taken_back_by_one(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    title(page).focus()
    page.keyboard.press(" ")
    expect(page.locator("#told")).to_contain_text("Đã nhấc III.2.3.1 ở cột «Đã giao».")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#told")).to_have_text("Cột «Đang thực hiện». Phím cách: thả vào đây.")
    page.keyboard.press("Escape")
    expect(page.locator("#c-assigned li")).to_have_count(1)
    expect(title(page)).to_be_focused()
    page.keyboard.press(" ")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    expect(page.locator(".toast")).to_contain_text("sang «Đang thực hiện»")
    expect(title(page)).to_be_focused()
    assert page.evaluate("document.activeElement.closest('.cards').id") == "c-in_progress"
    page.keyboard.press("u")
    expect(page.get_by_role("button", name=re.compile("Hoàn tác"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#c-assigned li")).to_have_count(1)
    expect(title(page)).to_be_focused()


def test_keys_of_an_input_method_that_composes_do_nothing(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    title(page).focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: ' ', isComposing: true, bubbles: true}))"
    )
    expect(page.locator(".lifted")).to_have_count(0)


@pytest.mark.parametrize("path", ["board", f"items/{TASK}", "work", "overview", "settings"])
def test_no_page_begins_with_the_focus_nowhere(sit, path):
    page = sit("hoa", path)
    page.wait_for_function("document.activeElement !== document.body")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_after_a_dialog_the_focus_is_at_its_card(world, sit):
    page = sit("hoa")
    title(page, OTHER).focus()
    page.keyboard.press("m")
    page.locator("#menu").get_by_text("Trao đổi…").click()
    page.get_by_role("dialog").get_by_label("Nội dung trao đổi").fill("Khi nào xong?")
    page.get_by_role("dialog").get_by_role("button", name="Trao đổi").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_function(f"document.activeElement.closest('li')?.id === 'i-{OTHER}'")
