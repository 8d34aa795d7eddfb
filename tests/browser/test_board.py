"""The board in a real browser: drag, dialog, menu, conflict, and the way back when something fails."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from support.browsing import fits_every_size, served, signed_in, unfold, violations
from support.visitors import Site
from support.world import ASSIGN, TASK, adoption

from cchc_flow import commands
from cchc_flow.commands import NewTask

pytestmark = pytest.mark.browser
OTHER = "2026-III.2.10"


def card(page: Page, item: str = TASK):
    return page.locator(f'[id="i-{item}"]')


def lane(page: Page, state: str):
    return page.locator(f"#c-{state}")


def drag(page: Page, state: str, item: str = TASK) -> None:
    card(page, item).drag_to(lane(page, state))


def is_in(page: Page, state: str, item: str = TASK) -> None:
    expect(lane(page, state).locator(f'[id="i-{item}"]')).to_have_count(1)


def test_a_drop_that_needs_no_data_moves_the_card_the_counters_and_the_log(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    drag(page, "in_progress")
    expect(page.locator(".toast")).to_contain_text("Đã chuyển «Rà soát thủ tục» sang «Đang thực hiện».")
    is_in(page, "in_progress")
    expect(page.locator("#n-assigned")).to_have_text("0")
    expect(page.locator("#n-in_progress")).to_have_text("1")
    expect(card(page)).not_to_have_class(re.compile("saving|unsaved"))
    assert world.ws.log.stream(f"item-{TASK}")[-1].type == "item.started/1"


def test_a_move_is_taken_back_from_its_toast(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    drag(page, "in_progress")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".toast").first).to_contain_text("trở lại «Đã giao»")
    is_in(page, "assigned")
    history = [one.type for one in world.ws.log.stream(f"item-{TASK}")]
    assert history[-2:] == ["item.started/1", "item.undone/1"]


def test_a_drop_that_needs_data_waits_unsaved_until_its_form_is_sent(world, sit):
    page = sit("hoa")
    drag(page, "assigned")
    dialog = page.get_by_role("dialog", name="Giao việc")
    expect(dialog).to_be_visible()
    expect(card(page)).to_have_class(re.compile("unsaved"))
    is_in(page, "assigned")
    assert violations(page) == []
    dialog.get_by_role("button", name="Giao việc").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".toast")).to_contain_text("sang «Đã giao»")
    is_in(page, "assigned")
    expect(card(page)).not_to_have_class(re.compile("unsaved"))
    expect(card(page)).to_contain_text("P.Kinh tế")
    assert world.ws.log.stream(f"item-{TASK}")[-1].data["lead"] == "phong-kinh-te"


@pytest.mark.parametrize("way", ["Escape", "Thôi"])
def test_a_form_left_unsent_puts_its_card_back(world, sit, way):
    page = sit("hoa")
    drag(page, "assigned")
    expect(page.get_by_role("dialog")).to_be_visible()
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("dialog").get_by_text("Thôi").click()
    is_in(page, "planned")
    expect(card(page)).not_to_have_class(re.compile("unsaved"))
    assert len(world.ws.log.stream(f"item-{TASK}")) == 1


def test_a_card_that_comes_back_stands_where_it_stood(sit):
    page = sit("hoa")
    before = lane(page, "planned").locator("li").evaluate_all("all => all.map(one => one.id)")
    drag(page, "assigned", OTHER)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    is_in(page, "planned", OTHER)
    assert lane(page, "planned").locator("li").evaluate_all("all => all.map(one => one.id)") == before


def test_columns_that_are_not_allowed_dim_while_a_card_is_dragged(sit):
    page = sit("hoa")
    card(page).hover()
    page.mouse.down()
    box = lane(page, "closed").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60, steps=6)
    page.mouse.move(box["x"] + 42, box["y"] + 62)
    expect(page.locator(".lane.barred")).to_have_count(4)
    assert page.locator('.lane[data-state="assigned"]').get_attribute("class") == "lane strip"
    page.mouse.up()
    expect(page.locator(".lane.barred")).to_have_count(0)
    expect(page.locator(".toast.bad")).to_contain_text("không chuyển thẳng sang «Hoàn thành» được")
    is_in(page, "planned")


def test_a_drop_on_a_column_that_is_not_allowed_returns_and_says_what_is(sit):
    page = sit("hoa")
    drag(page, "closed")
    expect(page.locator(".toast.bad")).to_contain_text(
        "Bạn có thể: «Giao việc», «Giao nhiều đơn vị, nhiều kỳ», «Tạm dừng», «Hủy công việc», «Trao đổi»."
    )
    is_in(page, "planned")


def test_who_may_not_move_a_card_hears_who_may(sit):
    page = sit("lan")
    drag(page, "assigned")
    who = "Việc này do đầu mối CCHC hoặc lãnh đạo UBND thực hiện."
    expect(page.locator(".toast.bad")).to_contain_text(who)
    is_in(page, "planned")


@pytest.mark.parametrize("fault", [500, 503, "aborted"])
def test_a_card_comes_back_when_the_server_fails_or_cannot_be_reached(world, sit, fault):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")

    def fail(route: Route) -> None:
        if fault == "aborted":
            route.abort()
        else:
            route.fulfill(status=fault, body="<p class='toast bad'>Hệ thống gặp lỗi.</p>")

    page.route("**/moves*", fail)
    drag(page, "in_progress")
    expect(page.locator(".toast.bad")).to_be_visible()
    is_in(page, "assigned")
    expect(card(page)).not_to_have_class(re.compile("saving|unsaved"))


def test_two_browsers_moving_one_card_the_later_hears_who_when_where_to_and_may_go_on(world, sit):
    world.submitted()
    early, late = sit("nam"), sit("hoa")
    world.wait(minutes=3)
    drag(early, "in_progress")
    early.get_by_label("Lý do").fill("Thiếu biên bản.")
    early.get_by_label("Số lỗi chất lượng").fill("0")
    early.get_by_role("button", name="Trả lại kết quả").click()
    is_in(early, "in_progress")
    drag(late, "approved")
    toast = late.locator(".toast.bad")
    expect(toast).to_contain_text(
        "Phạm Nam đã chuyển công việc này sang «Đang thực hiện» lúc 8 giờ 03 ngày 02/03/2026."
    )
    is_in(late, "in_progress")
    expect(late.locator("#n-submitted")).to_have_text("0")
    expect(toast.get_by_role("button", name="Vẫn chuyển")).to_have_count(0)


def test_after_a_conflict_the_move_is_offered_again_when_it_is_still_allowed(world, sit):
    world.submitted()
    page = sit("nam")
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="0")
    world.take("lan", "submit", result="Đã bổ sung.", evidence=[])
    drag(page, "approved")
    page.get_by_role("button", name="Vẫn chuyển").click()
    dialog = page.get_by_role("dialog", name="Duyệt")
    dialog.get_by_label("Chất lượng").select_option("Tốt")
    dialog.get_by_role("button", name="Duyệt").click()
    is_in(page, "approved")


def test_a_colleagues_comment_does_not_stand_in_the_way_of_a_move(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    world.take("binh", "comment", text="Làm sớm nhé.")
    drag(page, "in_progress")
    is_in(page, "in_progress")
    expect(page.locator(".toast")).to_contain_text("Đã chuyển")


def test_what_was_typed_is_kept_when_a_colleague_was_faster(world, sit):
    world.submitted()
    page = sit("nam")
    drag(page, "approved")
    page.get_by_label("Ý kiến").fill("Số liệu đầy đủ.")
    page.get_by_label("Chất lượng").select_option("Tốt")
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="0")
    page.get_by_role("button", name="Duyệt").click()
    expect(page.get_by_role("dialog")).to_contain_text("Lê Thị Hoa đã chuyển công việc này")
    expect(page.get_by_label("Ý kiến")).to_have_value("Số liệu đầy đủ.")
    is_in(page, "in_progress")
    page.keyboard.press("Escape")
    is_in(page, "in_progress")


def test_the_menu_of_a_card_lists_only_what_its_reader_may_do(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("binh")
    card(page).get_by_role("link", name="Chọn bước").click()
    menu = page.locator("#menu")
    expect(menu).to_be_visible()
    offered = ["Nhận việc", "Giao cho công chức…", "Xin gia hạn…", "Trao đổi…", "Trả lại nhiệm vụ…"]
    assert menu.locator("li").all_inner_texts() == [*offered, "Mở công việc"]
    expect(menu).not_to_contain_text("Giao việc")
    assert violations(page) == []
    menu.get_by_role("button", name="Nhận việc").click()
    expect(menu).to_be_hidden()
    is_in(page, "in_progress")


def test_the_menu_of_a_card_says_for_whom_the_work_waits(sit):
    page = sit("binh")
    card(page).get_by_role("link", name="Chọn bước").click()
    expect(page.locator("#menu")).to_contain_text("Giao việc: đầu mối CCHC hoặc lãnh đạo UBND")


def test_the_menu_opens_a_form_and_escape_returns_to_the_card(sit):
    page = sit("hoa")
    card(page).get_by_role("link", name="Chọn bước").press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(card(page).get_by_role("link", name="Chọn bước")).to_be_focused()
    card(page).get_by_role("link", name="Chọn bước").click()
    page.locator("#menu").get_by_text("Trao đổi…").click()
    page.get_by_role("dialog").get_by_label("Nội dung trao đổi").fill("Khi nào xong?")
    page.get_by_role("dialog").get_by_role("button", name="Trao đổi").click()
    expect(page.locator(".toast")).to_contain_text("Đã ghi «Trao đổi» cho «Rà soát thủ tục».")


def test_what_is_wrong_with_a_form_stands_beside_its_field_while_the_card_waits(world, sit):
    world.submitted()
    page = sit("nam")
    drag(page, "approved")
    dialog = page.get_by_role("dialog", name="Duyệt")
    dialog.get_by_label("Chất lượng").select_option("")
    dialog.get_by_role("button", name="Duyệt").click()
    expect(dialog).to_contain_text("Hãy chọn chất lượng.")
    expect(dialog.get_by_label("Chất lượng")).to_be_focused()
    is_in(page, "approved")
    expect(card(page)).to_have_class(re.compile("unsaved"))
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Đóng, giữ bản nháp").click()
    is_in(page, "submitted")


def test_going_back_brings_the_board_that_was_and_it_still_moves_cards(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    unfold(page)
    page.get_by_label("Lĩnh vực").select_option("1. Cải cách thể chế")
    expect(page.locator("#board .cards li")).to_have_count(1)
    page.go_back()
    expect(page.locator("#board .cards li")).to_have_count(3)
    expect(page.get_by_label("Lĩnh vực")).to_have_value("")
    drag(page, "in_progress")
    is_in(page, "in_progress")


def test_the_next_cards_come_when_scrolled_to_each_once(new_world, browser):
    many = tuple(
        NewTask(ref=f"III.1.{number}", title=f"Việc {number}", text="x", area="1") for number in range(70)
    )
    commands.adopt_plan(new_world.ws, adoption(tasks=many), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "coordinator", new_world.order())
    site = Site(new_world.ws)
    with served(site) as address, signed_in(browser, site, address, "hoa") as page:
        page.goto("board")
        expect(page.locator("#c-planned li[data-v]")).to_have_count(50)
        expect(page.locator("#n-planned")).to_have_text("70")
        page.locator("#c-planned .more").scroll_into_view_if_needed()
        expect(page.locator("#c-planned li[data-v]")).to_have_count(70)
        expect(page.locator("#c-planned .more")).to_have_count(0)
        names = page.locator("#c-planned li > a:first-child").all_inner_texts()
        assert names == [f"1 Việc {number}" for number in range(70)]


def test_the_board_of_a_past_day_is_marked_and_offers_no_step(world, sit):
    world.wait(days=3)
    world.take("hoa", "assign", **ASSIGN)
    page = sit("hoa", "board?as_of=2026-03-02")
    expect(page.get_by_role("note")).to_contain_text("Bảng như lúc hết ngày 02/03/2026.")
    is_in(page, "planned")
    expect(page.get_by_role("link", name="Chọn bước")).to_have_count(0)
    drag(page, "assigned")
    is_in(page, "planned")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Về bảng hiện tại").click()
    is_in(page, "assigned")


@pytest.mark.parametrize("width", [1000, 1280, 1500, 1920])
def test_what_the_filters_say_is_not_cut(sit, width):
    page = sit("hoa", viewport={"width": width, "height": 900})
    assert page.locator("#f-words").bounding_box()["width"] >= 190
    unfold(page)
    assert all(one.bounding_box()["width"] >= 110 for one in page.locator("details[open] select").all())


PAGES = ("board", "board?as_of=2026-03-02", "board?words=khongco", "board/columns/planned")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation_and_the_page_does_not_scroll_sideways(sit, path):
    fits_every_size(sit("hoa", path))
