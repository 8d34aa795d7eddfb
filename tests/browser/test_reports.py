"""The reports of a year in a real browser: the table fits, and the days of the plan are taken over."""

import pytest
from playwright.sync_api import expect
from support.browsing import fits_every_size
from support.plan_days import settle_with_deadlines
from support.world import World

from cchc_flow.commands.scheduled_openings import open_scheduled_work

pytestmark = pytest.mark.browser


@pytest.fixture
def world(new_world: World) -> World:
    """A commune whose plan states other report days than its setting."""
    settle_with_deadlines(new_world)
    open_scheduled_work(new_world.ws)
    return new_world


def test_the_days_of_the_plan_are_taken_over_by_one_click_and_the_page_fits_every_size(world, sit):
    page = sit("hoa", "reports")
    for summary in page.locator("main summary").all():
        summary.click()
    fits_every_size(page)
    row = page.locator(".report-table tr", has=page.get_by_role("rowheader", name="Tháng 4/2026"))
    expect(row).to_contain_text("15/04/2026")
    page.get_by_role("button", name="Lấy ngày theo kế hoạch").click()
    expect(page.get_by_text("Đã lấy ngày báo cáo theo kế hoạch.")).to_be_visible()
    expect(row).to_contain_text("12/04/2026")
    expect(page.get_by_role("button", name="Lấy ngày theo kế hoạch")).to_have_count(0)
