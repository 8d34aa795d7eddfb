"""The act that comes next for whoever looks at an item: in every state, for every role, one table."""

import pytest
from support.story import (
    ASSIGN,
    COORDINATOR,
    EVERYBODY,
    HEAD,
    LEADER,
    OFFICER,
    Story,
    approved_task,
    assigned_task,
    closed_task,
    started_task,
    submitted_task,
)

from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.duties import find_call
from cchc_flow.workflow.hands import Crew
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.report import REPORT

COLLEAGUE = Actor("mai", frozenset({"officer"}), "kinh-te")
EVERYONE = (*EVERYBODY, COLLEAGUE)
DECISION = {"decision": "15/QĐ-UBND ngày 03/4/2026", "reason": "Chờ hướng dẫn."}
REQUEST = {"due": "2026-09-30", "reason": "Chờ số liệu."}
RETURN = {"reason": "Thiếu phụ lục.", "defects": "1"}


def crew(*people: Actor, **away: str | None) -> Crew:
    return Crew({one.id: one.unit for one in people}, {one.id: one.roles for one in people}, away)


def next_steps(story: Story, *, people: tuple[Actor, ...] = EVERYONE, **away: str | None) -> dict[str, str]:
    """Return the step that comes next for each person for whom one does, by login."""
    calls = {one.id: find_call(story.workflow, story.it, one, crew(*people, **away)) for one in people}
    return {login: call.next_step.name for login, call in calls.items() if call and call.next_step}


def charged_task() -> Story:
    """A task of which the coordinator put Lan in charge."""
    return Story().take(COORDINATOR, "assign", **ASSIGN | {"officer": "lan"})


def given_task() -> Story:
    """A task that the head of the unit gave to Lan."""
    return assigned_task().take(HEAD, "delegate", officer="lan")


def report(workflow: Workflow = REPORT) -> Story:
    return Story(workflow, unit="kinh-te", plan=None, area=None, ref=None)


STARTABLE = {"lan": "start", "binh": "start", "mai": "start"}
DECIDABLE = {"hoa": "approve", "nam": "approve"}
GRANTABLE = {"hoa": "grant_extension", "nam": "grant_extension"}
TABLE = {
    "nobody has it": (Story(), {"hoa": "assign", "nam": "assign"}),
    "the unit has it, and no person": (assigned_task(), STARTABLE),
    "an officer is in charge": (charged_task(), {"lan": "start"}),
    "the head gave it": (given_task(), {"lan": "start"}),
    "the head took it back": (given_task().take(HEAD, "recall"), STARTABLE),
    "under way": (started_task(), {"lan": "submit"}),
    "given away under way": (started_task().take(HEAD, "delegate", officer="binh"), {"binh": "submit"}),
    "a request waits": (
        started_task().take(OFFICER, "ask_extension", **REQUEST), {"lan": "submit"} | GRANTABLE,
    ),
    "a request waits, not begun": (
        given_task().take(OFFICER, "ask_extension", **REQUEST), {"lan": "start"} | GRANTABLE,
    ),
    "submitted": (submitted_task(), DECIDABLE),
    "returned": (submitted_task().take(COORDINATOR, "return", **RETURN), {"lan": "submit"}),
    "approved": (approved_task(), {"nam": "close"}),
    "closed": (closed_task(), {}),
    "suspended": (started_task().take(LEADER, "suspend", **DECISION), {}),
    "cancelled": (started_task().take(LEADER, "cancel", **DECISION), {}),
    "done in parts": (Story().take(COORDINATOR, "distribute", units=["kinh-te"], cadence="monthly"), {}),
    "a report is due": (report(), {"binh": "submit"}),
    "a report is given away": (report().take(HEAD, "delegate", officer="lan"), {"lan": "submit"}),
    "a report waits": (report().take(OFFICER, "submit", result="Đủ."), {"hoa": "accept", "nam": "accept"}),
}  # fmt: skip


@pytest.mark.parametrize(("story", "expected"), TABLE.values(), ids=TABLE.keys())
def test_what_comes_next_is_for_whoever_has_the_item_and_for_nobody_else(
    story: Story, expected: dict[str, str]
) -> None:
    assert next_steps(story) == expected


def test_the_head_of_a_unit_is_not_to_take_up_what_was_given_to_an_officer() -> None:
    assert "binh" not in next_steps(given_task())
    assert "binh" not in next_steps(charged_task())


def test_the_work_of_somebody_away_is_next_for_the_stand_in_or_else_the_head() -> None:
    assert next_steps(started_task(), lan="mai") == {"mai": "submit"}
    assert next_steps(started_task(), lan=None) == {"binh": "submit"}


def test_the_work_of_somebody_who_left_is_next_for_the_head() -> None:
    assert next_steps(started_task(), people=(HEAD, COLLEAGUE)) == {"binh": "submit"}


def test_who_submitted_is_not_to_decide_whatever_the_roles() -> None:
    both = Actor("lan", frozenset({"officer", "coordinator"}), "kinh-te")
    assert next_steps(submitted_task(), people=(both, LEADER)) == {"nam": "approve"}
