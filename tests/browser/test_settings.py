"""The pages of the settings in a real browser: on every size, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browsing import fits_every_size
from support.world import World

from cchc_flow import commands
from cchc_flow.projections import settings
from cchc_flow.workflow.settings.values import Settings

pytestmark = pytest.mark.browser
Sit = Callable[..., Page]


@pytest.fixture
def changed(world: World) -> World:
    """A commune that changed a setting before."""
    storm = {"days": [{"day": "2026-03-09", "working": False, "name": "Nghỉ bão"}]}
    commands.change_setting(world.ws, "calendar", storm, "Công điện 12/CĐ-UBND", world.order("hoa"))
    return world


@pytest.mark.parametrize("name", ["", *Settings.__struct_fields__])
def test_every_page_fits_every_size_and_is_accessible(changed: World, sit: Sit, name: str) -> None:
    fits_every_size(sit("hoa", f"settings/{name}".rstrip("/")))


def test_a_refused_form_and_the_page_of_who_only_reads_are_accessible(changed: World, sit: Sit) -> None:
    page = sit("hoa", "settings/grading")
    page.get_by_label("Hoàn thành tốt từ").fill("95")
    page.get_by_label("Căn cứ").fill("Quy chế")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("phải thấp hơn mức xuất sắc")).to_be_visible()
    fits_every_size(page)
    fits_every_size(sit("thu", "settings/calendar"))


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_coordinator_adds_a_day_and_drops_another(changed: World, sit: Sit, javascript: bool) -> None:
    page = sit("hoa", "settings", java_script_enabled=javascript)
    page.get_by_role("link", name="Sửa Ngày nghỉ, ngày làm bù").click()
    second = page.get_by_role("group", name="Dòng 2")
    second.get_by_label("Ngày", exact=True).fill("28/11/2026")
    second.get_by_label("Ngày đó").select_option(label="Làm việc (làm bù)")
    second.get_by_label("Tên, lý do").fill("Làm bù")
    page.get_by_role("group", name="Dòng 1").get_by_label("Bỏ dòng này").check()
    page.get_by_label("Căn cứ").fill("Công văn 45/UBND")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu thiết lập «Ngày nghỉ, ngày làm bù».")).to_be_visible()
    days = settings.effective_settings(changed.ws.read()).calendar.days
    assert [(str(one.day), one.working, one.name) for one in days] == [("2026-11-28", True, "Làm bù")]
