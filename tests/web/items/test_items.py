import re

import pytest
from support.world import ASSIGN, PLAN, RESULT, TASK

from cchc_flow import commands
from cchc_flow.workflow.commands import Upload

ITEM = f"items/{TASK}"
NEW = {
    "title": "Tập huấn chữ ký số",
    "text": "Tập huấn cho công chức xã.",
    "area": "1",
    "due": "2026-05-30",
    "seen": "2026",
}


def test_the_page_shows_text_heading_area_reference_people_and_dates(world, get):
    world.take("hoa", "assign", **ASSIGN, officer="lan")
    page = get("nam", ITEM).text
    for words in (
        "Rà soát thủ tục tại Đắk Lắk.",
        "Đơn giản hóa:",
        "Cải cách thủ tục hành chính",
        "III.2.3.1",
        "Phòng Kinh tế",
        "Trạm Y tế",
        "Trần Thị Lan",
        "30/06/2026",
        "Đã giao",
    ):
        assert words in page


def test_before_an_assignment_the_page_shows_whom_the_plan_suggests(get):
    assert "Chưa giao. Kế hoạch gợi ý: Phòng Kinh tế" in get("nam", ITEM).text


def test_the_page_says_what_its_reader_may_do_and_what_waits_for_whom(world, get):
    world.take("hoa", "assign", **ASSIGN)
    mine = get("lan", ITEM).text
    assert f'action="/xa-mau/{ITEM}/starts"' in mine
    others = get("nam", ITEM).text
    assert f'action="/xa-mau/{ITEM}/starts"' not in others
    assert "Đơn vị chủ trì: nhận việc" in others


def awaited_steps(page: str) -> list[str]:
    list_items = page.split('<ul class="others">')[1].split("</ul>")[0] if 'class="others"' in page else ""
    return re.findall("<li>(.*?)</li>", list_items)


@pytest.mark.parametrize(
    ("steps", "awaits"),
    [
        ([], ["Đầu mối CCHC hoặc lãnh đạo UBND: giao việc"]),
        (["assign"], ["Đơn vị chủ trì: nhận việc"]),
        (["assign", "start"], ["Đơn vị chủ trì: nộp kết quả"]),
        (["assign", "start", "submit"], ["Đầu mối CCHC hoặc lãnh đạo UBND: duyệt"]),
        (["assign", "suspend"], ["Lãnh đạo UBND hoặc đầu mối CCHC: tiếp tục"]),
        (["assign", "cancel"], []),
    ],
)
def test_the_page_says_for_which_step_the_work_waits_and_no_other(world, get, steps, awaits):
    ways = {"assign": ("hoa", ASSIGN), "start": ("lan", {}), "submit": ("lan", RESULT)}
    ways |= {name: ("hoa", {"decision": "1/QĐ", "reason": "Chờ cấp trên."}) for name in ("suspend", "cancel")}
    for step in steps:
        world.take(ways[step][0], step, **ways[step][1])
    assert awaited_steps(get("thu", ITEM).text) == awaits


def test_a_request_waits_for_its_decision_beside_the_work(world, get):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "ask_extension", due="2026-07-30", reason="Chờ số liệu.")
    assert [one.split(": ")[1] for one in awaited_steps(get("thu", ITEM).text)] == [
        "nhận việc",
        "đồng ý gia hạn",
        "từ chối gia hạn",
    ]


def test_a_reader_without_any_step_is_told_so(get):
    assert "Bạn không có bước nào lúc này." in get("thu", ITEM).text


def test_the_history_tells_each_event_newest_first_and_opens_it(world, get):
    world.submitted()
    page = get("nam", ITEM).text.split('class="history"')[1]
    events = world.ws.log.stream(f"item-{TASK}")
    opened = [int(position) for position in re.findall(r'href="/xa-mau/events/(\d+)"', page)]
    assert opened == [event.position for event in reversed(events)]
    assert "Trần Thị Lan (Phòng Kinh tế) đã nộp kết quả kèm 1 tệp minh chứng." in page
    assert "báo cáo.pdf" in page


def test_a_typed_reason_stands_under_its_sentence_as_text(world, get):
    world.submitted()
    world.take("hoa", "return", reason="Thiếu <script>biên bản</script>\ndòng hai", defects="1")
    page = get("lan", ITEM).text
    assert "Thiếu &lt;script&gt;biên bản&lt;/script&gt;\ndòng hai" in page
    assert "<script>biên" not in page


def test_an_erased_reason_is_called_erased(world, get):
    world.submitted()
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="1")
    world.ws.vault.erase(world.ws.log.stream(f"item-{TASK}")[-1].data["reason"]["digest"])
    assert "(nội dung đã bị xóa)" in get("lan", ITEM).text


def test_user_content_is_out_of_htmx_reach(get):
    assert '<div class="item" hx-disable>' in get("lan", ITEM).text


def test_evidence_of_a_step_that_was_undone_is_still_listed(world, get):
    world.submitted()
    from cchc_flow import commands

    commands.undo_step(world.ws, TASK, world.order("lan"))
    assert "báo cáo.pdf" in get("hoa", ITEM).text


def test_a_comment_is_said_and_shown(world, get, send):
    assert send("lan", f"{ITEM}/comments", seen="1", text="Khi nào xong?").status_code == 303
    page = get("hoa", ITEM).text
    assert '<p class="typed">Khi nào xong?</p>' in page


