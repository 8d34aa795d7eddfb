"""Targets in a real browser: pages and forms fit, and a figure is recorded, corrected and found again."""

import re

import pytest
from playwright.sync_api import expect
from support.browsing import fits_every_size
from support.targets import record, set_owner, targets_world

pytestmark = pytest.mark.browser


@pytest.fixture
def world(tmp_path):
    """A commune whose plan has targets, with three readings of one of them."""
    made = targets_world(tmp_path / "data")
    set_owner(made, baseline="4210", baseline_unit="văn bản")
    for period, value in (("2026-01", "8"), ("2026-02", "-1,5")):
        record(made, "lan", period, value)
    yield made
    made.ws.close()


def test_pages_and_forms_are_accessible_and_fit_every_size(world, sit):
    page = sit("hoa", "targets")
    fits_every_size(page)
    for path in (
        "targets/II.1",
        "targets/II.1/1/settings/new",
        "targets/II.4/0/readings/new",
        "targets/II.1/1/readings/2026-02/corrections/new",
    ):
        page.goto(path)
        fits_every_size(page)


def test_a_figure_is_recorded_corrected_and_found_among_the_corrections(world, sit):
    page = sit("hoa", "targets")
    page.get_by_role("link", name="Lượng văn bản hành chính").click()
    page.get_by_role("link", name=re.compile("Ghi số liệu.*Lượng văn bản")).click()
    page.get_by_label("Mức giảm (%)").fill("n/a")
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("không phải là số")).to_be_visible()
    page.get_by_label("Mức giảm (%)").fill("6,25")
    page.get_by_role("button", name="Ghi").click()
    row = page.locator(".reading-table tr", has=page.get_by_role("rowheader", name="Quý I/2026"))
    expect(row).to_contain_text("6,25\xa0%")
    row.get_by_role("link", name=re.compile("Sửa.*quý I")).click()
    page.get_by_label("Mức giảm (%)").fill("7")
    page.get_by_label("Lý do sửa").fill("Cộng sót một phòng.")
    page.get_by_role("button", name="Sửa").click()
    expect(page.get_by_text("Đã sửa số liệu.")).to_be_visible()
    page.get_by_role("link", name="Mọi chỉ tiêu").click()
    page.get_by_role("link", name="1 số liệu đã sửa sau khi báo cáo").click()
    expect(page.get_by_role("row", name="II.1 Lượng văn bản")).to_contain_text("Cộng sót một phòng.")
    fits_every_size(page)
