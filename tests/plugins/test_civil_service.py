"""Civil service as a whole: its definitions, the plan's tasks, measures by hand, what is shown and told."""

from typing import Any

import pytest
from support.civil_service import (
    AREA,
    DECIDED,
    GRADED,
    HELD,
    LEADING,
    MODULE,
    MOVED,
    NOTICE,
    UNIT_GRADED,
    case,
    course,
    evaluation,
    rotate,
    scored,
    unit_entry,
)
from support.registers import AreaCommune, communes_of, refuse_unfit_log, refuse_unsound

from cchc_flow.plugin_host.rule_checks import RuleBroken
from cchc_flow.testing import login

commune = communes_of(AREA)


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound(AREA, MODULE.workflows())


def test_every_figure_has_a_source_and_lies_within_its_bounds() -> None:
    assert all(one.source for one in MODULE.figures())
    assert all(float(one.low) <= float(one.value) <= float(one.high) for one in MODULE.figures())


@pytest.mark.parametrize(
    "workflow", MODULE.workflows(), ids=lambda one: one.kind
)  # why somebody is left out, or disciplined, is private and can be erased
def test_reasons_are_words_for_the_vault(workflow: Any) -> None:
    fields = [one for step in workflow.transitions for one in step.fields]
    kinds = {one.name: one.kind for one in fields if one.name in ("reason", "remarks", "content")}
    assert set(kinds.values()) == {"text"}


# The plan's tasks


def test_a_task_is_not_approved_while_entries_written_for_it_are_not_finished(commune: AreaCommune) -> None:
    task = commune.submitted_task(AREA)
    item = course(commune, "Lớp kỹ năng số", task=task)
    assert commune.badges(task) == ["1 mục chưa xong"]
    with pytest.raises(RuleBroken, match="1 mục ghi cho nhiệm vụ này chưa xong: Lớp kỹ năng số"):
        commune.take("coordinator", "approve", task, quality="met")
    commune.take("officer", "hold", item.id, **HELD)
    commune.take("officer", "finish", item.id, certificates="0")
    assert commune.badges(task) == []
    assert commune.take("coordinator", "approve", task, quality="met").state == "approved"
    late = rotate(commune, task=task)
    with pytest.raises(RuleBroken, match="Địa chính: Trần Văn Bình"):
        commune.take("leader", "close", task)
    commune.take("coordinator", "drop", late.id, reason="Ghi nhầm.")
    assert commune.take("leader", "close", task).state == "closed"


def test_tasks_of_other_areas_are_not_kept_out(commune: AreaCommune) -> None:
    task = commune.submitted_task()
    course(commune, task=task)
    assert commune.take("coordinator", "approve", task, quality="met").state == "approved"


# What is counted


def test_nothing_is_counted_while_nothing_is_written(commune: AreaCommune) -> None:
    assert [one.value for one in commune.ask("measures")] == [None] * 7


def test_the_plan_of_training_by_hand(commune: AreaCommune) -> None:
    """3 courses stand in the plan (2 held: 66.67 %); 20 + 9 of 60 people learnt: 48.33 %; 18 of 20: 90 %."""
    first, second, third = (course(commune, name) for name in ("A", "B", "C"))
    gone, wrong = course(commune, "D"), course(commune, "E")
    commune.take("officer", "hold", first.id, **HELD)
    commune.take("officer", "finish", first.id, certificates="18", certificate="Chứng nhận")
    commune.take("officer", "hold", second.id, **HELD | {"attended": "9"})
    decision = {"decision_number": "8/QĐ", "decision_date": "2026-03-01", "reason": "Hoãn."}
    commune.take("leader", "cancel", gone.id, **decision)
    commune.take("leader", "drop", wrong.id, reason="Nhầm.")
    courses, people, certificates = (
        commune.measure(AREA, key) for key in ("courses", "people", "certificates")
    )
    assert (courses.value, courses.count, courses.of) == ("66.67", 2, 3)
    assert set(courses.items) == {first.id, second.id, third.id}
    assert (people.value, people.count, people.of) == ("48.33", 29, 60)
    assert (certificates.value, certificates.count, certificates.of) == ("90", 18, 20)


def test_rotations_that_are_due_this_year_by_hand(commune: AreaCommune) -> None:
    """4 are due in 2026, 1 of them left out: of 3 one was made, 33.33 %; one without a day is not counted."""
    made, left, *waiting = (rotate(commune, name, due="2026-06-30") for name in ("A", "B", "C", "D"))
    rotate(commune, "E")
    commune.take("leader", "exclude", left.id, ground="law", reason="Đang nuôi con nhỏ.")
    commune.take("officer", "notify", made.id, **NOTICE)
    commune.wait(days=40)
    commune.take("leader", "rotate", made.id, **MOVED)
    measure = commune.measure(AREA, "rotations")
    assert (measure.value, measure.count, measure.of) == ("33.33", 1, 3)
    assert set(measure.items) == {made.id, *(one.id for one in waiting)}


