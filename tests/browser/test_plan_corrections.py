"""Doubtful lines of a plan are corrected in a browser: the eye stays where it is, nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect
from support.browsing import DESKTOP, PHONE, fits_every_size, violations
from support.world import PEOPLE

from cchc_flow import commands

pytestmark = pytest.mark.browser
PLAN = """ỦY BAN NHÂN DÂN
XÃ MẪU

KẾ HOẠCH
Cải cách hành chính năm 2026

I. MỤC TIÊU
- Nâng cao chất lượng phục vụ người dân.

II. LỜI HỨA VỚI DÂN
- Hồ sơ nộp buổi sáng có kết quả trong ngày.
- Không ai phải đi quá hai lần cho một việc.

III. NHIỆM VỤ
1. Cải cách thể chế
- Ban hành văn bản đúng hạn.
Minh chứng kèm theo là biên bản họp.
- Kiểm tra văn bản đã ban hành.
2. Cải cách thủ tục hành chính
- Công khai thủ tục tại trụ sở.
- Rà soát thủ tục hành chính.
Đơn vị chủ trì: Văn phòng HĐND và UBND xã
Thời gian: quý II/2026
Nhắc nhau cùng làm.

IV. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND xã: theo dõi việc thực hiện Kế hoạch này.

PHỤ LỤC
TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian hoàn thành
1\tRà soát thủ tục hành chính\tPhòng Kinh tế\tTháng 9/2026
2\tTổng kết thi hành văn bản\tVăn phòng HĐND và UBND xã\tQuý IV/2026
"""
PROMISES = ("Hồ sơ nộp buổi sáng có kết quả trong ngày.", "Không ai phải đi quá hai lần cho một việc.")


@pytest.fixture
def world(new_world):
    """A commune with its people and no plan yet."""
    for login, name, _, role in PEOPLE:
        commands.add_person(new_world.ws, login, name, None, None, new_world.order())
        commands.grant_role(new_world.ws, login, role, new_world.order())
    return new_world


def read_plan(page: Page, tmp_path) -> None:
    """Upload the plan and wait for its form."""
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")
    page.get_by_label("Văn bản kế hoạch").set_input_files(file)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.locator("#adopt")).to_be_attached()


def line(page: Page, words: str):
    """Return the line of this text among those that somebody should look at."""
    return page.locator(".line").filter(has_text=words)


def titles(page: Page) -> list[str]:
    """Return the titles of the tasks in order."""
    return [field.input_value() for field in page.locator("#adopt textarea").all()]


def recorded(world) -> list[str]:
    """Return the roles that the adoption recorded, in the order of the document."""
    events = [one for one in world.ws.log.stream("plan-2026") if one.type == "plan.reading_corrected/1"]
    return [one["role"] for event in events for one in event.data["corrections"]]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_three_lines_are_corrected_left_gone_on_with_and_adopted(world, sit, tmp_path, size):
    page = sit("hoa", "plans", viewport=size, has_touch=size is PHONE)
    read_plan(page, tmp_path)
    assert violations(page) == []
    first, second = (line(page, words) for words in PROMISES)
    first.get_by_role("button", name="Chỉ tiêu").click()
    expect(first).to_contain_text("Bạn chọn: chỉ tiêu")
    expect(page.locator("[data-correction]:focus")).to_be_in_viewport()  # where the eye is
    second.locator('[value="9 target"]').click()
    expect(page.locator("#toasts")).to_contain_text("Đoạn 9 được đọc là chỉ tiêu")
    doubtful = page.locator("#doubts .line").filter(has_text="Nhắc nhau cùng làm.")
    doubtful.get_by_role("button", name="Không dùng").click()
    expect(doubtful).to_contain_text("Bạn chọn: không dùng")
    expect(doubtful.get_by_role("button", name="Hoàn tác")).to_be_focused()
    expect(doubtful).to_be_in_viewport()
    assert violations(page) == []
    page.get_by_role("button", name="Lưu, làm tiếp sau").click()
    page.get_by_role("link", name="Tiếp tục").click()
    expect(page.locator(".line.settled")).to_have_count(3)
    expect(page.locator("#targets .clauses > li").filter(has_text="buổi sáng")).to_be_attached()
    page.get_by_role("button", name="Đưa vào bảng").click()
    expect(page.get_by_role("heading", name="Giao việc của kế hoạch năm 2026")).to_be_visible()
    assert recorded(world) == ["target", "target", "other"]


def test_what_was_typed_stays_with_its_task_while_lines_are_corrected_and_taken_back(sit, tmp_path):
    page = sit("hoa", "plans")
    read_plan(page, tmp_path)
    edited = "Kiểm tra, tên đã sửa"
    page.get_by_label("Tên trên thẻ của III.1.2").fill(edited)
    pieces = page.locator("#III\\.1\\.1 .pieces")
    pieces.locator("summary").click()
    pieces.get_by_role("button", name="Đọc là…").click()
    menu = page.get_by_role("group", name="Đọc đoạn 13 là")
    expect(menu.get_by_role("button").first).to_be_focused()
    menu.get_by_role("button", name="Không dùng", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Đoạn 13 được đọc là không dùng")
    assert titles(page)[:2] == ["Ban hành văn bản đúng hạn", edited]
    page.locator("#toasts").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_label("Tên trên thẻ của III.1.1")).to_have_value(re.compile("Minh chứng"))
    assert titles(page)[1] == edited


def test_the_menu_of_a_line_opens_and_closes_by_keys_and_the_focus_comes_back(sit, tmp_path):
    page = sit("hoa", "plans")
    read_plan(page, tmp_path)
    button = page.locator("#III\\.1\\.1 > .task-title > .source").get_by_role("button", name="Đọc là…")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".role-menu button")).to_have_count(16)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".role-menu")).to_have_count(0)
    expect(button).to_be_focused()


def test_rows_of_the_appendix_are_taken_beside_the_text(world, sit, tmp_path):
    page = sit("hoa", "plans")
    read_plan(page, tmp_path)
    fits_every_size(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name="Lấy theo Phụ lục PL.1").click()
    expect(page.get_by_label("Hạn III.2.2")).to_have_value("30/09/2026")
    page.get_by_label("Lĩnh vực của PL.2").select_option("1")
    page.get_by_role("button", name="Đưa vào công việc PL.2").click()
    expect(page.get_by_label("Tên trên thẻ của PL.2")).to_have_value("Tổng kết thi hành văn bản")
    page.get_by_role("button", name="Đưa vào bảng").click()
    expect(page.get_by_role("heading", name="Giao việc của kế hoạch năm 2026")).to_be_visible()
    items = (commands.load_item(world.ws, f"2026-{ref}").item for ref in ("III.2.2", "PL.2"))
    assert [item.due for item in items] == ["2026-09-30", "2026-12-31"]


def test_without_scripts_a_line_is_corrected_and_the_page_opens_at_it(world, sit, tmp_path):
    page = sit("hoa", "plans", java_script_enabled=False)
    read_plan(page, tmp_path)
    page.get_by_label("Tên trên thẻ của III.1.2").fill("Kiểm tra, tên đã sửa")
    line(page, PROMISES[0]).get_by_role("button", name="Chỉ tiêu").click()
    expect(line(page, PROMISES[0])).to_contain_text("Bạn chọn: chỉ tiêu")
    expect(line(page, PROMISES[0])).to_be_in_viewport()
    expect(page.get_by_label("Tên trên thẻ của III.1.2")).to_have_value("Kiểm tra, tên đã sửa")
    line(page, PROMISES[1]).get_by_role("button", name="Loại khác…").click()
    menu = page.get_by_role("group", name="Đọc đoạn 9 là")
    menu.get_by_role("button", name="Chỉ tiêu", exact=True).click()
    expect(line(page, PROMISES[1])).to_contain_text("Bạn chọn: chỉ tiêu")
    page.get_by_role("button", name="Đưa vào bảng").click()
    assert recorded(world) == ["target", "target"]
