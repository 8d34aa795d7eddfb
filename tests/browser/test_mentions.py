"""After an @ in a comment colleagues are offered, to keys and to the mouse."""

import pytest
from playwright.sync_api import expect
from support.browsing import violations
from support.world import TASK

pytestmark = pytest.mark.browser


def test_a_colleague_is_found_without_diacritics_and_taken_by_keys_or_mouse(sit, world):
    page = sit("hoa", f"items/{TASK}")
    field = page.get_by_label("Nội dung trao đổi")
    offer = page.get_by_role("listbox", name="Người có thể nhắc đến")
    field.press_sequentially("Nhờ @lan")
    expect(offer.get_by_role("option")).to_have_text(["Trần Thị Lan Phòng Kinh tế"])
    assert violations(page) == []
    field.press("Enter")
    expect(field).to_have_value("Nhờ @Trần Thị Lan ")
    expect(offer).to_be_hidden()
    field.press_sequentially("và @")
    expect(offer.get_by_role("option")).to_have_count(4)
    field.press("ArrowDown")
    field.press("Escape")
    expect(offer).to_be_hidden()
    expect(field).to_be_focused()
    field.press_sequentially("vu b")
    offer.get_by_text("Vũ Bình").click()
    expect(field).to_have_value("Nhờ @Trần Thị Lan và @Vũ Bình ")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Gửi trao đổi").click()
    expect(page.get_by_text("nhắc đến Vũ Bình và Trần Thị Lan").first).to_be_visible()
    assert world.ws.log.stream(f"item-{TASK}")[-1].data["mentions"] == ["binh", "lan"]
