"""Two moments of the log side by side, and an item as of a day, as they are used."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from support.browsing import fits_every_size
from support.world import ASSIGN, TASK, World


def test_an_inspector_compares_two_moments_and_opens_the_item_as_it_was(
    world: World, sit: Callable[..., Page]
) -> None:
    world.wait(days=1)
    world.take("hoa", "assign", TASK, **ASSIGN | {"due": "2026-05-31"})
    since = world.ws.log.size() - 1
    page = sit("thu", "comparisons")
    fits_every_size(page)
    page.get_by_label("Trước: hết ngày").fill(str(since))
    page.get_by_label("Trước: hết ngày").press("Tab")
    expect(page.locator(".field-error")).to_have_count(0)
    page.get_by_role("button", name="So sánh").click()
    line = page.locator("section[aria-labelledby=h-due] .compared")
    expect(line).to_contain_text("30/06/2026")
    expect(line).to_contain_text("31/05/2026")
    fits_every_size(page)
    page.emulate_media(media="print")
    expect(page.locator(".ways").first).to_be_hidden()
    expect(line).to_be_visible()
    page.emulate_media(media="screen")
    line.get_by_role("link", name="Xem trước đó").click()
    expect(page.locator(".past-banner")).to_contain_text(f"ngay sau sự kiện số {since}")
    expect(page.locator(".item-head .chip").first).to_have_text("Chưa giao")
    fits_every_size(page)
    page.get_by_role("link", name="Về hiện tại").click()
    expect(page.locator(".past-banner")).to_have_count(0)
    page.get_by_label("Xem như ngày").fill("2/3/2026")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator(".past-banner")).to_contain_text("lúc hết ngày 02/03/2026")
