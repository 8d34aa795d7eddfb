"""An administrator erases what an event refers to; readers see by which law, and search finds nothing."""

import re

import pytest
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.audit.questions.file_marks import open_marks
from cchc_flow.eventlog.verification.verify import verify_log

LAW = "Luật 91/2025/QH15, Điều 14"
ERASED = f"đã được xóa theo {LAW}, quyết định 21/QĐ-UBND ngày 02/03/2026"


@pytest.fixture
def world(world: World) -> World:
    """The commune with a submitted task and an administrator."""
    world.submitted()
    commands.add_person(world.ws, "quan", "Hồ Quân", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    return world


@pytest.fixture
def position(world: World) -> int:
    return world.ws.log.stream(f"item-{TASK}")[-1].position


def digests(world: World) -> list[str]:
    data = world.ws.log.stream(f"item-{TASK}")[-1].data
    (file,) = data["evidence"]
    return [data["result"]["digest"], file["content"]["digest"], file["name"]["digest"]]


def grounds(**changes: object) -> dict[str, object]:
    return {"legal_basis": LAW, "decision": "21/QĐ-UBND", "reason": "Theo đơn số 3"} | changes


def test_only_an_administrator_is_offered_to_erase_and_may(get, send, world, position):
    assert "Xóa nội dung theo yêu cầu…" in get("quan", f"events/{position}").text
    assert "Xóa nội dung theo yêu cầu…" not in get("hoa", f"events/{position}").text
    for login in ("hoa", "thu", "lan"):
        assert get(login, f"events/{position}/erasures/new").status_code == 403
        answer = send(login, f"events/{position}/erasures", contents=digests(world), **grounds())
        assert answer.status_code == 403
    assert all(map(world.ws.vault.has, digests(world)))


def test_the_form_names_each_content_and_how_its_text_begins(get, position):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", get("quan", f"events/{position}/erasures/new").text))
    assert "Kết quả Đã rà soát 40 thủ tục." in text
    assert "Tệp «báo cáo.pdf»" in text and "Tên tệp «báo cáo.pdf»" in text


def test_readers_see_by_which_law_and_decision_a_content_was_erased(get, send, world, position):
    answer = send("quan", f"events/{position}/erasures", contents=digests(world), **grounds())
    assert answer.status_code == 303 and answer.location.endswith(f"/events/{position}")
    page = get("lan", f"items/{TASK}").text
    for what in ("nội dung", "tệp", "tên tệp"):
        assert f"{what} {ERASED}" in page
    form = get("quan", f"events/{position}/erasures/new").text
    assert form.count("disabled") >= 3 and ERASED in form
    assert verify_log(world.ws.folder).ok


def test_a_form_without_a_law_or_a_choice_comes_back_with_what_was_typed(get, send, world, position):
    path = f"events/{position}/erasures"
    answer = send("quan", path, contents=digests(world)[:1], **grounds(legal_basis=" "))
    assert answer.status_code == 422
    assert "Căn cứ pháp lý: cần từ 1 đến 300 ký tự." in answer.text
    assert "Theo đơn số 3" in answer.text and answer.text.count(" checked") == 1
    answer = send("quan", path, **grounds())
    assert answer.status_code == 422 and "Chưa chọn nội dung nào để xóa." in answer.text
    assert all(map(world.ws.vault.has, digests(world)))


def test_the_event_of_an_erased_text_leads_auditors_to_the_event_of_its_erasure(get, send, world, position):
    assert "Việc xóa nội dung được ghi ở" not in get("thu", f"events/{position}").text
    send("quan", f"events/{position}/erasures", contents=digests(world), **grounds())
    erasures = [event.position for event in world.ws.log.read_streams(("content-",))]
    shown = get("thu", f"events/{position}").text
    assert len(erasures) == 3 and ERASED in shown
    assert all(f'<a href="/xa-mau/events/{at}">sự kiện số {at}</a>' in shown for at in erasures)
    assert "Việc xóa nội dung được ghi ở" not in get("lan", f"events/{position}").text


def test_a_content_of_another_event_is_not_erased_from_here(send, world, position):
    answer = send("quan", f"events/{position - 1}/erasures", contents=digests(world), **grounds())
    assert answer.status_code == 422
    assert all(map(world.ws.vault.has, digests(world)))


def test_what_is_frozen_says_why_it_stays(get, send, world):
    adopted = next(event for event in world.ws.log.read_events() if event.type.startswith("plan.adopted/"))
    form = get("quan", f"events/{adopted.position}/erasures/new").text
    assert "không xóa được: văn bản của kế hoạch đã đưa vào, là gốc của mọi nhiệm vụ" in form
    digest = adopted.data["document"]["content"]["digest"]
    answer = send("quan", f"events/{adopted.position}/erasures", contents=[digest], **grounds())
    assert answer.status_code == 422 and "văn bản đã ban hành phải giữ nguyên" in answer.text


def test_the_keyed_hash_of_an_erased_file_is_forgotten(send, world, position):
    marks = open_marks(world.ws, world.ws.log.size())
    count = "SELECT count(*) FROM marks WHERE digest = ?"
    file = digests(world)[1]
    assert marks.execute(count, [file]).fetchone() == (1,)
    send("quan", f"events/{position}/erasures", contents=[file], **grounds())
    assert marks.execute(count, [file]).fetchone() == (0,)


def test_what_was_erased_is_found_by_no_search_and_its_words_lie_in_no_file(get, send, world, position):
    assert "đã nộp" in get("thu", "events?q=40+th%E1%BB%A7+t%E1%BB%A5c").text
    send("quan", f"events/{position}/erasures", contents=digests(world), **grounds())
    assert "Không có sự kiện nào khớp" in get("thu", "events?q=40+th%E1%BB%A7+t%E1%BB%A5c").text
    world.ws.close()
    secret = b"ra soat 40"
    assert [
        path.name for path in world.ws.folder.rglob("*") if path.is_file() and secret in path.read_bytes()
    ] == []
