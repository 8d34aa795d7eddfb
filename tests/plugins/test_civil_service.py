"""Civil service as a whole: its definitions, the plan's tasks, measures by hand, what is shown and told."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support import civil_service
from support.civil_service import (
    DECIDED,
    GRADED,
    HELD,
    MODULE,
    MOVED,
    NOTICE,
    case,
    course,
    evaluation,
    rotate,
    words,
)
from support.registers import AreaWorld, refuse_unsound, schemas
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK

from cchc_flow.commands.asking import RuleBroken
from cchc_flow.workflow import periods

world = civil_service.world


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("civil_service", MODULE.workflows())


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


def test_a_task_is_not_approved_while_entries_written_for_it_are_not_finished(world: AreaWorld) -> None:
    item = course(world, "Lớp kỹ năng số", task=TASK)
    world.submitted()
    assert words(world.badges(TASK)) == ["1 mục chưa xong"]
    with pytest.raises(RuleBroken, match="1 mục ghi cho nhiệm vụ này chưa xong: Lớp kỹ năng số"):
        world.take("hoa", "approve", quality="met")
    world.take("lan", "hold", item.id, **HELD)
    world.take("lan", "finish", item.id, certificates="0")
    assert world.badges(TASK) == []
    assert world.take("hoa", "approve", quality="met").item.state == "approved"
    late = rotate(world, task=TASK)
    with pytest.raises(RuleBroken, match="Địa chính: Trần Văn Bình"):
        world.take("nam", "close")
    world.take("hoa", "drop", late.id, reason="Ghi nhầm.")
    assert world.take("nam", "close").item.state == "closed"


def test_tasks_of_other_areas_are_not_kept_out(tmp_path: Path) -> None:
    world = AreaWorld(tmp_path / "data", "civil_service", "Cải cách thủ tục hành chính")
    course(world, task=TASK)
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)
    assert world.take("hoa", "approve", quality="met").item.state == "approved"


# What is counted


def test_nothing_is_counted_while_nothing_is_written(world: AreaWorld) -> None:
    assert [one.value for one in world.ask("measures")] == [None] * 7


def test_the_plan_of_training_by_hand(world: AreaWorld) -> None:
    """3 courses stand in the plan (2 held: 66.67 %); 20 + 9 of 60 people learnt: 48.33 %; 18 of 20: 90 %."""
    first, second, third = (course(world, name) for name in ("A", "B", "C"))
    gone, wrong = course(world, "D"), course(world, "E")
    world.take("lan", "hold", first.id, **HELD)
    world.take("lan", "finish", first.id, certificates="18", certificate="Chứng nhận")
    world.take("lan", "hold", second.id, **HELD | {"attended": "9"})
    decision = {"decision_number": "8/QĐ", "decision_date": "2026-03-01", "reason": "Hoãn."}
    world.take("nam", "cancel", gone.id, **decision)
    world.take("nam", "drop", wrong.id, reason="Nhầm.")
    courses, people, certificates = (world.measure(key) for key in ("courses", "people", "certificates"))
    assert (courses.value, courses.count, courses.of) == ("66.67", 2, 3)
    assert set(courses.items) == {first.id, second.id, third.id}
    assert (people.value, people.count, people.of) == ("48.33", 29, 60)
    assert (certificates.value, certificates.count, certificates.of) == ("90", 18, 20)


def test_rotations_that_are_due_this_year_by_hand(world: AreaWorld) -> None:
    """4 are due in 2026, 1 of them left out: of 3 one was made, 33.33 %; one without a day is not counted."""
    made, left, *waiting = (rotate(world, name, due="2026-06-30") for name in ("A", "B", "C", "D"))
    rotate(world, "E")
    world.take("nam", "exclude", left.id, ground="law", reason="Đang nuôi con nhỏ.")
    world.take("lan", "notify", made.id, **NOTICE)
    world.wait(days=40)
    world.take("nam", "rotate", made.id, **MOVED)
    measure = world.measure("rotations")
    assert (measure.value, measure.count, measure.of) == ("33.33", 1, 3)
    assert set(measure.items) == {made.id, *(one.id for one in waiting)}


def test_grades_of_the_newest_year_and_discipline_by_hand(world: AreaWorld) -> None:
    """Of 4 people of 2025 three are graded (75 %), two of them good or better (66.67 %)."""
    evaluation(world, "Z", year="2024")
    a, b, c, _ = (evaluation(world, name) for name in ("A", "B", "C", "D"))
    world.take("hoa", "drop", evaluation(world, "E").id, reason="Nhầm.")
    world.take("binh", "grade", a.id, **GRADED | {"score": "95", "grade": "excellent"})
    world.take("binh", "grade", b.id, **GRADED)
    world.take("binh", "grade", c.id, **GRADED | {"score": "55", "grade": "done"})
    item = case(world)
    world.take("nam", "decide", item.id, **DECIDED)
    evaluated, good, disciplined = (world.measure(key) for key in ("evaluated", "good", "disciplined"))
    assert (evaluated.value, evaluated.count, evaluated.of) == ("75", 3, 4)
    assert (good.value, good.count, good.of, good.note) == ("66.67", 2, 3, "Năm 2025.")
    assert (disciplined.value, disciplined.items) == ("1", (item.id,))
    world.wait(days=365)
    later = world.measure("disciplined")
    assert (later.value, later.absence) == (None, "Không phát sinh")


def test_a_period_in_which_nothing_arose_is_told_apart_from_registers_that_nobody_began(
    world: AreaWorld,
) -> None:
    for begin in (course, rotate, case):
        begin(world)
    told = world.ask("report_section", period=periods.parse("2026-03")).paragraphs
    assert "chưa tổ chức lớp" in told[0] and "Không phát sinh việc chuyển đổi" in told[1]
    assert told[2] == "Không phát sinh trường hợp phải xử lý kỷ luật."
    assert world.measure("evaluated").absence == "Chưa có số liệu"


# What is shown and told


def test_the_report_tells_what_was_held_decided_and_graded_in_the_period(world: AreaWorld) -> None:
    empty = world.ask("report_section", period=periods.parse("2026-03"))
    assert empty.rows == () and empty.paragraphs == (
        "Đào tạo, bồi dưỡng: chưa có số liệu.",
        "Chuyển đổi vị trí công tác: chưa có số liệu.",
        "Xử lý kỷ luật: chưa có số liệu.",
    )
    item = course(world)
    world.take("lan", "hold", item.id, **HELD)
    world.take("binh", "grade", evaluation(world).id, **GRADED)
    world.take("nam", "decide", case(world).id, **DECIDED)
    section = world.ask("report_section", period=periods.parse("2026-03"))
    assert "tổ chức 1 lớp đào tạo, bồi dưỡng với 20 lượt người" in section.paragraphs[0]
    assert section.paragraphs[2] == "Xử lý kỷ luật 1 trường hợp: khiển trách 1."
    assert ("Hoàn thành tốt nhiệm vụ", "1") in section.rows
    may = world.ask("report_section", period=periods.parse("2026-05"))
    assert "chưa tổ chức lớp" in may.paragraphs[0] and may.rows == ()


def test_its_page_shows_what_waits_its_rules_and_figures(world: AreaWorld) -> None:
    page = Site(world.ws).visitor("hoa")
    assert "Không có lớp học hay lượt chuyển đổi nào" in page.get("/xa-mau/areas/civil_service").text
    course(world, "Lớp kỹ năng số", due="2026-06-30")
    rotate(world, due="2026-06-30")
    text = page.get("/xa-mau/areas/civil_service").text
    assert "Lớp kỹ năng số" in text and "Địa chính: Trần Văn Bình" in text and "10/01/2027" in text
    assert "Nghị định 335/2025/NĐ-CP" in text and "Chuyển đổi vị trí phải thông báo trước" in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_what_the_log_keeps_of_its_registers_is_what_the_schemas_say(world: AreaWorld) -> None:
    decision = {"decision_number": "8/QĐ", "decision_date": "2026-03-01", "reason": "Hoãn."}
    item = course(world, task=TASK)
    world.take("lan", "hold", item.id, **HELD)
    world.take("lan", "finish", item.id, certificates="0")
    world.take("nam", "cancel", course(world, "B").id, **decision)
    graded = evaluation(world)
    world.take("binh", "grade", graded.id, **GRADED, remarks="Tốt.")
    world.take("nam", "revise", graded.id, reason="Sót điểm.")
    world.take("nam", "decide", case(world).id, **DECIDED)
    world.take("nam", "clear", case(world, "B").id, cleared_on="2026-03-01", reason="Không vi phạm.")
    world.take("nam", "exclude", rotate(world, "B").id, ground="law", reason="Đang nuôi con nhỏ.")
    for entry in (course(world, "C"), rotate(world, "C"), evaluation(world, "C"), case(world, "C")):
        world.take("hoa", "drop", entry.id, reason="Nhầm.")
    moved = rotate(world)
    world.take("lan", "notify", moved.id, **NOTICE)
    world.wait(days=40)
    world.take("nam", "rotate", moved.id, **MOVED)
    known, seen = schemas("civil_service"), set()
    for name, told in world.told():
        if name in known:
            Draft202012Validator(known[name]).validate(told)
            seen.add(name)
    assert seen == set(known)
