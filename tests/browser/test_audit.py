"""The inspector's pages in a real browser: what she sees, can reach and carry away."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers
from nacl.signing import SigningKey
from playwright.sync_api import Page, expect
from support.browsing import DESKTOP, PHONE, served, signed_in, violations
from support.history import commune
from support.visitors import Site

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.eventlog.witnesses.cosignature import Cosigner

pytestmark = pytest.mark.browser

INSPECTOR = "ha.nguyen"
PAGES = (
    "events",
    "events?person=b.tran",
    "events?day=2020-01-01",
    "events/25",
    "verifications",
    "checkpoint",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(commune(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_violation_and_nothing_runs_out_of_the_page(browser, site, address, path, size):
    with signed_in(browser, site, address, INSPECTOR, viewport=size) as page:
        page.goto(path)
        picture(page, f"{path.replace('/', '-').replace('?', '-')}-{size['width']}")
        for summary in page.locator("main summary").all():
            if summary.is_visible():  # the fold of the filters is there on a phone only
                summary.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_inspector_finds_an_event_and_reads_its_proof(browser, site, address):
    with signed_in(browser, site, address, INSPECTOR, viewport=DESKTOP) as page:
        page.goto("board")
        page.get_by_role("link", name="Kiểm tra", exact=True).click()
        filters = page.get_by_role("navigation", name="Lọc theo")
        filters.get_by_role("link", name="Trần Văn B").click()
        filters.get_by_text("Loại việc", exact=True).click()
        filters.get_by_role("link", name="Nộp kết quả").click()
        expect(page.get_by_text("2 sự kiện")).to_be_visible()
        page.get_by_role("link", name="Sự kiện số 25").click()
        expect(page.get_by_text("nằm nguyên vẹn dưới dấu niêm phong")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="Tải nội dung gốc").click()
        assert Path(download.value.path()).read_bytes() == site.ws.log.body(25)


@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "no-javascript"])
def test_the_seal_she_carried_away_proves_the_log_later(browser, site, address, tmp_path, javascript):
    with signed_in(browser, site, address, INSPECTOR, java_script_enabled=javascript) as page:
        page.goto("checkpoint")
        kept = {}
        for name in ("Tải dấu niêm phong", "Tải khóa kiểm tra"):
            with page.expect_download() as download:
                page.get_by_role("link", name=name).click()
            kept[name] = tmp_path / download.value.suggested_filename
            download.value.save_as(kept[name])
        note, key = kept.values()
        assert verify_log(site.ws.folder, checkpoint=note.read_text(), key=key.read_text()).independent
        page.goto("verifications")
        page.get_by_label("Tệp dấu niêm phong").set_input_files(note)
        page.get_by_label("Khóa kiểm tra").fill(key.read_text())
        page.get_by_role("button", name="Kiểm tra ngay").click()
        expect(page.get_by_role("heading", name="Nhật ký nguyên vẹn")).to_be_visible()
        expect(page.get_by_text("độc lập với máy chủ này", exact=False)).to_be_visible()
        picture(page, f"verified-{javascript}")
        assert not javascript or violations(page) == []


def test_a_log_that_was_changed_cannot_be_mistaken_for_a_whole_one(browser, tmp_path):
    site = Site(commune(tmp_path))
    body = site.ws.log.body(25).replace(b"b.tran", b"h.khac")
    with open_without_triggers(site.ws.folder) as connection:
        connection.execute("UPDATE events SET body = ? WHERE position = 25", [body])
    with served(site) as url, signed_in(browser, site, url, INSPECTOR, viewport=PHONE) as page:
        page.goto("verifications")
        page.get_by_role("button", name="Kiểm tra ngay").click()
        expect(page.get_by_role("alert")).to_contain_text("Nhật ký KHÔNG nguyên vẹn")
        picture(page, "changed-390")
        assert violations(page) == []
        page.get_by_role("link", name="Mở sự kiện số 25").click()
        expect(page.get_by_role("alert")).to_contain_text("KHÔNG khớp với dấu niêm phong")
        picture(page, "changed-event-390")


def test_what_the_server_says_about_a_file_stays_beside_it_when_the_draft_brings_it_back(
    browser, site, address, tmp_path
):
    key = Cosigner("thanh-tra.example", SigningKey.generate()).key
    named = {"witnesses": [{"key": str(key), "address": ""}]}
    commands.change_setting(site.ws, "witnesses", named, "QĐ 3", Order("system:test", "w-1"))
    file = tmp_path / "nham.txt"
    file.write_text("không phải dấu niêm phong")
    with signed_in(browser, site, address, INSPECTOR, viewport=PHONE) as page:
        page.goto("checkpoint")
        page.get_by_label("Tệp bên chứng kiến đã ký").set_input_files(file)
        page.get_by_role("button", name="Nhận chữ ký").click()
        expect(page.locator(".draft-line, .chosen").first).to_be_visible()
        expect(page.locator("#answer-error")).to_contain_text("không phải là dấu niêm phong")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert violations(page) == []


def picture(page: Page, name: str) -> None:
    """Keep a picture for people to look at, in the folder that SCREENSHOTS names, if it names one."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"audit-{name}.png", full_page=True)
