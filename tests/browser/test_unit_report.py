"""A unit fills in its report: on a phone and a desktop, in the dialog, with a draft, and by one click."""

import pytest
from playwright.sync_api import expect
from support.browsing import PHONE, fits_every_size, violations
from support.world import World

from cchc_flow import commands

pytestmark = pytest.mark.browser
REPORT = "2026-report:phong-kinh-te:2026-Q1"
AREA = "2. Cải cách thủ tục hành chính"


@pytest.fixture(autouse=True)
def opened(world: World) -> None:
    commands.do_scheduled_work(world.ws)


def test_a_report_is_filled_in_on_a_phone_and_outlives_a_reload_and_a_wrong_number(sit, world):
    page = sit("lan", f"items/{REPORT}/submissions/new", viewport=PHONE)
    page.get_by_role("group", name="Văn bản hành chính ban hành").get_by_label("Trong kỳ").fill("n/a")
    page.get_by_text(AREA).click()
    words = page.locator('[name="report.words:2"]')
    words.fill("Đã rà soát 40 thủ tục.")
    page.wait_for_timeout(400)
    page.reload()
    expect(page.get_by_text("Đã khôi phục bản nháp")).to_be_visible()
    expect(words).to_have_value("Đã rà soát 40 thủ tục.")
    expect(words).to_be_visible()  # its fold is open
    page.get_by_role("button", name="Nộp báo cáo").click()
    wrong = page.get_by_role("group", name="Văn bản hành chính ban hành").get_by_label("Trong kỳ")
    expect(wrong).to_be_focused()
    expect(page.get_by_text("«n/a» không phải là số; hãy ghi như 12 hoặc 1.250.")).to_be_visible()
    fits_every_size(page)
    wrong.fill("14")
    wrong.press("Enter")  # sends the report, and does not say that nothing arose
    expect(page.get_by_role("region", name="Nội dung báo cáo")).to_contain_text("trong kỳ 14, lũy kế 14")
    fits_every_size(page)
    reviewer = sit("hoa", f"items/{REPORT}/returns/new")
    reviewer.get_by_label("Lý do").fill("Xem từng mục.")
    reviewer.get_by_label("Số lỗi chất lượng").fill("1")
    reviewer.get_by_text("Nhận xét từng mục").click()
    reviewer.get_by_label("Cải cách thủ tục hành chính").fill("Thiếu danh sách.")
    assert violations(reviewer) == []
    reviewer.get_by_role("button", name="Trả lại báo cáo").click()
    expect(reviewer.get_by_role("region", name="Việc làm được bây giờ")).to_be_visible()
    page.goto(f"items/{REPORT}/submissions/new")
    expect(page.get_by_text("Thiếu danh sách.")).to_be_visible()


def test_in_the_dialog_of_the_board_nothing_arose_is_one_click(sit, world):
    page = sit("binh", "board?kind=report")
    page.locator(f'[id="i-{REPORT}"]').get_by_role("link", name="Chọn bước").click()
    page.locator("#menu").get_by_text("Nộp báo cáo…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Số liệu từ 15/12/2025 đến 14/03/2026")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name="Không phát sinh").click()
    expect(page.get_by_text("sang «Chờ tiếp nhận»")).to_be_visible()
    assert world.ws.log.stream(f"item-{REPORT}")[-2].data["nothing"] is True
