"""Organisation: groups only by decision, shares that fit them, staff within the number; targets by hand."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support.registers import AreaWorld, refuse_unsound, schemas
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK

from cchc_flow import handling, plugins
from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.handling.asking import RuleBroken, Warned
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.item import Item

MODULE = plugins.manager().get_plugin("organisation")
GROUP_4 = {
    "group": "4",
    "share": "6",
    "decision_number": "12/QĐ-UBND",
    "decision_date": "2026-02-10",
    "group_before": "none",
}
ASSIGNED = {
    "assigned": "10",
    "assigned_before": "12",
    "decision_number": "20/QĐ-UBND",
    "decision_date": "2026-01-15",
}


@pytest.fixture
def world(tmp_path: Path) -> AreaWorld:
    return AreaWorld(tmp_path / "data", "organisation", "Cải cách tổ chức bộ máy hành chính nhà nước")


@pytest.fixture
def school(world: AreaWorld) -> Item:
    return unit(world, "Trường Tiểu học Cư Bao")


def unit(world: AreaWorld, title: str, **more: Any) -> Item:
    return world.write("service_unit", title, sector="education", **more)


def grouped(world: AreaWorld, item: Item | str, **more: Any) -> Item:
    item_id = item if isinstance(item, str) else item.id
    return world.take("hoa", "set_group", item_id, **GROUP_4 | more).item


def staff(world: AreaWorld, sort: str = "budget", **more: Any) -> Item:
    item = world.write("staffing", "Biên chế sự nghiệp", staff=sort)
    return world.take("hoa", "assign", item.id, **ASSIGNED | more).item


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("organisation", MODULE.workflows())


def test_every_figure_rests_on_the_decree_and_lies_within_its_bounds() -> None:
    assert {one.source for one in MODULE.figures()} == {"Nghị định 60/2021/NĐ-CP"}
    assert all(float(one.low) <= float(one.value) <= float(one.high) for one in MODULE.figures())


# Groups


def test_a_group_is_set_by_a_decision_with_number_and_date(world: AreaWorld, school: Item) -> None:
    after = grouped(world, school)
    assert (after.state, after.fields["group"], after.fields["share"]) == ("grouped", "4", "6")
    assert after.fields["decision_number"] == "12/QĐ-UBND"


@pytest.mark.parametrize("missing", ["group", "share", "decision_number", "decision_date", "group_before"])
def test_without_its_decision_no_group_is_set(world: AreaWorld, school: Item, missing: str) -> None:
    with pytest.raises(MissingData):
        grouped(world, school, **{missing: ""})
    assert world.entry(school.id).state == "ungrouped"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"decision_number": "QĐ-UBND"}, "không có chữ số"),
        ({"decision_date": "2026-03-03"}, "03/03/2026 chưa đến"),
    ],
)
def test_a_decision_that_cannot_be_sets_no_group(
    world: AreaWorld, school: Item, wrong: dict[str, str], words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        grouped(world, school, **wrong)


def test_an_officer_of_the_unit_sets_no_group(world: AreaWorld, school: Item) -> None:
    with pytest.raises(NotAllowed):
        world.take("lan", "set_group", school.id, **GROUP_4)


@pytest.mark.parametrize(
    ("group", "share"),
    [
        ("1", "100"), ("2", "100"), ("2", "120.5"), ("3a", "99.99"), ("3a", "70"), ("3b", "69.99"),
        ("3b", "30"), ("3c", "29.99"), ("3c", "10"), ("4", "9.99"), ("4", "0"),
    ],
)  # fmt: skip
def test_a_share_at_either_end_of_a_band_fits_its_group(
    world: AreaWorld, school: Item, group: str, share: str
) -> None:
    assert grouped(world, school, group=group, share=share).fields["group"] == group


@pytest.mark.parametrize(
    ("group", "share", "fits"),
    [
        ("1", "99.99", "70 đến dưới 100"),
        ("3a", "100", "Nhóm 1 hoặc Nhóm 2"),
        ("3b", "70", "70 đến dưới 100"),
        ("3c", "30", "30 đến dưới 70"),
        ("4", "10", "10 đến dưới 30"),
        ("3c", "9.99", "Nhóm 4"),
    ],
)
def test_a_share_outside_its_band_is_warned_of(
    world: AreaWorld, school: Item, group: str, share: str, fits: str
) -> None:
    with pytest.raises(Warned, match=fits):
        grouped(world, school, group=group, share=share)
    after = grouped(world, school, group=group, share=share, override="Theo quyết định của tỉnh.")
    assert after.fields["group"] == group
    assert [one.words for one in world.badges(school.id)] == ["Mức tự bảo đảm không khớp nhóm"]


def test_the_bands_are_figures_that_may_be_set_anew(world: AreaWorld, school: Item) -> None:
    handling.set_figure(world.ws, "organisation", "low", "5", "Quyết định 7", world.order("hoa"))
    assert grouped(world, school, group="3c", share="6").state == "grouped"


def test_a_share_that_is_counted_later_is_warned_of_when_it_leaves_the_band(
    world: AreaWorld, school: Item
) -> None:
    grouped(world, school)
    with pytest.raises(Warned, match="Mức tự bảo đảm 15,5% ứng với Nhóm 3"):
        world.take("lan", "record_share", school.id, share="15,5", share_on="2026-03-01")
    with pytest.raises(RuleBroken, match="chưa đến"):
        world.take("lan", "record_share", school.id, share="7", share_on="2026-03-31")
    after = world.take("lan", "record_share", school.id, share="7", share_on="2026-03-01").item
    assert (after.state, after.fields["share"], after.fields["group"]) == ("grouped", "7", "4")


def test_decisions_are_written_in_the_order_of_their_days(world: AreaWorld, school: Item) -> None:
    grouped(world, school)
    with pytest.raises(RuleBroken, match="Đã ghi quyết định ngày 10/02/2026"):
        grouped(world, school, decision_date="2026-02-09")


def test_the_group_of_the_year_before_is_that_of_the_decisions_already_written(
    world: AreaWorld, school: Item
) -> None:
    grouped(world, school, decision_date="2025-05-05")
    new = {"group": "3c", "share": "12", "decision_date": "2026-02-20"}
    with pytest.raises(RuleBroken, match="cuối năm trước đơn vị ở: Nhóm 4"):
        grouped(world, school, **new, group_before="none")
    assert grouped(world, school, **new, group_before="4").fields["group"] == "3c"
    with pytest.raises(RuleBroken, match="Nhóm 4"):  # twice in one year: the year before stays what it was
        grouped(world, school, group_before="3c", decision_date="2026-02-25")


def test_one_unit_is_written_once(world: AreaWorld, school: Item) -> None:
    with pytest.raises(RuleBroken, match="đã có trong sổ"):
        unit(world, "trường tiểu học cư bao")
    world.take("hoa", "drop", school.id, reason="Ghi nhầm tên.")
    assert unit(world, "Trường Tiểu học Cư Bao").state == "ungrouped"


@pytest.mark.parametrize("step", ["merge", "dissolve"])
def test_a_unit_ends_by_a_decision(world: AreaWorld, school: Item, step: str) -> None:
    into = {"merged_into": "Trường Tiểu học Ea Drông"} if step == "merge" else {}
    with pytest.raises(RuleBroken, match="chưa đến"):
        world.take("nam", step, school.id, closing_number="3/QĐ", closing_date="2026-12-01", **into)
    with pytest.raises(RuleBroken, match="không có chữ số"):
        world.take("nam", step, school.id, closing_number="QĐ", closing_date="2026-03-01", **into)
    after = world.take("nam", step, school.id, closing_number="3/QĐ", closing_date="2026-03-01", **into).item
    assert after.state == {"merge": "merged", "dissolve": "dissolved"}[step]


# Staff


def test_no_more_staff_are_present_than_were_assigned(world: AreaWorld) -> None:
    item = staff(world)
    with pytest.raises(RuleBroken, match=r"Số có mặt \(11\) vượt số được giao \(10\)"):
        world.take("lan", "count", item.id, present="11", counted_on="2026-03-01")
    after = world.take("lan", "count", item.id, present="10", counted_on="2026-03-01").item
    assert (after.state, after.fields["present"]) == ("assigned", "10")
    assert world.badges(item.id) == []


def test_staff_are_not_counted_on_a_day_to_come(world: AreaWorld) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        world.take("lan", "count", staff(world).id, present="9", counted_on="2026-03-03")


def test_assigning_fewer_than_are_present_is_warned_of_and_marked(world: AreaWorld) -> None:
    item = staff(world)
    assert [one.words for one in world.badges(item.id)] == ["Chưa ghi số có mặt"]
    world.take("lan", "count", item.id, present="10", counted_on="2026-03-01")
    fewer = ASSIGNED | {"assigned": "8", "decision_date": "2026-03-01"}
    with pytest.raises(Warned, match=r"ít hơn số đang có mặt \(10\)"):
        world.take("hoa", "assign", item.id, **fewer)
    world.take("hoa", "assign", item.id, **fewer, override="Tinh giản trong năm.")
    assert [one.words for one in world.badges(item.id)] == ["Vượt số được giao"]
    assert world.measure("within").value == "0"


def test_a_number_is_assigned_by_decisions_in_order(world: AreaWorld) -> None:
    item = staff(world)
    with pytest.raises(RuleBroken, match="Đã ghi quyết định ngày 15/01/2026"):
        world.take("hoa", "assign", item.id, **ASSIGNED | {"decision_date": "2026-01-14"})


def test_the_number_of_the_year_before_is_that_of_the_decisions_already_written(world: AreaWorld) -> None:
    item = staff(world, decision_date="2025-06-01")
    given = ASSIGNED | {"assigned": "9", "decision_date": "2026-02-01"}
    with pytest.raises(RuleBroken, match="cuối năm trước được giao 10"):
        world.take("hoa", "assign", item.id, **given)
    assert (
        world.take("hoa", "assign", item.id, **given | {"assigned_before": "10"}).item.fields["assigned"]
        == "9"
    )
    assert world.measure("fewer_staff").value == "1"
    with pytest.raises(RuleBroken, match="cuối năm trước được giao 10"):  # twice in one year
        world.take("hoa", "assign", item.id, **given | {"assigned_before": "9"})


def test_one_sort_of_staff_of_a_unit_is_looked_after_once(world: AreaWorld) -> None:
    item = staff(world)
    with pytest.raises(RuleBroken, match="đã có mục theo dõi"):
        staff(world)
    assert staff(world, "civil").state == "assigned"
    world.take("hoa", "end", item.id, reason="Sáp nhập.")
    assert staff(world).state == "assigned"


# The plan's tasks


def test_a_task_is_not_approved_while_a_unit_written_for_it_has_no_group(world: AreaWorld) -> None:
    school = unit(world, "Trường Mẫu giáo Hoa Mai", task=TASK)
    world.submitted()
    assert [one.words for one in world.badges(TASK)] == ["1 đơn vị chưa xếp nhóm"]
    with pytest.raises(RuleBroken, match="chưa có quyết định xếp nhóm: Trường Mẫu giáo Hoa Mai"):
        world.take("hoa", "approve", quality="met")
    grouped(world, school)
    assert world.take("hoa", "approve", quality="met").item.state == "approved"
    late = unit(world, "Trạm Khuyến nông", task=TASK)
    with pytest.raises(RuleBroken, match="Trạm Khuyến nông"):
        world.take("nam", "close")
    world.take("hoa", "drop", late.id, reason="Ghi nhầm.")
    assert world.take("nam", "close").item.state == "closed"


def test_tasks_of_other_areas_are_not_kept_out(tmp_path: Path) -> None:
    world = AreaWorld(tmp_path / "data", "organisation", "Cải cách thủ tục hành chính")
    unit(world, "Trường Mẫu giáo Hoa Mai", task=TASK)
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "submit", **RESULT)
    assert world.take("hoa", "approve", quality="met").item.state == "approved"


# What is counted


def test_nothing_is_counted_while_nothing_is_written(world: AreaWorld) -> None:
    assert [one.value for one in world.ask("measures")] == [None] * 6


def test_target_17_counts_units_against_the_end_of_the_year_before(world: AreaWorld) -> None:
    """By hand. Group 2: A and E before, A, B and C now: +1. Band 10 to <30: C before, D and F now: +1."""
    a = grouped(world, unit(world, "A"), group="2", share="100", decision_date="2025-04-01")
    b = grouped(world, unit(world, "B"), group="2", share="101", group_before="3a")
    c = grouped(world, unit(world, "C"), group="3c", share="25", decision_date="2024-06-01")
    grouped(world, c, group="2", share="100", group_before="3c", decision_date="2026-01-05")
    d = grouped(world, unit(world, "D"), group="3c", share="11", group_before="none")
    e = grouped(world, unit(world, "E"), group="2", share="100", decision_date="2025-01-01")
    world.take("hoa", "dissolve", e.id, closing_number="5/QĐ", closing_date="2026-02-02")
    f = grouped(world, unit(world, "F"), group="3c", share="10", group_before="4")
    unit(world, "G")
    two, band = world.measure("more_in_2"), world.measure("more_in_3c")
    assert (two.value, two.note) == ("1", "Cuối năm 2025: 2; hiện nay: 3.")
    assert (band.value, band.note) == ("1", "Cuối năm 2025: 1; hiện nay: 2.")
    assert set(two.items) == {a.id, b.id, c.id, e.id}
    assert set(band.items) == {c.id, d.id, f.id}


def test_a_group_is_compared_with_the_new_year_before_once_a_year_has_passed(world: AreaWorld) -> None:
    grouped(world, unit(world, "A"), group="2", share="100")
    assert world.measure("more_in_2").value == "1"
    world.wait(days=365)
    assert world.measure("more_in_2").value == "0"


def test_targets_10_and_11_by_hand(world: AreaWorld) -> None:
    """Of 4 units 1 merged this year, 1 last year; 12 staff before, 10 now: 2 fewer, 16.67 %."""
    first, second, third, fourth = (unit(world, name) for name in "ABCD")
    grouped(world, first)
    closing = {"closing_number": "5/QĐ", "merged_into": "A"}
    world.take("hoa", "merge", third.id, **closing, closing_date="2026-02-02")
    world.take("hoa", "merge", fourth.id, **closing, closing_date="2025-02-02")
    item = staff(world)
    world.take("lan", "count", item.id, present="9", counted_on="2026-03-01")
    staff(world, "civil", assigned="30", assigned_before="31")
    fewer, people = world.measure("fewer_units"), world.measure("fewer_staff")
    assert (fewer.value, fewer.count, fewer.of, fewer.items) == ("1", 1, 3, (third.id,))
    assert (people.value, people.items) == ("2", (item.id,))
    assert people.note == "Cuối năm 2025: 12; hiện nay: 10 (giảm 16,67%)."
    assert (world.measure("within").value, world.measure("within").of) == ("100", 1)
    live = world.measure("grouped")
    assert (live.value, live.count, live.of, set(live.items)) == ("50", 1, 2, {first.id, second.id})


def test_an_assignment_of_an_earlier_year_takes_nobody_away(world: AreaWorld) -> None:
    staff(world, decision_date="2025-01-15")
    assert world.measure("fewer_staff").value == "0"


# What is shown and told


@pytest.mark.parametrize("register", MODULE.workflows(), ids=lambda one: one.kind)
def test_what_ends_an_entry_is_never_the_first_thing_to_do(register: Workflow) -> None:
    assert all(not state.lane for state in register.states if state.final)


def test_the_report_tells_the_decisions_of_the_period_and_the_groups(world: AreaWorld) -> None:
    empty = world.ask("report_section", period=periods.parse("2026-03"))
    assert "Chưa ghi số biên chế" in empty.paragraphs[2]
    grouped(world, unit(world, "A"), group_before="3c")
    grouped(world, unit(world, "B"), decision_date="2026-03-01")
    world.take("lan", "count", staff(world).id, present="9", counted_on="2026-03-01")
    section = world.ask("report_section", period=periods.parse("2026-03"))
    assert "Trong tháng 3/2026, xếp nhóm tự chủ cho 1 đơn vị" in section.paragraphs[0]
    assert "được giao: 10; có mặt: 9 (1/1 mục" in section.paragraphs[2]
    assert "Hiện có 2 đơn vị sự nghiệp công lập, trong đó 2 đơn vị" in section.paragraphs[1]
    later = world.ask("report_section", period=periods.parse("2026-05"))
    assert "không phát sinh việc xếp nhóm" in later.paragraphs[0]
    rows = {row[0]: row[1:] for row in section.rows}
    assert (rows["Nhóm 4"], rows["Nhóm 3 (10 đến dưới 30%)"]) == (("0", "2"), ("1", "0"))


def test_a_unit_without_a_group_is_marked(world: AreaWorld, school: Item) -> None:
    assert [one.words for one in world.badges(school.id)] == ["Chưa có quyết định xếp nhóm"]
    grouped(world, school)
    assert world.badges(school.id) == []


def test_its_page_shows_units_staff_rules_and_figures(world: AreaWorld) -> None:
    page = Site(world.ws).visitor("hoa")
    assert "Chưa ghi đơn vị nào" in page.get("/xa-mau/areas/organisation").text
    grouped(world, unit(world, "Trường Mẫu giáo Hoa Mai"))
    world.take("lan", "count", staff(world).id, present="9", counted_on="2026-03-01")
    text = page.get("/xa-mau/areas/organisation").text
    assert "Trường Mẫu giáo Hoa Mai" in text and "12/QĐ-UBND, ngày 10/02/2026" in text
    assert "Viên chức hưởng lương từ ngân sách" in text and "Nghị định 60/2021/NĐ-CP" in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_what_the_log_keeps_of_its_registers_is_what_the_schemas_say(world: AreaWorld, school: Item) -> None:
    grouped(world, school)
    world.take("lan", "record_share", school.id, share="7", share_on="2026-03-01")
    world.take("hoa", "merge", school.id, closing_number="5", closing_date="2026-03-01", merged_into="B")
    other = grouped(world, unit(world, "C", task=TASK))
    world.take("hoa", "dissolve", other.id, closing_number="5", closing_date="2026-03-01")
    world.take("hoa", "drop", unit(world, "D").id, reason="Nhầm.")
    item = staff(world)
    world.take("lan", "count", item.id, present="9", counted_on="2026-03-01")
    world.take("hoa", "end", item.id, reason="Sáp nhập.")
    known, seen = schemas("organisation"), set()
    for name, told in world.told():
        if name in known:
            Draft202012Validator(known[name]).validate(told)
            seen.add(name)
    assert seen == set(known)
