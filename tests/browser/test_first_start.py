"""From an empty data folder to an adopted plan, in a real browser on the real server."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.browsing import DESKTOP, PHONE, fits_every_size, violations
from support.serving import Running

from cchc_flow.samples import SAMPLE_PLAN

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
PASSWORD = "mưa về trên núi"
PICTURES = os.environ.get("CCHC_PICTURES", "")
"""A folder for pictures of every page of the first start."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "data")
    yield running
    _, err, _ = running.stop()
    assert err == ""


@pytest.fixture
def context(browser: Browser, server: Running) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server.address, locale="vi-VN", viewport=DESKTOP)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console stays free of faults; a refused form (422) and a missing page (404) are none."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield page
    assert faults == []


def look(page: Page, name: str) -> None:
    """Demand that a page is accessible and nowhere wider than the screen; keep pictures when asked to."""
    for size in (NARROW, PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, size)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
        if size != NARROW:
            assert violations(page) == [], (name, size)


def sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Xã, phường hoặc đặc khu").fill("xã Krông Bình")
    page.get_by_label("Họ và tên quản trị").fill("Nguyễn Văn An")
    page.get_by_label("Tên đăng nhập").fill("an.nguyen")
    page.get_by_label("Mật khẩu", exact=False).first.fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản và bắt đầu").click()
    expect(page.get_by_role("heading", name="Chào Nguyễn Văn An")).to_be_visible()


def upload(page: Page) -> None:
    page.get_by_role("link", name="Nhập kế hoạch").click()
    page.get_by_label("Văn bản kế hoạch").set_input_files(SAMPLE_PLAN)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", name="Xem lại trước khi đưa vào bảng")).to_be_visible()


def adopt(page: Page) -> None:
    page.get_by_role("button", name="Đưa vào bảng").click()
    expect(page).to_have_url(re.compile(r"/krong-binh/plans/2026/assignments$"))


def test_a_newcomer_gets_from_nothing_to_the_board(page: Page) -> None:
    sign_up(page)
    upload(page)
    page.get_by_label("Tên trên thẻ của III.1.1").fill("Hoàn thiện cơ chế, chính sách của xã")
    page.get_by_label("Hạn III.1.1", exact=True).fill("30/6/2026")
    adopt(page)
    expect(page.get_by_text("63 công việc đang chờ giao")).to_be_visible()
    page.get_by_label("Chủ trì cả lĩnh vực").nth(5).select_option("Phòng Văn hóa - Xã hội")
    page.get_by_label("Hạn III.1.2", exact=True).fill("1/2/2020")
    page.get_by_role("button", name="Giao theo gợi ý").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã giao 62 việc. 1 việc không giao được")
    expect(page.locator("tr.refused")).to_contain_text("ngày 01/02/2020 đã qua")
    fits_every_size(page)
    page.get_by_label("Hạn III.1.2", exact=True).fill("")
    page.get_by_role("button", name="Giao III.1.2").click()
    expect(page).to_have_url(re.compile(r"/krong-binh/board\?plan=2026$"))
    expect(page.locator("#n-assigned")).to_have_text("63")
    expect(page.get_by_text("Hoàn thiện cơ chế, chính sách của xã")).to_be_visible()


