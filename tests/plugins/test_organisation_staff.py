"""Staff: assigned by decisions in their order, and never more present than assigned."""

import pytest
from support.organisation import AREA, ASSIGNED, staff
from support.registers import AreaCommune, communes_of

from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned

commune = communes_of(AREA)


def test_more_staff_present_than_were_assigned_is_warned_of_as_the_count_is_a_fact(
    commune: AreaCommune,
) -> None:
    item = staff(commune)
    with pytest.raises(Warned, match=r"Số có mặt \(11\) vượt số được giao \(10\)"):
        commune.take("officer", "count", item.id, present="11", counted_on="2026-03-01")
    after = commune.take("officer", "count", item.id, present="10", counted_on="2026-03-01")
    assert (after.state, after.fields["present"]) == ("assigned", "10")
    assert commune.badges(item.id) == []


def test_staff_are_not_counted_on_a_day_to_come(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        commune.take("officer", "count", staff(commune).id, present="9", counted_on="2026-03-03")


def test_assigning_fewer_than_are_present_is_warned_of_and_marked(commune: AreaCommune) -> None:
    item = staff(commune)
    assert commune.badges(item.id) == ["Chưa ghi số có mặt"]
    commune.take("officer", "count", item.id, present="10", counted_on="2026-03-01")
    fewer = ASSIGNED | {"assigned": "8", "decision_date": "2026-03-01"}
    with pytest.raises(Warned, match=r"ít hơn số đang có mặt \(10\)"):
        commune.take("coordinator", "assign", item.id, **fewer)
    commune.take("coordinator", "assign", item.id, **fewer, override="Tinh giản trong năm.")
    assert commune.badges(item.id) == ["Vượt số được giao"]
    assert commune.measure(AREA, "within").value == "0"


def test_a_number_is_assigned_by_decisions_in_order(commune: AreaCommune) -> None:
    item = staff(commune)
    with pytest.raises(RuleBroken, match="Đã ghi quyết định ngày 15/01/2026"):
        commune.take("coordinator", "assign", item.id, **ASSIGNED | {"decision_date": "2026-01-14"})


def test_the_number_of_the_year_before_is_that_of_the_decisions_already_written(commune: AreaCommune) -> None:
    item = staff(commune, decision_date="2025-06-01")
    given = ASSIGNED | {"assigned": "9", "decision_date": "2026-02-01"}
    with pytest.raises(RuleBroken, match="cuối năm trước được giao 10"):
        commune.take("coordinator", "assign", item.id, **given)
    assert (
        commune.take("coordinator", "assign", item.id, **given | {"assigned_before": "10"}).fields["assigned"]
        == "9"
    )
    assert commune.measure(AREA, "fewer_staff").value == "1"
    with pytest.raises(RuleBroken, match="cuối năm trước được giao 10"):  # twice in one year
        commune.take("coordinator", "assign", item.id, **given | {"assigned_before": "9"})


def test_one_sort_of_staff_of_a_unit_is_looked_after_once(commune: AreaCommune) -> None:
    item = staff(commune)
    with pytest.raises(RuleBroken, match="đã có mục theo dõi"):
        staff(commune)
    assert staff(commune, "civil").state == "assigned"
    commune.take("coordinator", "end", item.id, reason="Sáp nhập.")
    assert staff(commune).state == "assigned"
