"""The overview, the lists and the grades in a real browser: they fit, and a figure opens its items."""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import expect
from support.browsing import LAPTOP, PHONE, fits_every_size, served, signed_in
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.commands.scheduled_openings import open_scheduled_work

pytestmark = pytest.mark.browser


@pytest.fixture
def world(world: World) -> World:
    """A commune with work that is done, late, in parts, and a task given back."""
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-03-20", "officer": "lan"})
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai.", defects="1")
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", "2026-III.1.1", units=units, cadence="monthly", due_day="20")
    world.wait(days=25)
    world.take("lan", "submit", TASK, **RESULT)
    world.take("hoa", "approve", TASK, quality="met")
    open_scheduled_work(world.ws)
    return world


@pytest.mark.parametrize(
    "path",
    [
        "overview",
        "overview?kind=report&as_of=2026-03-10",
        "items",
        "items?figure=done_late&unit=phong-kinh-te",
        "items?figure=given_up",
        "grading?period=2026-Q1&by=unit",
        "grading?period=2026-Q1&by=unit&who=phong-kinh-te",
        "grading?period=2026-Q1&by=person&who=lan",
        "grading?period=2026-01",
    ],
)
def test_a_page_is_accessible_and_fits_every_size(world, sit, path):
    page = sit("hoa", path)
    for summary in page.locator("main summary").all():
        summary.click()
    fits_every_size(page)


def test_a_reader_goes_from_a_figure_to_its_items_to_a_task(world, sit):
    page = sit("hoa", "overview")
    page.get_by_role("link", name=re.compile(r"^1 Đã hoàn thành quá hạn")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã hoàn thành quá hạn")
    expect(page.locator(".count-line")).to_have_text("1 nhiệm vụ")
    page.get_by_role("link", name="Rà soát thủ tục").click()
    expect(page).to_have_url(re.compile(f"items/{re.escape(TASK)}$"))


def test_what_a_leader_has_to_see_to_stands_on_the_first_screen(world, sit):
    page = sit("nam", "overview", viewport=LAPTOP)
    for title in ("Đang quá hạn", "Báo cáo đến hạn"):
        box = page.get_by_role("region", name=title).bounding_box()
        assert box["y"] + box["height"] <= LAPTOP["height"], title
    page.get_by_role("link", name="Báo cáo đến hạn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo năm 2026")


def test_the_overview_of_a_whole_year_is_printed_on_one_page_with_the_commune_s_name(browser, year):
    site = Site(year.ws)
    with served(site) as address, signed_in(browser, site, address, "lanh.dao") as page:
        page.goto("overview")
        paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    words = paper[0].get_textpage().get_text_range()
    assert len(paper) == 1
    for title in (year.ws.title, "Đang quá hạn", "Báo cáo đến hạn", "Theo lĩnh vực", "Ban Chỉ huy Quân sự"):
        assert title.lower() in words.lower()
    assert "Lưu cách xem" not in words


def test_on_a_phone_the_board_tells_the_counts_and_filters_change_them(world, sit):
    page = sit("hoa", "board", viewport=PHONE)
    expect(page.locator(".standings a").first).to_have_text("0 đã hoàn thành đúng hạn")
    late = page.locator(".standings .done_late")
    expect(late).to_have_text("1 đã hoàn thành quá hạn")
    page.get_by_text("Lọc", exact=True).click()
    page.get_by_label("Đơn vị chủ trì").select_option("tram-y-te")
    expect(late).to_have_text("0 đã hoàn thành quá hạn")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "no-javascript"])
def test_a_past_day_is_asked_for_with_a_plain_form(world, sit, javascript):
    page = sit("hoa", "overview", java_script_enabled=javascript)
    page.get_by_label("Số liệu ngày").fill("10/03/2026")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("Tính đến hết ngày 10/03/2026.")).to_be_visible()
