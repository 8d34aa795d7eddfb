"""A form of a whole page is sent without leaving it: whatever goes wrong, what was typed stays."""

import re

import pytest
from flask import Response
from playwright.sync_api import Page, expect
from support.browsing import violations
from support.visitors import PASSWORD, Site
from support.world import ASSIGN, TASK, World

pytestmark = pytest.mark.browser
TALK = f"items/{TASK}/comments/new"
WORDS = "Khi nào xong?"


def write(page: Page) -> None:
    page.get_by_label("Nội dung trao đổi").fill(WORDS)


def send(page: Page) -> None:
    page.get_by_role("button", name="Trao đổi", exact=True).click()


def is_kept(page: Page) -> None:
    expect(page.get_by_label("Nội dung trao đổi")).to_have_value(WORDS)


def comments(world: World) -> int:
    return sum(event.type.startswith("item.commented") for event in world.ws.log.stream(f"item-{TASK}"))


def sign_in(page: Page, site: Site, login: str) -> None:
    site.give_password(login)
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def break_off_once(site: Site) -> None:
    """Let the next step be taken, and its answer break off in the middle."""
    views = site.app.view_functions

    def break_off(**arguments: str) -> Response:
        site.app.view_functions = views
        views["steps.create"](**arguments)
        return Response("<!doctype html><p>Đã gh", headers={"Content-Length": "5000"})

    site.app.view_functions = views | {"steps.create": break_off}


def test_a_fault_and_an_answer_that_breaks_off_leave_the_form_in_place_and_it_is_done_once(world, site, sit):
    page = sit("lan", TALK)
    write(page)
    page.route("**/comments", lambda route: route.fulfill(status=500, body="broken"), times=1)
    send(page)
    told = page.locator(".unsent")
    expect(told).to_contain_text("Máy chủ chưa làm được việc này.")
    is_kept(page)
    assert violations(page) == []

    break_off_once(site)
    told.get_by_role("button", name="Gửi lại").click()
    expect(told).to_contain_text("Câu trả lời của máy chủ bị đứt giữa chừng.")
    is_kept(page)
    told.get_by_role("button", name="Gửi lại").click()
    expect(page.locator("#toasts .toast")).to_contain_text("Đã ghi «Trao đổi»")
    assert comments(world) == 1


def test_an_expired_session_leads_back_to_the_form_on_its_page(world, site, sit):
    page = sit("lan", TALK)
    write(page)
    page.context.clear_cookies(name=site.session("lan")[0])
    send(page)
    told = page.locator(".unsent")
    expect(told).to_contain_text("việc vừa gửi chưa được ghi. Đăng nhập xong, nội dung đang soạn vẫn còn.")
    is_kept(page)
    told.get_by_role("link", name="Đăng nhập").click()
    sign_in(page, site, "lan")
    is_kept(page)
    send(page)
    expect(page.locator("#toasts .toast")).to_contain_text("Đã ghi «Trao đổi»")
    assert comments(world) == 1


def test_an_expired_session_leads_back_to_the_dialog_over_the_filtered_board_but_nobody_else_to_it(site, sit):
    page = sit("lan", "board?area=2")
    dialog = page.locator("#dialog")
    for login in ("hoa", "lan"):
        page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
        page.locator("#menu").get_by_text("Trao đổi…").click()
        expect(dialog.locator("form[data-kept]")).to_be_visible()
        write(page)
        page.context.clear_cookies(name=site.session("lan")[0])
        send(page)
        dialog.get_by_role("link", name="Đăng nhập").click()
        sign_in(page, site, login)
        expect(page).to_have_url(re.compile(r"/board\?area=2$"))
        if login == "lan":
            is_kept(page)
            expect(dialog).to_contain_text("Đã khôi phục bản nháp")
        else:
            page.wait_for_load_state("networkidle")
            expect(dialog).to_be_hidden()
            page.get_by_role("button", name="Đăng xuất").click()
            sign_in(page, site, "lan")
            page.goto("board?area=2")


def test_what_asks_once_more_before_it_is_done_leaves_no_draft_behind(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("hoa", "handovers/units/phong-kinh-te")
    page.get_by_label("Đơn vị nhận").select_option(label="Trạm Y tế")
    page.get_by_label("Lý do").fill("Sắp xếp lại các phòng.")
    page.get_by_role("button", name="Xem trước").click()
    confirm = page.get_by_role("button", name="Bàn giao")
    expect(confirm).to_be_visible()
    expect(page).to_have_url(re.compile("/handovers/units/phong-kinh-te$"))
    confirm.click()
    expect(page.locator("#toasts .toast")).to_contain_text("Đã bàn giao 1 việc.")
    page.goto("handovers/units/phong-kinh-te")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Đã khôi phục bản nháp")).to_have_count(0)
