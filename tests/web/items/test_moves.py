"""A drop is one command, and so is taking it back; both answer the card in its true place."""

import re

from support.world import ASSIGN, TASK

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/xa-mau/board"}
ITEM = f"items/{TASK}"
MOVED = "Lê Thị Hoa đã chuyển công việc này sang «Đang thực hiện» lúc 8 giờ 00 ngày 02/03/2026."


def state(world) -> int:
    return world.ws.log.stream(f"item-{TASK}")[-1].version


def last_event(world):
    return world.ws.log.stream(f"item-{TASK}")[-1]


def test_a_drop_that_needs_no_data_answers_the_card_two_counters_and_a_toast(world, send):
    world.take("hoa", "assign", **ASSIGN)
    answer = send("lan", f"{ITEM}/moves", to="in_progress", seen="2", headers=HTMX)
    assert answer.status_code == 200
    assert last_event(world).type == "item.started/1"
    assert f'<li id="i-{TASK}"' in answer.text
    assert 'data-v="3"' in answer.text or "data-v=3" in answer.text
    assert 'data-in="in_progress"' in answer.text
    assert re.findall(r'id="n-(\w+)"[^>]*>(\d+)<', answer.text) == [("assigned", "0"), ("in_progress", "1")]
    assert "Đã chuyển «Rà soát thủ tục» sang «Đang thực hiện»." in answer.text
    assert f'hx-post="/xa-mau/{ITEM}/undoings"' in answer.text
    assert len(answer.data) < 1_200


def test_the_counters_follow_the_filters_of_the_board_they_stand_on(world, send):
    world.take("hoa", "assign", **ASSIGN)
    world.take("hoa", "assign", "2026-III.1.1", **ASSIGN)
    url = "http://localhost/xa-mau/board?area=2"
    answer = send("lan", f"{ITEM}/moves", to="in_progress", seen="2", headers=HTMX | {"HX-Current-URL": url})
    assert re.findall(r'id="n-(\w+)"[^>]*>(\d+)<', answer.text) == [("assigned", "0"), ("in_progress", "1")]


def test_a_drop_that_needs_data_answers_the_form(world, send):
    answer = send("hoa", f"{ITEM}/moves", to="assigned", seen="1", headers=HTMX)
    assert answer.status_code == 200
    assert 'id="dialog-title"' in answer.text
    assert f'hx-post="/xa-mau/{ITEM}/assignments"' in answer.text
    assert state(world) == 1


def test_a_drop_that_is_not_allowed_says_why_and_what_is_and_where_the_card_is(send):
    answer = send("hoa", f"{ITEM}/moves", to="closed", seen="1", headers=HTMX)
    assert answer.status_code == 422
    assert "Công việc đang ở «Chưa giao», không chuyển thẳng sang «Hoàn thành» được." in answer.text
    assert (
        "Bạn có thể: «Giao việc», «Giao nhiều đơn vị, nhiều kỳ», «Tạm dừng», «Hủy công việc», «Trao đổi»."
        in answer.text
    )
    assert 'data-in="planned"' in answer.text
    assert "Vẫn chuyển" not in answer.text


def test_a_drop_by_another_role_is_forbidden(send):
    answer = send("lan", f"{ITEM}/moves", to="assigned", seen="1", headers=HTMX)
    assert answer.status_code == 403
    assert "Bạn không được «Giao việc» công việc này." in answer.text


def test_a_drop_on_a_card_that_moved_tells_who_when_where_to(world, send):
    world.submitted()
    world.take("hoa", "return", reason="Thiếu biên bản.", defects="0")
    answer = send("nam", f"{ITEM}/moves", to="approved", seen="4", headers=HTMX)
    assert answer.status_code == 409
    assert (
        "Lê Thị Hoa đã chuyển công việc này sang «Đang thực hiện» lúc 8 giờ 00 ngày 02/03/2026."
        in answer.text
    )
    assert 'data-in="in_progress"' in answer.text
    assert "Vẫn chuyển" not in answer.text


