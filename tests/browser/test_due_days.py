"""Who gives work out moves its day and names its supporting units, in a real browser."""

import pytest
from playwright.sync_api import expect
from support.browsing import PHONE, fits_every_size
from support.world import ASSIGN, TASK, World

from .conftest import Sit

pytestmark = pytest.mark.browser
ITEM = f"items/{TASK}"
OTHER = "items/2026-III.1.1"


def test_a_day_is_set_on_work_under_way_told_to_its_head_and_taken_back(world: World, sit: Sit) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    page = sit("hoa", ITEM)
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Đặt hạn…").click()
    expect(page.get_by_label("Hạn hoàn thành")).to_have_value("30/06/2026")
    page.get_by_label("Hạn hoàn thành").fill("15/05/2026")
    page.get_by_label("Lý do").fill("Theo chỉ đạo của tỉnh.")
    page.get_by_role("button", name="Đặt hạn").click()
    expect(page.locator(".marks")).to_contain_text("15/05")
    expect(page.locator(".marks .chip")).to_have_text("Đang thực hiện")
    expect(page.locator(".history li").first).to_contain_text("đã đặt hạn 15/05/2026 thay hạn 30/06/2026")
    expect(page.locator(".history li").first).to_contain_text("Lý do: Theo chỉ đạo của tỉnh.")
    inbox = sit("binh", "inbox")
    expect(inbox.locator("main")).to_contain_text("Hạn được đặt lại")
    page.get_by_role("button", name="Hoàn tác bước vừa rồi").click()
    expect(page.locator(".marks")).to_contain_text("30/06")


def test_supporting_units_of_divided_work_are_folded_and_stand_on_its_parts(world: World, sit: Sit) -> None:
    page = sit("hoa", f"{OTHER}/distributions/new", viewport=PHONE)
    page.get_by_label("Phòng Kinh tế").first.check()
    support = page.get_by_role("group", name="Đơn vị phối hợp")
    expect(support.get_by_label("Trạm Y tế")).to_be_hidden()
    support.get_by_text("Chọn đơn vị").click()
    support.get_by_label("Trạm Y tế").check()
    fits_every_size(page)
    page.get_by_label("Định kỳ").select_option("Hằng tháng")
    page.get_by_label("Hạn hoàn thành").fill("")
    page.get_by_role("button", name="Giao nhiều đơn vị, nhiều kỳ").click()
    expect(page.get_by_text("Trạm Y tế, với mọi phần việc")).to_be_visible()
    page.goto(f"{OTHER}:phong-kinh-te:2026-03")
    expect(page.locator(".facts").filter(has_text="Phối hợp")).to_contain_text("Trạm Y tế")
