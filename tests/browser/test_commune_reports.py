"""From the matrix of reports to an issued one with a click on a figure, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browsing import fits_every_size
from support.world import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Page]
R = "reports/2026-02"
WORDS = "Đã rà soát 40 thủ tục.\nCòn 3 thủ tục chờ công bố."


def write_section(page: Page, words: str) -> None:
    section = page.locator("#section-2")
    section.locator("summary", has_text="Soạn").click()
    section.get_by_label("Nội dung in trong báo cáo").fill(words)
    section.get_by_role("button", name="Lưu mục này").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_the_way_from_the_matrix_to_an_issued_report_and_the_events_of_a_figure(
    world: World, sit: Sit, javascript: bool
) -> None:
    page = sit("hoa", "reports", java_script_enabled=javascript)
    page.get_by_role("link", name="Tháng 2/2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo tháng 2/2026 của xã Mẫu")
    write_section(page, WORDS)
    expect(page.get_by_text("Đã lưu nội dung mục.")).to_be_visible()
    expect(page.locator("#section-2 .ours blockquote")).to_contain_text("Lê Thị Hoa, 8 giờ 00")
    page.get_by_role("button", name="Ban hành", exact=True).click()
    expect(page.get_by_text("hãy xem danh sách, rồi đánh dấu ô này")).to_be_visible()
    page.get_by_label("Vẫn ban hành dù còn điều cần lưu ý").check()
    page.get_by_role("button", name="Ban hành", exact=True).click()
    expect(page.get_by_text("Đã ban hành số 01/BC-UBND, ngày 02/03/2026.")).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^PDF")).click()
    assert download.value.suggested_filename == "xa-mau-bao-cao-2026-02-so-01.pdf"
    page.get_by_role("link", name="Xem như bản in").click()
    expect(page.get_by_text("Còn 3 thủ tục chờ công bố.")).to_be_visible()
    page.locator("a.figure", has_text=re.compile("^0?3$")).first.click()
    expect(page.get_by_role("heading", name="Các sự kiện đứng sau số này")).to_be_visible()
    expect(page.locator(".figure-events li")).to_have_count(3)
    page.locator(".figure-events a").first.click()
    expect(page.locator(".lead")).to_contain_text("đã lập công việc")


def test_the_pages_fit_every_size_and_are_accessible(world: World, sit: Sit) -> None:
    page = sit("hoa", R)
    write_section(page, WORDS)
    expect(page.locator("#section-2 .ours blockquote")).to_be_visible()
    page.locator("#section-2 summary", has_text="Sửa").click()
    fits_every_size(page)
    for path in (f"{R}/preview", f"{R}/figures", f"{R}/figures/counts.total", "issued-documents"):
        page.goto(path)
        fits_every_size(page)


def test_the_preview_is_styled_under_its_policy(world: World, sit: Sit) -> None:
    complaints: list[str] = []
    page = sit("nam", "board")
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{R}/preview")
    sheet = page.evaluate("getComputedStyle(document.body).width")
    assert sheet == "623.617px" or float(sheet.removesuffix("px")) > 600
    assert page.evaluate("getComputedStyle(document.querySelector('.issuer')).textTransform") == "uppercase"
    assert complaints == []


def test_a_refused_recall_opens_its_form_again_with_what_was_typed(world: World, sit: Sit) -> None:
    page = sit("hoa", R)
    page.get_by_label("Vẫn ban hành dù còn điều cần lưu ý").check()
    page.get_by_role("button", name="Ban hành", exact=True).click()
    expect(page.get_by_text("Đang lập tệp, mất ít giây…")).to_be_visible()
    expect(page.get_by_role("button", name="Ban hành", exact=True)).to_be_disabled()
    page.locator("summary", has_text="Thu hồi báo cáo").click(timeout=30_000)
    page.get_by_label("Lý do thu hồi").fill("Sai số liệu của Trạm Y tế")
    page.get_by_role("button", name="Thu hồi", exact=True).click()
    expect(page.get_by_text("Đã thu hồi báo cáo; số đã cấp vẫn giữ.")).to_be_visible()
    expect(page.locator(".issues .withdrawn")).to_have_text("đã thu hồi")
    fits_every_size(page)
