"""The head gives a task to an officer and takes it back; each sees it where it belongs."""

import pytest
from playwright.sync_api import expect
from support.browsing import violations
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser


def test_the_head_gives_work_away_sees_it_with_others_and_takes_it_back(sit, world):
    world.take("hoa", "assign", **ASSIGN)
    head = sit("binh", f"items/{TASK}/delegations/new")
    choice = head.get_by_label("Người làm")
    expect(choice.locator("option")).to_have_text(["Hãy chọn", "Trần Thị Lan", "Vũ Bình"])
    assert violations(head) == []
    choice.select_option("lan")
    head.get_by_label("Lời dặn").fill("Làm trước ngày 10.")
    head.get_by_role("button", name="Giao cho công chức").click()
    people = head.get_by_role("region", name="Phân công")
    expect(people).to_contain_text("Trần Thị Lan (Vũ Bình giao)")
    head.goto("work")
    expect(head.get_by_role("region", name="Tôi đang chờ người khác")).to_contain_text("chờ Trần Thị Lan")
    officer = sit("lan", "work", viewport={"width": 390, "height": 844})
    expect(officer.get_by_role("region", name="Cần tôi làm")).to_contain_text("Vũ Bình giao")
    officer.goto("inbox")
    expect(officer.get_by_role("main")).to_contain_text("đã giao việc cho Trần Thị Lan")
    head.goto(f"items/{TASK}/recalls/new")
    head.get_by_role("button", name="Lấy lại việc").click()
    expect(people).to_contain_text("Chưa giao cho người nào, đang ở Vũ Bình")
    head.goto("work")
    expect(head.get_by_role("region", name="Cần tôi làm")).to_contain_text("Rà soát thủ tục")