def test_undo_is_offered_to_who_just_moved_the_item_and_to_nobody_else(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert f'action="/xa-mau/{ITEM}/undoings"' in get("hoa", ITEM).text
    assert "/undoings" not in get("nam", ITEM).text
    world.wait(minutes=11)
    assert "/undoings" not in get("hoa", ITEM).text


def test_a_due_day_that_has_passed_reads_late(world, get):
    world.wait(days=200)
    assert "Quá hạn 80 ngày" in get("hoa", ITEM).text


def test_done_late_is_said_after_approval(world, get):
    world.wait(days=125)
    world.submitted()
    world.take("nam", "approve", quality="good")
    assert "Xong quá hạn" in get("hoa", ITEM).text


def test_a_long_history_shows_its_newest_hundred_and_the_way_to_the_rest(world, get):
    for number in range(110):
        world.take("hoa", "comment", text=f"lần {number}")
    first = get("lan", ITEM).text
    assert first.count('class="moment"') == 100
    older = re.search(r'href="/xa-mau/(items/[^"]+before=\d+)#', first)[1]
    rest = get("lan", older).text
    assert rest.count('class="moment"') == 11
    assert "before=" not in rest


def test_an_item_that_is_not_there_is_not_found(get):
    answer = get("nam", "items/2026-IX.9")
    assert answer.status_code == 404
    assert "Không có công việc «2026-IX.9», hoặc bạn không được xem." in answer.text


def test_a_coordinator_opens_a_task_by_hand(world, send, get):
    answer = send("hoa", "items", **NEW)
    assert answer.status_code == 303
    page = get("hoa", answer.headers["Location"].removeprefix("/xa-mau/")).text
    assert "Tập huấn chữ ký số" in page
    assert "Chưa giao" in page
    assert "Tập huấn chữ ký số" in get("hoa", "board").text


def test_the_form_of_a_task_offers_the_areas_of_the_plan(get):
    page = get("hoa", "items/new").text
    assert "1. Cải cách thể chế" in page
    assert "2. Cải cách thủ tục hành chính" in page


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"title": ""}, "Hãy nhập tên công việc."),
        ({"text": " "}, "Hãy nhập nội dung."),
        ({"area": "9"}, "Lĩnh vực: phải chọn một trong"),
        ({"due": "mai"}, "Hạn hoàn thành: phải là một ngày, như 25/01/2026."),
        ({"title": "x" * 81}, "Tên công việc: dài quá 80 ký tự."),
    ],
)
def test_a_task_that_lacks_something_is_asked_for_again_with_what_was_typed(send, form, why):
    answer = send("hoa", "items", **NEW | form)
    assert answer.status_code == 422
    assert why in answer.text
    if "text" not in form:
        assert "Tập huấn cho công chức xã." in answer.text


def test_a_task_is_not_opened_under_a_plan_that_came_after_its_form(world, send):
    adopt_next_year(world)
    size = world.ws.log.size()
    answer = send("hoa", "items", **NEW | {"due": "2027-05-30"})
    assert (answer.status_code, world.ws.log.size()) == (409, size)
    assert "Kế hoạch năm 2027 đã được đưa vào theo dõi sau khi bạn mở trang" in answer.text
    assert "Tập huấn cho công chức xã." in answer.text
    again = {"seen": re.search(r'name="seen" value="(\d+)"', answer.text)[1], "due": "2027-05-30"}
    assert send("hoa", "items", **NEW | again).status_code == 303


def adopt_next_year(world):
    plan = {**PLAN, "closing_day": "2027-12-31"}
    document = Upload("ke-hoach-2027.docx", b"2027", "application/octet-stream")
    adoption = commands.Adoption(year=2027, plan=plan, document=document, tasks=(), units=())
    commands.adopt_plan(world.ws, adoption, world.order("hoa"))


@pytest.mark.parametrize("login", ["lan", "nam", "thu"])
def test_only_a_coordinator_opens_tasks_by_hand(get, send, login):
    assert get(login, "items/new").status_code == 403
    answer = send(login, "items", **NEW)
    assert answer.status_code == 403
    assert "Việc này do đầu mối CCHC thực hiện." in answer.text


def test_only_a_coordinator_sees_the_way_to_a_new_task(get):
    assert 'href="/xa-mau/items/new"' in get("hoa", "board").text
    assert 'href="/xa-mau/items/new"' not in get("lan", "board").text


def test_the_whole_life_of_a_task_needs_no_javascript(world, send):
    steps = (
        ("hoa", "assignments", {"lead": "phong-kinh-te", "due": "2026-06-30"}),
        ("lan", "starts", {}),
        ("lan", "progress-reports", {"percent": "60", "note": "Đã rà soát 24 thủ tục."}),
        ("lan", "submissions", {"result": RESULT["result"]}),
        ("nam", "returns", {"reason": "Thiếu biên bản.", "defects": "1"}),
        ("lan", "submissions", {"result": "Đã bổ sung."}),
        ("hoa", "approvals", {"quality": "good", "comment": ""}),
        ("nam", "closures", {}),
        ("nam", "reopenings", {"reason": "Cần bổ sung."}),
    )
    from cchc_flow import commands

    for login, fact, form in steps:
        seen = str(commands.load_item(world.ws, TASK).item.state_version)
        assert send(login, f"{ITEM}/{fact}", seen=seen, **form).status_code == 303, fact
    assert commands.load_item(world.ws, TASK).item.state == "in_progress"
