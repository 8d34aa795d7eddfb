"""The calendar, progress and one's own views in a real browser, at every size."""

import pytest
from support.browsing import fits_every_size
from support.world import ASSIGN, World


@pytest.mark.parametrize("path", ["calendar", "progress", "account/views?of=board"])
def test_other_views_of_the_work_fit_every_size(world: World, sit, path: str) -> None:
    world.take("hoa", "assign", "2026-III.1.1", **ASSIGN)
    fits_every_size(sit("hoa", path))


def test_a_view_is_saved_from_the_calendar_and_found_again(sit) -> None:
    page = sit("hoa", "calendar?unit=phong-kinh-te")
    page.get_by_role("link", name="Lưu cách xem này").click()
    page.get_by_label("Tên cách xem mới").fill("Lịch của Phòng Kinh tế")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu cách xem này").click()
    assert "unit=phong-kinh-te" in page.url
    page.goto("work")
    page.get_by_role("link", name="Lịch của Phòng Kinh tế").click()
    assert page.url.endswith("calendar?unit=phong-kinh-te")
