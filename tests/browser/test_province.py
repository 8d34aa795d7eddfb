"""The pages of a province in a browser: a template goes to its communes by itself, and all can be reached."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browsing import PHONE, served, signed_in, violations
from support.doubtful_plan import PLAN_TEXT
from support.province import ProvinceWorld
from support.templates import new_template
from support.visitors import Site

from cchc_flow.commands.province_templates import issue_template

BAR = ("Tổng quan", "Các xã", "Tra cứu", "Hộp thư", "Thêm")
pytestmark = pytest.mark.browser


class Province:
    """A province with a template that is given to nobody yet, and its site."""

    def __init__(self, data: Path) -> None:
        self.world = ProvinceWorld(data)
        order = self.world.order(self.world.ws, "lan.tran")
        self.template = issue_template(self.world.ws, new_template(PLAN_TEXT), order)
        self.site = Site(self.world.ws)


@pytest.fixture
def province(tmp_path: Path) -> Province:
    return Province(tmp_path)


@pytest.fixture(params=[{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, province: Province) -> Iterator[Page]:
    with (
        served(province.site) as url,
        signed_in(browser, province.site, url, "lan.tran", viewport=request.param) as seat,
    ):
        yield seat


def test_a_template_is_given_while_one_looks_on_and_axe_finds_no_violation(
    page: Page, province: Province
) -> None:
    page.goto(f"province/templates/{province.template.id}")
    page.get_by_role("button", name="Giao cho tất cả 2 xã").click()
    expect(page.get_by_text("Đã nhận, chưa xử lý; nhận ngày")).to_have_count(2)
    for path in (f"province/templates/{province.template.id}", "province/templates", "province/overview"):
        page.goto(path)
        expect(page.locator("[hx-get], [hx-post]")).to_have_count(0)
        assert violations(page) == []
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0


def test_on_a_phone_what_a_province_uses_most_is_within_a_thumb_s_reach(
    browser: Browser, province: Province
) -> None:
    with (
        served(province.site) as url,
        signed_in(browser, province.site, url, "thu", viewport=PHONE) as page,
    ):
        page.goto("province/search")
        bar = page.locator(".main-nav li:not(.rest)")
        for entry, words in zip(bar.all(), BAR, strict=True):
            expect(entry).to_contain_text(words)
        boxes = [entry.bounding_box() for entry in bar.all()]
        assert all(box and box["height"] >= 44 and box["x"] + box["width"] <= 390 for box in boxes)
        bar.last.click()
        expect(page.get_by_role("link", name="Kế hoạch mẫu")).to_be_visible()
