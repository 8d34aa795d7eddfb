"""A plan's task from opening to closing, step by step, with every refusal."""

from typing import Any

import pytest
from support.story import (
    ADMIN,
    ASSIGN,
    CONTEXT,
    COORDINATOR,
    EVERYBODY,
    HEAD,
    HELPER,
    INSPECTOR,
    LEADER,
    OFFICER,
    RESULT,
    STRANGER,
    Story,
    approved_task,
    assigned_task,
    closed_task,
    started_task,
    submitted_task,
)

from cchc_flow.errors import FourEyes, IllegalMove, ItemMoved, MissingData, NotAllowed
from cchc_flow.workflow.commands import TakeStep, Typed, Upload
from cchc_flow.workflow.decide import can_undo, decide, find_step_to, steps_for
from cchc_flow.workflow.definition import as_data, from_data, problems
from cchc_flow.workflow.events import NAMES, ItemOpened
from cchc_flow.workflow.form_values import current_values
from cchc_flow.workflow.item import done_on
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.task import TASK


def types(story: Story) -> list[str]:
    return [event.type for event in story.events]


def test_the_definition_is_sound() -> None:
    assert problems(TASK) == []


def test_a_published_definition_reads_back_as_it_was() -> None:
    assert from_data(as_data(TASK)) == TASK


def test_the_form_of_an_approval_begins_with_the_usual_quality() -> None:
    assert current_values(TASK.transition("approve"), submitted_task().it)["quality"] == "met"


def test_a_task_goes_all_the_way_to_closed() -> None:
    story = closed_task()
    assert story.it.state == "closed"
    assert types(story) == [
        NAMES[ItemOpened],
        "item.assigned/1",
        "item.started/1",
        "item.submitted/1",
        "item.approved/1",
        "item.closed/1",
    ]


def test_every_move_says_where_from_and_where_to() -> None:
    moves = [(event.data["from"], event.data["to"]) for event in closed_task().events]
    assert moves == [
        (None, "planned"),
        ("planned", "assigned"),
        ("assigned", "in_progress"),
        ("in_progress", "submitted"),
        ("submitted", "approved"),
        ("approved", "closed"),
    ]


def test_assigning_needs_a_lead_unit() -> None:
    with pytest.raises(MissingData) as refused:
        Story().take(COORDINATOR, "assign", **ASSIGN | {"lead": ""})
    assert refused.value.fields == {"lead": "Hãy chọn đơn vị chủ trì."}


def test_a_unit_that_the_directory_does_not_have_cannot_lead() -> None:
    with pytest.raises(MissingData, match="không có trong danh bạ"):
        Story().take(COORDINATOR, "assign", **ASSIGN | {"lead": "phong-ma"})


def test_the_officer_belongs_to_the_lead_unit() -> None:
    with pytest.raises(MissingData, match="phải thuộc đơn vị chủ trì"):
        Story().take(COORDINATOR, "assign", **ASSIGN | {"officer": HELPER.id})


def test_the_lead_unit_is_not_its_own_support() -> None:
    with pytest.raises(MissingData, match="không được gồm cả đơn vị chủ trì"):
        Story().take(COORDINATOR, "assign", **ASSIGN | {"support": ["kinh-te"]})


def test_assigning_again_what_is_assigned_makes_no_event() -> None:
    story = assigned_task()
    assert types(story.take(COORDINATOR, "assign", **ASSIGN)) == [NAMES[ItemOpened], "item.assigned/1"]


def test_assigning_work_under_way_as_before_leaves_it_under_way() -> None:
    story = started_task()
    before = types(story)
    assert types(story.take(COORDINATOR, "assign", **ASSIGN)) == before
    assert story.it.state == "in_progress"


@pytest.mark.parametrize("change", [{"due": "2026-07-15"}, {"support": []}, {"officer": OFFICER.id}])
def test_whatever_is_assigned_otherwise_sends_work_under_way_back_to_be_taken_up(change: Any) -> None:
    assert started_task().take(COORDINATOR, "assign", **ASSIGN | change).it.state == "assigned"


def test_reassigning_to_another_unit_is_a_new_event() -> None:
    story = assigned_task().take(COORDINATOR, "assign", **ASSIGN | {"lead": "truong-hoc"})
    assert (story.it.lead, len(story.events)) == ("truong-hoc", 3)


@pytest.mark.parametrize("actor", [COORDINATOR, LEADER, HELPER, STRANGER, INSPECTOR, ADMIN])
def test_only_the_lead_unit_starts(actor: Actor) -> None:
    with pytest.raises(NotAllowed, match="đơn vị chủ trì"):
        assigned_task().take(actor, "start")


def test_the_head_of_the_lead_unit_declines_with_a_reason() -> None:
    story = assigned_task().take(HEAD, "decline", reason="Không đúng chức năng.")
    assert (story.it.state, story.it.lead) == ("planned", None)


def test_an_officer_cannot_decline_for_the_unit() -> None:
    with pytest.raises(NotAllowed, match="thủ trưởng đơn vị chủ trì"):
        assigned_task().take(OFFICER, "decline", reason="Bận.")


