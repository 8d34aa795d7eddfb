"""The verification of the log goes on to what pages show, and says so while it works."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browsing import fits_every_size
from support.world import ASSIGN, TASK, World

from cchc_flow.audit.model_check import check


def test_an_edited_card_is_named_by_a_comparison_that_runs_beside_the_page(
    world: World, sit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "AT_ONCE", 0)
    world.take("hoa", "assign", TASK, **ASSIGN)
    world.ws.read().execute("UPDATE cards SET state = 'closed' WHERE item = ?", [TASK])
    page = sit("thu", "verifications")
    page.get_by_role("button", name="Kiểm tra ngay").click()
    models = page.locator("#models")
    expect(models).to_contain_text("Đang so các trang với nhật ký")
    fits_every_size(page)
    expect(models).to_contain_text("KHÁC với nhật ký")
    expect(models.get_by_role("link", name="Rà soát thủ tục").first).to_be_visible()
    expect(models).to_contain_text("đang hiện «Hoàn thành», theo nhật ký là «Đã giao»")
    fits_every_size(page)
