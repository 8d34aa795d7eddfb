"""The record of who read what in a real browser: what is recorded by looking, and the page that tells it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.browsing import DESKTOP, PHONE, served, signed_in, violations
from support.history import ITEM, commune
from support.visitors import Site

pytestmark = pytest.mark.browser

INSPECTOR = "ha.nguyen"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(commune(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as url:
        yield url


def test_an_inspector_sees_from_an_items_page_who_opened_it(browser, site, address):
    with signed_in(browser, site, address, "b.tran", viewport=DESKTOP) as page:
        page.goto(f"items/{ITEM}")
        expect(page.get_by_role("link", name="Ai đã xem công việc này")).to_have_count(0)
    with signed_in(browser, site, address, INSPECTOR, viewport=DESKTOP) as page:
        page.goto(f"items/{ITEM}")
        page.get_by_role("link", name="Ai đã xem công việc này").click()
        rows = page.locator("#reads .read-row")
        expect(rows).to_have_count(2)
        expect(rows.nth(1)).to_contain_text("Trần Văn B")
        page.get_by_role("link", name="Bỏ lọc").click()
        page.get_by_label("Người xem").select_option(label="Trần Văn B")
        page.get_by_role("button", name="Lọc").click()
        expect(rows).to_have_count(1)
        expect(page.get_by_role("link", name="Lượt xem")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_record_is_readable_and_nothing_runs_out_of_the_page(browser, site, address, size):
    with signed_in(browser, site, address, INSPECTOR, viewport=size) as page:
        for path in ("events?type=item.submitted/1", f"items/{ITEM}", "reads", "reads?person=nobody"):
            page.goto(path)
        assert violations(page) == []
        page.goto("reads")
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"reads-{size['width']}.png", full_page=True)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
