"""The form of a plan in a browser: it keeps what is typed, and on a phone its areas are sections."""

import re

import pytest
from playwright.sync_api import expect
from support.browsing import PHONE, violations
from support.world import PEOPLE

from cchc_flow import commands
from cchc_flow.samples import SAMPLE_PLAN

pytestmark = pytest.mark.browser


@pytest.fixture
def world(new_world):
    """A commune with its people and no plan yet."""
    for login, name, _, role in PEOPLE:
        commands.add_person(new_world.ws, login, name, None, None, new_world.order())
        commands.grant_role(new_world.ws, login, role, new_world.order())
    return new_world


def test_on_a_phone_the_form_is_left_in_the_middle_and_gone_on_with(sit):
    page = sit("hoa", "plans", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_label("Văn bản kế hoạch").set_input_files(SAMPLE_PLAN)
    page.get_by_role("button", name="Đọc văn bản").tap()
    sixth = page.locator("#area-6")
    expect(page.locator("details.section[open]")).to_have_count(1)
    page.get_by_label("Các phần của kế hoạch").get_by_role("link", name="6").tap()
    expect(page.get_by_label("Tên trên thẻ của III.6.1")).to_be_visible()
    expect(sixth).to_be_in_viewport()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Tên trên thẻ của III.6.1").fill("Đang sửa dở")
    expect(page.locator("[data-kept-words]")).to_contain_text("đã được lưu")
    page.goto("plans")
    expect(page.locator(".unfinished")).to_contain_text("Đang nhập dở")
    assert violations(page) == []
    page.get_by_role("link", name="Tiếp tục").tap()
    expect(page.get_by_label("Tên trên thẻ của III.6.1")).to_have_value("Đang sửa dở")


def test_a_wrong_field_in_a_folded_section_opens_it(sit):
    page = sit("hoa", "plans", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_label("Văn bản kế hoạch").set_input_files(SAMPLE_PLAN)
    page.get_by_role("button", name="Đọc văn bản").tap()
    page.locator("#area-3").tap()
    page.get_by_label("Tên trên thẻ của III.3.1").fill("")
    page.locator("#area-3").tap()
    expect(page.get_by_label("Tên trên thẻ của III.3.1")).to_be_hidden()
    page.get_by_role("button", name="Đưa vào bảng").tap()
    expect(page.get_by_label("Tên trên thẻ của III.3.1")).to_be_visible()
    expect(page).to_have_url(re.compile("/plan-readings/"))
