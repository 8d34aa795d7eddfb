"""Questions that are ready to ask, in a real browser: they are set, answered, walked through, taken home."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from support.browsing import DESKTOP, PHONE, served, signed_in, violations
from support.visitors import Site
from support.world import RESULT, TASK, World

pytestmark = pytest.mark.browser


def test_an_inspector_asks_sets_the_parameters_and_takes_the_answer_home(
    browser: Browser, world: World, tmp_path: Path
) -> None:
    for item in ("2026-III.1.1", TASK):
        world.take("hoa", "assign", item, lead="phong-kinh-te", support=[], due="2026-03-06")
        world.take("lan", "start", item)
        world.take("lan", "submit", item, **RESULT)
        world.take("nam", "approve", item, quality="met")
        world.take("nam", "close", item)
    site = Site(world.ws)
    with served(site) as address:
        for size in (PHONE, DESKTOP):
            with signed_in(browser, site, address, "thu", viewport=size) as page:
                page.goto("questions")
                assert violations(page) == []
                page.get_by_role("link", name="Duyệt quá nhanh").click()
                expect(page.locator(".hit")).to_have_count(2)
                assert violations(page) == []
                page.get_by_label("Chậm nhất sau (giây)").fill("0")
                page.get_by_role("button", name="Hỏi", exact=True).click()
                expect(page.locator(".field-error")).to_contain_text("phải là số nguyên từ 1 đến 86.400")
                assert violations(page) == []
                page.get_by_label("Chậm nhất sau (giây)").fill("5")
                page.get_by_role("button", name="Hỏi", exact=True).click()
                expect(page.locator(".question-rule")).to_contain_text("chậm nhất 5 giây sau khi nộp")
                assert "seconds=5" in page.url
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
                if size == DESKTOP:
                    with page.expect_download() as download:
                        page.get_by_role("button", name="Tải bảng .xlsx").click()
                    download.value.save_as(tmp_path / "hits.xlsx")
                page.locator(".hit-links a", has_text="Duyệt kết quả").first.click()
                expect(page.get_by_role("heading", level=1)).to_contain_text("Sự kiện")
    sheet = load_workbook(tmp_path / "hits.xlsx").active
    assert sheet is not None and sheet.max_row >= 7