def test_grades_of_the_newest_year_and_discipline_by_hand(commune: AreaCommune) -> None:
    """Of 4 people of 2025 three are graded (75 %), two of them good or better (66.67 %)."""
    evaluation(commune, "Z", period="2024")
    a, b, c, _ = (evaluation(commune, name) for name in ("A", "B", "C", "D"))
    commune.take("coordinator", "drop", evaluation(commune, "E").id, reason="Nhầm.")
    commune.take("unit_head", "grade", a.id, **GRADED | {"score": "95", "grade": "excellent"})
    commune.take("unit_head", "grade", b.id, **GRADED)
    commune.take("unit_head", "grade", c.id, **GRADED | {"score": "55", "grade": "done"})
    item = case(commune)
    commune.take("leader", "decide", item.id, **DECIDED)
    evaluated, good, disciplined = (
        commune.measure(AREA, key) for key in ("evaluated", "good", "disciplined")
    )
    assert (evaluated.value, evaluated.count, evaluated.of) == ("75", 3, 4)
    assert (good.value, good.count, good.of, good.note) == ("66.67", 2, 3, "Năm 2025.")
    assert (disciplined.value, disciplined.items) == ("1", (item.id,))
    commune.wait(days=365)
    later = commune.measure(AREA, "disciplined")
    assert (later.value, later.absence) == (None, "Không phát sinh")


def test_a_period_in_which_nothing_arose_is_told_apart_from_registers_that_nobody_began(
    commune: AreaCommune,
) -> None:
    for begin in (course, rotate, case):
        begin(commune)
    told = commune.section("2026-03").paragraphs
    assert "chưa tổ chức lớp" in told[0] and "Không phát sinh việc chuyển đổi" in told[1]
    assert told[2] == "Không phát sinh trường hợp phải xử lý kỷ luật."
    assert commune.measure(AREA, "evaluated").absence == "Chưa có số liệu"


# What is shown and told


def test_the_report_tells_what_was_held_decided_and_graded_in_the_period(commune: AreaCommune) -> None:
    empty = commune.section("2026-03")
    assert empty.rows == () and empty.paragraphs == (
        "Đào tạo, bồi dưỡng: chưa có số liệu.",
        "Chuyển đổi vị trí công tác: chưa có số liệu.",
        "Xử lý kỷ luật: chưa có số liệu.",
    )
    item = course(commune)
    commune.take("officer", "hold", item.id, **HELD)
    commune.take("unit_head", "grade", evaluation(commune).id, **GRADED)
    commune.take("leader", "decide", case(commune).id, **DECIDED)
    section = commune.section("2026-03")
    assert "tổ chức 1 lớp đào tạo, bồi dưỡng với 20 lượt người" in section.paragraphs[0]
    assert section.paragraphs[2] == "Xử lý kỷ luật 1 trường hợp: khiển trách 1."
    assert ("Hoàn thành tốt nhiệm vụ", "1") in section.rows
    may = commune.section("2026-05")
    assert "chưa tổ chức lớp" in may.paragraphs[0] and may.rows == ()


def test_its_page_shows_what_waits_its_rules_and_figures(commune: AreaCommune) -> None:
    assert "Không có lớp học hay lượt chuyển đổi nào" in commune.page("areas/civil_service")
    course(commune, "Lớp kỹ năng số", due="2026-06-30")
    rotate(commune, due="2026-06-30")
    text = commune.page("areas/civil_service")
    assert "Lớp kỹ năng số" in text and "Địa chính: Trần Văn Bình" in text and "10/01/2027" in text
    assert "Nghị định 335/2025/NĐ-CP" in text and "Nghị định 59/2019/NĐ-CP" in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def _grade_by_the_newest_steps(commune: AreaCommune) -> None:
    """Take the steps of the registers of grades that no other entry here takes."""
    fail = {"case": "degradation", "conclusion": "12-KL/ĐU"}
    commune.take("leader", "fail", scored(commune, account=login("officer")).id, **fail)
    head = evaluation(commune, "D", period="2026", group="head")
    commune.take("leader", "score_leader", head.id, **LEADING, correction="")
    unit, other = (unit_entry(commune, period=year) for year in ("2025", "2024"))
    commune.take("leader", "schedule", unit.id, due="2026-03-31")
    commune.take("leader", "grade", unit.id, **UNIT_GRADED)
    commune.take("leader", "revise", unit.id, reason="Đếm sót.")
    commune.take("coordinator", "drop", other.id, reason="Nhầm.")


def test_what_the_log_keeps_of_its_registers_is_what_the_schemas_say(commune: AreaCommune) -> None:
    decision = {"decision_number": "8/QĐ", "decision_date": "2026-03-01", "reason": "Hoãn."}
    item = course(commune, task=commune.task(AREA))
    commune.take("officer", "hold", item.id, **HELD)
    commune.take("officer", "finish", item.id, certificates="0")
    commune.take("leader", "cancel", course(commune, "B").id, **decision)
    graded = evaluation(commune)
    commune.take("unit_head", "grade", graded.id, **GRADED, remarks="Tốt.")
    commune.take("leader", "revise", graded.id, reason="Sót điểm.")
    _grade_by_the_newest_steps(commune)
    commune.take("leader", "decide", case(commune).id, **DECIDED)
    complicated = case(commune, "B")
    commune.take("leader", "prolong", complicated.id, prolonged_on="2026-03-01", reason="Phải giám định.")
    commune.take("leader", "clear", complicated.id, cleared_on="2026-03-01", reason="Không vi phạm.")
    commune.take("leader", "exclude", rotate(commune, "B").id, ground="law", reason="Đang nuôi con nhỏ.")
    for entry in (course(commune, "C"), rotate(commune, "C"), evaluation(commune, "C"), case(commune, "C")):
        commune.take("coordinator", "drop", entry.id, reason="Nhầm.")
    moved = rotate(commune)
    commune.take("officer", "notify", moved.id, **NOTICE)
    commune.wait(days=40)
    commune.take("leader", "rotate", moved.id, **MOVED)
    refuse_unfit_log(AREA, commune.ws)
