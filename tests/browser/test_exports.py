"""An inspector carries home what she sees in the history, in several formats one after the other."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.browsing import LAPTOP, PHONE, served, signed_in, violations
from support.history import ITEM, commune
from support.visitors import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_she_takes_out_what_is_shown_twice_without_leaving_the_page(
    browser: Browser, tmp_path: Path, javascript: bool
) -> None:
    site = Site(commune(tmp_path))
    with (
        served(site) as url,
        signed_in(browser, site, url, "ha.nguyen", viewport=LAPTOP, java_script_enabled=javascript) as page,
    ):
        page.goto(f"events?item={ITEM}")
        table = take_out(page, "Bảng CSV (.csv)").decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(table)))
        assert [line["Loại việc"] for line in lines][-3:] == ["Nộp kết quả", "Duyệt kết quả", "Hoàn thành"]
        expect(page.get_by_role("status").filter(has_text="8 sự kiện")).to_be_visible()
        page.wait_for_timeout(1_100)  # a second press within a second counts as the same one
        batch = json.loads(take_out(page, "CloudEvents (.json)"))
        assert [event["sequence"].lstrip("0") for event in batch] == [line["Số"] for line in lines]
        page.goto("events?type=log.exported")
        expect(page.locator(".draft-line")).to_have_count(0)  # what was chosen is no draft
        expect(page.get_by_text("đã tải về 8 sự kiện")).to_have_count(2)
        if javascript:
            for size in (LAPTOP, PHONE):
                page.set_viewport_size(size)
                assert violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                picture(page, f"exports-{size['width']}")


def take_out(page: Page, title: str) -> bytes:
    """Choose a format, press «Tải về», and return what the browser keeps."""
    page.get_by_label("Tải các sự kiện này về").select_option(label=title)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải về").click()
    return Path(download.value.path()).read_bytes()


def picture(page: Page, name: str) -> None:
    """Keep a picture for people to look at, in the folder that SCREENSHOTS names, if it names one."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
