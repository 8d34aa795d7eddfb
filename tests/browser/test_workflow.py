"""The drawing of an item's workflow in a real browser: under our policy, on a phone, on paper."""

import pytest
from playwright.sync_api import expect
from support.browsing import DESKTOP, PHONE, fits_every_size
from support.world import TASK

pytestmark = pytest.mark.browser


@pytest.fixture
def page(world, sit):
    world.submitted()
    page = sit("thu", f"items/{TASK}")
    page.get_by_text("Xem sơ đồ và các bước đã qua").click()
    return page


def test_the_drawing_is_an_image_with_a_name_and_fits_every_size(page):
    expect(page.get_by_role("img", name="Nhiệm vụ của kế hoạch, phiên bản 4")).to_be_visible()
    fits_every_size(page)


def test_on_a_phone_it_scrolls_in_its_own_box_and_its_words_stay_readable(page):
    page.set_viewport_size(PHONE)
    box = page.locator(".flow")
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    # of the box that the words fill: with the height of a letter of 10 pixels or more
    assert page.locator(".flow text.step").first.bounding_box()["height"] >= 11


def test_on_a_desktop_and_on_paper_all_of_it_is_seen(page):
    page.set_viewport_size(DESKTOP)
    whole = "one => one.scrollWidth <= one.clientWidth"
    assert page.locator(".flow").evaluate(whole)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.locator(".flow").evaluate(whole)


def test_nothing_in_it_is_refused_by_the_policy(page):
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.reload()
    assert refused == []
    fill = page.locator(".flow .here rect").first.evaluate("one => getComputedStyle(one).fill")
    assert fill == "rgb(232, 240, 250)"


def test_no_two_labels_of_steps_lie_over_each_other(page):
    boxes = [label.bounding_box() for label in page.locator(".flow text.step").all()]
    assert len(boxes) == 16
    for number, one in enumerate(boxes):
        assert not [other for other in boxes[:number] if _overlap(one, other)]


def _overlap(one, other):
    across = one["x"] < other["x"] + other["width"] and other["x"] < one["x"] + one["width"]
    return (
        across and one["y"] + 1 < other["y"] + other["height"] and other["y"] + 1 < one["y"] + one["height"]
    )
