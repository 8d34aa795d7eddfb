"""A unit's periodic report, on the same engine with its own definition."""

from typing import Any

import pytest
from support.story import COORDINATOR, HEAD, HELPER, LEADER, OFFICER, RESULT, STRANGER, Story

from cchc_flow.errors import FourEyes, IllegalMove, NotAllowed
from cchc_flow.workflow.decide import find_step_to, steps_for
from cchc_flow.workflow.item import done_on
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.report import REPORT

KEY: dict[str, Any] = {"unit": "kinh-te", "period": "2026-03", "due": "2026-03-10", "ref": None, "area": None}


def due_report() -> Story:
    return Story(REPORT, **KEY)


def submitted_report() -> Story:
    return due_report().take(OFFICER, "submit", **RESULT)


def accepted_report() -> Story:
    return submitted_report().take(COORDINATOR, "accept")


def names(story: Story, actor: Actor) -> list[str]:
    return [step.name for step in steps_for(REPORT, story.it, actor)]


def test_a_report_belongs_to_its_unit_from_the_beginning() -> None:
    assert (due_report().it.state, due_report().it.lead, due_report().it.period) == (
        "due",
        "kinh-te",
        "2026-03",
    )


def test_a_report_is_handed_in_given_back_and_accepted() -> None:
    story = submitted_report().take(COORDINATOR, "return", reason="Thiếu phụ lục.", defects="1")
    assert (story.it.state, story.it.returns) == ("due", 1)
    assert story.take(HEAD, "submit", **RESULT).take(LEADER, "accept").it.state == "accepted"


def test_a_report_is_done_on_the_day_on_which_it_was_handed_in() -> None:
    story = submitted_report().wait(60 * 24 * 5)
    assert done_on(story.it) is None
    assert str(done_on(story.take(COORDINATOR, "accept").it)) == "2026-03-02"


@pytest.mark.parametrize("actor", [HELPER, STRANGER, COORDINATOR, LEADER])
def test_only_its_unit_hands_a_report_in(actor: Actor) -> None:
    with pytest.raises(NotAllowed, match="đơn vị chủ trì"):
        due_report().take(actor, "submit", **RESULT)


@pytest.mark.parametrize("step", ["accept", "return"])
def test_nobody_accepts_or_returns_his_own_report(step: str) -> None:
    both = Actor("hai", frozenset({"officer", "coordinator", "leader"}), "kinh-te")
    with pytest.raises(FourEyes, match="do chính mình nộp"):
        due_report().take(both, "submit", **RESULT).take(both, step, reason="x", defects="0")


def test_who_handed_it_in_takes_it_back_until_it_is_accepted() -> None:
    assert submitted_report().take(OFFICER, "withdraw", reason="Nhầm tệp.").it.state == "due"
    with pytest.raises(IllegalMove, match="«Đã tiếp nhận» nên không thể «Rút lại báo cáo»"):
        accepted_report().take(OFFICER, "withdraw", reason="Nhầm tệp.")


def test_an_accepted_report_that_is_opened_again_is_not_done() -> None:
    story = accepted_report().take(COORDINATOR, "reopen", reason="Số liệu thay đổi.")
    assert (story.it.state, done_on(story.it)) == ("due", None)


def test_an_excused_report_asks_for_nothing_more_but_words() -> None:
    story = due_report().take(COORDINATOR, "excuse", reason="Đơn vị không phát sinh.")
    assert REPORT.state(story.it.state).final
    assert names(story, OFFICER) == names(story, COORDINATOR) == ["comment"]


def test_a_report_is_neither_assigned_nor_extended_nor_divided() -> None:
    with_day = {"assign", "ask_extension", "distribute", "hand_over", "suspend", "cancel"}
    assert not with_day & {step.name for step in REPORT.transitions}


def test_a_drop_on_the_column_of_what_is_due_means_withdraw_or_return_by_who_drops() -> None:
    assert find_step_to(REPORT, submitted_report().it, "due", OFFICER).name == "withdraw"
    assert find_step_to(REPORT, submitted_report().it, "due", COORDINATOR).name == "return"


def test_a_move_on_a_report_is_taken_back_by_who_made_it() -> None:
    story = accepted_report().undo(COORDINATOR)
    assert (story.it.state, story.it.accepted, story.it.submitted_by) == ("submitted", False, OFFICER.id)
