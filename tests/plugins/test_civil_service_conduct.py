"""How people did their duty: the grade of their year, and cases of discipline."""

from decimal import Decimal

import pytest
from cchc_flow.plugins.civil_service.conduct_rules import grade_of
from support import civil_service
from support.civil_service import DECIDED, GRADED, case, evaluation, rotate, words
from support.registers import AreaWorld

from cchc_flow.commands.asking import AskedFacts, RuleBroken, Warned
from cchc_flow.errors import NotAllowed

world = civil_service.world


# Evaluation


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("70", "good"), ("69.99", "done"),
        ("50", "done"), ("49.99", "failed"), ("0", "failed"),
    ],
)  # fmt: skip
def test_a_score_reaches_the_grade_of_the_decree(world: AreaWorld, score: str, grade: str) -> None:
    facts = AskedFacts(world.ws, "civil_service")
    assert grade_of(Decimal(score), facts) == grade
    item = evaluation(world)
    given = GRADED | {"score": score, "grade": grade}
    assert world.take("binh", "grade", item.id, **given).item.fields["grade"] == grade


def test_no_grade_is_higher_than_the_score_and_a_lower_one_has_a_reason(world: AreaWorld) -> None:
    item = evaluation(world)
    with pytest.raises(RuleBroken, match="Điểm 86,5 ứng với «Hoàn thành tốt nhiệm vụ»"):
        world.take("binh", "grade", item.id, **GRADED | {"grade": "excellent"})
    with pytest.raises(Warned, match="Hãy nêu lý do xếp thấp hơn"):
        world.take("binh", "grade", item.id, **GRADED | {"grade": "done"})
    after = world.take("binh", "grade", item.id, **GRADED | {"grade": "done", "override": "Trễ hạn."}).item
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
def test_a_grade_that_cannot_be_is_refused(world: AreaWorld, wrong: dict[str, str], said: str) -> None:
    item = evaluation(world)
    with pytest.raises(RuleBroken, match=said):
        world.take("binh", "grade", item.id, **GRADED | wrong)


def test_a_grade_is_given_anew_only_by_a_leader_with_a_reason(world: AreaWorld) -> None:
    item = evaluation(world)
    world.take("binh", "grade", item.id, **GRADED)
    with pytest.raises(NotAllowed):
        world.take("binh", "revise", item.id, reason="Sót điểm.")
    assert world.take("nam", "revise", item.id, reason="Có khiếu nại đúng.").item.state == "waiting"


@pytest.mark.parametrize("year", ["25", "2025-01", "1999", "2027", "２０２５"])
def test_a_year_that_cannot_be_evaluated_is_refused(world: AreaWorld, year: str) -> None:
    with pytest.raises(RuleBroken, match="Năm đánh giá không đúng"):
        evaluation(world, year=year)


def test_a_person_is_evaluated_once_a_year(world: AreaWorld) -> None:
    evaluation(world)
    with pytest.raises(RuleBroken, match="đã có mục đánh giá năm 2025"):
        evaluation(world)
    assert evaluation(world, year="2026").state == evaluation(world, "Lê Văn Sơn").state == "waiting"


def test_a_good_grade_in_a_year_of_discipline_is_warned_of(world: AreaWorld) -> None:
    found = case(world)
    world.take("nam", "decide", found.id, **DECIDED)
    item, before = evaluation(world, year="2026"), evaluation(world)
    assert world.take("binh", "grade", before.id, **GRADED).item.state == "graded"
    with pytest.raises(Warned, match="Năm 2026 người này bị kỷ luật"):
        world.take("binh", "grade", item.id, **GRADED)
    given = GRADED | {"score": "60", "grade": "done"}
    assert world.take("binh", "grade", item.id, **given).item.state == "graded"


# Discipline


