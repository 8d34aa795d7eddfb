"""What is a delay, what excuses one, and what it costs the grade."""

from datetime import timedelta
from fractions import Fraction

import pytest
from support.grading import OTHER, begin, economy_grade, finish, grades_of, scores, use_former_formula
from support.world import TASK, World

from cchc_flow.commands.settings import change_setting
from cchc_flow.workflow.calendar import local_day


@pytest.fixture(autouse=True)
def former_formula(world: World) -> None:
    """The formula that past periods keep."""
    use_former_formula(world)


def test_done_late_is_one_delay(world: World) -> None:
    begin(world)
    world.wait(days=30)
    finish(world)
    # 40 % of 100 + 30 % of 100 + 30 % of 75
    assert scores(economy_grade(world)) == (100, 100, 75, Fraction("92.5"))


def test_late_and_open_is_one_delay_and_neither_quantity_nor_quality(world: World) -> None:
    begin(world)
    world.wait(days=30)
    # 30 % of 75
    assert scores(economy_grade(world)) == (0, 0, 75, Fraction("22.5"))
    assert economy_grade(world).words == "Không hoàn thành nhiệm vụ"


def test_an_extension_granted_in_time_excuses(world: World) -> None:
    begin(world)
    world.take("lan", "ask_extension", due="2026-04-10", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-04-10")
    world.wait(days=35)
    finish(world)
    assert economy_grade(world).progress == 100


def test_an_extension_granted_too_late_does_not_excuse_and_a_second_delay_counts_too(world: World) -> None:
    begin(world)
    world.wait(days=25)  # 27/3, late
    world.take("lan", "ask_extension", due="2026-04-10", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-04-10")
    assert grades_of(world, "2026-Q2") == {}
    world.wait(days=20)
    assert economy_grade(world, "2026-Q2").progress == 50
    finish(world)
    assert economy_grade(world, "2026-Q2").progress == 50


def test_an_extension_after_the_period_takes_the_product_and_its_delay_to_the_next(world: World) -> None:
    begin(world)
    world.wait(days=35)  # 6/4
    today = local_day(world.time)
    assert economy_grade(world, "2026-Q1").quantity == 0
    world.take("lan", "ask_extension", due="2026-04-20", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-04-20")
    finish(world)
    assert "phong-kinh-te" not in grades_of(world, "2026-Q1")
    assert scores(economy_grade(world, "2026-Q2"))[:3] == (100, 100, 75)
    assert grades_of(world, "2026-Q1", day=today - timedelta(days=1))["phong-kinh-te"].quantity == 0


def test_done_work_is_late_by_the_rules_of_the_day_on_which_it_was_done(world: World) -> None:
    begin(world, due="2026-03-21")  # a Saturday
    begin(world, OTHER, due="2026-03-21")
    world.wait(days=21)  # Monday
    finish(world)
    world.wait(days=1)
    roll = {"roll": True, "before_is_exclusive": True, "soon": 3}
    change_setting(world.ws, "deadlines", roll, "Quy chế", world.order("hoa"))
    finish(world, OTHER)
    graded = economy_grade(world).products
    assert {product.item: len(product.delays) for product in graded} == {TASK: 1, OTHER: 1}
    assert {product.item: str(product.last) for product in graded} == {
        TASK: "2026-03-21",
        OTHER: "2026-03-23",
    }


def test_days_of_rest_are_no_delay(world: World) -> None:
    begin(world)
    world.take("hoa", "suspend", decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=60)
    world.take("hoa", "resume")
    finish(world)
    assert economy_grade(world).progress == 100


def test_a_delay_before_a_rest_is_counted_once(world: World) -> None:
    begin(world)
    world.wait(days=20)
    world.take("hoa", "suspend", decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=20)
    world.take("hoa", "resume")
    finish(world)
    assert economy_grade(world).progress == 75