def test_a_support_unit_reports_progress_but_does_not_submit() -> None:
    story = started_task().take(HELPER, "report_progress", percent="40", note="", evidence=[])
    assert story.it.progress == 40
    with pytest.raises(NotAllowed):
        story.take(HELPER, "submit", **RESULT)


@pytest.mark.parametrize("percent", ["-1", "101", "4.5", "bốn mươi", "", "٤٠"])
def test_progress_is_a_whole_number_up_to_a_hundred(percent: str) -> None:
    with pytest.raises(MissingData, match=r"[Tt]iến độ"):
        started_task().take(OFFICER, "report_progress", percent=percent)


def test_progress_does_not_move_the_task() -> None:
    before = started_task()
    version = before.it.state_version
    assert before.take(OFFICER, "report_progress", percent="10").it.state_version == version


def test_a_submission_needs_words_about_the_result() -> None:
    with pytest.raises(MissingData) as refused:
        started_task().take(OFFICER, "submit", **RESULT | {"result": "  \n "})
    assert list(refused.value.fields) == ["result"]


def test_an_empty_file_is_no_evidence() -> None:
    with pytest.raises(MissingData, match="rỗng"):
        started_task().take(
            OFFICER, "submit", **RESULT | {"evidence": [Upload("a.pdf", b"", "application/pdf")]}
        )


def test_a_reason_of_a_megabyte_is_refused_in_one_sentence() -> None:
    with pytest.raises(MissingData, match=r"Lý do: dài quá 20\.000 ký tự\."):
        assigned_task().take(HEAD, "decline", reason="a" * 1_000_000)


def test_a_text_may_be_as_long_as_the_browser_lets_it_be() -> None:
    lines = "\r\n".join(["a" * 99] * 200)  # 20.000 characters to a browser, which counts a line's end as one
    assert started_task().take(OFFICER, "submit", **RESULT | {"result": lines}).it.state == "submitted"


def test_characters_that_nobody_sees_are_left_out() -> None:
    (event,) = decide(
        TASK, started_task().it, TakeStep("submit", {"result": "\x1b[2JXong\x00\x07\n"}), OFFICER, CONTEXT
    ).events
    assert getattr(event, "result", None) == Typed("[2JXong")


@pytest.mark.parametrize("wrong", [5, {"a": 1}, b"x", [["kinh-te"]], True])
def test_data_of_another_shape_are_refused_and_not_stumbled_over(wrong: object) -> None:
    for story, actor, step in ((Story(), COORDINATOR, "assign"), (started_task(), OFFICER, "submit")):
        names = [field.name for field in TASK.transition(step).fields]
        with pytest.raises(MissingData):
            story.take(actor, step, **dict.fromkeys(names, wrong))


def test_more_files_than_twenty_are_refused() -> None:
    files = [Upload("a.pdf", b"x", "application/pdf")] * 21
    with pytest.raises(MissingData, match="nhiều nhất 20 tệp"):
        started_task().take(OFFICER, "submit", **RESULT | {"evidence": files})


def test_only_who_submitted_withdraws() -> None:
    with pytest.raises(NotAllowed, match="người đã nộp kết quả"):
        submitted_task().take(HEAD, "withdraw", reason="Còn thiếu.")
    assert submitted_task().take(OFFICER, "withdraw", reason="Còn thiếu.").it.state == "in_progress"


def test_a_return_counts_and_keeps_the_number_of_defects() -> None:
    story = submitted_task().take(COORDINATOR, "return", reason="Thiếu số liệu.", defects="2")
    assert (story.it.state, story.it.returns, story.events[-1].data["defects"]) == ("in_progress", 1, 2)


@pytest.mark.parametrize("step", ["approve", "return"])
def test_nobody_reviews_his_own_submission_whatever_his_roles(step: str) -> None:
    both = Actor("hai", frozenset({"officer", "coordinator", "leader"}), "kinh-te")
    story = started_task().take(both, "submit", **RESULT)
    with pytest.raises(FourEyes, match="do chính mình nộp"):
        story.take(both, step, quality="good", reason="x", defects="0")


def test_nobody_closes_his_own_submission() -> None:
    both = Actor("hai", frozenset({"officer", "leader"}), "kinh-te")
    story = started_task().take(both, "submit", **RESULT).take(COORDINATOR, "approve", quality="met")
    with pytest.raises(FourEyes):
        story.take(both, "close")


def test_a_coordinator_does_not_close() -> None:
    with pytest.raises(NotAllowed, match="lãnh đạo UBND"):
        approved_task().take(COORDINATOR, "close")


def test_a_task_is_done_on_the_day_of_the_submission_that_was_approved() -> None:
    story = started_task().wait(60 * 24).take(OFFICER, "submit", **RESULT)
    assert done_on(story.it) is None
    story.wait(60 * 24 * 9).take(COORDINATOR, "approve", quality="met")
    assert str(done_on(story.it)) == "2026-03-03"


