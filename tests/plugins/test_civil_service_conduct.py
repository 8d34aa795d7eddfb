"""How people did their duty: the grade of their year, and that nobody decides about himself."""

from decimal import Decimal

import pytest
from cchc_flow.plugins.civil_service.evaluation_rules import grade_of
from support.civil_service import AREA, DECIDED, GRADED, case, evaluation, rotate, scored
from support.registers import AreaCommune, communes_of

from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.workflow.policy import ROLES

commune = communes_of(AREA)


# Evaluation


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("70", "good"), ("69.99", "done"),
        ("50", "done"), ("49.99", "failed"), ("0", "failed"),
    ],
)  # fmt: skip
def test_a_score_reaches_the_grade_of_the_decree(commune: AreaCommune, score: str, grade: str) -> None:
    assert grade_of(Decimal(score), commune.facts(AREA)) == grade
    item = evaluation(commune)
    given = GRADED | {"score": score, "grade": grade}
    assert commune.take("unit_head", "grade", item.id, **given).fields["grade"] == grade


def test_no_grade_is_higher_than_the_score_and_a_lower_one_has_a_reason(commune: AreaCommune) -> None:
    item = evaluation(commune)
    with pytest.raises(RuleBroken, match="Điểm 86,5 ứng với «Hoàn thành tốt nhiệm vụ»"):
        commune.take("unit_head", "grade", item.id, **GRADED | {"grade": "excellent"})
    with pytest.raises(Warned, match="Hãy nêu lý do xếp thấp hơn"):
        commune.take("unit_head", "grade", item.id, **GRADED | {"grade": "done"})
    after = commune.take("unit_head", "grade", item.id, **GRADED | {"grade": "done", "override": "Trễ hạn."})
    assert (after.state, after.fields["grade"], after.fields["score"]) == ("graded", "done", "86.5")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"score": "100.5"}, "cao nhất là 100"),
        ({"decision_date": "2024-12-31"}, "trước năm 2025"),
        ({"decision_date": "2026-03-03"}, "chưa đến"),
        ({"decision_number": "QĐ"}, "không có chữ số"),
    ],
)
def test_a_grade_that_cannot_be_is_refused(commune: AreaCommune, wrong: dict[str, str], said: str) -> None:
    item = evaluation(commune)
    with pytest.raises(RuleBroken, match=said):
        commune.take("unit_head", "grade", item.id, **GRADED | wrong)


def test_a_grade_is_given_anew_only_by_a_leader_with_a_reason(commune: AreaCommune) -> None:
    item = evaluation(commune)
    commune.take("unit_head", "grade", item.id, **GRADED)
    with pytest.raises(NotAllowed):
        commune.take("unit_head", "revise", item.id, reason="Sót điểm.")
    assert commune.take("leader", "revise", item.id, reason="Có khiếu nại đúng.").state == "waiting"


@pytest.mark.parametrize("period", ["25", "1999-13", "２０２５"])
def test_what_is_no_period_is_refused(commune: AreaCommune, period: str) -> None:
    with pytest.raises(MissingData, match="Kỳ đánh giá: phải là một kỳ"):
        evaluation(commune, period=period)


@pytest.mark.parametrize(
    ("period", "said"), [("1999", "đã quá xa"), ("2027", "chưa bắt đầu"), ("2026-Q2", "chưa bắt đầu")]
)
def test_a_period_that_cannot_be_evaluated_is_refused(commune: AreaCommune, period: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        evaluation(commune, period=period)


def test_a_person_is_evaluated_once_a_period(commune: AreaCommune) -> None:
    evaluation(commune)
    with pytest.raises(RuleBroken, match="đã có mục đánh giá năm 2025"):
        evaluation(commune)
    for other in (evaluation(commune, period="2026"), evaluation(commune, period="2025-Q4")):
        assert other.state == "waiting"
    assert evaluation(commune, "Lê Văn Sơn").state == "waiting"


def test_before_2026_a_good_grade_in_a_year_of_discipline_is_warned_of(commune: AreaCommune) -> None:
    found = case(commune, found_on="2025-11-10")
    commune.take("leader", "decide", found.id, **DECIDED | {"decision_date": "2025-12-20"})
    item, now = evaluation(commune), scored(commune)
    with pytest.raises(Warned, match="Năm 2025 người này bị kỷ luật"):
        commune.take("unit_head", "grade", item.id, **GRADED)
    given = GRADED | {"score": "60", "grade": "done"}
    assert commune.take("unit_head", "grade", item.id, **given).state == "graded"
    assert commune.take("unit_head", "grade", now.id, **GRADED).state == "graded"


# Oneself


@pytest.mark.parametrize("written", ["Thủ trưởng đơn vị", " thủ  TRƯỞNG đơn vị "])
def test_nobody_grades_himself_and_another_may(commune: AreaCommune, written: str) -> None:
    item = evaluation(commune, written)
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        commune.take("unit_head", "grade", item.id, **GRADED)
    assert commune.take("leader", "grade", item.id, **GRADED).state == "graded"


def test_nobody_has_himself_graded_anew(commune: AreaCommune) -> None:
    item = evaluation(commune, ROLES["leader"].capitalize())
    commune.take("coordinator", "grade", item.id, **GRADED)
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        commune.take("leader", "revise", item.id, reason="Điểm thấp.")


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("decide", DECIDED),
        ("clear", {"cleared_on": "2026-03-01", "reason": "Không có lỗi."}),
        ("drop", {"reason": "Ghi nhầm."}),
    ],
)
def test_nobody_ends_the_case_against_himself(commune: AreaCommune, step: str, data: dict[str, str]) -> None:
    item = case(commune, ROLES["coordinator"].capitalize())
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        commune.take("coordinator", step, item.id, **data)
    commune.take("leader", step, item.id, **data)


def test_nobody_is_excluded_from_rotation_by_himself(commune: AreaCommune) -> None:
    item = rotate(commune, ROLES["coordinator"].capitalize())
    given = {"ground": "law", "reason": "Mới tuyển dụng."}
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        commune.take("coordinator", "exclude", item.id, **given)
    assert commune.take("leader", "exclude", item.id, **given).state == "excluded"
