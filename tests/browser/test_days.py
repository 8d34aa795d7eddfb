"""The field of a day: dd/mm/yyyy in every browser, typed in any usual way or picked from a calendar."""

import pytest
from playwright.sync_api import Page, expect
from support.browsing import PHONE, violations
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser


def ask_for_extension(page: Page) -> None:
    """Open the form of a request in the dialog of the board."""
    page.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
    page.locator("#menu").get_by_text("Xin gia hạn…").click()


@pytest.fixture
def form(world, sit) -> Page:
    """The form of a request for another day, before an officer with an English browser."""
    world.take("hoa", "assign", **ASSIGN)
    page = sit("lan", locale="en-US")
    ask_for_extension(page)
    expect(page.locator(".day-input")).to_be_visible()  # its script has come
    return page


def test_a_day_is_typed_in_any_usual_way_and_a_wrong_one_is_told_beside_its_field(form):
    field = form.get_by_role("textbox", name="Hạn mới đề nghị")
    year = form.evaluate(
        "new Intl.DateTimeFormat('en', {timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric'}).format()"
    )
    for typed, shown in [
        ("5/7/2026", "05/07/2026"),
        ("05-07-2026", "05/07/2026"),
        ("05072026", "05/07/2026"),
        ("2026-07-05", "05/07/2026"),
        ("5.7.26", "05/07/2026"),
        ("5/12", f"05/12/{year}"),
    ]:
        field.fill(typed)
        field.blur()
        expect(field).to_have_value(shown)
    field.fill("31/2/2026")
    field.blur()
    told = form.get_by_role("alert")
    expect(told).to_have_text("«31/2/2026» không phải là một ngày. Hãy nhập như 25/01/2026.")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert violations(form) == []
    field.fill("15/7/2026")
    field.blur()
    expect(told).to_have_count(0)
    form.get_by_label("Lý do").fill("Chờ Sở trả lời.")
    form.get_by_role("dialog").get_by_role("button", name="Xin gia hạn").click()
    expect(form.locator("#toasts")).to_contain_text("Xin gia hạn")


def test_a_day_is_picked_by_keys_and_by_mouse_and_esc_leaves_the_form_open(form):
    field = form.get_by_role("textbox", name="Hạn mới đề nghị")
    field.fill("31/05/2026")
    field.press("ArrowDown")
    calendar = form.get_by_role("dialog", name="Chọn ngày")
    expect(calendar.get_by_role("button", name="Chủ Nhật, ngày 31/05/2026")).to_be_focused()
    assert violations(form) == []
    form.keyboard.press("PageDown")
    expect(calendar).to_contain_text("Tháng 6 năm 2026")
    form.keyboard.press("ArrowLeft")
    form.keyboard.press("Enter")
    expect(field).to_have_value("29/06/2026")
    expect(field).to_be_focused()
    field.press("ArrowDown")
    form.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    expect(form.locator("#dialog")).to_be_visible()
    expect(field).to_have_value("29/06/2026")
    form.set_viewport_size(PHONE)
    form.locator(".day-open").click()
    calendar.get_by_role("button", name="Tháng sau").click()
    calendar.get_by_role("button", name="Thứ Tư, ngày 15/07/2026").click()
    expect(field).to_have_value("15/07/2026")