def test_a_reopened_task_is_not_done() -> None:
    assert done_on(closed_task().take(LEADER, "reopen", reason="Làm lại.").it) is None


def test_anybody_with_a_role_comments_in_any_state() -> None:
    for story in (Story(), assigned_task(), started_task(), submitted_task(), approved_task(), closed_task()):
        assert story.take(STRANGER, "comment", text="Đã xem.").events[-1].type == "item.commented/2"


def test_who_only_inspects_does_not_even_comment() -> None:
    with pytest.raises(NotAllowed, match="mọi người có vai trò, trừ kiểm tra"):
        Story().take(INSPECTOR, "comment", text="Cần giải trình.")


def test_who_inspects_and_has_another_role_comments_in_that() -> None:
    both = Actor("thu", frozenset({"inspector", "leader"}))
    assert Story().take(both, "comment", text="Đã xem.").events[-1].type == "item.commented/2"


def test_who_has_no_role_does_not_even_comment() -> None:
    with pytest.raises(NotAllowed):
        Story().take(Actor("khach"), "comment", text="Xin chào.")


def test_a_step_that_the_state_does_not_have_says_what_is_allowed() -> None:
    with pytest.raises(IllegalMove) as refused:
        Story().take(COORDINATOR, "approve", quality="met")
    assert "«Chưa giao» nên không thể «Duyệt»" in refused.value.why
    assert "«Giao việc»" in refused.value.now


def test_a_colleagues_move_stands_in_the_way_and_is_named() -> None:
    story = submitted_task()
    seen = story.it.state_version
    story.take(COORDINATOR, "return", reason="Thiếu.", defects="0")
    with pytest.raises(ItemMoved) as refused:
        decide(TASK, story.it, TakeStep("approve", {"quality": "met"}, seen), LEADER, CONTEXT)
    assert refused.value.why == (
        "Lê Thị Hoa đã chuyển công việc này sang «Đang thực hiện» lúc 8 giờ 00 ngày 02/03/2026."
    )


def test_a_colleagues_comment_does_not_stand_in_the_way() -> None:
    story = submitted_task()
    seen = story.it.state_version
    story.take(STRANGER, "comment", text="Đang xem.")
    assert decide(TASK, story.it, TakeStep("approve", {"quality": "met"}, seen), LEADER, CONTEXT).events


def test_undo_brings_the_task_back_as_it_was() -> None:
    before = assigned_task().it
    story = assigned_task().take(COORDINATOR, "assign", **ASSIGN | {"lead": "truong-hoc", "support": []})
    after = story.undo(COORDINATOR).it
    assert (after.state, after.lead, after.support) == (before.state, before.lead, before.support)
    assert story.events[-1].data["undoes"] == "event-3"


def test_undo_of_an_approval_keeps_who_submitted() -> None:
    story = approved_task().undo(COORDINATOR)
    assert (story.it.state, story.it.submitted_by, story.it.accepted) == ("submitted", OFFICER.id, False)


def test_another_person_cannot_undo() -> None:
    with pytest.raises(NotAllowed, match="Chỉ người vừa thao tác"):
        approved_task().undo(LEADER)


def test_undo_is_open_for_ten_minutes() -> None:
    assert approved_task().wait(10).undo(COORDINATOR).it.state == "submitted"
    with pytest.raises(IllegalMove, match="Đã quá 10 phút"):
        approved_task().wait(11).undo(COORDINATOR)


def test_what_was_undone_is_not_undone_again() -> None:
    with pytest.raises(IllegalMove, match="không hoàn tác được"):
        approved_task().undo(COORDINATOR).undo(COORDINATOR)


def test_a_comment_behind_a_move_closes_undo() -> None:
    story = approved_task().take(STRANGER, "comment", text="Đã xem.")
    assert not can_undo(story.it, COORDINATOR, story.now)


def test_an_opening_cannot_be_undone() -> None:
    assert not can_undo(Story().it, Actor("system:import"), Story().now)


def test_a_drop_on_the_column_of_work_means_withdraw_or_return_by_who_drops() -> None:
    item = submitted_task().it
    assert find_step_to(TASK, item, "in_progress", OFFICER).name == "withdraw"
    assert find_step_to(TASK, item, "in_progress", COORDINATOR).name == "return"


def test_a_drop_on_a_column_that_no_step_reaches_says_so() -> None:
    with pytest.raises(IllegalMove, match="không chuyển thẳng sang «Hoàn thành»"):
        find_step_to(TASK, Story().it, "closed", LEADER)


def test_a_drop_that_another_may_do_names_who() -> None:
    with pytest.raises(NotAllowed, match="đơn vị chủ trì"):
        find_step_to(TASK, assigned_task().it, "in_progress", LEADER)


def test_the_menu_lists_only_what_would_be_accepted() -> None:
    for story in (Story(), assigned_task(), started_task(), submitted_task(), approved_task(), closed_task()):
        for actor in EVERYBODY:
            for step in steps_for(TASK, story.it, actor):
                assert story.it.state in step.from_
                assert not (step.four_eyes and actor.id == story.it.submitted_by)