def test_the_same_path_works_without_scripts(browser: Browser, server: Running) -> None:
    context = browser.new_context(base_url=server.address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_up(page)
    upload(page)
    page.get_by_label("Tên trên thẻ của III.1.1").fill("Tên gõ tay")
    page.get_by_label("Hạn III.1.1", exact=True).fill("30/6/2026")
    adopt(page)
    expect(page.get_by_text("Tên gõ tay").first).to_be_visible()
    context.close()


def test_every_page_of_the_first_start_is_accessible_and_fits_a_phone(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Tỉnh, thành phố").select_option(index=25)
    expect(page.locator("#communes option")).to_have_count(102)
    look(page, "setup")
    page.get_by_role("button", name="Tạo tài khoản và bắt đầu").evaluate("it => it.form.noValidate = true")
    page.get_by_role("button", name="Tạo tài khoản và bắt đầu").click()
    expect(page.get_by_role("alert")).to_contain_text("chỗ được đánh dấu")
    look(page, "setup-faults")
    sign_up(page)
    look(page, "start")
    upload(page)
    page.get_by_text("Xem danh sách").click()
    look(page, "reading")
    adopt(page)
    for name, path in (("plans", "plans"), ("plan", "plans/2026"), ("directory", "directory")):
        page.goto(f"/krong-binh/{path}")
        look(page, name)


def test_every_page_about_people_is_accessible_and_fits_a_phone(page: Page) -> None:
    sign_up(page)
    for name, path in (
        ("account", "account"),
        ("password", "account/password"),
        ("unit-new", "directory/units/new"),
        ("person-new", "directory/people/new"),
        ("person", "directory/people/an.nguyen"),
        ("missing", "khong-co"),
    ):
        page.goto(f"/krong-binh/{path}")
        look(page, name)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    look(page, "sign-in")


def test_one_choice_fills_the_lead_of_a_whole_area(page: Page) -> None:
    sign_up(page)
    upload(page)
    area = page.locator("section", has=page.get_by_role("heading", name=re.compile("^6. ")))
    area.get_by_label("Chủ trì cả lĩnh vực").select_option("Phòng Kinh tế")
    leads = area.locator("select[name^='lead-']")
    assert {leads.nth(place).input_value() for place in range(leads.count())} == {"Phòng Kinh tế"}
    expect(page.get_by_text("Việc nào cũng đã có chủ trì.")).to_be_visible()


def test_a_warning_in_the_list_leads_to_its_place(page: Page) -> None:
    sign_up(page)
    upload(page)
    page.get_by_text("Xem danh sách").click()
    page.locator(".remark-list").get_by_role("link", name="II.17").first.click()
    expect(page.locator("[id='II.17']")).to_be_in_viewport()


def test_leaving_with_unsent_changes_asks_first(page: Page) -> None:
    sign_up(page)
    upload(page)
    page.get_by_label("Tên trên thẻ của III.1.1").fill("Đang sửa dở")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Danh bạ").click()
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Tên trên thẻ của III.1.1")).to_have_value("Đang sửa dở")


def test_the_strength_of_a_password_is_said_while_it_is_typed(page: Page) -> None:
    page.goto("/setup")
    field = page.locator("#password")
    field.press_sequentially("ngắn")
    expect(page.get_by_text("Còn thiếu 6 ký tự.")).to_be_visible()
    field.fill(PASSWORD)
    expect(page.get_by_text("Đủ dùng.")).to_be_visible()


def test_the_sign_up_can_be_filled_in_by_keyboard_alone(page: Page) -> None:
    page.goto("/setup")
    expect(page.locator("#main")).to_be_focused()  # past the way to the content
    page.keyboard.press("Tab")
    expect(page.get_by_label("Tỉnh, thành phố")).to_be_focused()
    for words in ("xã Krông Bình", "Nguyễn Văn An", "an.nguyen", PASSWORD, PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chào Nguyễn Văn An")).to_be_visible()


def test_a_colleague_gets_in_with_the_temporary_password_and_changes_it(page: Page, browser: Browser) -> None:
    sign_up(page)
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Họ và tên").fill("Trần Thị Hoa")
    page.get_by_label("Tên đăng nhập").fill("hoa.tran")
    page.get_by_label("Công chức").first.check()
    page.get_by_role("button", name="Thêm và cấp mật khẩu tạm").click()
    expect(page.locator("#temporary-password")).to_be_visible()
    look(page, "temporary-password")
    temporary = page.locator("#temporary-password").inner_text()
    colleague = browser.new_context(viewport=PHONE).new_page()
    colleague.goto(page.url.split("/directory")[0] + "/sign-in")
    colleague.get_by_label("Tên đăng nhập").fill("hoa.tran")
    colleague.get_by_label("Mật khẩu").fill(temporary)
    colleague.get_by_role("button", name="Đăng nhập").click()
    colleague.get_by_label("Mật khẩu tạm").fill(temporary)
    colleague.locator("#password").fill("gió lên từ sông")
    colleague.get_by_label("Gõ lại mật khẩu mới").fill("gió lên từ sông")
    colleague.get_by_role("button", name="Đổi mật khẩu").click()
    expect(colleague.get_by_text("Đã đổi mật khẩu")).to_be_visible()
    colleague.context.close()
