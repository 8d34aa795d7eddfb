"""The filters of the board: in the address, folded on a phone, and what a move does under them."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.browsing import PHONE, violations
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


def test_on_a_phone_the_filters_are_folded_and_tell_how_many_are_on(sit):
    page = sit("hoa", "board?area=2", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.get_by_label("Hạn")).to_be_hidden()
    expect(page.locator("summary")).to_have_text(re.compile(r"Lọc\s+1 điều kiện đang chọn"))
    page.locator("summary").tap()
    assert violations(page) == []
    page.get_by_label("Hạn").select_option("Sắp đến hạn")
    expect(page.locator("#board .found")).to_contain_text("1 công việc khớp bộ lọc")
    expect(page.locator("#f-on .count")).to_contain_text("2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_more_than_half_of_the_first_screen_is_cards(sit):
    page = sit("hoa", viewport=PHONE, has_touch=True, is_mobile=True)
    assert page.locator(".cards").first.bounding_box()["y"] < PHONE["height"] / 2


def test_on_a_phone_the_first_column_with_a_card_comes_into_sight(world, sit):
    world.take("hoa", "assign", **ASSIGN)
    page = sit("hoa", "board?unit=phong-kinh-te", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(card(page)).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_on_a_desktop_no_filter_is_folded(sit, scripts):
    page = sit("hoa", java_script_enabled=scripts)
    for label in ("Lĩnh vực", "Đơn vị chủ trì", "Hạn", "Xem bảng ngày", "Của tôi"):
        expect(page.get_by_label(label)).to_be_visible()
    expect(page.locator("summary")).to_be_hidden()


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
    field = page.get_by_label("Xem bảng ngày")
    expect(field).to_have_attribute("placeholder", "Hôm nay")
    field.fill("1/3/2026")
    field.press("Enter")
    expect(field).to_have_value("01/03/2026")
    expect(page.get_by_role("note")).to_contain_text("Bảng như lúc hết ngày 01/03/2026.")


def test_a_day_to_come_is_refused_and_address_field_and_board_stay(sit):
    page = sit("hoa", "board?as_of=2026-03-01")
    page.get_by_label("Xem bảng ngày").fill("01/01/2030")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ngày 01/01/2030 chưa đến")
    expect(page.get_by_label("Xem bảng ngày")).to_have_value("01/03/2026")
    assert page.url.endswith("/board?as_of=2026-03-01")
    expect(page.get_by_role("note")).to_contain_text("Bảng như lúc hết ngày 01/03/2026.")


def test_a_past_day_that_is_chosen_takes_the_way_to_a_new_task_away(sit):
    page = sit("hoa")
    add = page.get_by_role("link", name="Thêm công việc")
    expect(add).to_be_visible()
    page.get_by_label("Xem bảng ngày").fill("01/03/2026")
    page.keyboard.press("Enter")
    expect(add).to_have_count(0)
    page.get_by_label("Xem bảng ngày").fill("")
    page.keyboard.press("Enter")
    expect(add).to_be_visible()
