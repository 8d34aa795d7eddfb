"""Staff: assigned by decisions in their order, and never more present than assigned."""

import pytest
from support import organisation
from support.organisation import ASSIGNED, staff
from support.registers import AreaWorld

from cchc_flow.commands.asking import RuleBroken, Warned

world = organisation.world


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
