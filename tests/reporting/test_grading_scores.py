"""How a grade is made of quantity, quality and progress: examples counted by hand."""

from fractions import Fraction

import pytest
from support.grading import OTHER, RULES, begin, economy_grade, finish, scores, use_former_formula
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.commands.settings import change_setting
from cchc_flow.reporting.grading import grade_name

LAW = {"quantity": 40, "quality": 30, "progress": 30, "loss": 25, "excellent": 90, "good": 70, "done": 50}


@pytest.fixture(autouse=True)
def former_formula(world: World) -> None:
    """The formula that past periods keep."""
    use_former_formula(world)


def test_one_product_done_in_time_without_a_defect_is_excellent(world: World) -> None:
    begin(world)
    finish(world)
    assert scores(economy_grade(world)) == (100, 100, 100, 100)
    assert economy_grade(world).words == "Hoàn thành xuất sắc nhiệm vụ"


def test_two_defects_take_half_of_the_quality(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai số liệu.", defects="2")
    finish(world)
    # 40 % of 100 + 30 % of 50 + 30 % of 100
    assert scores(economy_grade(world)) == (100, 50, 100, 85)
    assert economy_grade(world).words == "Hoàn thành tốt nhiệm vụ"


def test_defects_never_take_more_than_all(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai.", defects="9")
    finish(world)
    assert economy_grade(world).quality == 0


def test_a_return_without_a_defect_takes_nothing_and_an_undone_one_neither(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Ghi nhầm đơn vị.", defects="0")
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Nhầm.", defects="3")
    commands.undo_step(world.ws, TASK, world.order("hoa"))
    world.take("hoa", "approve", quality="met")
    assert economy_grade(world).quality == 100


def test_of_three_products_each_weighs_the_same(world: World) -> None:
    for item, due in ((TASK, "2026-03-20"), (OTHER, "2026-03-10"), ("2026-III.1.1", "2026-03-15")):
        begin(world, item, due)
    finish(world)  # in time
    world.take("lan", "submit", OTHER, **RESULT)
    world.take("hoa", "return", OTHER, reason="Sai.", defects="1")
    world.wait(days=18)  # 20/3
    finish(world, OTHER)  # late, one defect
    world.wait(days=1)  # the third is late and open
    # quantity 2/3; quality (100 + 75 + 0) / 3; progress (100 + 75 + 75) / 3
    expected = (Fraction(200, 3), Fraction(175, 3), Fraction(250, 3))
    assert scores(economy_grade(world))[:3] == expected
    assert economy_grade(world).total == (40 * expected[0] + 30 * expected[1] + 30 * expected[2]) / 100
    assert economy_grade(world).words == "Hoàn thành nhiệm vụ"  # 69,2


def test_every_figure_carries_the_positions_of_the_events_behind_it(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai.", defects="1")
    world.wait(days=30)
    finish(world)
    log, positions = world.ws.log, economy_grade(world).events
    types = {figure: [log.event(place).type for place in places] for figure, places in positions.items()}
    assert types == {
        "quantity": ["item.submitted/1"],
        "quality": ["item.returned/1"],
        "progress": ["item.assigned/1"],
        "weight": [],
    }
    assert positions["quantity"][0] > positions["quality"][0]


def test_the_weights_are_those_in_force_when_the_period_ended(world: World) -> None:
    begin(world)
    world.wait(days=40)  # 11/4
    changed = LAW | {"quantity": 0, "quality": 0, "progress": 100, "loss": 50}
    change_setting(world.ws, "grading", changed, "Quy chế", world.order("hoa"))
    assert economy_grade(world, "2026-Q1").total == Fraction("22.5")
    assert economy_grade(world, "2026-H1").total == 50


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (Fraction(100), "Hoàn thành xuất sắc nhiệm vụ"),
        (Fraction(90), "Hoàn thành xuất sắc nhiệm vụ"),
        (Fraction(8999, 100), "Hoàn thành tốt nhiệm vụ"),
        (Fraction(70), "Hoàn thành tốt nhiệm vụ"),
        (Fraction(6999, 100), "Hoàn thành nhiệm vụ"),
        (Fraction(50), "Hoàn thành nhiệm vụ"),
        (Fraction(4999, 100), "Không hoàn thành nhiệm vụ"),
        (Fraction(0), "Không hoàn thành nhiệm vụ"),
    ],
)
def test_a_grade_begins_at_its_threshold(total: Fraction, name: str) -> None:
    assert grade_name(total, RULES) == name
