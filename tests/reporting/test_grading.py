"""Grading: examples counted by hand, and what holds of any products."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.world import ASSIGN, RESULT, TASK, World
from support.year import Year

from cchc_flow import handling
from cchc_flow.handling.openings import keep_up
from cchc_flow.handling.settings import change_setting
from cchc_flow.projections import counts
from cchc_flow.projections.board import Filters
from cchc_flow.reporting.grading import Grade, Product, grade, grades, products, words
from cchc_flow.workflow.calendar import end_of_day, local_day
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings import Grading

RULES = Grading()
OTHER = "2026-III.2.10"  # due on 4/3
LAW = {"quantity": 40, "quality": 30, "progress": 30, "loss": 25, "excellent": 90, "good": 70, "done": 50}


def of(
    world: World, period: str = "2026-H1", by: str = "unit", day: date | None = None
) -> dict[str | None, Grade]:
    """Return the grades by who has them; known on a day, or now."""
    at = world.ws.log.position_before(end_of_day(day)) if day else None
    found, rules = products(world.ws, parse(period), day or local_day(world.time), at)
    return {one.who: one for one in grades(found, by, rules)}


def only(world: World, period: str = "2026-H1") -> Grade:
    return of(world, period)["phong-kinh-te"]


def scores(one: Grade) -> tuple[Fraction, ...]:
    return (one.quantity, one.quality, one.progress, one.total)


def begin(world: World, item: str = TASK, due: str = "2026-03-20") -> None:
    world.take("hoa", "assign", item, **ASSIGN | {"due": due, "officer": "lan"})
    world.take("lan", "start", item)


def finish(world: World, item: str = TASK) -> None:
    world.take("lan", "submit", item, **RESULT)
    world.take("hoa", "approve", item, quality="met")


def test_one_product_done_in_time_without_a_defect_is_excellent(world: World) -> None:
    begin(world)
    finish(world)
    assert scores(only(world)) == (100, 100, 100, 100)
    assert only(world).words == "Hoàn thành xuất sắc nhiệm vụ"


def test_two_defects_take_half_of_the_quality(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai số liệu.", defects="2")
    finish(world)
    # 40 % of 100 + 30 % of 50 + 30 % of 100
    assert scores(only(world)) == (100, 50, 100, 85)
    assert only(world).words == "Hoàn thành tốt nhiệm vụ"


def test_defects_never_take_more_than_all(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai.", defects="9")
    finish(world)
    assert only(world).quality == 0


def test_a_return_without_a_defect_takes_nothing_and_an_undone_one_neither(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Ghi nhầm đơn vị.", defects="0")
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Nhầm.", defects="3")
    handling.undo_step(world.ws, TASK, world.order("hoa"))
    world.take("hoa", "approve", quality="met")
    assert only(world).quality == 100


def test_done_late_is_one_delay(world: World) -> None:
    begin(world)
    world.wait(days=30)
    finish(world)
    # 40 % of 100 + 30 % of 100 + 30 % of 75
    assert scores(only(world)) == (100, 100, 75, Fraction("92.5"))


def test_late_and_open_is_one_delay_and_neither_quantity_nor_quality(world: World) -> None:
    begin(world)
    world.wait(days=30)
    # 30 % of 75
    assert scores(only(world)) == (0, 0, 75, Fraction("22.5"))
    assert only(world).words == "Không hoàn thành nhiệm vụ"


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
    wanted = (Fraction(200, 3), Fraction(175, 3), Fraction(250, 3))
    assert scores(only(world))[:3] == wanted
    assert only(world).total == (40 * wanted[0] + 30 * wanted[1] + 30 * wanted[2]) / 100
    assert only(world).words == "Hoàn thành nhiệm vụ"  # 69,2


def test_an_extension_granted_in_time_excuses(world: World) -> None:
    begin(world)
    world.take("lan", "ask_extension", due="2026-04-10", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-04-10")
    world.wait(days=35)
    finish(world)
    assert only(world).progress == 100


def test_an_extension_granted_too_late_does_not_excuse_and_a_second_delay_counts_too(world: World) -> None:
    begin(world)
    world.wait(days=25)  # 27/3, late
    world.take("lan", "ask_extension", due="2026-04-10", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-04-10")
    assert of(world, "2026-Q2") == {}
    world.wait(days=20)
    assert only(world, "2026-Q2").progress == 50
    finish(world)
    assert only(world, "2026-Q2").progress == 50


def test_an_extension_after_the_period_takes_the_product_and_its_delay_to_the_next(world: World) -> None:
    begin(world)
    world.wait(days=35)  # 6/4
    known = local_day(world.time)
    assert only(world, "2026-Q1").quantity == 0
    world.take("lan", "ask_extension", due="2026-04-20", reason="Chờ số liệu.")
    world.take("hoa", "grant_extension", due="2026-04-20")
    finish(world)
    assert "phong-kinh-te" not in of(world, "2026-Q1")
    assert scores(only(world, "2026-Q2"))[:3] == (100, 100, 75)
    assert of(world, "2026-Q1", day=known - timedelta(days=1))["phong-kinh-te"].quantity == 0


def test_done_work_is_late_by_the_rules_of_the_day_on_which_it_was_done(world: World) -> None:
    begin(world, due="2026-03-21")  # a Saturday
    begin(world, OTHER, due="2026-03-21")
    world.wait(days=21)  # Monday
    finish(world)
    world.wait(days=1)
    roll = {"roll": True, "before_is_exclusive": True, "soon": 3}
    change_setting(world.ws, "deadlines", roll, "Quy chế", world.order("hoa"))
    finish(world, OTHER)
    delays = {one.item: len(one.delays) for one in only(world).products}
    assert delays == {TASK: 1, OTHER: 1}


def test_days_of_rest_are_no_delay(world: World) -> None:
    begin(world)
    world.take("hoa", "suspend", decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=60)
    world.take("hoa", "resume")
    finish(world)
    assert only(world).progress == 100


def test_a_delay_before_a_rest_is_counted_once(world: World) -> None:
    begin(world)
    world.wait(days=20)
    world.take("hoa", "suspend", decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=20)
    world.take("hoa", "resume")
    finish(world)
    assert only(world).progress == 75


def test_a_review_that_comes_after_the_period_costs_nobody_a_point(world: World) -> None:
    begin(world, due="2026-03-30")
    world.wait(days=27)  # 29/3
    world.take("lan", "submit", **RESULT)
    world.wait(days=10)
    assert only(world, "2026-Q1").quantity == 0
    world.take("hoa", "approve", quality="met")
    assert scores(only(world, "2026-Q1")) == (100, 100, 100, 100)


def test_known_on_a_past_day_the_grade_is_what_it_was(world: World) -> None:
    begin(world)
    world.wait(days=20)
    late = local_day(world.time)
    world.wait(days=5)
    finish(world)
    assert of(world, "2026-Q1", day=late)["phong-kinh-te"].quantity == 0
    assert only(world, "2026-Q1").quantity == 100


def test_what_is_done_after_the_period_is_not_done_in_it_and_is_graded_only_there(world: World) -> None:
    begin(world)
    world.wait(days=45)
    finish(world)
    assert scores(only(world, "2026-Q1")) == (0, 0, 75, Fraction("22.5"))
    assert of(world, "2026-Q2") == {}


def test_work_that_is_not_due_yet_is_not_graded(world: World) -> None:
    begin(world)
    assert of(world) == {}
    world.wait(days=18)  # 20/3, the last day
    assert "phong-kinh-te" not in of(world)
    world.wait(days=1)
    assert "phong-kinh-te" in of(world)


def test_work_without_a_due_day_is_graded_where_it_is_done(world: World) -> None:
    world.take("hoa", "assign", "2026-III.1.1", lead="phong-kinh-te")
    world.take("lan", "start", "2026-III.1.1")
    world.wait(days=40)
    finish(world, "2026-III.1.1")
    assert of(world, "2026-Q1").keys() <= {None}
    assert only(world, "2026-Q2").total == 100


def test_cancelled_and_excused_work_is_nobodys_product(world: World) -> None:
    begin(world)
    world.take("hoa", "cancel", decision="1/QĐ", reason="Thôi.")
    world.wait(days=30)
    assert "phong-kinh-te" not in of(world)


def test_a_person_is_the_officer_in_charge_else_who_handed_in(world: World) -> None:
    begin(world)
    finish(world)
    world.take("hoa", "assign", OTHER, lead="phong-kinh-te", due="2026-03-25")
    world.take("binh", "start", OTHER)
    world.take("binh", "submit", OTHER, **RESULT)
    world.take("hoa", "approve", OTHER, quality="met")
    found = of(world, by="person")
    assert {who: [one.item for one in grade.products] for who, grade in found.items()} == {
        "lan": [TASK],
        "binh": [OTHER],
    }


def test_each_part_of_a_whole_and_each_report_is_a_product_of_its_unit(world: World) -> None:
    world.take("hoa", "distribute", units=["phong-kinh-te", "tram-y-te"], cadence="monthly", due_day="20")
    keep_up(world.ws)
    world.wait(days=20)
    found = of(world, "2026-Q1")
    assert {one.item for one in found["tram-y-te"].products} == {
        f"{TASK}:tram-y-te:2026-03",
        "2026-report:tram-y-te:2026-Q1",
    }


def test_every_figure_carries_the_positions_of_the_events_behind_it(world: World) -> None:
    begin(world)
    world.take("lan", "submit", **RESULT)
    world.take("hoa", "return", reason="Sai.", defects="1")
    world.wait(days=30)
    finish(world)
    log, found = world.ws.log, only(world).events
    types = {figure: [log.event(place).type for place in places] for figure, places in found.items()}
    assert types == {
        "quantity": ["item.submitted/1"],
        "quality": ["item.returned/1"],
        "progress": ["item.assigned/1"],
    }
    assert found["quantity"][0] > found["quality"][0]


def test_the_weights_are_those_in_force_when_the_period_ended(world: World) -> None:
    begin(world)
    world.wait(days=40)  # 11/4
    changed = LAW | {"quantity": 0, "quality": 0, "progress": 100, "loss": 50}
    change_setting(world.ws, "grading", changed, "Quy chế", world.order("hoa"))
    assert only(world, "2026-Q1").total == Fraction("22.5")
    assert only(world, "2026-H1").total == 50


LAST = date(2026, 12, 31)


def test_in_the_simulated_year_each_product_belongs_to_one_quarter(
    year: Year,
) -> None:
    quarters = [products(year.ws, parse(f"2026-Q{n}"), LAST)[0] for n in (1, 2, 3, 4)]
    names = [one.item for quarter in quarters for one in quarter]
    whole = {one.item: one for one in products(year.ws, parse("2026"), LAST)[0]}
    assert len(names) == len(set(names)) > 100
    assert set(names) <= set(whole)


def test_in_the_simulated_year_what_the_counts_call_late_has_a_delay_and_nothing_is_out_of_bounds(
    year: Year,
) -> None:
    found, rules = products(year.ws, parse("2026"), LAST)
    known = {one.item: one for one in found}
    late = [
        card
        for kind in ("task", "report")
        for figure in ("done_late", "open_late")
        for card in counts.behind(year.ws.read(), figure, Filters(kind=kind), LAST)
    ]
    assert late
    assert [card.id for card in late if not known[card.id].delays] == []
    for by in ("unit", "person"):
        graded = grades(found, by, rules)
        assert sum(len(one.products) for one in graded) == len(found)
        assert all(0 <= score <= 100 for one in graded for score in scores(one))


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
    assert words(total, RULES) == name


PRODUCT = st.builds(
    Product,
    item=st.just("i"),
    ref=st.none(),
    title=st.just(""),
    unit=st.sampled_from(["a", "b", None]),
    person=st.none(),
    due=st.just(date(2026, 3, 1)),
    done=st.none() | st.just(date(2026, 3, 1)),
    handed_in=st.none(),
    defects=st.integers(0, 9),
    returns=st.just(()),
    delays=st.lists(st.integers(1, 99), max_size=6).map(tuple),
)
WEIGHTS = st.builds(
    Grading,
    quantity=st.integers(0, 100),
    quality=st.integers(0, 100),
    progress=st.integers(0, 100),
    loss=st.integers(0, 100),
)


@given(st.lists(PRODUCT, min_size=1, max_size=8), WEIGHTS, st.data())
def test_scores_lie_in_0_to_100_and_no_defect_or_delay_raises_one(found, rules, data) -> None:
    before = grade("a", found, rules)
    assert all(0 <= score <= 100 for score in scores(before))
    number = data.draw(st.integers(0, len(found) - 1))
    one = found[number]
    for worse in (
        replace(one, defects=one.defects + 1),
        replace(one, delays=(*one.delays, 1)),
        replace(one, done=None),
    ):
        after = grade("a", [*found[:number], worse, *found[number + 1 :]], rules)
        assert all(new <= old for new, old in zip(scores(after), scores(before), strict=True))


@given(st.lists(PRODUCT, max_size=12))
def test_every_product_is_graded_once(found) -> None:
    graded = grades(found, "unit", RULES)
    assert sum(len(one.products) for one in graded) == len(found)
    assert len({one.who for one in graded}) == len(graded)
