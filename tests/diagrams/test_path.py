"""The way of an item as its history tells it."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.histories import random_story
from support.story import COORDINATOR, LEADER, OFFICER, Event, Story, started_task, submitted_task

from cchc_flow.diagrams.path import PathStep, path_of
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK


def test_the_way_holds_moves_and_steps_that_stay_in_their_order() -> None:
    story = started_task().take(OFFICER, "report_progress", percent="40").take(LEADER, "suspend", reason="x")
    assert path_of(TASK, story.take(LEADER, "resume").events) == [
        PathStep("assign", "planned", "assigned"),
        PathStep("start", "assigned", "in_progress"),
        PathStep("report_progress", "in_progress", None),
        PathStep("suspend", "in_progress", "suspended"),
        PathStep("resume", "suspended", "in_progress"),
    ]


def test_what_was_undone_is_no_part_of_the_way() -> None:
    story = submitted_task().undo(OFFICER).take(OFFICER, "submit", result="Lại")
    assert [step.transition for step in path_of(TASK, story.events)] == ["assign", "start", "submit"]


def test_two_steps_of_one_event_are_told_apart_by_where_they_lead() -> None:
    moves = (("distributed", "closed"), ("closed", "distributed"))
    events = [
        Event("e0", 1, "item.opened/2", "hoa", "", {"from": None, "to": "distributed"}),
        *(
            Event(f"e{number}", number, "item.followed/1", "system:clock", "", {"from": start, "to": end})
            for number, (start, end) in enumerate(moves, 2)
        ),
    ]
    assert [step.transition for step in path_of(TASK, events)] == ["finish_parts", "reopen_parts"]


def test_a_step_that_this_version_has_not_has_no_name() -> None:
    shorter = replace(TASK, transitions=tuple(step for step in TASK.transitions if step.name != "start"))
    assert [step.transition for step in path_of(shorter, started_task().events)] == ["assign", ""]


def test_a_change_of_version_is_no_step() -> None:
    story = Story().take(COORDINATOR, "comment", text="x")
    data = {"from": "planned", "to": "planned", "previous": 2, "workflow": 3}
    events = [*story.events, Event("e9", 3, "item.workflow_changed/1", "hoa", "", data)]
    assert [step.transition for step in path_of(TASK, events)] == ["comment"]


@given(st.sampled_from([TASK, REPORT]), st.integers(0, 10_000), st.integers(0, 25))
def test_every_step_of_a_legal_history_is_named_and_begins_where_the_one_before_ended(workflow, seed, steps):
    story = random_story(workflow, seed, steps)
    state = workflow.initial
    for step in path_of(workflow, story.events):
        assert step.transition
        assert step.from_ == state
        state = step.to or state
    assert state == story.it.state
