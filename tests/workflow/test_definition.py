"""Definitions as data: what is sound, what is not, and steps that lead back to where the item was."""

from hashlib import sha256

import msgspec
import pytest
from support.story import COORDINATOR, LEADER, Story, assigned_task, started_task

from cchc_flow.errors import NotFound
from cchc_flow.eventlog.codec import canonical_json
from cchc_flow.workflow.decide import destination
from cchc_flow.workflow.definition import (
    BACK,
    State,
    Transition,
    Workflow,
    as_data,
    from_data,
    problems,
    reachable,
)
from cchc_flow.workflow.events import NAMES, ItemOpened
from cchc_flow.workflow.inspection import AUDIT, FINDING
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

BUILT_IN = pytest.mark.parametrize("flow", [TASK, REPORT, AUDIT, FINDING], ids=lambda flow: flow.kind)


def step(name: str, start: str, end: str | None) -> Transition:
    return Transition(
        name=name, title=name, fact=f"{name}s", event="item.started/1", from_=(start,), to=end, by=("anyone",)
    )


def flow(*steps: Transition, states: str = "a b c") -> Workflow:
    return Workflow("thing", 1, "Thử", "a", tuple(State(name, name) for name in states.split()), steps)


@BUILT_IN
def test_a_built_in_definition_is_sound_and_reads_back(flow: Workflow) -> None:
    assert problems(flow) == []
    assert from_data(as_data(flow)) == flow


@BUILT_IN
def test_every_open_state_leads_to_an_end(flow: Workflow) -> None:
    for state in flow.states:
        ends = {state.name for state in flow.states if state.final}
        assert reachable(msgspec.structs.replace(flow, initial=state.name)) & ends


def test_what_is_wrong_with_a_definition_is_said_a_line_each() -> None:
    broken = msgspec.structs.replace(flow(step("go", "a", "d"), step("go", "e", "b")), initial="x")
    assert problems(broken) == [
        "initial state x is not defined",
        "go names the unknown state d",
        "go names the unknown state e",
        "nothing leads to a",
        "nothing leads to b",
        "nothing leads to c",
        "go is used twice",
        "gos is used twice",
    ]


def test_a_step_whose_event_does_not_exist_is_told_before_anybody_takes_it() -> None:
    typo = msgspec.structs.replace(step("go", "a", "b"), event="item.startled/1")
    assert problems(flow(typo, states="a b")) == ["go makes the unknown event item.startled/1"]


def test_a_step_makes_the_newest_version_of_its_event_whichever_its_definition_names() -> None:
    older = msgspec.structs.replace(step("go", "a", "b"), event="item.opened/1")
    assert older.event_class is ItemOpened
    assert {step.event_class for step in (*TASK.transitions, *REPORT.transitions)} <= set(NAMES)


def test_a_step_back_ends_where_the_steps_into_its_state_began() -> None:
    back = step("wake", "c", BACK)
    thing = flow(step("go", "a", "b"), step("sleep", "a", "c"), step("nap", "b", "c"), back)
    assert thing.ends(back) == ("a", "b")
    assert problems(thing) == []


def test_a_step_that_moves_nothing_has_no_end() -> None:
    talk = step("talk", "a", None)
    assert flow(talk, states="a").ends(talk) == ()


def test_what_rested_may_go_back_to_every_state_in_which_work_may_rest() -> None:
    assert set(TASK.ends(TASK.transition("resume"))) == {"planned", "assigned", "in_progress", "distributed"}


@pytest.mark.parametrize("begin", [Story, assigned_task, started_task])
def test_what_rests_goes_on_exactly_where_it_was(begin: type[Story]) -> None:
    story = begin()
    state = story.it.state
    story.take(LEADER, "suspend", reason="Chờ hướng dẫn.")
    assert destination(story.it, TASK.transition("resume")) == state
    assert story.take(COORDINATOR, "resume").it.state == state


def test_a_state_or_step_that_there_is_not_is_named() -> None:
    with pytest.raises(NotFound, match="phiên bản 3 không có trạng thái «x»"):
        REPORT.state("x")
    with pytest.raises(NotFound, match="phiên bản 3 không có bước «x»"):
        REPORT.transition("x")


@pytest.mark.parametrize(
    ("definition", "digest"),
    [
        (TASK, "a288b2fc8a8fc49d1b55452e2b95a9d981a9d14548a5ddbf30e0a82fe007bcd0"),
        (REPORT, "9da3e46fe76b7a1d62746d46c125b653d0f5ecd8cc712e575c6cda64d2ca746b"),
        (AUDIT, "a84fcd6e58601e8eabb03b67bc705a000f23d3032a7324d2a4ed144ef8304d60"),
        (FINDING, "fe000619f2085b9e73078e9a3380594d10fe36616d365b3c461b68c1c898fd8b"),
    ],
    ids=["task 4", "report 3", "audit 1", "finding 1"],
)
def test_a_published_definition_is_byte_for_byte_as_it_was(definition: Workflow, digest: str) -> None:
    assert sha256(canonical_json(as_data(definition))).hexdigest() == digest
