"""Everything that moves the work can be done in a browser that runs no script."""

import pytest
from playwright.sync_api import Page, expect
from support.world import TASK

pytestmark = pytest.mark.browser


def open_steps(page: Page) -> None:
    page.goto("board")
    page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
    expect(page.locator("h1")).to_have_text("Rà soát thủ tục")


def state_is(page: Page, words: str) -> None:
    expect(page.locator(".marks .chip")).to_have_text(words)


def test_a_task_goes_from_assignment_to_its_end_without_a_script(sit, tmp_path):
    paper = tmp_path / "biên bản.pdf"
    paper.write_bytes(b"%PDF-1.7")
    hoa, lan, nam = (sit(login, java_script_enabled=False) for login in ("hoa", "lan", "nam"))

    open_steps(hoa)
    hoa.get_by_role("link", name="Giao việc…").click()
    hoa.get_by_role("button", name="Giao việc").click()
    state_is(hoa, "Đã giao")

    open_steps(lan)
    lan.get_by_role("button", name="Nhận việc").click()
    state_is(lan, "Đang thực hiện")
    open_steps(lan)
    lan.get_by_role("link", name="Nộp kết quả…").click()
    lan.get_by_label("Kết quả").fill("Đã rà soát 40 thủ tục.")
    lan.get_by_label("Minh chứng").set_input_files([paper])
    lan.get_by_role("button", name="Nộp kết quả").click()
    state_is(lan, "Chờ duyệt")
    expect(lan.get_by_role("link", name="biên bản.pdf").first).to_be_visible()

    open_steps(nam)
    nam.get_by_role("link", name="Trả lại kết quả…").click()
    nam.get_by_role("button", name="Trả lại kết quả").click()
    expect(nam.locator("main")).to_contain_text("Hãy nhập lý do.")
    nam.get_by_label("Lý do").fill("Thiếu phụ lục.")
    nam.get_by_label("Số lỗi chất lượng").fill("0")
    nam.get_by_role("button", name="Trả lại kết quả").click()
    state_is(nam, "Đang thực hiện")

    open_steps(lan)
    lan.get_by_role("link", name="Nộp kết quả…").click()
    lan.get_by_label("Kết quả").fill("Đã bổ sung phụ lục.")
    lan.get_by_role("button", name="Nộp kết quả").click()
    open_steps(nam)
    nam.get_by_role("link", name="Duyệt…").click()
    nam.get_by_label("Chất lượng").select_option("Tốt")
    nam.get_by_role("button", name="Duyệt").click()
    state_is(nam, "Đã duyệt")
    open_steps(nam)
    nam.get_by_role("button", name="Hoàn thành").click()
    state_is(nam, "Hoàn thành")


def test_the_filters_are_a_form_with_a_button(sit):
    page = sit("hoa", java_script_enabled=False)
    page.get_by_label("Tìm", exact=True).fill("niem yet")
    page.locator("summary").filter(has_text="Lọc").click()
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page.locator("#board .cards li")).to_have_count(1)
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(page.locator("#board .cards li")).to_have_count(3)


def test_a_move_is_undone_on_the_items_page(world, sit):
    world.take("hoa", "assign", lead="phong-kinh-te", support=[], due="2026-06-30")
    page = sit("hoa", f"items/{TASK}", java_script_enabled=False)
    page.get_by_role("button", name="Hoàn tác bước vừa rồi").click()
    state_is(page, "Chưa giao")
