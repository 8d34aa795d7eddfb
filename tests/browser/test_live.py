"""A page that stays open follows the log in a real browser, and disturbs nobody who works in it."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.browsing import violations
from support.world import ASSIGN, RESULT, TASK, adopt

from cchc_flow.commands import NewTask

pytestmark = pytest.mark.browser
OTHER, THIRD = "2026-III.2.10", "2026-III.1.1"


def look_up(page: Page) -> None:
    """Let the page come into focus, which makes it ask at once, and wait for its answer."""
    with page.expect_response(lambda answer: "/changes?" in answer.url):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.evaluate("new Promise((done) => setTimeout(done, 30))")


def card(page: Page, item: str = TASK):
    return page.locator(f'[id="i-{item}"]')


def is_in(page: Page, state: str, item: str = TASK) -> None:
    expect(page.locator(f"#c-{state}").locator(f'[id="i-{item}"]')).to_have_count(1)


def scroll_on(page: Page) -> int:
    """Make the window so narrow that the columns have no room, and scroll by some pixels."""
    page.evaluate("document.querySelector('.lanes').style.width = '20rem'")
    page.evaluate("document.querySelector('.lanes').scrollLeft = 30")
    assert scrolled(page) == 30
    return 30


def scrolled(page: Page) -> int:
    return int(page.evaluate("document.querySelector('.lanes').scrollLeft"))


def test_a_colleagues_move_comes_in_with_the_name_and_the_counts(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    hoa, lan = sit("hoa"), sit("lan")
    card(lan).drag_to(lan.locator("#c-in_progress"))
    expect(lan.locator("#n-in_progress")).to_have_text("1")
    look_up(lan)
    expect(lan.locator(".toast")).to_have_count(1)  # nobody is told of the own move
    look_up(hoa)
    is_in(hoa, "in_progress")
    expect(hoa.locator("#n-in_progress")).to_have_text("1")
    expect(hoa.locator(".toast")).to_have_text("T.T. Lan vừa chuyển III.2.3.1 sang «Đang thực hiện».")
    expect(card(hoa)).to_have_class(re.compile("news"))
    look_up(hoa)
    expect(hoa.locator(".toast")).to_have_count(1)
    assert violations(hoa) == []


def test_focus_and_scroll_stay_where_they_are(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    world.take("hoa", "assign", OTHER, **ASSIGN)
    page = sit("hoa", viewport={"width": 900, "height": 700})
    card(page).locator(".m").focus()
    left = scroll_on(page)
    world.take("nam", "assign", **ASSIGN | {"due": "2026-05-29"})
    look_up(page)
    expect(card(page).locator("time")).to_have_attribute("datetime", "2026-05-29")
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"items/{TASK}/steps"
    assert scrolled(page) == left
    world.take("lan", "start")
    look_up(page)
    is_in(page, "in_progress")
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"items/{TASK}/steps"


def test_twenty_changes_leave_a_half_typed_form_alone_and_come_in_after_it(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    page = sit("lan")
    card(page).drag_to(page.locator("#c-submitted"))
    text = page.get_by_role("dialog").get_by_label("Kết quả")
    text.press_sequentially("Đã rà")
    for turn in range(20):
        world.take("hoa", "assign", OTHER, **ASSIGN | {"due": f"2026-05-{turn + 1:02}"})
        if turn % 5 == 0:
            look_up(page)
            text.press_sequentially(f" {turn}")
    expect(text).to_have_value("Đã rà 0 5 10 15")
    expect(text).to_be_focused()
    is_in(page, "planned", OTHER)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Đóng, giữ bản nháp").click()
    page.locator("body").press("Escape")
    is_in(page, "assigned", OTHER)


def test_what_came_while_a_menu_was_open_shows_as_soon_as_it_closes(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("hoa")
    card(page, OTHER).get_by_role("link", name="Chọn bước").click()
    expect(page.locator("#menu")).to_be_visible()
    world.take("lan", "start")
    look_up(page)
    is_in(page, "assigned")
    page.keyboard.press("Escape")
    is_in(page, "in_progress")


def test_what_leaves_the_board_says_why_only_where_a_filter_hides_it(world, sit):
    filtered, plain = sit("hoa", "board?due=none"), sit("hoa", "board?due=late")
    world.take("nam", "assign", THIRD, **ASSIGN)
    look_up(filtered)
    expect(card(filtered, THIRD)).to_have_count(0)
    expect(filtered.locator(".toast")).to_have_text(
        "P. Nam vừa chuyển III.1.1 sang «Đã giao». Công việc không còn khớp bộ lọc nên đã rời khỏi bảng này."
    )
    expect(filtered.locator("#found")).to_contain_text("0 công việc khớp bộ lọc")
    expect(filtered.locator("#nothing")).to_contain_text("Không có công việc nào khớp")
    look_up(plain)
    expect(plain.locator(".toast")).to_have_count(0)  # it was not on this board before either
    plain.goto("board")
    world.take("nam", "cancel", TASK, decision="15/QĐ-UBND ngày 02/3/2026", reason="Không còn cần.")
    look_up(plain)
    expect(card(plain)).to_have_count(0)
    expect(plain.locator(".toast")).to_have_text("P. Nam vừa chuyển III.2.3.1 sang «Đã hủy».")


def test_my_work_the_inbox_and_an_open_item_follow_too(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    work, item = sit("hoa", "work"), sit("hoa", f"items/{TASK}")
    text = item.get_by_label("Nội dung trao đổi")
    text.fill("Đang viết")
    world.take("lan", "submit", **RESULT)
    look_up(work)
    expect(work.locator(f'[id="w-{TASK}"]')).to_be_visible()
    expect(work.locator("#work-count")).to_contain_text("1")
    look_up(item)
    expect(item.locator("#item-changed")).to_contain_text("từ khi bạn mở trang này: Trần Thị Lan")
    expect(item.locator("#unread")).to_contain_text("1")
    expect(text).to_have_value("Đang viết")
    assert violations(item) == []
    item.get_by_role("link", name="Xem lại").click()
    expect(item.locator("#item-changed")).to_have_count(0)


def test_a_server_that_does_not_answer_is_told_once_and_asked_again(world, sit):
    page = sit("hoa")
    page.route("**/changes?*", lambda route: route.abort())
    for _ in range(2):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.locator(".toast")).to_have_text(re.compile("Mất kết nối với máy chủ, sẽ tự thử lại"))
    page.unroute("**/changes?*")
    world.take("hoa", "assign", **ASSIGN)
    look_up(page)
    expect(page.locator(".toast")).to_have_count(0)
    is_in(page, "assigned")


def test_an_expired_sign_in_is_told_and_what_is_typed_stays(world, sit):
    page = sit("lan", f"items/{TASK}")
    page.get_by_label("Nội dung trao đổi").fill("Đang viết")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    look_up(page)
    expect(page.locator(".toast")).to_contain_text("Phiên đăng nhập đã hết. Những gì đã nhập ở đây vẫn còn.")
    expect(page.get_by_label("Nội dung trao đổi")).to_have_value("Đang viết")
    page.context.add_cookies(cookies)
    look_up(page)
    expect(page.locator(".toast")).to_have_count(0)


def test_back_and_the_way_back_of_an_item_keep_filters_scroll_and_focus(world, sit):
    many = tuple(
        NewTask(ref=f"III.2.{20 + n}", title=f"Thủ tục {n}", text="Thủ tục.", area="2") for n in range(30)
    )
    adopt(world, 2027, many)
    page = sit("hoa", "board?words=thu&due=none&plan=all", viewport={"width": 900, "height": 700})
    page.locator("#c-planned").evaluate("list => list.scrollTo(0, 400)")
    for leave in (page.go_back, page.locator(".back a").click):
        page.get_by_role("link", name="2 Thủ tục 9", exact=True).evaluate("link => link.click()")
        expect(page.get_by_role("heading", level=1)).to_have_text("Thủ tục 9")
        leave()
        page.wait_for_url("**/board?words=thu&due=none&plan=all")
        expect(page.locator("#f-words")).to_have_value("thu")
        expect(page.locator("#f-due")).to_have_value("none")
        expect(page.locator("#c-planned")).to_have_js_property("scrollTop", 400)
