"""Taking a step by its form, and what a refused one answers."""

import io
import re

import pytest
from support.world import ASSIGN, RESULT, TASK

from cchc_flow import commands

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/board"}
ITEM = f"items/{TASK}"
MOVED = "Lê Thị Hoa đã chuyển công việc này sang «Đang thực hiện» lúc 8 giờ 00 ngày 02/03/2026."
ASSIGN_FORM = {"lead": "phong-kinh-te", "support": ["tram-y-te"], "due": "2026-06-30", "seen": "1"}


def state(world) -> int:
    return world.ws.log.stream(f"item-{TASK}")[-1].version


def last_event(world):
    return world.ws.log.stream(f"item-{TASK}")[-1]


def seen_version(page: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def test_a_plain_form_leads_to_the_item_with_a_sentence(world, send, get, site):
    answer = send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/xa-mau/{ITEM}"
    assert last_event(world).data["lead"] == "phong-kinh-te"
    assert last_event(world).data["support"] == ["tram-y-te"]


def test_files_are_kept_with_their_names(world, send):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    files = [(io.BytesIO(b"one"), "báo cáo.pdf"), (io.BytesIO(b"two"), "ảnh.png")]
    send("lan", f"{ITEM}/submissions", seen="3", result="Đã xong.", evidence=files)
    kept = last_event(world).data["evidence"]
    assert [world.ws.vault.load(one["name"]["digest"]).decode() for one in kept] == ["báo cáo.pdf", "ảnh.png"]
    assert [world.ws.vault.load(one["content"]["digest"]) for one in kept] == [b"one", b"two"]


def test_a_form_without_files_is_no_file(world, send):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    send("lan", f"{ITEM}/submissions", seen="3", result="Đã xong.", evidence=(io.BytesIO(b""), ""))
    assert last_event(world).data["evidence"] == []


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(world, send):
    world.submitted()
    answer = send("nam", f"{ITEM}/returns", seen="4", reason="Thiếu biên bản <b>số 2</b>.", defects="nhiều")
    assert answer.status_code == 422
    assert "Số lỗi chất lượng: phải là số nguyên từ 0 đến 1.000.000." in answer.text
    assert "Thiếu biên bản &lt;b&gt;số 2&lt;/b&gt;." in answer.text
    assert last_event(world).type == "item.submitted/1"


def test_files_that_cannot_be_kept_are_named_to_be_chosen_again(world, send):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    form = {"seen": "3", "result": "", "evidence": (io.BytesIO(b"one"), "báo cáo.pdf")}
    answer = send("lan", f"{ITEM}/submissions", **form)
    assert answer.status_code == 422
    assert "Hãy nhập kết quả." in answer.text
    assert "Tệp đã chọn không giữ lại được, hãy chọn lại: báo cáo.pdf." in answer.text


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"lead": ""}, "Hãy chọn đơn vị chủ trì."),
        ({"lead": "cong-an"}, "Đơn vị chủ trì: đơn vị này không có trong danh bạ."),
        ({"due": "mai"}, "Hạn hoàn thành: phải là một ngày, như 25/01/2026."),
        ({"support": ["phong-kinh-te"]}, "Đơn vị phối hợp: không được gồm cả đơn vị chủ trì."),
        ({"officer": "hoa"}, "Công chức phụ trách: phải thuộc đơn vị chủ trì."),
    ],
)
def test_each_wrong_field_of_an_assignment_is_told(send, form, why):
    answer = send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM | form)
    assert answer.status_code == 422
    assert why in answer.text


def test_nobody_approves_what_he_submitted(world, send):
    world.take("hoa", "assign", **ASSIGN | {"lead": "phong-van-hoa-xa-hoi", "support": []})
    commands.grant_role(world.ws, "hoa", "officer", world.order())
    world.take("hoa", "start")
    world.take("hoa", "submit", **RESULT)
    answer = send("hoa", f"{ITEM}/approvals", seen="4", quality="good")
    assert answer.status_code == 403
    assert "Không ai được «Duyệt» kết quả do chính mình nộp." in answer.text
    assert "Hãy nhờ đầu mối CCHC hoặc lãnh đạo UBND khác thực hiện." in answer.text


def test_a_step_of_another_role_is_refused_with_who_takes_it(world, send):
    world.submitted()
    answer = send("binh", f"{ITEM}/approvals", seen="4", quality="good")
    assert answer.status_code == 403
    assert "Việc này do đầu mối CCHC hoặc lãnh đạo UBND thực hiện." in answer.text


