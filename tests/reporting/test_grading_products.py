"""Whose product an item is, and in which period it is graded."""

from fractions import Fraction

import pytest
from support.grading import OTHER, begin, economy_grade, finish, grades_of, scores, use_former_formula
from support.world import RESULT, TASK, World

from cchc_flow.commands.scheduled_openings import open_scheduled_work
from cchc_flow.workflow.calendar import local_day


@pytest.fixture(autouse=True)
def former_formula(world: World) -> None:
    """The formula that past periods keep."""
    use_former_formula(world)


def test_a_review_that_comes_after_the_period_costs_nobody_a_point(world: World) -> None:
    begin(world, due="2026-03-30")
    world.wait(days=27)  # 29/3
    world.take("lan", "submit", **RESULT)
    world.wait(days=10)
    assert economy_grade(world, "2026-Q1").quantity == 0
    world.take("hoa", "approve", quality="met")
    assert scores(economy_grade(world, "2026-Q1")) == (100, 100, 100, 100)


def test_known_on_a_past_day_the_grade_is_what_it_was(world: World) -> None:
    begin(world)
    world.wait(days=20)
    late = local_day(world.time)
    world.wait(days=5)
    finish(world)
    assert grades_of(world, "2026-Q1", day=late)["phong-kinh-te"].quantity == 0
    assert economy_grade(world, "2026-Q1").quantity == 100


def test_what_is_done_after_the_period_is_not_done_in_it_and_is_graded_only_there(world: World) -> None:
    begin(world)
    world.wait(days=45)
    finish(world)
    assert scores(economy_grade(world, "2026-Q1")) == (0, 0, 75, Fraction("22.5"))
    assert grades_of(world, "2026-Q2") == {}


def test_work_that_is_not_due_yet_is_not_graded(world: World) -> None:
    begin(world)
    assert grades_of(world) == {}
    world.wait(days=18)  # 20/3, the last day
    assert "phong-kinh-te" not in grades_of(world)
    world.wait(days=1)
    assert "phong-kinh-te" in grades_of(world)


def test_work_without_a_due_day_is_graded_where_it_is_done(world: World) -> None:
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te")
    world.take("lan", "start", "2026-III.1.1")
    world.wait(days=40)
    finish(world, "2026-III.1.1")
    assert grades_of(world, "2026-Q1").keys() <= {None}
    assert economy_grade(world, "2026-Q2").total == 100


def test_cancelled_and_excused_work_is_nobodys_product(world: World) -> None:
    begin(world)
    world.take("hoa", "cancel", decision="1/QĐ", reason="Thôi.")
    world.wait(days=30)
    assert "phong-kinh-te" not in grades_of(world)


def test_a_person_is_the_officer_in_charge_else_who_handed_in(world: World) -> None:
    begin(world)
    finish(world)
    world.take("hoa", "assign", OTHER, lead="phong-kinh-te", due="2026-03-25")
    world.take("binh", "start", OTHER)
    world.take("binh", "submit", OTHER, **RESULT)
    world.take("hoa", "approve", OTHER, quality="met")
    person_grades = grades_of(world, by="person")
    assert {who: [product.item for product in grade.products] for who, grade in person_grades.items()} == {
        "lan": [TASK],
        "binh": [OTHER],
    }


def test_each_part_of_a_whole_and_each_report_is_a_product_of_its_unit(world: World) -> None:
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], cadence="monthly", due_day="20")
    open_scheduled_work(world.ws)
    world.wait(days=20)
    unit_grades = grades_of(world, "2026-Q1")
    assert {product.item for product in unit_grades["tram-y-te"].products} == {
        f"{TASK}:tram-y-te:2026-03",
        "2026-report:tram-y-te:2026-Q1",
    }