def test_a_case_is_decided_by_a_decision_and_late_ones_have_a_reason(world: AreaWorld) -> None:
    item, late = case(world), case(world, "Lê Văn Sơn", found_on="2025-12-01")
    assert words(world.badges(item.id)) == ["Xem xét đến 10/04/2026"]
    assert words(world.badges(late.id)) == ["Quá hạn xem xét"]
    after = world.take("nam", "decide", item.id, **DECIDED).item
    assert (after.state, after.fields["form"], world.badges(item.id)) == ("decided", "reprimand", [])
    assert world.take("nam", "decide", late.id, **DECIDED).item.state == "decided"


def test_the_last_day_of_a_case_counts_and_the_day_after_is_warned_of(world: AreaWorld) -> None:
    in_time, late = case(world, found_on="2025-12-01"), case(world, "Lê Văn Sơn", found_on="2025-11-30")
    assert world.take("nam", "decide", in_time.id, **DECIDED).item.state == "decided"
    with pytest.raises(Warned, match="Hạn xem xét là 28/02/2026"):
        world.take("nam", "decide", late.id, **DECIDED)
    assert world.take("nam", "decide", late.id, **DECIDED, override="Phức tạp.").item.state == "decided"


@pytest.mark.parametrize(
    ("step", "given", "said"),
    [
        ("decide", DECIDED | {"decision_date": "2026-01-09"}, "trước ngày phát hiện"),
        ("decide", DECIDED | {"decision_date": "2026-03-03"}, "chưa đến"),
        ("decide", DECIDED | {"decision_number": "QĐ"}, "không có chữ số"),
        ("clear", {"cleared_on": "2026-01-09", "reason": "Không vi phạm."}, "trước ngày phát hiện"),
        ("clear", {"cleared_on": "2026-03-03", "reason": "Không vi phạm."}, "chưa đến"),
    ],
)
def test_an_end_of_a_case_that_cannot_be_is_refused(
    world: AreaWorld, step: str, given: dict[str, str], said: str
) -> None:
    item = case(world)
    with pytest.raises(RuleBroken, match=said):
        world.take("nam", step, item.id, **given)


def test_a_case_may_end_without_discipline(world: AreaWorld) -> None:
    item = case(world)
    after = world.take("nam", "clear", item.id, cleared_on="2026-03-01", reason="Không vi phạm.").item
    assert after.state == "cleared"


def test_a_case_is_not_found_on_a_day_to_come_nor_opened_by_an_officer(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        case(world, found_on="2026-03-03")
    with pytest.raises(NotAllowed):
        case(world, actor="lan")


# Oneself


@pytest.mark.parametrize("written", ["Vũ Bình", " vũ  BÌNH "])
def test_nobody_grades_himself_and_another_may(world: AreaWorld, written: str) -> None:
    item = evaluation(world, written)
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        world.take("binh", "grade", item.id, **GRADED)
    assert world.take("nam", "grade", item.id, **GRADED).item.state == "graded"


def test_nobody_has_himself_graded_anew(world: AreaWorld) -> None:
    item = evaluation(world, "Phạm Nam")
    world.take("hoa", "grade", item.id, **GRADED)
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        world.take("nam", "revise", item.id, reason="Điểm thấp.")


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("decide", DECIDED),
        ("clear", {"cleared_on": "2026-03-01", "reason": "Không có lỗi."}),
        ("drop", {"reason": "Ghi nhầm."}),
    ],
)
def test_nobody_ends_the_case_against_himself(world: AreaWorld, step: str, data: dict[str, str]) -> None:
    item = case(world, "Lê Thị Hoa")
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        world.take("hoa", step, item.id, **data)
    world.take("nam", step, item.id, **data)


def test_nobody_is_excluded_from_rotation_by_himself(world: AreaWorld) -> None:
    item = rotate(world, "Lê Thị Hoa")
    given = {"ground": "law", "reason": "Mới tuyển dụng."}
    with pytest.raises(RuleBroken, match="không ai tự quyết định cho mình"):
        world.take("hoa", "exclude", item.id, **given)
    assert world.take("nam", "exclude", item.id, **given).item.state == "excluded"
