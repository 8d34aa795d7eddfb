"""Work for many units in a real browser: choosing them, the table of their parts, the board of reports."""

import pytest
from playwright.sync_api import expect
from support.browsing import DESKTOP, fits_every_size
from support.world import TASK

from cchc_flow import commands


@pytest.fixture
def world(world):
    commands.add_unit(world.ws, "Trường Tiểu học", [], world.order())
    return world


def test_a_coordinator_gives_a_task_to_all_units_from_the_cards_menu(sit):
    page = sit("hoa")
    page.locator(f'[id="i-{TASK}"] a.m').click()
    page.locator("#menu").get_by_role("link", name="Giao nhiều đơn vị, nhiều kỳ").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="Chọn tất cả").check()
    assert dialog.get_by_role("checkbox", checked=True).count() == 1 + 4
    dialog.get_by_label("Định kỳ").select_option("Hằng tháng")
    dialog.get_by_role("button", name="Giao nhiều đơn vị").click()
    lane = page.locator('[data-state="in_progress"]')
    expect(lane.locator(f'[id="i-{TASK}"]')).to_contain_text("Nhiều ĐV")
    expect(page.get_by_role("status").last).to_contain_text("Đang thực hiện theo từng phần")


def test_the_box_for_all_follows_the_others(sit):
    page = sit("hoa", f"items/{TASK}/distributions/new")
    everybody = page.get_by_role("checkbox", name="Chọn tất cả")
    everybody.check()
    page.get_by_role("checkbox", name="Trạm Y tế").uncheck()
    expect(everybody).not_to_be_checked()
    assert everybody.evaluate("box => box.indeterminate")
    page.get_by_role("checkbox", name="Trạm Y tế").check()
    expect(everybody).to_be_checked()


@pytest.mark.parametrize("path", [f"items/{TASK}", f"items/{TASK}:tram-y-te:2026-03", "board?kind=report"])
def test_axe_finds_no_violation_and_the_page_does_not_scroll_sideways(world, sit, path):
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="monthly", since="2026-01-01")
    commands.do_scheduled_work(world.ws)
    fits_every_size(sit("nam", path))


def test_only_the_table_of_many_periods_scrolls_sideways(world, sit):
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="monthly", since="2026-01-01")
    world.wait(days=290)
    commands.do_scheduled_work(world.ws)
    page = sit("nam", f"items/{TASK}")
    fits_every_size(page)
    page.set_viewport_size(DESKTOP)
    table = page.get_by_role("group", name="Bảng các phần việc theo đơn vị và kỳ")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    side = page.get_by_role("region", name="Phân công").bounding_box()
    area = table.bounding_box()
    assert area["x"] + area["width"] <= side["x"]
