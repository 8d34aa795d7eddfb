"""The page that checks a report's file, and signatures at a file of evidence, in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.browsing import DESKTOP, PHONE, served, signed_in, violations
from support.issuing import PERIOD, forge, issue_february
from support.signing import handwriting, officer, sign
from support.visitors import Site
from support.world import ASSIGN, World

from cchc_flow.workflow.commands import Upload

pytestmark = pytest.mark.browser
ITEM = "2026-III.1.1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, bytes]:
    world, pdf = issue_february(tmp_path_factory.mktemp("issued"))
    signed = sign(pdf, officer("Phạm Nam"), name="Phạm Nam", picture=handwriting())
    world.take("hoa", "assign", ITEM, **ASSIGN)
    world.take("lan", "start", ITEM)
    world.take("lan", "submit", ITEM, result="Xong.", evidence=[Upload("bc.pdf", signed, "application/pdf")])
    return world, pdf


@pytest.fixture(scope="module")
def site(made: tuple[World, bytes]) -> Site:
    return Site(made[0].ws)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_report_is_checked_and_a_forged_figure_stands_in_a_table(
    browser, site, address, made, tmp_path, size
):
    issued, forged = tmp_path / "bao-cao.pdf", tmp_path / "sua.pdf"
    issued.write_bytes(made[1])
    forged.write_bytes(forge(made[1], lambda data: data["figures"][0].update(value="99")))
    with signed_in(browser, site, address, "hoa", viewport=size) as page:
        page.goto("document-checks")
        picture(page, f"empty-{size['width']}")
        assert violations(page) == []
        for file, verdict in ((issued, "số liệu tính lại khớp"), (forged, "Tệp có điều không đúng")):
            page.get_by_label("Tệp báo cáo").set_input_files(file)
            page.get_by_role("button", name="Kiểm tra tệp").click()
            expect(page.locator("#verdict")).to_contain_text(verdict, timeout=30_000)
            picture(page, f"{file.stem}-{size['width']}")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_signed_file_is_kept_without_scripts(browser, site, address, made, tmp_path):
    signed = tmp_path / "da-ky.pdf"
    signed.write_bytes(sign(made[1], officer("Phạm Nam"), name="Phạm Nam"))
    with signed_in(browser, site, address, "hoa", java_script_enabled=False) as page:
        page.goto(f"reports/{PERIOD}")
        page.get_by_text("Ghi nhận bản đã ký").first.click()
        page.get_by_label("Tệp đã ký").set_input_files(signed)
        page.get_by_role("button", name="Ghi nhận bản đã ký").click()
        expect(page.get_by_text("Đã ghi nhận bản đã ký của báo cáo.")).to_be_visible()
        expect(page.get_by_text("chứng thư ghi Phạm Nam")).to_be_visible()
        picture(page, "kept")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_signatures_of_a_file_stand_above_its_pages(browser, site, address, size):
    with signed_in(browser, site, address, "hoa", viewport=size) as page:
        page.goto(f"items/{ITEM}")
        page.get_by_text("Xem tại đây").first.click()
        expect(page.locator(".signatures").first).to_contain_text("Phạm Nam", timeout=30_000)
        expect(page.locator(".signatures").first).to_contain_text("Chưa xác định được ai bảo đảm")
        picture(page, f"evidence-{size['width']}")
        assert violations(page) == []


def picture(page: Page, name: str) -> None:
    """Keep a picture for people to look at, in the folder that SCREENSHOTS names, if it names one."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"signed-{name}.png", full_page=True)
