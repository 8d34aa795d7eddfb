"""Erasing a content in a real browser: the form, what is wrong with it, and what readers see afterwards."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.browsing import DESKTOP, PHONE, served, signed_in, violations
from support.history import ITEM, commune
from support.visitors import Site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(commune(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as url:
        yield url


def test_an_administrator_erases_from_an_events_page_and_readers_see_by_which_law(browser, site, address):
    events = site.ws.log.stream(f"item-{ITEM}")
    position = next(event.position for event in events if event.data.get("evidence"))
    with signed_in(browser, site, address, "quan.ho", viewport=PHONE) as page:
        page.goto(f"events/{position}")
        page.get_by_role("link", name="Xóa nội dung theo yêu cầu…").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.get_by_label("Lý do").fill("Theo đơn số 3")
        page.get_by_role("button", name="Xóa hẳn").click()
        expect(page.get_by_text("Chưa chọn nội dung nào để xóa.")).to_be_visible()
        expect(page.get_by_label("Lý do")).to_have_value("Theo đơn số 3")
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / "erasures-390.png", full_page=True)
            page.set_viewport_size(DESKTOP)
            page.screenshot(path=Path(folder) / "erasures-1280.png", full_page=True)
        assert violations(page) == []
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Xóa hẳn").click()
        expect(page.get_by_text("Đã xóa 1 nội dung")).to_be_visible()
    with signed_in(browser, site, address, "b.tran", viewport=DESKTOP) as page:
        page.goto(f"items/{ITEM}")
        expect(page.get_by_text("đã được xóa theo Luật 91/2025/QH15").first).to_be_visible()
