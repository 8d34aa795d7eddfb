"""What goes wrong with the form in a dialog is said inside it, where it can be read and answered."""

import pytest
from playwright.sync_api import Page, expect
from support.browsing import violations
from support.world import TASK

pytestmark = pytest.mark.browser


def talk(page: Page) -> None:
    """Open the form of a comment in the dialog and write something."""
    page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
    page.locator("#menu").get_by_text("Trao đổi…").click()
    page.get_by_role("dialog").get_by_label("Nội dung trao đổi").fill("Khi nào xong?")
    expect(page.locator("#dialog form[data-kept]")).to_be_visible()  # its modules are there


def send(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Trao đổi").click()


def test_a_form_sent_after_the_session_ended_offers_the_way_in_and_keeps_what_was_typed(site, sit):
    page = sit("hoa")
    talk(page)
    name, token = site.session("hoa")
    page.context.clear_cookies(name=name)
    send(page)
    alert = page.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_contain_text("Phiên làm việc đã hết nên việc vừa gửi chưa được ghi.")
    expect(alert.get_by_role("link", name="Đăng nhập")).to_be_visible()
    assert violations(page) == []
    page.context.add_cookies([{"name": name, "value": token, "url": page.url}])
    expect(page.get_by_label("Nội dung trao đổi")).to_have_value("Khi nào xong?")
    send(page)
    expect(page.locator("#toasts .toast")).to_contain_text("Đã ghi «Trao đổi»")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_server_that_cannot_be_reached_is_told_inside_the_dialog_once(sit):
    page = sit("hoa")
    talk(page)
    page.route("**/comments", lambda route: route.abort())
    send(page)
    send(page)
    told = page.get_by_role("dialog").locator(".actions + .unsent")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("không kết nối được máy chủ")
    expect(page.locator(".toast")).to_have_count(0)


def test_what_is_said_anew_about_a_card_takes_the_place_of_what_was_said_before(world, sit):
    page = sit("hoa")
    talk(page)
    send(page)
    expect(page.locator("#toasts .toast")).to_have_count(1)
    talk(page)
    send(page)
    expect(page.locator("#toasts .toast")).to_have_count(1)


def test_no_move_breaks_the_rule_against_inline_styles(world, sit):
    page = sit("hoa")
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.locator(f'[id="i-{TASK}"]').drag_to(page.locator("#c-assigned"))
    page.get_by_role("dialog").get_by_label("Đơn vị chủ trì").select_option("Phòng Kinh tế")
    page.get_by_role("dialog").get_by_role("button", name="Giao việc").click()
    expect(page.locator(f'#c-assigned [id="i-{TASK}"]')).to_have_count(1)
    assert [line for line in said if "Content Security Policy" in line] == []
