"""Organisation as a whole: its definitions and schemas, targets by hand, its report and its page."""

import pytest
from support.organisation import AREA, grouped, staff, unit
from support.registers import AreaCommune, communes_of, refuse_unfit_log, refuse_unsound

from cchc_flow.plugin_host import loading
from cchc_flow.workflow.definition import Workflow

MODULE = loading.load_manager().get_plugin(AREA)

commune = communes_of(AREA)


def test_its_definitions_are_sound_and_its_schemas_are_those_of_their_fields() -> None:
    refuse_unsound(AREA, MODULE.workflows())


def test_every_figure_rests_on_the_decree_and_lies_within_its_bounds() -> None:
    assert all(one.source.startswith("Nghị định 60/2021/NĐ-CP") for one in MODULE.figures())
    assert all(float(one.low) <= float(one.value) <= float(one.high) for one in MODULE.figures())


@pytest.mark.parametrize("register", MODULE.workflows(), ids=lambda one: one.kind)
def test_what_ends_an_entry_is_never_the_first_thing_to_do(register: Workflow) -> None:
    assert all(not state.lane for state in register.states if state.final)


# What is counted


def test_nothing_is_counted_while_nothing_is_written(commune: AreaCommune) -> None:
    assert [one.value for one in commune.ask("measures")] == [None] * 6


def test_target_17_counts_units_against_the_end_of_the_year_before(commune: AreaCommune) -> None:
    """By hand. Group 2: A and E before, A, B and C now: +1. Band 10 to <30: C before, D and F now: +1."""
    a = grouped(commune, unit(commune, "A"), group="2", share="100", decision_date="2025-04-01")
    b = grouped(commune, unit(commune, "B"), group="2", share="101", group_before="3a")
    c = grouped(commune, unit(commune, "C"), group="3c", share="25", decision_date="2024-06-01")
    grouped(commune, c, group="2", share="100", group_before="3c", decision_date="2026-01-05")
    d = grouped(commune, unit(commune, "D"), group="3c", share="11", group_before="none")
    e = grouped(commune, unit(commune, "E"), group="2", share="100", decision_date="2025-01-01")
    commune.take("coordinator", "dissolve", e.id, closing_number="5/QĐ", closing_date="2026-02-02")
    f = grouped(commune, unit(commune, "F"), group="3c", share="10", group_before="4")
    unit(commune, "G")
    two, band = commune.measure(AREA, "more_in_2"), commune.measure(AREA, "more_in_3c")
    assert (two.value, two.note) == ("1", "Cuối năm 2025: 2; hiện nay: 3.")
    assert (band.value, band.note) == ("1", "Cuối năm 2025: 1; hiện nay: 2.")
    assert set(two.items) == {a.id, b.id, c.id, e.id}
    assert set(band.items) == {c.id, d.id, f.id}


def test_a_group_is_compared_with_the_new_year_before_once_a_year_has_passed(commune: AreaCommune) -> None:
    grouped(commune, unit(commune, "A"), group="2", share="100")
    assert commune.measure(AREA, "more_in_2").value == "1"
    commune.wait(days=365)
    assert commune.measure(AREA, "more_in_2").value == "0"


def test_targets_10_and_11_by_hand(commune: AreaCommune) -> None:
    """Of 4 units 1 merged this year, 1 last year; 12 staff before, 10 now: 2 fewer, 16.67 %."""
    first, second, third, fourth = (unit(commune, name) for name in "ABCD")
    grouped(commune, first)
    closing = {"closing_number": "5/QĐ", "merged_into": "A"}
    commune.take("coordinator", "merge", third.id, **closing, closing_date="2026-02-02")
    commune.take("coordinator", "merge", fourth.id, **closing, closing_date="2025-02-02")
    item = staff(commune)
    commune.take("officer", "count", item.id, present="9", counted_on="2026-03-01")
    staff(commune, "civil", assigned="30", assigned_before="31")
    fewer, people = commune.measure(AREA, "fewer_units"), commune.measure(AREA, "fewer_staff")
    assert (fewer.value, fewer.count, fewer.of, fewer.items) == ("1", 1, 3, (third.id,))
    assert (people.value, people.items) == ("2", (item.id,))
    assert people.note == "Cuối năm 2025: 12; hiện nay: 10 (giảm 16,67\xa0%)."
    assert (commune.measure(AREA, "within").value, commune.measure(AREA, "within").of) == ("100", 1)
    live = commune.measure(AREA, "grouped")
    assert (live.value, live.count, live.of, set(live.items)) == ("50", 1, 2, {first.id, second.id})


