"""Selecting many items in the list, and acting on them at once."""

import pytest
from playwright.sync_api import expect
from support.browsing import PHONE, fits_every_size, violations
from support.world import TASK

pytestmark = pytest.mark.browser


def test_a_range_is_ticked_with_shift_given_out_and_what_is_refused_stays(sit):
    page = sit("hoa", "items?sort=ref")
    boxes = page.locator("[data-rows] input[name=item]")
    expect(page.get_by_role("button", name="Giao việc…")).to_be_disabled()
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 3 việc.")
    expect(page.get_by_label("Chọn tất cả các dòng")).to_be_checked()
    boxes.nth(1).click()
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 2 việc.")
    boxes.nth(1).click()
    fits_every_size(page)
    page.get_by_role("button", name="Giao việc…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giao 3 việc")
    fits_every_size(page)
    page.get_by_role("button", name="Giao việc").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã giao 1 việc. 2 việc không giao được")
    expect(page.locator("[data-rows] tbody tr")).to_have_count(2)
    assert violations(page) == []
    page.get_by_label("Đơn vị chủ trì").select_option("Trạm Y tế")
    page.get_by_role("button", name="Giao việc").click()
    expect(page.locator("#toasts .toast")).to_have_text("Đã giao 2 việc.")
    expect(page.get_by_role("columnheader", name="Mục")).to_have_attribute("aria-sort", "ascending")


def test_a_heading_sorts_the_list_by_keyboard(sit):
    page = sit("hoa", "items")
    page.get_by_role("link", name="Công việc", exact=True).press("Enter")
    expect(page.get_by_role("columnheader", name="Công việc")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("tbody th").first).to_have_text("Ban hành văn bản")


def test_without_scripts_on_a_phone_the_boxes_and_buttons_do_the_same(sit, world):
    page = sit("hoa", "items", java_script_enabled=False, viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(f'input[value="{TASK}"]').check()
    page.get_by_role("button", name="Giao việc…").tap()
    page.get_by_role("button", name="Giao việc").tap()
    expect(page.locator("#toasts .toast")).to_have_text("Đã giao 1 việc.")
