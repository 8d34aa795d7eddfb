"""Nghị định 335/2025/NĐ-CP (grades of officials) and 233/2026/NĐ-CP (units), rule by rule."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace
from support.grading import OTHER, begin, economy_grade, finish, grades_of, use_former_formula
from support.world import RESULT, TASK, World

from cchc_flow.commands.settings import change_setting
from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.hookspecs import Assessment
from cchc_flow.projections import settings
from cchc_flow.reporting.grading import FAILED, Grade, grade
from cchc_flow.reporting.products import Product
from cchc_flow.reporting.verdicts import GENERAL_MISSING, LEADING_MISSING, unit_words, verdict
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Grading

RULES = Grading(quantity=1, quality=1, progress=1, by_decree=True)
DAY = date(2026, 3, 1)
DONE = Product(
    item="i", ref=None, title="", unit="a", person="lan", due=DAY, last=DAY, done=DAY, handed_in=None,
    defects=0, returns=(), delays=(),
)  # fmt: skip
OPEN = replace(DONE, done=None, delays=(1,))


def entry(**known: object) -> Assessment:
    return Assessment(item="e", person="lan", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("products", "scores"),
    [
        ([DONE], (100, 100, 100)),
        ([replace(DONE, defects=1)], (100, 75, 100)),
        ([replace(DONE, defects=5)], (100, 0, 100)),
        ([replace(DONE, delays=(1,))], (100, 100, 75)),
        ([replace(DONE, delays=(1, 2, 3, 4, 5))], (100, 100, 0)),
        ([OPEN], (0, 0, 0)),
        ([replace(OPEN, delays=())], (0, 0, 0)),
        ([replace(DONE, weight=3), OPEN], (75, 75, 75)),
        ([DONE, replace(OPEN, weight=3)], (25, 25, 25)),
    ],
)
def test_nd_335_2025_results_are_shares_of_what_was_assigned_after_conversion(products, scores) -> None:
    found = grade("lan", products, RULES)
    assert (found.quantity, found.quality, found.progress) == scores
    assert (found.total, found.most, found.words) == (Fraction(sum(scores), 3) * 70 / 100, 70, "")


@pytest.mark.parametrize(
    ("general", "words"),
    [
        (None, GENERAL_MISSING),
        ("30", "Hoàn thành xuất sắc nhiệm vụ"),
        ("20", "Hoàn thành xuất sắc nhiệm vụ"),
        ("19.99", "Hoàn thành tốt nhiệm vụ"),
        ("0", "Hoàn thành tốt nhiệm vụ"),
    ],
)
def test_nd_335_2025_the_word_belongs_to_the_sum_of_100_points(general, words) -> None:
    said = verdict(grade("lan", [DONE], RULES), [entry(general=general)] if general else [], RULES)
    assert (said.results, said.words) == (70, words)
    assert said.total == (None if general is None else 70 + Fraction(general))


@pytest.mark.parametrize(
    ("done", "general", "words"),
    [
        (5, "15", "Hoàn thành nhiệm vụ"),
        (5, "14.99", FAILED),
        (4, "30", "Hoàn thành nhiệm vụ"),
        (0, "30", FAILED),
    ],
)
def test_nd_335_2025_less_than_50_points_is_not_done(done, general, words) -> None:
    tasks = [DONE] * done + [OPEN] * (10 - done)
    assert verdict(grade("lan", tasks, RULES), [entry(general=general)], RULES).words == words


@pytest.mark.parametrize("general", [None, "0", "30"])
def test_nd_335_2025_a_case_of_failure_fails_whatever_the_points(general) -> None:
    known = [entry(general=general), entry(failing=("Bị kỷ luật trong năm.",))]
    said = verdict(grade("lan", [DONE], RULES), known, RULES)
    assert (said.words, said.failing) == (FAILED, ("Bị kỷ luật trong năm.",))


def test_nd_335_2025_a_leader_without_the_three_criteria_more_has_no_word() -> None:
    done = grade("binh", [DONE], RULES)
    assert verdict(done, [entry(general="30", leads=True)], RULES).words == LEADING_MISSING
    whole = entry(general="30", leads=True, leading=("100", "100", "70"))
    assert verdict(done, [whole], RULES).total == Fraction("66.5") + 30
    assert verdict(done, [entry(general="30", leads=True)], replace(RULES, leading=0)).total == 100


def unit(done: int, late: int) -> Grade:
    """Return the grade of a unit with ten tasks."""
    tasks = [replace(DONE, delays=(1,) if n < late else ()) if n < done else OPEN for n in range(10)]
    return grade("a", tasks, RULES)


@pytest.mark.parametrize(
    ("done", "late", "words"),
    [
        (10, 0, "Đủ điều kiện hoàn thành trở lên"),
        (10, 2, "Đủ điều kiện hoàn thành trở lên"),
        (10, 3, "Chưa đủ điều kiện hoàn thành: chậm quá 20 % nhiệm vụ"),
        (9, 0, "Chưa đủ điều kiện hoàn thành: chưa xong hết nhiệm vụ"),
        (7, 0, "Chưa đủ điều kiện hoàn thành: chưa xong hết nhiệm vụ"),
        (6, 0, FAILED),
    ],
)
def test_nd_233_2026_a_unit_is_asked_for_all_of_its_tasks(done, late, words) -> None:
    assert unit_words(unit(done, late), parse("2026"), RULES) == words


def test_nd_233_2026_says_nothing_of_a_period_before_july_2026() -> None:
    assert unit_words(unit(0, 0), parse("2026-H1"), RULES) == ""


# In a workspace


def test_a_new_workspace_grades_by_the_decree_with_equal_shares(world: World) -> None:
    begin(world)
    finish(world)
    assert (economy_grade(world).total, economy_grade(world).most) == (70, 70)
    in_force = settings.effective_settings(world.ws.read()).grading
    assert (in_force.quantity, in_force.quality, in_force.progress) == (1, 1, 1)


def test_a_period_before_the_workspace_is_graded_by_what_it_began_with(world: World) -> None:
    assert economy_grade_rules(world, "2026-01").by_decree


def economy_grade_rules(world: World, period: str) -> Grading:
    from cchc_flow.reporting.products import products

    return products(world.ws, parse(period), world.time.date())[1]


def test_work_never_done_earns_no_progress_points(world: World) -> None:
    begin(world)
    world.wait(days=30)
    assert economy_grade(world).total == 0


def test_a_past_period_keeps_its_formula_and_the_next_has_that_of_the_decree(world: World) -> None:
    use_former_formula(world)
    begin(world)
    begin(world, OTHER, "2026-04-20")
    world.wait(days=30)  # 1/4
    decree = {"by_decree": "yes", "quantity": "1", "quality": "1", "progress": "1"}
    change_setting(world.ws, "grading", decree, "Nghị định 335/2025/NĐ-CP", world.order("hoa"))
    world.wait(days=40)
    assert (economy_grade(world, "2026-Q1").total, economy_grade(world, "2026-Q1").most) == (22.5, 100)
    assert (economy_grade(world, "2026-Q2").total, economy_grade(world, "2026-Q2").most) == (0, 70)


def test_the_formula_is_adopted_once_and_shares_of_the_commune_stay(world: World) -> None:
    size = world.ws.log.size()
    world.ws.close()
    again = World(world.data, is_there=True)
    assert again.ws.log.size() == size
    use_former_formula(again)  # somebody went back on purpose
    size = again.ws.log.size()
    again.ws.close()
    assert World(world.data, is_there=True).ws.log.size() == size


@pytest.mark.parametrize(
    ("shares", "wrong"),
    [
        ({"quantity": "0", "quality": "0", "progress": "0"}, {"quantity"}),
        ({"quantity": "2", "quality": "1", "progress": "1"}, set()),
        ({"quantity": "101"}, {"quantity"}),
    ],
)
def test_shares_of_any_size_are_parts_unless_all_are_nothing(world: World, shares, wrong) -> None:
    try:
        change_setting(world.ws, "grading", shares | {"by_decree": "yes"}, "QĐ", world.order("hoa"))
        assert not wrong
    except MissingData as error:
        assert set(error.fields) == wrong


def test_the_submission_is_still_behind_the_figure(world: World) -> None:
    begin(world)
    world.take("lan", "submit", TASK, **RESULT)
    world.take("hoa", "approve", TASK, quality="met")
    places = grades_of(world, by="person")["lan"].events["quantity"]
    assert [world.ws.log.event(place).type for place in places] == ["item.submitted/1"]


@pytest.mark.parametrize("actor", ["hoa", "nam"])
def test_nd_335_2025_a_product_counts_by_its_weight_and_its_event_is_behind_the_figure(
    world: World, actor: str
) -> None:
    for item in (TASK, OTHER):
        begin(world, item)
    finish(world)
    world.take(actor, "weigh", OTHER, weight="1,50")
    world.wait(days=30)
    found = economy_grade(world)
    assert (found.weight, found.quantity) == (Decimal("2.5"), 40)
    assert [world.ws.log.event(place).data for place in found.events["weight"]] == [{"weight": "1.5"}]
    before = world.ws.log.size()
    assert before == found.events["weight"][-1]


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        ("0", "phải lớn hơn 0"),
        ("0,00", "phải lớn hơn 0"),
        ("1,555", "nhiều nhất hai chữ số thập phân"),
        ("-2", "phải là một số từ 0 trở lên"),
        ("", "Hãy nhập"),
    ],
)
def test_a_weight_that_cannot_be_is_refused_in_a_sentence(world: World, weight: str, said: str) -> None:
    begin(world)
    with pytest.raises(MissingData) as error:
        world.take("hoa", "weigh", weight=weight)
    assert said in error.value.fields["weight"]


def test_who_does_the_work_does_not_weigh_it(world: World) -> None:
    begin(world)
    for actor in ("lan", "binh"):
        with pytest.raises(NotAllowed):
            world.take(actor, "weigh", weight="5")
