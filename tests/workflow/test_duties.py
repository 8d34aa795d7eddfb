"""What an item waits for, and what it means for each person."""

import pytest
from support.story import (
    ADMIN,
    ASSIGN,
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

from cchc_flow.workflow.definition import State, Transition, Workflow
from cchc_flow.workflow.duties import Call, Duty, find_call, states_that_call
from cchc_flow.workflow.hands import Crew
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.task import TASK

COLLEAGUE = Actor("mai", frozenset({"officer"}), "kinh-te")


def call_of(story: Story, actor: Actor) -> Call | None:
    return find_call(story.workflow, story.it, actor, crew_of(*EVERYBODY, COLLEAGUE))


def crew_of(*people: Actor) -> Crew:
    """Return the crew of some people who are all there."""
    return Crew({one.id: one.unit for one in people}, {one.id: one.roles for one in people})


def duties(story: Story) -> dict[str, str]:
    """Return what the item means for whom, by login."""
    calls = {actor.id: call_of(story, actor) for actor in (*EVERYBODY, COLLEAGUE)}
    return {login: call.duty.value for login, call in calls.items() if call}


def steps(story: Story, actor: Actor) -> list[str]:
    call = call_of(story, actor)
    return [step.name for step in call.steps] if call else []


def test_a_task_of_nobody_is_to_be_given_out() -> None:
    assert duties(Story()) == {"hoa": "give", "nam": "give"}


def test_a_task_in_nobodys_hands_is_the_heads_and_news_for_the_unit() -> None:
    story = assigned_task()
    assert duties(story) == {"binh": "do", "lan": "unit", "mai": "unit"}
    call = call_of(story, HEAD)
    assert call is not None and call.begins and steps(story, HEAD) == ["start", "delegate"]


def test_only_its_head_is_offered_to_give_new_work_of_the_unit_to_somebody() -> None:
    story = assigned_task()
    assert steps(story, OFFICER) == ["start"]
    assert steps(story.take(HEAD, "start"), HEAD) == ["submit"]


def test_a_task_in_charge_of_an_officer_is_that_officers() -> None:
    story = Story().take(COORDINATOR, "assign", **ASSIGN | {"officer": "lan"})
    assert duties(story) == {"lan": "do", "binh": "unit", "mai": "unit"}


def test_the_head_who_gave_a_task_waits_for_the_officer_who_has_it() -> None:
    story = assigned_task().take(HEAD, "delegate", officer="lan")
    assert duties(story) == {"lan": "do", "binh": "wait", "mai": "unit"}
    assert duties(story.take(HEAD, "recall")) == {"binh": "do", "lan": "unit", "mai": "unit"}


def test_who_took_a_task_up_has_it_in_hand() -> None:
    story = started_task()
    assert duties(story) == {"lan": "do", "binh": "unit", "mai": "unit"}
    call = call_of(story, HEAD)
    assert call is not None and call.holder == "lan" and not call.begins


def test_work_of_somebody_who_left_is_the_heads_again() -> None:
    story = started_task()
    call = find_call(TASK, story.it, HEAD, crew_of(HEAD, COLLEAGUE))
    assert call is not None and (call.duty, call.holder) == (Duty.DO, None)


def test_a_task_that_was_given_anew_is_in_nobodys_hands() -> None:
    story = started_task().take(COORDINATOR, "assign", **ASSIGN | {"due": "2026-07-31"})
    assert duties(story) == {"binh": "do", "lan": "unit", "mai": "unit"}


def test_a_submission_waits_for_a_decision_and_who_sent_it_waits_too() -> None:
    story = submitted_task()
    assert duties(story) == {"hoa": "decide", "nam": "decide", "lan": "wait"}
    assert steps(story, COORDINATOR) == ["approve", "return"]
    assert steps(story, OFFICER) == ["approve"]


def test_nobody_is_called_to_decide_about_an_own_submission() -> None:
    both = Actor("lan", frozenset({"officer", "coordinator"}), "kinh-te")
    call = call_of(submitted_task(), both)
    assert call is not None and call.duty == Duty.WAIT


def test_approved_work_waits_for_who_closes_it() -> None:
    story = approved_task()
    assert duties(story) == {"nam": "decide", "lan": "wait"}
    assert steps(story, LEADER) == ["close"]
    closing = Actor("hoa", frozenset({"coordinator"}), "van-hoa", coordinator_closes=True)
    assert steps(story, closing) == ["close"]


def test_a_request_calls_for_an_answer_and_leaves_the_work_with_its_unit() -> None:
    story = started_task().take(OFFICER, "ask_extension", due="2026-09-30", reason="Chờ số liệu.")
    assert duties(story) == {"hoa": "decide", "nam": "decide", "lan": "do", "binh": "unit", "mai": "unit"}
    call = call_of(story, COORDINATOR)
    assert call is not None and call.request
    assert steps(story, COORDINATOR) == ["grant_extension", "refuse_extension"]


@pytest.mark.parametrize("actor", [HELPER, STRANGER, INSPECTOR, ADMIN], ids=lambda actor: actor.id)
def test_who_has_no_part_is_never_called(actor: Actor) -> None:
    stories = [Story(), assigned_task(), started_task(), submitted_task(), approved_task(), closed_task()]
    assert [call_of(story, actor) for story in stories] == [None] * 6


def test_suspended_and_finished_work_waits_for_nobody() -> None:
    suspended = started_task().take(
        LEADER, "suspend", decision="15/QĐ-UBND ngày 03/4/2026", reason="Chờ hướng dẫn."
    )
    assert duties(suspended) == duties(closed_task()) == {}


def test_returned_work_is_its_submitters_again() -> None:
    story = submitted_task().take(COORDINATOR, "return", reason="Thiếu phụ lục.", defects="1")
    assert duties(story) == {"lan": "do", "binh": "unit", "mai": "unit"}
    assert duties(story.take(OFFICER, "submit", **RESULT))["hoa"] == "decide"


def test_an_undone_start_leaves_the_work_in_nobodys_hands() -> None:
    assert duties(started_task().undo(OFFICER))["binh"] == "do"


REGISTER = Workflow(
    "idea",
    1,
    "Sáng kiến",
    "drafted",
    (
        State("drafted", "Đang soạn"),
        State("proposed", "Đã đề xuất"),
        State("recognised", "Đã công nhận", final=True),
        State("refused", "Không công nhận", final=True),
    ),
    (
        Transition(name="note", title="Ghi thêm", fact="notes", event="item.advanced/1",
                   from_=("drafted",), to=None, by=("lead_unit",)),
        Transition(name="finish", title="Kết thúc", fact="ends", event="item.advanced/1",
                   from_=("drafted",), to="proposed", by=("coordinator",)),
        Transition(name="recognise", title="Công nhận", fact="recognitions", event="item.advanced/1",
                   from_=("proposed",), to="recognised", by=("coordinator", "leader")),
        Transition(name="refuse", title="Không công nhận", fact="refusals", event="item.advanced/1",
                   from_=("proposed",), to="refused", by=("coordinator", "leader")),
    ),
    openers=("officer",),
)  # fmt: skip


def entry() -> Story:
    return Story(REGISTER, unit="kinh-te", plan=None, area=None, ref=None)


def test_an_entry_on_which_its_unit_still_writes_waits_for_nobodys_decision() -> None:
    assert duties(entry()) == {"binh": "do", "lan": "unit", "mai": "unit"}
    assert steps(entry(), HEAD) == ["note"]


def test_an_entry_that_only_others_can_bring_on_waits_for_their_decision() -> None:
    story = entry().take(COORDINATOR, "finish")
    assert duties(story) == {"hoa": "decide", "nam": "decide"}
    assert steps(story, LEADER) == ["recognise", "refuse"]


def test_the_states_that_call_are_those_in_which_a_role_alone_brings_the_work_on() -> None:
    assert states_that_call(TASK, {"coordinator"}) == ["planned", "submitted"]
    assert states_that_call(TASK, {"leader"}) == ["planned", "submitted", "approved"]
    assert states_that_call(TASK, {"officer", "inspector"}) == []
    assert states_that_call(REGISTER, {"coordinator"}) == ["proposed"]
