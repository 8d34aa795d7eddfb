"""The year of the board in the open, and handing over the work of a closed unit, in a real browser."""

import pytest
from playwright.sync_api import expect
from support.browsing import PHONE, fits_every_size
from support.world import ASSIGN, TASKS, World, adopt

from cchc_flow import commands

from .conftest import Sit


@pytest.fixture
def world(world: World) -> World:
    """The commune with the plans of two years, whose Phòng Kinh tế was closed with two tasks open."""
    adopt(world, 2027, TASKS[:1])
    world.take("hoa", "assign", **ASSIGN | {"officer": "lan"})
    world.take("hoa", "assign", "2026-III.2.10", lead="phong-kinh-te", support=[], due="2026-03-30")
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế", (), False, world.order())
    return world


def test_the_year_is_chosen_in_the_open_and_stays_when_other_filters_are_taken_back(sit: Sit) -> None:
    page = sit("hoa", "board")
    scope = page.locator("nav.kind summary")
    expect(scope).to_have_text("Nhiệm vụ 2026")
    page.locator(".rare > summary").click()
    page.locator("#f-plan").select_option("2027")
    expect(scope).to_have_text("Nhiệm vụ 2027")
    page.get_by_label("Tìm").fill("không có")
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(scope).to_have_text("Nhiệm vụ 2027")
    fits_every_size(page)


def test_a_phone_shows_the_year_in_the_open_too(sit: Sit) -> None:
    page = sit("hoa", "board", viewport=PHONE)
    expect(page.locator("nav.kind summary")).to_have_text("Nhiệm vụ 2026")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_work_of_a_closed_unit_is_handed_over_from_the_board(sit: Sit) -> None:
    page = sit("hoa", "board")
    page.get_by_role("link", name="1 đơn vị đã giải thể hoặc người đã khóa").click()
    fits_every_size(page)
    page.get_by_role("link", name="Phòng Kinh tế (đã giải thể)").click()
    fits_every_size(page)
    page.get_by_label("Đơn vị nhận").select_option(label="Trạm Y tế")
    page.get_by_label("Lý do").fill("Sáp nhập theo quyết định 12.")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("2 trong 2 việc chuyển được sang Trạm Y tế")).to_be_visible()
    fits_every_size(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Bàn giao", exact=True).click()
    expect(page.get_by_text("Không còn việc nào của đơn vị đã giải thể")).to_be_visible()


def test_the_form_of_a_new_task_and_the_directory_fit_every_size(sit: Sit) -> None:
    page = sit("hoa", "items/new?plan=2027")
    fits_every_size(page)
    page.goto("directory")
    fits_every_size(page)
    page.goto("settings/calendar?year=2026")
    fits_every_size(page)
