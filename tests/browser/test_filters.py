"""The filters of the board: in the address, folded on a phone, and what a move does under them."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.browsing import DESKTOP, LAPTOP, PHONE, unfold, violations
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser
SECOND_AREA = "2. Cải cách thủ tục hành chính"


def card(page: Page):
    return page.locator(f'[id="i-{TASK}"]')


def test_filters_narrow_the_board_and_stand_in_the_address(sit):
    page = sit("hoa")
    page.get_by_label("Tìm").fill("dak lak")
    expect(page.locator("#board .found")).to_contain_text("1 công việc khớp bộ lọc")
    expect(page).to_have_url(re.compile(r"/board\?words=dak(\+|%20)lak$"))
    unfold(page)
    page.get_by_label("Lĩnh vực").select_option("1. Cải cách thể chế")
    expect(page.locator(".nothing")).to_contain_text("Không có công việc nào khớp.")
    page.get_by_label("Tìm").fill("")
    expect(page.locator("#board .found")).to_contain_text("1 công việc khớp bộ lọc")
    expect(page).to_have_url(re.compile(r"/board\?area=1$"))
    page.reload()
    expect(page.get_by_label("Lĩnh vực")).to_have_value("1")
    expect(page.locator("#board .cards li")).to_have_count(1)


def test_a_filtered_board_still_takes_drops_and_counts_what_it_shows(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan")
    unfold(page)
    page.get_by_label("Lĩnh vực").select_option(SECOND_AREA)
    expect(page.locator("#n-planned")).to_have_text("1")
    card(page).drag_to(page.locator("#c-in_progress"))
    expect(page.locator("#n-in_progress")).to_have_text("1")
    expect(page.locator("#c-in_progress li")).to_have_count(1)


def test_a_card_that_no_longer_matches_leaves_with_a_word_and_comes_back_when_the_move_is_undone(world, sit):
    world.take("hoa", "assign", lead="tram-y-te", support=[], due="2026-06-30")
    page = sit("hoa", "board?unit=tram-y-te")
    card(page).get_by_role("link", name="Chọn bước").click()
    page.locator("#menu").get_by_text("Giao việc…").click()
    page.get_by_role("dialog").get_by_label("Đơn vị chủ trì").select_option("Phòng Kinh tế")
    page.get_by_role("dialog").get_by_role("button", name="Giao việc").click()
    toast = page.locator(".toast").first
    expect(toast).to_contain_text("không còn khớp bộ lọc nên đã rời khỏi bảng này")
    expect(card(page)).to_have_count(0)
    expect(page.locator("#n-assigned")).to_have_text("0")
    toast.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(f'#c-assigned [id="i-{TASK}"]')).to_have_count(1)
    expect(page.locator("#n-assigned")).to_have_text("1")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_filters_are_folded_and_those_that_are_on_stand_as_chips_in_the_bar(sit, size):
    page = sit("hoa", "board?area=2", viewport=size, has_touch=size == PHONE, is_mobile=size == PHONE)
    expect(page.get_by_label("Hạn")).to_be_hidden()
    chips = page.locator("#f-on a")
    expect(chips).to_have_text(["2. Cải cách thủ tục hành chính: bỏ điều kiện này"])
    unfold(page)
    assert violations(page) == []
    page.get_by_label("Hạn").select_option("Sắp đến hạn")
    expect(page.locator("#board .found")).to_contain_text("1 công việc khớp bộ lọc")
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Xem kết quả").first.click()
    expect(page.get_by_label("Hạn")).to_be_hidden()
    chips.first.click()
    expect(chips).to_have_text(["Sắp đến hạn: bỏ điều kiện này"])
    expect(page).to_have_url(re.compile(r"/board\?due=soon$"))
    expect(page.get_by_label("Tìm")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_folded_closes_by_escape_and_by_a_click_beside_it(sit):
    page = sit("hoa")
    unfold(page)
    page.get_by_label("Hạn").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Hạn")).to_be_hidden()
    expect(page.locator("summary").filter(has_text="Lọc")).to_be_focused()
    unfold(page)
    unfold(page, "Cách xem khác")
    expect(page.get_by_label("Hạn")).to_be_hidden()
    page.locator(".lanes").click(position={"x": 200, "y": 500})
    expect(page.get_by_label("Xem bảng ngày")).to_be_hidden()


@pytest.mark.parametrize(("size", "lowest"), [(LAPTOP, 160), (PHONE, 200)], ids=["laptop", "phone"])
def test_the_first_card_stands_high_under_one_bar_of_48_pixels(sit, size, lowest):
    page = sit("hoa", viewport=size, has_touch=size == PHONE, is_mobile=size == PHONE)
    assert page.locator(".cards li").first.bounding_box()["y"] <= lowest
    assert page.locator(".bar").bounding_box()["height"] == 48
    for title in page.locator(".standings a").all():
        title.scroll_into_view_if_needed()
        expect(title).to_be_in_viewport()


def test_the_list_has_the_same_bar_and_its_first_row_stands_high(sit):
    page = sit("hoa", "items?unit=-&sort=ref", viewport=LAPTOP)
    assert page.locator(".bar").bounding_box()["height"] == 48
    assert page.locator(".item-table tbody tr").first.bounding_box()["y"] <= 200
    expect(page.locator("#f-on a")).to_have_text(["Đơn vị: chưa giao: bỏ điều kiện này"])
    unfold(page)
    assert violations(page) == []
    page.locator("select[name=state]").select_option("Chưa giao")
    with page.expect_navigation():
        page.get_by_role("button", name="Xem kết quả").click()
    assert page.url.endswith("/items?sort=ref&figure=total&unit=-&state=planned")
    page.locator("#f-on a").first.click()
    page.wait_for_url("**/items?state=planned&figure=total&sort=ref")


def test_on_a_phone_the_first_column_with_a_card_comes_into_sight(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("hoa", "board?unit=phong-kinh-te", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(card(page)).to_be_in_viewport()


def test_the_first_visit_to_the_board_takes_eight_requests(sit):
    page = sit("hoa", "account")
    asked: list[str] = []
    fresh = page.context.new_page()
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.goto("board")
    fresh.wait_for_load_state("networkidle")
    assert len(asked) <= 8, asked


def test_a_day_that_is_chosen_shows_in_its_field(sit):
    page = sit("hoa")
    unfold(page, "Cách xem khác")
    field = page.get_by_label("Xem bảng ngày")
    expect(field).to_have_attribute("placeholder", "Hôm nay")
    field.fill("1/3/2026")
    field.press("Enter")
    expect(field).to_have_value("01/03/2026")
    expect(page.get_by_role("note")).to_contain_text("Bảng như lúc hết ngày 01/03/2026.")


def test_a_day_to_come_is_refused_and_address_field_and_board_stay(sit):
    page = sit("hoa", "board?as_of=2026-03-01")
    unfold(page, "Cách xem khác")
    page.get_by_label("Xem bảng ngày").fill("01/01/2030")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ngày 01/01/2030 chưa đến")
    expect(page.get_by_label("Xem bảng ngày")).to_have_value("01/03/2026")
    assert page.url.endswith("/board?as_of=2026-03-01")
    expect(page.get_by_role("note")).to_contain_text("Bảng như lúc hết ngày 01/03/2026.")


def test_a_past_day_that_is_chosen_takes_the_way_to_a_new_task_away(sit):
    page = sit("hoa")
    unfold(page, "Cách xem khác")
    add = page.get_by_role("link", name="Thêm công việc")
    expect(add).to_be_visible()
    page.get_by_label("Xem bảng ngày").fill("01/03/2026")
    page.keyboard.press("Enter")
    expect(add).to_have_count(0)
    expect(page.locator("#f-on a")).to_have_text(["Ngày 01/03/2026: bỏ điều kiện này"])
    page.get_by_label("Xem bảng ngày").fill("")
    page.keyboard.press("Enter")
    expect(add).to_be_visible()