def test_after_a_colleagues_move_the_form_comes_back_with_who_when_where_to_and_the_typed_words(world, send):
    world.submitted()
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="0")
    answer = send("nam", f"{ITEM}/approvals", seen="4", quality="good", comment="Số liệu đầy đủ.")
    assert answer.status_code == 409
    assert MOVED in answer.text
    assert "Số liệu đầy đủ." in answer.text
    assert "Vẫn duyệt" not in answer.text


def test_after_a_conflict_the_form_can_be_sent_again_when_the_step_is_still_allowed(world, send):
    world.submitted()
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="0")
    world.take("lan", "submit", **RESULT)
    answer = send("nam", f"{ITEM}/approvals", seen="4", quality="good")
    assert answer.status_code == 409
    assert "Vẫn duyệt" in answer.text
    assert send("nam", f"{ITEM}/approvals", seen=seen_version(answer.text), quality="good").status_code == 303


def test_a_form_without_the_version_it_showed_is_refused(send):
    answer = send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM | {"seen": "x"})
    assert answer.status_code == 422
    assert "Biểu mẫu thiếu phiên bản của công việc." in answer.text


def test_a_form_without_a_command_id_is_refused(send):
    answer = send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM | {"command_id": ""})
    assert answer.status_code == 422
    assert "Biểu mẫu thiếu mã lệnh." in answer.text


def test_a_form_sent_twice_happens_once(world, send):
    form = ASSIGN_FORM | {"command_id": "the-same"}
    assert send("hoa", f"{ITEM}/assignments", **form).status_code == 303
    assert send("hoa", f"{ITEM}/assignments", **form).status_code == 303
    assert state(world) == 2


def test_a_command_id_used_for_something_else_is_refused(world, send):
    send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM | {"command_id": "the-same"})
    answer = send("hoa", f"{ITEM}/comments", seen="2", text="Xin chào", command_id="the-same")
    assert answer.status_code == 409
    assert state(world) == 2


def test_assigning_what_is_assigned_already_changes_nothing_and_says_so(world, send, site):
    send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM)
    answer = send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM | {"seen": "2"}, headers=HTMX)
    assert "Không có gì thay đổi ở «Rà soát thủ tục»." in answer.text
    assert state(world) == 2


def test_assigning_work_under_way_as_it_is_leaves_it_there_and_says_so(world, send):
    send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM)
    world.take("lan", "start")
    answer = send("hoa", f"{ITEM}/assignments", **ASSIGN_FORM | {"seen": "3"}, headers=HTMX)
    assert "Không có gì thay đổi ở «Rà soát thủ tục»." in answer.text
    assert 'data-in="in_progress"' in answer.text
    assert last_event(world).type == "item.started/1"


@pytest.mark.parametrize("fact", ["submissions", "nonsense"])
def test_a_refused_form_leads_back_to_the_item_and_on_to_what_can_be_done(world, get, fact):
    world.submitted()
    answer = get("lan", f"{ITEM}/{fact}/new")
    assert answer.status_code in (404, 422)
    assert f'href="/xa-mau/{ITEM}">Về công việc</a>' in answer.text
    assert f'href="/xa-mau/{ITEM}/withdrawals/new">Rút lại kết quả…</a>' in answer.text
    assert f'href="/xa-mau/{ITEM}/comments/new">Trao đổi…</a>' in answer.text
    assert "Về trang đầu" not in answer.text


def test_on_the_page_of_a_refusal_a_step_that_asks_for_nothing_can_be_taken_at_once(world, get):
    world.take("hoa", "assign", **ASSIGN)
    answer = get("lan", f"{ITEM}/submissions/new")
    assert answer.status_code == 422
    assert f'<form method="post" action="/xa-mau/{ITEM}/starts">' in answer.text
    assert seen_version(answer.text) == "2"


def test_of_an_item_that_is_not_there_the_way_back_is_the_board(get):
    answer = get("lan", "items/2026-IX.1")
    assert answer.status_code == 404
    assert 'href="/xa-mau/board">Về bảng công việc</a>' in answer.text


def test_a_step_of_an_unknown_fact_is_not_found(send):
    assert send("hoa", f"{ITEM}/nonsense", seen="1").status_code == 404