def test_an_assignment_of_an_earlier_year_takes_nobody_away(commune: AreaCommune) -> None:
    staff(commune, decision_date="2025-01-15")
    assert commune.measure(AREA, "fewer_staff").value == "0"


# What is shown and told


def test_the_report_tells_the_decisions_of_the_period_and_the_groups(commune: AreaCommune) -> None:
    empty = commune.section("2026-03")
    assert empty.paragraphs[0] == "Đơn vị sự nghiệp công lập: chưa có số liệu." and empty.rows == ()
    assert "Chưa ghi số biên chế" in empty.paragraphs[1]
    grouped(commune, unit(commune, "A"), group_before="3c")
    grouped(commune, unit(commune, "B"), decision_date="2026-03-01")
    commune.take("officer", "count", staff(commune).id, present="9", counted_on="2026-03-01")
    section = commune.section("2026-03")
    assert "Trong tháng 3/2026, xếp nhóm tự chủ cho 1 đơn vị" in section.paragraphs[0]
    assert "được giao: 10; có mặt: 9 (1/1 mục" in section.paragraphs[2]
    assert "Hiện có 2 đơn vị sự nghiệp công lập, trong đó 2 đơn vị" in section.paragraphs[1]
    later = commune.section("2026-05")
    assert "không phát sinh việc xếp nhóm" in later.paragraphs[0]
    rows = {row[0]: row[1:] for row in section.rows}
    assert (rows["Nhóm 4"], rows["Nhóm 3 (10 đến dưới 30\xa0%)"]) == (("0", "2"), ("1", "0"))


def test_its_page_shows_units_staff_rules_and_figures(commune: AreaCommune) -> None:
    assert "Chưa ghi đơn vị nào" in commune.page("areas/organisation")
    grouped(commune, unit(commune, "Trường Mẫu giáo Hoa Mai"))
    commune.take("officer", "count", staff(commune).id, present="9", counted_on="2026-03-01")
    text = commune.page("areas/organisation")
    assert "Trường Mẫu giáo Hoa Mai" in text and "12/QĐ-UBND, ngày 10/02/2026" in text
    assert "Viên chức hưởng lương từ ngân sách" in text and "Nghị định 60/2021/NĐ-CP" in text
    assert "Không vẽ được" not in text and "Không lấy được" not in text


def test_what_the_log_keeps_of_its_registers_is_what_the_schemas_say(commune: AreaCommune) -> None:
    school = grouped(commune, unit(commune, "Trường Tiểu học Cư Bao"))
    commune.take("officer", "record_share", school.id, share="7", share_on="2026-03-01")
    commune.take(
        "coordinator", "merge", school.id, closing_number="5", closing_date="2026-03-01", merged_into="B"
    )
    other = grouped(commune, unit(commune, "C", task=commune.task(AREA)))
    commune.take("coordinator", "dissolve", other.id, closing_number="5", closing_date="2026-03-01")
    commune.take("coordinator", "drop", unit(commune, "D").id, reason="Nhầm.")
    item = staff(commune)
    commune.take("officer", "count", item.id, present="9", counted_on="2026-03-01")
    commune.take("coordinator", "end", item.id, reason="Sáp nhập.")
    refuse_unfit_log(AREA, commune.ws)