def test_a_conflict_offers_to_move_on_when_that_is_still_allowed(world, send):
    world.take("hoa", "assign", **ASSIGN)
    world.take("hoa", "assign", **ASSIGN | {"due": "2026-07-01"})
    answer = send("lan", f"{ITEM}/moves", to="in_progress", seen="2", headers=HTMX)
    assert answer.status_code == 409
    assert "Vẫn chuyển" in answer.text
    assert '"to":"in_progress","seen":"3"' in answer.text


def test_a_drop_whose_answer_was_lost_is_answered_again(world, send):
    world.take("hoa", "assign", **ASSIGN)
    form = {"to": "in_progress", "seen": "2", "command_id": "the-same"}
    send("lan", f"{ITEM}/moves", headers=HTMX, **form)
    answer = send("lan", f"{ITEM}/moves", headers=HTMX, **form)
    assert answer.status_code == 200
    assert "Đã chuyển «Rà soát thủ tục» sang «Đang thực hiện»." in answer.text
    assert state(world) == 3


def test_a_drop_on_a_column_that_is_none_is_not_found(send):
    assert send("hoa", f"{ITEM}/moves", to="nowhere", seen="1", headers=HTMX).status_code == 404


def test_a_refused_drop_without_htmx_is_a_page(send):
    answer = send("hoa", f"{ITEM}/moves", to="closed", seen="1")
    assert answer.status_code == 422
    assert "<html" in answer.text


# Undo


def test_a_move_is_taken_back_by_who_made_it(world, send):
    world.take("hoa", "assign", **ASSIGN)
    answer = send("hoa", f"{ITEM}/undoings", seen="2", headers=HTMX)
    assert "Đã hoàn tác: «Rà soát thủ tục» trở lại «Chưa giao»." in answer.text
    assert 'data-in="planned"' in answer.text
    assert last_event(world).type == "item.undone/1"


def test_undo_without_htmx_leads_to_the_item(world, send):
    world.take("hoa", "assign", **ASSIGN)
    assert send("hoa", f"{ITEM}/undoings", seen="2").status_code == 303


def test_undo_on_a_page_that_is_old_takes_nothing_back(world, send):
    world.submitted()
    answer = send("lan", f"{ITEM}/undoings", seen="3", headers=HTMX)
    assert answer.status_code == 409
    assert last_event(world).type == "item.submitted/1"


def test_undo_of_anothers_move_is_refused(world, send):
    world.take("hoa", "assign", **ASSIGN)
    answer = send("nam", f"{ITEM}/undoings", seen="2", headers=HTMX)
    assert answer.status_code == 403
    assert "Chỉ người vừa thao tác mới hoàn tác được." in answer.text


def test_undo_after_ten_minutes_is_refused(world, send):
    world.take("hoa", "assign", **ASSIGN)
    world.wait(minutes=11)
    answer = send("hoa", f"{ITEM}/undoings", seen="2", headers=HTMX)
    assert answer.status_code == 422
    assert "Đã quá 10 phút, không hoàn tác được nữa." in answer.text


def test_a_step_that_did_not_move_the_item_offers_no_undo(send):
    answer = send("hoa", f"{ITEM}/comments", seen="1", text="Khi nào xong?", headers=HTMX)
    assert "Đã ghi «Trao đổi» cho «Rà soát thủ tục»." in answer.text
    assert "Hoàn tác" not in answer.text


def test_a_card_that_the_filters_no_longer_show_leaves_the_board(world, send):
    world.take("hoa", "assign", **ASSIGN)
    board = {"HX-Current-URL": "http://localhost/xa-mau/board?unit=phong-kinh-te"}
    form = {
        "lead": "tram-y-te",
        "due": "2026-06-30",
        "seen": str(state(world)),
    }
    answer = send("hoa", f"{ITEM}/assignments", headers=HTMX | board, **form)
    assert f'<li id="i-{TASK}" hx-swap-oob="delete">' in answer.text
    assert "không còn khớp bộ lọc" in answer.text
