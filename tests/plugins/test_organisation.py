"""Organisation as a whole: its definitions and schemas, targets by hand, its report and its page."""

import pytest
from jsonschema import Draft202012Validator
from support import organisation
from support.organisation import grouped, staff, unit
from support.registers import AreaWorld, refuse_unsound, schemas
from support.visitors import Site
from support.world import TASK

from cchc_flow.plugin_host import loading
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.item import Item

MODULE = loading.load_manager().get_plugin("organisation")

world, school = organisation.world, organisation.school


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound("organisation", MODULE.workflows())


def test_every_figure_rests_on_the_decree_and_lies_within_its_bounds() -> None:
    assert {one.source for one in MODULE.figures()} == {"Nghị định 60/2021/NĐ-CP"}
    assert all(float(one.low) <= float(one.value) <= float(one.high) for one in MODULE.figures())


@pytest.mark.parametrize("register", MODULE.workflows(), ids=lambda one: one.kind)
def test_what_ends_an_entry_is_never_the_first_thing_to_do(register: Workflow) -> None:
    assert all(not state.lane for state in register.states if state.final)


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
    assert people.note == "Cuối năm 2025: 12; hiện nay: 10 (giảm 16,67\xa0%)."
    assert (world.measure("within").value, world.measure("within").of) == ("100", 1)
    live = world.measure("grouped")
    assert (live.value, live.count, live.of, set(live.items)) == ("50", 1, 2, {first.id, second.id})


def test_an_assignment_of_an_earlier_year_takes_nobody_away(world: AreaWorld) -> None:
    staff(world, decision_date="2025-01-15")
    assert world.measure("fewer_staff").value == "0"


# What is shown and told


def test_the_report_tells_the_decisions_of_the_period_and_the_groups(world: AreaWorld) -> None:
    empty = world.ask("report_section", period=periods.parse("2026-03"))
    assert empty.paragraphs[0] == "Đơn vị sự nghiệp công lập: chưa có số liệu." and empty.rows == ()
    assert "Chưa ghi số biên chế" in empty.paragraphs[1]
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
    assert (rows["Nhóm 4"], rows["Nhóm 3 (10 đến dưới 30\xa0%)"]) == (("0", "2"), ("1", "0"))


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
