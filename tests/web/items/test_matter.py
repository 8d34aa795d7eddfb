"""Beside a decision stands what it is about; beside work that came back, why it did."""

import re

import pytest
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, World
from web.conftest import HTMX, Send

from cchc_flow import commands

RETURN = {"reason": "Thiếu phụ lục số 2.", "defects": "1"}


def beside(page: str) -> str:
    """Return what stands beside a form, "" when there is nothing."""
    found = re.search(r'<section class="matter".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def banner(page: str) -> str:
    found = re.search(r'<div class="notice bad returned">.*?</div>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("fact", ["approvals", "returns"])
def test_beside_a_decision_stand_result_evidence_progress_and_due_day(
    world: World, get: Send, fact: str
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "report_progress", percent="60", note="Đã rà soát một nửa.")
    world.take("lan", "submit", **RESULT)
    form = beside(get("hoa", f"items/{TASK}/{fact}/new", headers=HTMX).text)
    for words in ("Đã rà soát 40 thủ tục.", "báo cáo.pdf", "Đã rà soát một nửa.", "60&nbsp;%", "30/06/2026"):
        assert words in form
    assert "đã giao cho" not in form
    assert beside(get("hoa", f"items/{TASK}/{fact}/new").text)  # on a page of its own as well


def test_only_what_happened_since_the_last_decision_stands_there(world: World, get: Send) -> None:
    world.submitted()
    world.take("hoa", "return", **RETURN)
    world.take("lan", "submit", result="Đã bổ sung phụ lục số 2.")
    form = beside(get("hoa", f"items/{TASK}/approvals/new").text)
    assert "Đã bổ sung phụ lục số 2." in form and "Đã rà soát 40 thủ tục." not in form
    assert "1 lần" in form


def test_a_decision_that_was_undone_is_none(world: World, get: Send) -> None:
    world.submitted()
    world.take("hoa", "return", **RETURN)
    commands.undo_step(world.ws, TASK, world.order("hoa"))
    assert "Đã rà soát 40 thủ tục." in beside(get("hoa", f"items/{TASK}/approvals/new").text)


def test_beside_an_answer_stand_the_reason_of_the_request_and_both_days(world: World, get: Send) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "ask_extension", due="2026-09-30", reason="Chờ số liệu của tỉnh.")
    for fact in ("extensions", "extension-refusals"):
        form = beside(get("hoa", f"items/{TASK}/{fact}/new").text)
        assert "Chờ số liệu của tỉnh." in form
        assert "30/06/2026" in form and "30/09/2026" in form


def test_beside_other_forms_stands_nothing(world: World, get: Send) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    assert beside(get("lan", f"items/{TASK}/submissions/new").text) == ""
    assert beside(get("hoa", f"items/{TASK}/handovers/new").text) == ""


def test_work_that_came_back_says_why_on_its_page_in_its_form_on_its_card_and_in_the_inbox(
    world: World, get: Send
) -> None:
    world.submitted()
    world.take("hoa", "return", **RETURN)
    for path in (f"items/{TASK}", f"items/{TASK}/submissions/new"):
        words = banner(get("lan", path).text)
        assert "Thiếu phụ lục số 2." in words and "1 lỗi chất lượng" in words and "Lê Thị Hoa" in words
        assert "02/03/2026" in words
    assert re.search(r'bị trả lại">←', get("lan", "board").text)
    assert "Thiếu phụ lục số 2." in get("lan", "inbox").text
    assert banner(get("lan", f"items/{TASK}/comments/new").text) == ""


@pytest.mark.parametrize("again", ["submit", "assign", "undo"])
def test_once_it_is_sent_or_given_again_nothing_says_that_it_came_back(
    world: World, get: Send, again: str
) -> None:
    world.submitted()
    world.take("hoa", "return", **RETURN)
    if again == "submit":
        world.take("lan", "submit", **RESULT)
    elif again == "assign":
        world.take("hoa", "assign", **ASSIGN | {"due": "2026-07-31"})
    else:
        commands.undo_step(world.ws, TASK, world.order("hoa"))
    assert banner(get("lan", f"items/{TASK}").text) == ""
    assert "bị trả lại" not in get("lan", "board").text


def test_a_reason_that_was_erased_is_told_as_erased(world: World, get: Send, site: Site) -> None:
    world.submitted()
    world.take("hoa", "return", **RETURN)
    (event,) = [event for event in world.ws.log.read_events() if event.type == "item.returned/1"]
    world.ws.vault.erase(event.data["reason"]["digest"])
    assert "(nội dung đã bị xóa)" in banner(get("lan", f"items/{TASK}").text)
    assert "(nội dung đã bị xóa)" in get("lan", "inbox").text
