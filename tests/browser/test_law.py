"""The page of an area and the notice of new law in a real browser, as a coordinator meets them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from support.browsing import fits_every_size
from support.lawful import EFFECT, Documents
from support.plugging import plugged
from support.world import World

from cchc_flow import commands
from cchc_flow.hookspecs import Rule

pytestmark = pytest.mark.browser
Sit = Callable[..., Page]
RULES = (
    Rule("order", "Ngày ghi theo thứ tự."),
    Rule("late", "Không có hiệu lực sớm hơn.", "Luật 64/2025/QH15, Điều 53", date(2026, 2, 1), checked=True),
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A commune with a value of its own, which was opened with newer law."""
    world = World(tmp_path / "data", plugins=plugged(documents=Documents(*RULES))).settle()
    commands.set_figure(world.ws, "documents", "effect", "15", "QĐ 9/QĐ-UBND", world.order("hoa"))
    newer = replace(EFFECT, value="11", since=date(2026, 3, 1))
    world.ws = commands.open_workspace(
        world.data, "xa-mau", world._now, plugged(documents=Documents(*RULES, effect=newer))
    )
    return world


def test_new_law_leads_from_the_inbox_to_its_area_where_a_value_gets_its_day(sit: Sit) -> None:
    page = sit("hoa", "inbox")
    expect(page.get_by_text("Quy định mới:")).to_be_visible()
    fits_every_size(page)
    page.get_by_role("link", name="Xem quy định và số liệu của lĩnh vực").click()
    figure = page.locator(".figure", has_text="Hiệu lực sớm nhất")
    expect(figure).to_contain_text("Mức của xã: QĐ 9/QĐ-UBND, từ ngày 02/03/2026")
    figure.get_by_text("Sửa Hiệu lực sớm nhất").click()
    figure.get_by_label("Giá trị (ngày)").fill("20")
    figure.get_by_label("Căn cứ").fill("QĐ 10/QĐ-UBND")
    figure.get_by_role("button", name="Lưu").click()
    expect(figure.get_by_role("alert")).to_contain_text("Từ ngày 02/03/2026 đã có mức 15 ngày")
    figure.get_by_label("Áp dụng từ ngày").fill("01/06/2026")
    figure.get_by_role("button", name="Lưu").click()
    expect(figure).to_contain_text("Sắp áp dụng: 20 ngày")
    fits_every_size(page)
    page.goto("inbox")
    expect(page.get_by_text("Quy định mới:")).to_have_count(0)


@pytest.mark.parametrize("path", ["areas", "areas/documents"])
def test_axe_finds_no_violation_on_the_pages_of_areas(sit: Sit, path: str) -> None:
    fits_every_size(sit("lan", path))
