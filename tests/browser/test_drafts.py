"""Nothing typed is lost: a draft outlives a reload, a wrong field, a lost line, Esc, an expired sign-in."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from support.browsing import violations
from support.filling import PLAN
from support.visitors import PASSWORD
from support.world import ASSIGN, TASK

from cchc_flow import commands

pytestmark = pytest.mark.browser
ITEM = f"items/{TASK}"
OTHER = "III.1.1"
SAVED = """async () => {
  if (!(await indexedDB.databases()).some((base) => base.name === "drafts")) return [0, 0];
  const base = await new Promise((done) => {
    const asked = indexedDB.open("drafts", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const keys = (name) => new Promise((done) => {
    const asked = base.transaction(name).objectStore(name).getAllKeys();
    asked.onsuccess = () => done(asked.result);
  });
  const all = [await keys("words"), await keys("files")];
  base.close();
  return all.map((found) => found.length);
}"""


@pytest.fixture
def started(world):
    """A task that Lan has in hand."""
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    return world


@pytest.fixture
def paper(tmp_path):
    file = tmp_path / "báo cáo.pdf"
    file.write_bytes(b"%PDF-1.7 forty")
    return file


def is_saved(page: Page, words: int, files: int = 0) -> None:
    """Wait until the browser holds as many drafts, and as many with files."""
    for _ in range(200):
        if (found := page.evaluate(SAVED)) == [words, files]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(found)


def open_comment(page: Page) -> None:
    """Open the form of a comment in the dialog of the board."""
    page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
    page.locator("#menu").get_by_text("Trao đổi…").click()
    expect(page.locator("#dialog form[data-kept]")).to_be_visible()


def test_a_reload_amid_typing_brings_words_choices_and_files_back_until_the_draft_is_dropped(
    started, sit, paper
):
    page = sit("lan", f"{ITEM}/progress-reports/new")
    page.get_by_label("Tiến độ (%)").fill("40")
    page.get_by_label("Nội dung đã làm").fill("Đã rà soát 24 thủ tục,")
    page.get_by_label("Minh chứng").set_input_files(paper)
    is_saved(page, 1, 1)
    page.reload()
    expect(page.locator(".draft-line")).to_contain_text("Đã khôi phục bản nháp lúc ")
    expect(page.get_by_label("Nội dung đã làm")).to_have_value("Đã rà soát 24 thủ tục,")
    expect(page.get_by_label("Tiến độ (%)")).to_have_value("40")
    expect(page.locator(".chosen")).to_contain_text("báo cáo.pdf")
    assert violations(page) == []
    page.get_by_role("button", name="Bỏ bản nháp").click()
    expect(page.get_by_label("Nội dung đã làm")).to_have_value("")
    expect(page.locator(".chosen")).to_have_count(0)
    is_saved(page, 0)
    page.reload()
    expect(page.locator(".file-words")).to_contain_text("Chưa chọn tệp")
    expect(page.locator(".draft-line")).to_have_count(0)


@pytest.mark.parametrize("place", ["page", "dialog"])
def test_a_wrong_field_keeps_the_chosen_file_and_what_was_taken_leaves_no_draft(started, sit, paper, place):
    page = sit("lan", f"{ITEM}/progress-reports/new" if place == "page" else "board")
    if place == "dialog":
        page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
        page.locator("#menu").get_by_text("Báo cáo tiến độ…").click()
    form = page.locator("form", has=page.get_by_label("Tiến độ (%)"))
    form.get_by_label("Tiến độ (%)").fill("140")
    form.get_by_label("Nội dung đã làm").fill("Đã rà soát 24 thủ tục.")
    form.get_by_label("Minh chứng").set_input_files(paper)
    form.get_by_role("button", name="Báo cáo tiến độ").click()
    expect(form).to_contain_text("phải là số nguyên từ 0 đến 100.")
    expect(form.locator(".chosen")).to_contain_text("báo cáo.pdf")
    expect(page.get_by_text("hãy chọn lại")).to_have_count(0)
    expect(form.get_by_label("Nội dung đã làm")).to_have_value("Đã rà soát 24 thủ tục.")
    assert violations(page) == []
    form.get_by_label("Tiến độ (%)").fill("40")
    form.get_by_role("button", name="Báo cáo tiến độ").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    assert started.ws.log.stream(f"item-{TASK}")[-1].data["evidence"][0]["content"]["size"] == 14
    is_saved(page, 0)


def test_esc_or_a_click_beside_asks_only_where_something_was_typed(started, sit):
    page = sit("lan")
    dialog, ask = page.locator("#dialog"), page.get_by_role("dialog", name="Đóng biểu mẫu đang viết dở?")
    text = page.get_by_label("Nội dung trao đổi")
    open_comment(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    open_comment(page)
    page.mouse.click(20, 500)
    expect(dialog).to_be_hidden()
    open_comment(page)
    text.fill("Khi nào xong?")
    page.keyboard.press("Escape")
    expect(ask).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(ask).to_be_hidden()
    expect(text).to_have_value("Khi nào xong?")
    page.mouse.click(20, 500)
    ask.get_by_role("button", name="Đóng, giữ bản nháp").click()
    expect(dialog).to_be_hidden()
    open_comment(page)
    expect(text).to_have_value("Khi nào xong?")
    expect(dialog).to_contain_text("Đã khôi phục bản nháp")
    page.keyboard.press("Escape")
    ask.get_by_role("button", name="Bỏ bản nháp").click()
    expect(dialog).to_be_hidden()
    open_comment(page)
    expect(text).to_have_value("")
    is_saved(page, 0)


def test_without_a_line_a_form_stays_and_one_click_sends_it_once(started, sit):
    page = sit("lan")
    open_comment(page)
    dialog = page.locator("#dialog")
    page.get_by_label("Nội dung trao đổi").fill("Khi nào xong?")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Trao đổi").click()
    told = dialog.locator(".unsent")
    expect(told).to_contain_text("không kết nối được máy chủ")
    assert violations(page) == []
    page.context.set_offline(False)
    expect(told).to_contain_text("Đã có mạng trở lại.")
    told.get_by_role("button", name="Gửi lại").click()
    expect(dialog).to_be_hidden()
    page.goto(f"{ITEM}/progress-reports/new")
    page.get_by_label("Tiến độ (%)").fill("40")
    page.get_by_label("Nội dung đã làm").fill("Đã rà soát.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Báo cáo tiến độ").click()
    told = page.locator(".unsent")
    expect(told).to_contain_text("Chưa gửi được")
    expect(page.get_by_label("Nội dung đã làm")).to_have_value("Đã rà soát.")
    page.context.set_offline(False)
    told.get_by_role("button", name="Gửi lại").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    types = [event.type.partition("/")[0] for event in started.ws.log.stream(f"item-{TASK}")]
    assert types[-2:] == ["item.commented", "item.progress_reported"]
    is_saved(page, 0)


def test_an_answer_that_was_lost_is_asked_for_again_and_the_act_is_done_once(started, sit):
    page = sit("lan")
    open_comment(page)
    page.get_by_label("Nội dung trao đổi").fill("Khi nào xong?")

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/comments", lose, times=1)
    page.locator("#dialog").get_by_role("button", name="Trao đổi").click()
    page.locator(".unsent").get_by_role("button", name="Gửi lại").click()
    expect(page.locator("#dialog")).to_be_hidden()
    types = [event.type.partition("/")[0] for event in started.ws.log.stream(f"item-{TASK}")]
    assert types.count("item.commented") == 1


def test_a_draft_waits_through_an_expired_sign_in_and_shows_to_nobody_else(started, site, sit):
    page = sit("lan", f"{ITEM}/comments/new")
    page.get_by_label("Nội dung trao đổi").fill("Chỉ mình tôi biết.")
    is_saved(page, 1)
    page.context.clear_cookies()
    for login, value in [("hoa", ""), ("lan", "Chỉ mình tôi biết.")]:
        site.give_password(login)
        page.goto(f"{ITEM}/comments/new")
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_label("Nội dung trao đổi")).to_have_value(value)
        expect(page.locator(".draft-line")).to_have_count(1 if value else 0)
        is_saved(page, 1)
        if not value:
            page.get_by_role("button", name="Đăng xuất").click()
            expect(page).to_have_title("Đăng nhập · xã Mẫu")


def test_signing_out_removes_ones_drafts_and_another_tab_keeps_none_after_that(started, sit):
    page = sit("lan", f"{ITEM}/comments/new")
    page.get_by_label("Nội dung trao đổi").fill("Viết dở.")
    is_saved(page, 1)
    other = page.context.new_page()
    other.goto("board")
    other.get_by_role("button", name="Đăng xuất").click()
    expect(other.get_by_label("Mật khẩu")).to_be_visible()
    is_saved(other, 0)
    page.get_by_label("Nội dung trao đổi").fill("Viết dở rồi viết tiếp.")
    page.wait_for_timeout(500)
    is_saved(page, 0)


def test_a_draft_of_eight_days_ago_is_gone(started, sit):
    page = sit("lan", f"{ITEM}/comments/new")
    page.clock.install()
    page.reload()
    page.get_by_label("Nội dung trao đổi").fill("Viết dở.")
    page.clock.run_for(1000)
    is_saved_now = page.evaluate(SAVED)
    assert is_saved_now == [1, 0]
    page.clock.set_fixed_time(page.evaluate("Date.now()") + 8 * 24 * 3600 * 1000)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Nội dung trao đổi")).to_have_value("")
    assert page.evaluate(SAVED) == [0, 0]


def test_words_of_a_bulk_act_wait_for_the_same_selection_and_go_when_it_is_done(started, sit):
    page = sit("hoa", "items?unit=phong-kinh-te")

    def select() -> None:
        page.goto("items?unit=phong-kinh-te")
        page.locator(f'input[value="{TASK}"]').check()
        page.get_by_role("button", name="Đôn đốc…").click()

    text = page.get_by_label("Nội dung đôn đốc")
    select()
    text.fill("Đề nghị làm gấp.")
    is_saved(page, 1)
    page.go_back()
    expect(page.get_by_role("button", name="Đôn đốc…")).to_be_visible()
    select()
    expect(text).to_have_value("Đề nghị làm gấp.")
    expect(page.locator(".draft-line")).to_be_visible()
    page.get_by_role("button", name="Đôn đốc", exact=True).click()
    expect(page.locator("#toasts .toast")).to_have_text("Đã đôn đốc 1 việc.")
    expect(page).to_have_url(re.compile("unit=phong-kinh-te"))
    is_saved(page, 0)


def test_rows_of_the_table_of_a_plan_come_back_and_only_what_is_left_after_giving_out(world, sit):
    page = sit("hoa", "plans/2026/assignments")
    lead = page.get_by_label("Chủ trì III.1.1")
    lead.select_option(label="Trạm Y tế")
    page.get_by_label(f"Chọn {OTHER}").check()
    is_saved(page, 1)
    page.reload()
    expect(page.locator(".draft-line")).to_be_visible()
    expect(lead).to_have_value("tram-y-te")
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 1 việc.")
    page.get_by_role("button", name="Giao các việc đã chọn").last.click()
    expect(page.get_by_text("Đã giao 1 việc.")).to_be_visible()
    is_saved(page, 0)
    expect(page.locator(".draft-line")).to_have_count(0)


def test_a_plan_that_is_being_read_keeps_a_draft_without_a_line_until_it_is_dropped(world, sit, tmp_path):
    file = tmp_path / "kế hoạch 2027.txt"
    file.write_text(PLAN)
    page = sit("hoa", "plans")
    page.get_by_label("Văn bản kế hoạch").set_input_files(file)
    page.get_by_role("button", name="Đọc văn bản").click()
    title = page.get_by_label("Tên trên thẻ của III.1.1")
    page.route("**/edits", lambda route: route.abort())
    title.fill("Tên sửa khi mất mạng")
    is_saved(page, 1)
    page.on("dialog", lambda asked: asked.accept())
    page.reload()
    expect(title).to_have_value("Tên sửa khi mất mạng")
    page.goto("plans")
    expect(page.locator("form[data-kept]")).to_be_visible()  # the modules of forms are there
    page.get_by_role("button", name="Bỏ bản đang sửa").click()
    expect(page.locator("#toasts .toast")).to_contain_text("Đã bỏ bản đang sửa.")
    is_saved(page, 0)


def test_what_was_erased_comes_back_from_no_draft(started, sit):
    started.take("lan", "report_progress", percent=40, note="Ông A gọi điện.")
    note = started.ws.log.stream(f"item-{TASK}")[-1].data["note"]["digest"]
    commands.add_person(started.ws, "quan", "Hồ Quân", None, None, started.order(), roles=["admin"])
    page = sit("lan", f"{ITEM}/progress-reports/new")
    page.clock.set_fixed_time(started.time - timedelta(hours=1))
    page.get_by_label("Nội dung đã làm").fill("Ông A gọi điện lần nữa.")
    is_saved(page, 1)
    page.goto(ITEM)
    is_saved(page, 1)
    commands.erase_content(started.ws, note, "Theo đơn", started.order("quan"))
    page.reload()
    is_saved(page, 0)
