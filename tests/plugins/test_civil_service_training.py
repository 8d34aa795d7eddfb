"""Courses of civil servants: planned, held, certified, or left out of the plan by a decision."""

import pytest
from support.civil_service import AREA, HELD, course
from support.registers import AreaCommune, communes_of

from cchc_flow.errors import NotAllowed
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned

commune = communes_of(AREA)


def test_a_course_is_planned_held_and_certified(commune: AreaCommune) -> None:
    item = course(commune, by="officer")
    assert commune.take("officer", "hold", item.id, **HELD).state == "held"
    after = commune.take("officer", "finish", item.id, certificates="18", certificate="Chứng nhận kỹ năng số")
    assert (after.state, after.fields["days"], after.fields["certificates"]) == ("finished", "5", "18")


@pytest.mark.parametrize("wrong", [{"planned_people": "0"}, {"planned_days": "0"}])
def test_a_course_for_nobody_is_not_planned(commune: AreaCommune, wrong: dict[str, str]) -> None:
    with pytest.raises(RuleBroken, match="số lớn hơn 0"):
        course(commune, **wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ended_on": "2026-03-03"}, "chưa đến"),
        ({"ended_on": "2026-02-22"}, "đứng trước ngày khai giảng"),
        ({"days": "6"}, "chỉ kéo dài 5 ngày"),
        ({"days": "0"}, "số lớn hơn 0"),
        ({"attended": "0"}, "số lớn hơn 0"),
    ],
)
def test_a_course_that_cannot_have_been_is_not_held(
    commune: AreaCommune, wrong: dict[str, str], said: str
) -> None:
    item = course(commune)
    with pytest.raises(RuleBroken, match=said):
        commune.take("officer", "hold", item.id, **HELD | wrong)
    assert commune.then(item.id).state == "planned"


def test_a_course_shorter_than_planned_is_warned_of(commune: AreaCommune) -> None:
    item = course(commune)
    with pytest.raises(Warned, match="Kế hoạch là 5 ngày"):
        commune.take("officer", "hold", item.id, **HELD | {"days": "4,5"})
    after = commune.take("officer", "hold", item.id, **HELD | {"days": "4,5", "override": "Nghỉ nửa ngày."})
    assert after.fields["days"] == "4.5"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"certificates": "21", "certificate": "Chứng nhận"}, "chỉ có 20 người học"),
        ({"certificates": "1"}, "Chưa ghi tên chứng chỉ"),
    ],
)
def test_certificates_are_named_and_no_more_than_the_learners(
    commune: AreaCommune, given: dict[str, str], said: str
) -> None:
    item = course(commune)
    commune.take("officer", "hold", item.id, **HELD)
    with pytest.raises(RuleBroken, match=said):
        commune.take("officer", "finish", item.id, **given)
    assert commune.take("officer", "finish", item.id, certificates="0").state == "finished"


def test_a_course_leaves_the_plan_only_by_a_decision(commune: AreaCommune) -> None:
    item = course(commune)
    decision = {"decision_number": "QĐ", "decision_date": "2026-03-01", "reason": "Tỉnh hoãn lớp."}
    with pytest.raises(RuleBroken, match="không có chữ số"):
        commune.take("leader", "cancel", item.id, **decision)
    with pytest.raises(NotAllowed):
        commune.take("officer", "cancel", item.id, **decision | {"decision_number": "8/QĐ"})
    assert (
        commune.take("leader", "cancel", item.id, **decision | {"decision_number": "8/QĐ"}).state
        == "cancelled"
    )
