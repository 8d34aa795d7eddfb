"""The history in a real browser: searched, narrowed by its filters, saved by a name, and opened."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from support.browsing import DESKTOP, PHONE, served, signed_in, violations
from support.history import commune
from support.visitors import Site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(commune(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as url:
        yield url


def test_words_and_filters_find_an_event_that_tells_what_it_changed(browser, site, address):
    with signed_in(browser, site, address, "ha.nguyen", viewport=DESKTOP) as page:
        page.goto("events")
        page.get_by_label("Tìm theo từ").fill("bien ban")
        page.get_by_role("button", name="Tìm", exact=True).click()
        expect(page.get_by_text("2 sự kiện")).to_be_visible()
        filters = page.get_by_role("navigation", name="Lọc theo")
        filters.get_by_role("link", name="Lê Thị Hoa").click()
        expect(page.get_by_text("1 sự kiện")).to_be_visible()
        expect(page.get_by_label("Tìm theo từ")).to_have_value("bien ban")
        assert violations(page) == []
        page.get_by_role("link", name="Lưu cách xem này").click()
        page.get_by_label("Tên cách xem mới").fill("Thiếu biên bản")
        page.get_by_role("button", name="Lưu cách xem này").click()
        expect(page.get_by_role("link", name="Thiếu biên bản")).to_be_visible()
        page.locator(".trail-position").first.click()
        row = page.locator(".changed tr", has_text="Trạng thái")
        expect(row).to_contain_text("Đang thực hiện")
        expect(page.get_by_role("heading", name="Nguyên nhân", exact=True)).to_be_visible()
        assert violations(page) == []


def test_on_a_phone_the_filters_unfold_and_a_misspelt_one_is_told(browser, site, address):
    with signed_in(browser, site, address, "ha.nguyen", viewport=PHONE) as page:
        page.goto("events?persn=b.tran")
        expect(page.get_by_role("alert")).to_contain_text("Có phải ý bạn là «person»?")
        page.goto("events")
        link = page.get_by_role("navigation", name="Lọc theo").get_by_role("link", name="Trần Văn B")
        expect(link).to_be_hidden()
        page.get_by_text("Bộ lọc theo người, đơn vị").click()
        link.click()
        expect(page.get_by_label("Đang lọc")).to_contain_text("Trần Văn B")
        assert violations(page) == []
