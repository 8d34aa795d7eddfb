"""The assigner sets due day and supporting units of work under way: nothing moves, and both are undone."""

import pytest
from support.story import (
    ASSIGN,
    COORDINATOR,
    HEAD,
    LEADER,
    OFFICER,
    RESULT,
    Story,
    assigned_task,
    started_task,
)

from cchc_flow.errors import IllegalMove, NotAllowed
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.task import TASK

EARLIER, LATER = "2026-05-15", "2026-09-30"
WHY = {"reason": "Theo chỉ đạo của tỉnh."}


def returned_task() -> Story:
    return (
        started_task().take(OFFICER, "submit", **RESULT).take(LEADER, "return", reason="Thiếu.", defects="1")
    )


@pytest.mark.parametrize("begin", [assigned_task, started_task, returned_task])
@pytest.mark.parametrize("due", [EARLIER, LATER])
def test_the_day_of_work_that_a_unit_has_is_moved_either_way_and_the_work_stays_where_it_is(
    begin, due
) -> None:
    story = begin()
    before = story.it
    story.take(COORDINATOR, "set_due", due=due, **WHY)
    after = story.it
    assert (after.due, after.state, after.state_version) == (due, before.state, before.state_version)
    assert (after.taken_by, after.sent_back, after.moved_by) == (
        before.taken_by,
        before.sent_back,
        before.moved_by,
    )
    assert story.events[-1].type == "item.due_set/1"
    assert story.events[-1].data["previous"] == "2026-06-30"


def test_work_without_a_day_gets_one() -> None:
    story = Story(due=None).take(COORDINATOR, "assign", **ASSIGN | {"due": ""}).take(OFFICER, "start")
    story.take(LEADER, "set_due", due=LATER, **WHY)
    assert (story.it.due, story.events[-1].data["previous"]) == (LATER, None)


@pytest.mark.parametrize("actor", [HEAD, OFFICER])
def test_the_unit_itself_does_not_set_its_day(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        started_task().take(actor, "set_due", due=LATER, **WHY)


def test_work_in_review_keeps_its_day() -> None:
    with pytest.raises(IllegalMove, match="Chờ duyệt"):
        started_task().take(OFFICER, "submit", **RESULT).take(LEADER, "set_due", due=LATER, **WHY)


def test_a_day_that_was_set_is_taken_back_and_pages_that_are_open_hold() -> None:
    story = started_task()
    before = story.it
    story.take(COORDINATOR, "set_due", due=LATER, **WHY).undo(COORDINATOR)
    assert (story.it.due, story.it.state_version) == ("2026-06-30", before.state_version)
    assert (story.it.moved_by, story.events[-1].data["step"]) == ("lan", "item.due_set/1")
    with pytest.raises(IllegalMove):
        story.undo(COORDINATOR)


def test_only_who_set_the_day_takes_it_back() -> None:
    with pytest.raises(NotAllowed):
        started_task().take(COORDINATOR, "set_due", due=LATER, **WHY).undo(LEADER)


def test_supporting_units_change_without_giving_the_work_out_anew() -> None:
    story = started_task().take(COORDINATOR, "change_support", support=["truong-hoc"], **WHY)
    assert (story.it.support, story.it.state, story.it.taken_by) == (("truong-hoc",), "in_progress", "lan")
    assert story.events[-1].data["previous"] == ["tram-y-te"]
    assert story.undo(COORDINATOR).it.support == ("tram-y-te",)


@pytest.mark.parametrize("state", ["submitted", "approved", "suspended"])
def test_work_in_review_or_at_rest_is_handed_over_and_stays_there(state: str) -> None:
    story = started_task()
    if state == "suspended":
        story.take(LEADER, "suspend", reason="Chờ hướng dẫn.")
    else:
        story.take(OFFICER, "submit", **RESULT)
    if state == "approved":
        story.take(COORDINATOR, "approve", quality="good", comment="")
    story.take(LEADER, "hand_over", lead="truong-hoc", **WHY)
    assert (story.it.lead, story.it.state) == ("truong-hoc", state)


def test_the_definition_is_version_4_and_its_states_are_those_of_version_3() -> None:
    assert TASK.version == 4
    assert [state.name for state in TASK.states] == [
        "planned", "assigned", "in_progress", "distributed", "submitted",
        "approved", "closed", "suspended", "cancelled", "excused",
    ]  # fmt: skip
