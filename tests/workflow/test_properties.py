"""What holds for every history that the core allows, whoever acts and in whatever order."""

import itertools
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.story import CONTEXT, EVERYBODY, Event, Story

from cchc_flow.errors import Refusal
from cchc_flow.workflow.commands import TakeStep, Upload
from cchc_flow.workflow.decide import decide, destination, steps_for
from cchc_flow.workflow.item import evolve, fold
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.task import TASK

STATES = {state.name for state in TASK.states}
STEPS = [step.name for step in TASK.transitions]
TWO_HATS = Actor("hai", frozenset({"officer", "unit_head", "coordinator", "leader"}), "kinh-te")

words = st.sampled_from(["", "Đã xong.", "\x00", "Lý do"])
raw_data = st.fixed_dictionaries(
    {},
    optional={
        "lead": st.sampled_from(["kinh-te", "truong-hoc", "phong-ma", ""]),
        "support": st.lists(st.sampled_from(["tram-y-te", "van-hoa", "kinh-te"]), max_size=3),
        "officer": st.sampled_from(["", "lan", "tam", "ai-do"]),
        "due": st.sampled_from(["", "2026-06-30", "30/06/2026"]),
        "cadence": st.sampled_from(["", "monthly", "daily"]),
        "reason": words,
        "text": words,
        "result": words,
        "comment": words,
        "defects": st.sampled_from(["0", "2", "-1", ""]),
        "quality": st.sampled_from(["met", "good", "bad", ""]),
        "percent": st.sampled_from(["0", "55", "101"]),
        "evidence": st.lists(st.just(Upload("a.pdf", b"x", "application/pdf")), max_size=2),
    },
)
likely_data = st.just(
    {
        "lead": "kinh-te",
        "reason": "Lý do",
        "text": "Trao đổi",
        "result": "Kết quả",
        "defects": "1",
        "quality": "met",
        "percent": "50",
    }
)
acts = st.lists(
    st.tuples(
        st.sampled_from([*EVERYBODY, TWO_HATS, TWO_HATS]),
        st.sampled_from([*STEPS, "undo", "undo"]),
        st.one_of(likely_data, likely_data, raw_data),
        st.integers(0, 15),
    ),
    max_size=40,
)
Acts = list[tuple[Actor, str, dict[str, Any], int]]


def play(story: Story, acts_tried: Acts) -> Story:
    """Let everybody try everything; what is refused leaves the story as it was."""
    for actor, name, data, minutes in acts_tried:
        story.wait(minutes)
        try:
            _ = story.undo(actor) if name == "undo" else story.take(actor, name, **data)
        except Refusal:
            continue
    return story


@given(acts)
def test_no_sequence_of_commands_reaches_a_state_that_the_definition_does_not_name(acts_tried: Acts) -> None:
    story = play(Story(), acts_tried)
    assert {event.data["to"] for event in story.events if "to" in event.data} <= STATES


@given(acts)
def test_folding_a_legal_history_gives_the_same_item_as_living_it(acts_tried: Acts) -> None:
    story = play(Story(), acts_tried)
    assert fold("2026-III.2.3.1", story.events) == story.it


@given(acts)
def test_nobody_approves_or_closes_his_own_submission(acts_tried: Acts) -> None:
    item, reviewed = None, []
    for event in play(Story(), acts_tried).events:
        if event.type in ("item.approved/1", "item.closed/1", "item.returned/1"):
            assert item is not None
            reviewed.append((event.actor, item.submitted_by))
        item = evolve(item, "2026-III.2.3.1", event)
    assert all(reviewer != submitter and submitter for reviewer, submitter in reviewed)


@given(acts)
def test_every_move_begins_where_the_one_before_ended(acts_tried: Acts) -> None:
    moves = [event.data for event in play(Story(), acts_tried).events if "to" in event.data]
    assert all(later["from"] == earlier["to"] for earlier, later in itertools.pairwise(moves))


@given(acts)
def test_every_step_of_the_menu_leads_where_it_says_or_asks_for_data(acts_tried: Acts) -> None:
    story = play(Story(), acts_tried)
    for actor in EVERYBODY:
        for step in steps_for(TASK, story.it, actor):
            given_data = {"lead": "van-hoa", "reason": "x", "text": "x", "result": "x", "defects": "0"}
            given_data |= {"quality": "met", "percent": "10", "due": _later(story), "decision": "3/QĐ-UBND"}
            given_data |= {"units": ["kinh-te", "van-hoa"]}
            given_data["weight"] = "3" if story.it.weight != "3" else "1"
            if step.name == "change_support":
                given_data["support"] = [] if story.it.support else _others(story)
            if step.name == "delegate":
                given_data["officer"] = "binh" if story.it.officer == "lan" else "lan"
            events = decide(TASK, story.it, TakeStep(step.name, given_data), actor, CONTEXT).events
            assert [getattr(event, "to", None) for event in events] == [destination(story.it, step)]


@given(acts)
def test_undo_restores_every_field_but_the_counters(acts_tried: Acts) -> None:
    story = play(Story(), acts_tried)
    before = story.it
    for actor in EVERYBODY:
        for step in steps_for(TASK, story.it, actor):
            if step.name == "distribute":  # a whole has parts, which undo cannot unmake
                continue
            if step.to is None and step.name not in ("set_due", "change_support"):
                continue
            data = {"lead": "van-hoa", "reason": "x", "result": "x", "defects": "0", "quality": "met"}
            data |= {"decision": "3/QĐ-UBND", "due": _later(story)}
            data["support"] = [] if story.it.support else _others(story)
            story.take(actor, step.name, **data).undo(actor)
            assert _content(story) == _content_of(before)
            return


# Events of a stream as they might stand in a log of another release: any order, any data of their class.
moving = st.sampled_from(["item.started/1", "item.closed/1", "item.undone/1", "item.withdrawn/1"])


@settings(max_examples=50)
@given(
    st.lists(st.tuples(moving, st.sampled_from(sorted(STATES)), st.sampled_from(sorted(STATES))), max_size=20)
)
def test_replay_never_refuses_and_copies_where_an_event_went(moves: list[tuple[str, str, str]]) -> None:
    story = Story()
    item = story.it
    for number, (name, start, end) in enumerate(moves, 2):
        data: dict[str, Any] = {"from": start, "to": end}
        if name == "item.undone/1":
            data |= {"undoes": "x", "step": "y"}
        if name == "item.withdrawn/1":
            data["reason"] = {"digest": "0" * 64, "size": 1, "media_type": "text/plain"}
        item = evolve(
            item, item.id, Event(f"e{number}", number, name, "lan", "2026-03-02T01:00:00.000000Z", data)
        )
        assert (item.state, item.version) == (end, number)


def _others(story: Story) -> list[str]:
    """Return a unit that does not lead the work."""
    return ["tram-y-te" if story.it.lead == "truong-hoc" else "truong-hoc"]


def _later(story: Story) -> str:
    """A day after the item's due day, and within its plan."""
    return (date.fromisoformat(story.it.due or "2026-06-30") + timedelta(days=1)).isoformat()


def _content(story: Story) -> dict[str, Any]:
    return _content_of(story.it)


def _content_of(item: Any) -> dict[str, Any]:
    counters = {"version", "state_version", "last", "before", "moved_by", "moved_at"}
    return {name: getattr(item, name) for name in item.__struct_fields__ if name not in counters}
