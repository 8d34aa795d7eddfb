"""An inspector takes a bundle of proof along, and a file of evidence with its salt."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browsing import LAPTOP, PHONE, served, signed_in, violations
from support.bundling import tell_story, verdict
from support.visitors import Site
from support.world import TASK, World

pytestmark = pytest.mark.browser


def test_she_takes_a_bundle_without_leaving_the_page_and_ties_a_file_to_its_event(
    browser: Browser, tmp_path: Path
) -> None:
    site = Site(tell_story(World(tmp_path / "data")).ws)
    with served(site) as url, signed_in(browser, site, url, "thu", viewport=LAPTOP) as page:
        page.goto("bundles")
        look_at(page)
        page.get_by_label("Một công việc").fill("IX.3")
        page.get_by_role("button", name="Lập và tải hồ sơ").click()
        expect(page.get_by_text("Không có công việc «IX.3»")).to_be_visible()
        page.get_by_label("Một công việc").fill("III.2.3.1")
        page.wait_for_timeout(1_100)  # a second press within a second counts as the same one
        content = save(page, "button", "Lập và tải hồ sơ", tmp_path / "ho-so.zip").read_bytes()
        assert verdict(tmp_path, content)[1] == 0
        check_evidence(site, page, tmp_path)


def check_evidence(site: Site, page: Page, folder: Path) -> None:
    submitted = next(e for e in site.ws.log.stream(f"item-{TASK}") if e.type.startswith("item.submitted/"))
    page.goto(f"items/{TASK}/evidence/{submitted.data['evidence'][0]['content']['digest']}/preview")
    file = save(page, "link", "Tải tệp về", folder / "bao-cao.pdf")
    salt = save(page, "link", "Tải tệp muối", folder / "bao-cao.muoi.txt")
    page.goto("content-checks")
    look_at(page)
    page.set_input_files("#file", file)
    page.set_input_files("#salt", salt)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_role("heading", name="Tệp đúng là tệp mà sự kiện đã nêu")).to_be_visible()
    look_at(page)


def save(page: Page, role: str, name: str, path: Path) -> Path:
    """Press what gives a file, and return where it was saved."""
    with page.expect_download() as taken:
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
    taken.value.save_as(path)
    return path


def look_at(page: Page) -> None:
    """Find nothing wrong on a laptop and on a phone."""
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
