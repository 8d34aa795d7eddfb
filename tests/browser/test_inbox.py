"""The inbox, and what a person chooses to be told elsewhere, in a real browser."""

import os
from pathlib import Path

import pytest
from browser.conftest import Sit
from playwright.sync_api import Page, expect
from support.browsing import fits_every_size
from support.world import World

from cchc_flow.notifications.reminders import run_reminders

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(world: World) -> World:
    """Lan was given two tasks, of which the clock reminds too."""
    for item, due in (("2026-III.2.3.1", "2026-06-30"), ("2026-III.1.1", "2026-06-28")):
        world.take("hoa", "assign", item, lead="phong-kinh-te", officer="lan", due=due)
    world.wait(days=117)
    run_reminders(world.ws)
    return world


def picture(page: Page, name: str) -> None:
    """Keep pictures for people to look at, in the folder that SCREENSHOTS names, if it names one."""
    if folder := os.environ.get("SCREENSHOTS"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_what_is_unread_is_counted_until_it_is_marked_as_read(busy: World, sit: Sit) -> None:
    page = sit("lan", "board")
    link = page.get_by_role("link", name="Hộp thư 4 chưa đọc")
    expect(link).to_be_visible()
    picture(page, "board")
    link.click()
    expect(page.get_by_text("4 thông báo chưa đọc")).to_be_visible()
    fits_every_size(page)
    picture(page, "inbox")
    page.get_by_role("button", name="Đánh dấu đã đọc").click()
    expect(page.get_by_text("Không còn thông báo chưa đọc")).to_be_visible()
    expect(page.get_by_role("link", name="Hộp thư", exact=True)).to_be_visible()
    fits_every_size(page)
    picture(page, "inbox-read")
    page.get_by_role("link", name="III.2.3.1 · Rà soát thủ tục").first.click()
    expect(page.get_by_role("heading", name="Rà soát thủ tục")).to_be_visible()


def test_an_empty_inbox_says_what_will_come(world: World, sit: Sit) -> None:
    page = sit("thu", "inbox")
    expect(page.get_by_text("Không có thông báo nào còn chờ bạn.")).to_be_visible()
    fits_every_size(page)
    page.get_by_role("link", name="Tất cả", exact=True).first.click()
    expect(page.get_by_text("Chưa có thông báo nào cho bạn.")).to_be_visible()
    fits_every_size(page)


def test_choices_are_made_on_the_account_page(world: World, sit: Sit) -> None:
    page = sit("lan", "account")
    page.get_by_label("Địa chỉ thư điện tử").fill("lan")
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(page.get_by_text("Địa chỉ thư điện tử chưa đúng", exact=False)).to_be_visible()
    fits_every_size(page)
    picture(page, "account")
    page.get_by_label("Địa chỉ thư điện tử").fill("lan@xa-mau.gov.vn")
    page.get_by_label("Được giao việc").check()
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(page.get_by_text("Đã lưu lựa chọn nhận thông báo.")).to_be_visible()
    expect(page.get_by_label("Được giao việc")).to_be_checked()
    page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    expect(page.locator("#feed-address")).to_contain_text(".ics")
    fits_every_size(page)
    picture(page, "feed")
    page.get_by_role("link", name="Đã chép lại").click()
    expect(page.get_by_role("button", name="Thu hồi địa chỉ")).to_be_visible()
