"""The item page in a real browser: a task taken from its assignment to its end by the people it needs."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.browsing import fits_every_size, unfold, violations
from support.visitors import PASSWORD
from support.world import ASSIGN, RESULT, TASK

from cchc_flow import commands

pytestmark = pytest.mark.browser
ITEM = f"items/{TASK}"


def state_is(page: Page, words: str) -> None:
    expect(page.locator(".marks .chip")).to_have_text(words)


def test_a_task_is_submitted_with_a_file_returned_and_approved_by_another(world, sit, tmp_path):
    world.take("hoa", "assign", **ASSIGN)
    paper = tmp_path / "báo cáo rà soát.pdf"
    paper.write_bytes(b"%PDF-1.7 " + b"x" * 1_000_000)
    lan, nam = sit("lan", ITEM), sit("nam", ITEM)

    lan.get_by_role("button", name="Nhận việc").click()
    state_is(lan, "Đang thực hiện")
    expect(lan.locator(".toast")).to_contain_text("Đã chuyển «Rà soát thủ tục» sang «Đang thực hiện».")
    lan.get_by_role("link", name="Nộp kết quả…").click()
    lan.get_by_label("Kết quả").fill("Đã rà soát 40 thủ tục.")
    lan.get_by_label("Minh chứng").set_input_files([paper])
    lan.get_by_role("button", name="Nộp kết quả").click()
    state_is(lan, "Chờ duyệt")

    nam.reload()
    with nam.expect_download() as download:
        nam.get_by_role("link", name="báo cáo rà soát.pdf").first.click()
    assert download.value.suggested_filename == "báo cáo rà soát.pdf"
    assert download.value.path().read_bytes() == paper.read_bytes()
    nam.get_by_role("link", name="Trả lại kết quả…").click()
    nam.get_by_label("Lý do").fill("Thiếu biên bản.")
    nam.get_by_label("Số lỗi chất lượng").fill("1")
    nam.get_by_role("button", name="Trả lại kết quả").click()
    state_is(nam, "Đang thực hiện")
    expect(nam.locator(".history li").first).to_contain_text("Thiếu biên bản.")

    world.take("lan", "submit", **RESULT)
    nam.reload()
    nam.get_by_role("link", name="Duyệt…").click()
    nam.get_by_label("Chất lượng").select_option("Tốt")
    nam.get_by_role("button", name="Duyệt").click()
    state_is(nam, "Đã duyệt")
    nam.get_by_role("button", name="Hoàn thành").click()
    state_is(nam, "Hoàn thành")
    nam.get_by_role("button", name="Hoàn tác bước vừa rồi").click()
    state_is(nam, "Đã duyệt")


def test_an_item_offers_three_buttons_and_what_takes_it_away_apart_among_the_rest(world, sit):
    page = sit("hoa", ITEM)
    assert page.locator(".item-side .doable .button:visible, .item-side .doable button:visible").count() <= 3
    expect(page.get_by_role("link", name="Hủy công việc…")).to_be_hidden()
    page.get_by_text("Việc khác").click()
    expect(page.locator(".removing").get_by_role("link", name="Hủy công việc…")).to_be_visible()
    assert violations(page) == []


def test_nobody_approves_what_he_submitted_himself(world, sit):
    commands.grant_role(world.ws, "lan", "coordinator", world.order())
    world.submitted()
    page = sit("lan", ITEM)
    expect(page.get_by_role("link", name="Duyệt…")).to_have_count(0)
    page.goto(f"{ITEM}/approvals/new")
    expect(page.locator("h1")).to_have_text("Không ai được «Duyệt» kết quả do chính mình nộp.")
    expect(page.locator("main")).to_contain_text("Hãy nhờ đầu mối CCHC hoặc lãnh đạo UBND khác thực hiện.")


def test_a_sign_in_leads_to_the_page_that_was_asked_for(browser, site, address):
    context = browser.new_context(base_url=address)
    page = context.new_page()
    site.give_password("lan")
    page.goto(ITEM)
    page.locator("#login").fill("lan")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(re.compile(re.escape(ITEM)))
    context.close()


def test_each_sentence_of_the_history_opens_its_event(world, sit):
    world.submitted()
    page = sit("nam", ITEM)
    event = world.ws.log.stream(f"item-{TASK}")[-1]
    page.locator(".history .moment").first.click()
    expect(page).to_have_url(re.compile(rf"/events/{event.position}$"))


def test_without_scripts_a_form_keeps_what_was_typed_and_says_which_files_are_to_be_chosen_again(
    world, sit, tmp_path
):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    paper = tmp_path / "ảnh.png"
    paper.write_bytes(b"png")
    page = sit("lan", f"{ITEM}/progress-reports/new", java_script_enabled=False)
    page.get_by_label("Tiến độ (%)").fill("140")
    page.get_by_label("Nội dung đã làm").fill("Đã rà soát 24 thủ tục.")
    page.get_by_label("Minh chứng").set_input_files([paper])
    page.get_by_role("button", name="Báo cáo tiến độ").click()
    expect(page.locator("main")).to_contain_text("Tiến độ (%): phải là số nguyên từ 0 đến 100.")
    expect(page.locator("main")).to_contain_text("hãy chọn lại: ảnh.png.")
    expect(page.get_by_label("Nội dung đã làm")).to_have_value("Đã rà soát 24 thủ tục.")


def test_a_file_that_is_too_large_is_told_before_it_is_sent(world, sit, tmp_path):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    film = tmp_path / "phim.mp4"
    with film.open("wb") as file:
        file.truncate(31 * 1024 * 1024)
    page = sit("lan", f"{ITEM}/submissions/new")
    page.get_by_label("Minh chứng").set_input_files([film])
    expect(page.get_by_role("alert")).to_have_text(
        "Tệp «phim.mp4» nặng 31 MB, mỗi tệp nhiều nhất 25 MB. Hãy chọn lại."
    )
    assert page.get_by_label("Minh chứng").evaluate("field => field.files.length") == 0
    assert violations(page) == []


def test_a_coordinator_adds_a_task_by_hand(sit):
    page = sit("hoa")
    unfold(page, "Cách xem khác")
    page.get_by_role("link", name="Thêm công việc").click()
    expect(page.locator("h1")).to_have_text("Thêm công việc")
    assert violations(page) == []
    page.get_by_label("Tên công việc").fill("Tập huấn chữ ký số")
    page.get_by_label("Nội dung").fill("Tập huấn cho công chức xã.")
    page.get_by_label("Lĩnh vực").select_option("1. Cải cách thể chế")
    page.get_by_role("button", name="Thêm công việc").click()
    expect(page.locator("h1")).to_have_text("Tập huấn chữ ký số")
    state_is(page, "Chưa giao")


@pytest.mark.parametrize("path", [ITEM, f"{ITEM}/steps", f"{ITEM}/approvals/new", f"{ITEM}/returns/new"])
def test_axe_finds_no_violation_and_the_page_does_not_scroll_sideways(world, sit, path):
    world.submitted()
    world.take("lan", "comment", text="Xin ý kiến về phụ lục. " + "dài" * 100)
    fits_every_size(sit("nam", path))


def test_once_a_unit_leads_only_its_people_can_be_in_charge(world, sit):
    commands.add_person(world.ws, "ly.y", "Lý Y", None, "tram-y-te", world.order())
    page = sit("hoa", f"{ITEM}/assignments/new")
    officer = page.get_by_label("Công chức phụ trách")
    officer.select_option("Trần Thị Lan")
    page.get_by_label("Đơn vị chủ trì").select_option("Trạm Y tế")
    expect(officer).to_have_value("")
    assert officer.locator("option:not(:disabled)").all_inner_texts() == ["Không chọn", "Lý Y"]
    assert officer.locator("optgroup").first.get_attribute("label") == "Trạm Y tế"
