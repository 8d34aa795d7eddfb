"""Civil service: courses, rotations with their notice, grades, discipline; measures counted by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support.registers import AreaWorld, refuse_unsound, schemas
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK

from cchc_flow import handling, plugins
from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.handling.asking import AskedFacts, RuleBroken, Warned
from cchc_flow.handling.reacting import catch_up
from cchc_flow.projections import items
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import Badge
from cchc_flow.workflow.item import Item

MODULE = plugins.manager().get_plugin("civil_service")
HELD = {"begun_on": "2026-02-23", "ended_on": "2026-02-27", "days": "5", "attended": "20"}
NOTICE = {"notice_number": "12/TB-UBND", "notified_on": "2026-03-01", "due": "2026-03-31"}
MOVED = {
    "decision_number": "30/QĐ-UBND",
    "decision_date": "2026-03-25",
    "new_post": "Công chức văn phòng",
    "rotated_on": "2026-03-31",
}
GRADED = {"score": "86,5", "grade": "good", "decision_number": "9/QĐ-UBND", "decision_date": "2026-03-01"}
DECIDED = {"form": "reprimand", "decision_number": "7/QĐ-UBND", "decision_date": "2026-03-01"}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    return AreaWorld(tmp_path / "data", "civil_service", "Cải cách chế độ công vụ")


@pytest.fixture
def rotation(world: AreaWorld) -> Item:
    return rotate(world)


def course(world: AreaWorld, title: str = "Kỹ năng số", **more: Any) -> Item:
    given = {"sort": "digital", "planned_people": "20", "planned_days": "5"} | more
    return world.write("training", title, **given)


def rotate(world: AreaWorld, person: str = "Trần Văn Bình", **more: Any) -> Item:
    given = {"person": person, "post": "Công chức địa chính", "held_since": "2022-01-10"} | more
    return world.write("rotation", f"Địa chính: {person}", **given)


def evaluation(world: AreaWorld, person: str = "Trần Văn Bình", **more: Any) -> Item:
    given = {"person": person, "post": "Công chức địa chính", "year": "2025"} | more
    return world.write("evaluation", f"Đánh giá {person}", **given)


def case(world: AreaWorld, person: str = "Trần Văn Bình", **more: Any) -> Item:
    given = {"person": person, "post": "Công chức địa chính", "found_on": "2026-01-10"} | more
    return world.write("discipline", "Xem xét kỷ luật", **given)


def words(found: list[Badge]) -> list[str]:
    return [one.words for one in found]


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


# Training


def test_a_course_is_planned_held_and_certified(world: AreaWorld) -> None:
    item = course(world, actor="lan")
    assert world.take("lan", "hold", item.id, **HELD).item.state == "held"
    after = world.take("lan", "finish", item.id, certificates="18", certificate="Chứng nhận kỹ năng số").item
    assert (after.state, after.fields["days"], after.fields["certificates"]) == ("finished", "5", "18")


@pytest.mark.parametrize("wrong", [{"planned_people": "0"}, {"planned_days": "0"}])
def test_a_course_for_nobody_is_not_planned(world: AreaWorld, wrong: dict[str, str]) -> None:
    with pytest.raises(RuleBroken, match="số lớn hơn 0"):
        course(world, **wrong)


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
    world: AreaWorld, wrong: dict[str, str], said: str
) -> None:
    item = course(world)
    with pytest.raises(RuleBroken, match=said):
        world.take("lan", "hold", item.id, **HELD | wrong)
    assert world.entry(item.id).state == "planned"


def test_a_course_shorter_than_planned_is_warned_of(world: AreaWorld) -> None:
    item = course(world)
    with pytest.raises(Warned, match="Kế hoạch là 5 ngày"):
        world.take("lan", "hold", item.id, **HELD | {"days": "4,5"})
    after = world.take("lan", "hold", item.id, **HELD | {"days": "4,5", "override": "Nghỉ nửa ngày."}).item
    assert after.fields["days"] == "4.5"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"certificates": "21", "certificate": "Chứng nhận"}, "chỉ có 20 người học"),
        ({"certificates": "1"}, "Chưa ghi tên chứng chỉ"),
    ],
)
def test_certificates_are_named_and_no_more_than_the_learners(
    world: AreaWorld, given: dict[str, str], said: str
) -> None:
    item = course(world)
    world.take("lan", "hold", item.id, **HELD)
    with pytest.raises(RuleBroken, match=said):
        world.take("lan", "finish", item.id, **given)
    assert world.take("lan", "finish", item.id, certificates="0").item.state == "finished"


def test_a_course_leaves_the_plan_only_by_a_decision(world: AreaWorld) -> None:
    item = course(world)
    decision = {"decision_number": "QĐ", "decision_date": "2026-03-01", "reason": "Tỉnh hoãn lớp."}
    with pytest.raises(RuleBroken, match="không có chữ số"):
        world.take("nam", "cancel", item.id, **decision)
    with pytest.raises(NotAllowed):
        world.take("lan", "cancel", item.id, **decision | {"decision_number": "8/QĐ"})
    assert (
        world.take("nam", "cancel", item.id, **decision | {"decision_number": "8/QĐ"}).item.state
        == "cancelled"
    )


# Rotation


def test_notice_is_given_30_days_before(world: AreaWorld, rotation: Item) -> None:
    with pytest.raises(RuleBroken, match="ít nhất 30 ngày: sớm nhất là ngày 31/03/2026"):
        world.take("lan", "notify", rotation.id, **NOTICE | {"due": "2026-03-30"})
    after = world.take("lan", "notify", rotation.id, **NOTICE).item
    assert (after.state, after.due) == ("notified", "2026-03-31")


def test_how_long_before_is_a_figure(world: AreaWorld, rotation: Item) -> None:
    handling.set_figure(world.ws, "civil_service", "notice_days", "10", "Quy chế", world.order("hoa"))
    assert world.take("lan", "notify", rotation.id, **NOTICE | {"due": "2026-03-11"}).item.state == "notified"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"notified_on": "2026-03-03"}, "chưa đến"),
        ({"notified_on": "9999-12-31", "due": "9999-12-31"}, "chưa đến"),
        ({"notice_number": "TB"}, "không có chữ số"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(
    world: AreaWorld, rotation: Item, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        world.take("lan", "notify", rotation.id, **NOTICE | wrong)


def test_nobody_is_moved_without_notice_or_before_its_days_are_over(world: AreaWorld, rotation: Item) -> None:
    world.wait(days=40)
    with pytest.raises(Exception, match="không thể «Ghi quyết định chuyển đổi»"):
        world.take("nam", "rotate", rotation.id, **MOVED)
    world.take("lan", "notify", rotation.id, **NOTICE)
    with pytest.raises(RuleBroken, match="sớm nhất là ngày 31/03/2026"):
        world.take("nam", "rotate", rotation.id, **MOVED | {"rotated_on": "2026-03-30"})
    assert world.take("nam", "rotate", rotation.id, **MOVED).item.state == "rotated"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"new_post": "công chức ĐỊA CHÍNH"}, "vẫn là vị trí cũ"),
        ({"decision_date": "2026-04-01"}, "đứng trước ngày quyết định"),
        ({"rotated_on": "2026-04-30"}, "chưa đến"),
        ({"decision_number": "QĐ"}, "không có chữ số"),
    ],
)
def test_a_rotation_that_cannot_be_is_refused(
    world: AreaWorld, rotation: Item, wrong: dict[str, str], said: str
) -> None:
    world.take("lan", "notify", rotation.id, **NOTICE)
    world.wait(days=40)
    with pytest.raises(RuleBroken, match=said):
        world.take("nam", "rotate", rotation.id, **MOVED | wrong)


def test_two_years_in_a_post_are_enough_and_a_day_less_is_warned_of(world: AreaWorld) -> None:
    enough = rotate(world, held_since="2024-03-31")
    assert world.take("lan", "notify", enough.id, **NOTICE).item.state == "notified"
    early = rotate(world, "Lê Văn Sơn", held_since="2024-04-01")
    with pytest.raises(Warned, match="Đến ngày 01/04/2026 mới giữ vị trí đủ 2 năm"):
        world.take("lan", "notify", early.id, **NOTICE)
    after = world.take("lan", "notify", early.id, **NOTICE, override="Do yêu cầu nhiệm vụ.").item
    assert after.state == "notified"


def test_more_than_five_years_in_a_post_is_marked(world: AreaWorld) -> None:
    due = {"due": "2026-06-30"}
    still = rotate(world, held_since="2021-03-02", **due)
    over = rotate(world, "Lê Văn Sơn", held_since="2021-03-01", **due)
    assert words(world.badges(still.id)) == ["Thông báo chậm nhất 31/05/2026"]
    assert words(world.badges(over.id)) == ["Giữ vị trí quá 5 năm", "Thông báo chậm nhất 31/05/2026"]


def test_too_late_for_notice_is_marked_until_notice_is_given(world: AreaWorld) -> None:
    item = rotate(world, due="2026-03-31")
    assert words(world.badges(item.id)) == ["Không còn đủ ngày để thông báo trước"]
    world.take("lan", "notify", item.id, **NOTICE)
    assert world.badges(item.id) == []


def test_who_is_left_out_has_a_ground_and_a_reason_that_can_be_erased(
    world: AreaWorld, rotation: Item
) -> None:
    with pytest.raises(MissingData):
        world.take("nam", "exclude", rotation.id, ground="law")
    world.take("nam", "exclude", rotation.id, ground="law", reason="Đang nuôi con nhỏ.")
    event = world.ws.log.stream(f"item-{rotation.id}")[-1]
    assert event.data["fields"] == {"ground": "law", "retires_on": None}
    assert "nuôi con" not in str(event.data)


@pytest.mark.parametrize(
    ("retires_on", "said"),
    [("", "Chưa ghi ngày nghỉ hưu"), ("2027-09-03", "Còn hơn 18 tháng"), ("2027-09-02", None)],
)
def test_who_retires_within_18_months_is_left_out(
    world: AreaWorld, rotation: Item, retires_on: str, said: str | None
) -> None:
    given = {"ground": "retiring", "retires_on": retires_on, "reason": "Sắp nghỉ hưu."}
    if said:
        with pytest.raises(RuleBroken, match=said):
            world.take("nam", "exclude", rotation.id, **given)
    else:
        assert world.take("nam", "exclude", rotation.id, **given).item.state == "excluded"


def test_a_person_has_one_open_rotation_from_a_post(world: AreaWorld, rotation: Item) -> None:
    with pytest.raises(RuleBroken, match="đang mở"):
        rotate(world)
    world.take("hoa", "drop", rotation.id, reason="Ghi nhầm ngày.")
    assert rotate(world).state == "planned"


def test_a_post_held_from_a_day_to_come_is_refused(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        rotate(world, held_since="2026-03-03")


def test_the_next_rotation_follows_once_with_its_last_day(world: AreaWorld, rotation: Item) -> None:
    world.take("lan", "notify", rotation.id, **NOTICE)
    world.wait(days=40)
    world.take("nam", "rotate", rotation.id, **MOVED)
    catch_up(world.ws)
    found = items.of_kind(world.ws.read(), "rotation", None, {"post": "Công chức văn phòng"})
    (following,) = found
    assert (following.title, following.state, following.due, following.lead) == (
        "Công chức văn phòng: Trần Văn Bình", "planned", "2031-03-31", "phong-kinh-te"
    )  # fmt: skip
    assert following.fields["held_since"] == "2026-03-31"
    section = world.ask("report_section", period=periods.parse("2026-04"))
    assert section.paragraphs[1] == "Chuyển đổi vị trí công tác 1 lượt."


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [("2024-02-29", 2, "2026-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2021-03-01", 5, "2026-03-01")],
)
def test_years_after_a_day(day: str, years: int, expected: str) -> None:
    years_after = MODULE.following.__globals__["years_after"]
    assert years_after(date.fromisoformat(day), years).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-03-02", 18, "2027-09-02"), ("2025-08-31", 18, "2027-02-28"), ("2026-06-15", 6, "2026-12-15")],
)
def test_months_after_a_day(day: str, months: int, expected: str) -> None:
    months_after = MODULE.following.__globals__["months_after"]
    assert months_after(date.fromisoformat(day), months).isoformat() == expected


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
    assert MODULE.following.__globals__["grade_of"](Decimal(score), facts) == grade
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
    assert world.measure("disciplined").value is None


# What is shown and told


def test_the_report_tells_what_was_held_decided_and_graded_in_the_period(world: AreaWorld) -> None:
    empty = world.ask("report_section", period=periods.parse("2026-03"))
    assert empty.rows == () and "Không phát sinh trường hợp" in empty.paragraphs[2]
    assert "chưa tổ chức lớp" in empty.paragraphs[0] and "Không phát sinh" in empty.paragraphs[1]
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
