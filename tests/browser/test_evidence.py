"""A file opens in place beside the decision that rests on it."""

import io

import pytest
from browser.conftest import Sit
from PIL import Image
from playwright.sync_api import expect
from support.browsing import fits_every_size
from support.world import ASSIGN, TASK, World

from cchc_flow.workflow.commands import Upload

pytestmark = pytest.mark.browser


def test_a_scan_is_read_in_the_dialog_of_the_decision_and_the_page_fits_every_size(
    world: World, sit: Sit
) -> None:
    made = io.BytesIO()
    Image.new("RGB", (600, 850), "white").save(made, "PDF")
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    file = Upload("quyết định.pdf", made.getvalue(), "application/pdf")
    world.take("lan", "submit", result="Xong.", evidence=[file])
    page = sit("hoa", "work")
    page.get_by_role("link", name="Duyệt…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Xem tại đây").click()
    picture = dialog.get_by_role("img", name="quyết định.pdf, trang 1")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 1_000
    page.goto(f"items/{TASK}")
    page.get_by_text("Xem tại đây").first.click()
    expect(page.get_by_role("img", name="quyết định.pdf, trang 1").first).to_be_visible()
    fits_every_size(page)
