"""What holds of the grades of any products, and of those of the simulated year."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.figures import cards_behind
from support.grading import RULES, scores
from support.year import Year

from cchc_flow.projections.cards.filters import Filters
from cchc_flow.reporting.grading import grade, grades
from cchc_flow.reporting.products import Product, products
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Grading

LAST = date(2026, 12, 31)
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


# The simulated year


def test_in_the_simulated_year_each_product_belongs_to_one_quarter(
    year: Year,
) -> None:
    quarters = [products(year.ws, parse(f"2026-Q{n}"), LAST)[0] for n in (1, 2, 3, 4)]
    names = [product.item for quarter in quarters for product in quarter]
    whole = {product.item: product for product in products(year.ws, parse("2026"), LAST)[0]}
    assert len(names) == len(set(names)) > 100
    assert set(names) <= set(whole)


def test_in_the_simulated_year_what_the_counts_call_late_has_a_delay_and_nothing_is_out_of_bounds(
    year: Year,
) -> None:
    graded_products, rules = products(year.ws, parse("2026"), LAST)
    by_item = {product.item: product for product in graded_products}
    late = [
        card
        for kind in ("task", "report")
        for figure in ("done_late", "open_late")
        for card in cards_behind(year.ws.read(), figure, Filters(kind=kind), LAST)
    ]
    assert late
    assert [card.id for card in late if not by_item[card.id].delays] == []
    for by in ("unit", "person"):
        graded = grades(graded_products, by, rules)
        assert sum(len(unit_grade.products) for unit_grade in graded) == len(graded_products)
        assert all(0 <= score <= 100 for unit_grade in graded for score in scores(unit_grade))


# Any products


@given(st.lists(PRODUCT, min_size=1, max_size=8), WEIGHTS, st.data())
def test_scores_lie_in_0_to_100_and_no_defect_or_delay_raises_one(graded_products, rules, data) -> None:
    before = grade("a", graded_products, rules)
    assert all(0 <= score <= 100 for score in scores(before))
    number = data.draw(st.integers(0, len(graded_products) - 1))
    product = graded_products[number]
    for worse in (
        replace(product, defects=product.defects + 1),
        replace(product, delays=(*product.delays, 1)),
        replace(product, done=None),
    ):
        after = grade("a", [*graded_products[:number], worse, *graded_products[number + 1 :]], rules)
        assert all(new <= old for new, old in zip(scores(after), scores(before), strict=True))


@given(st.lists(PRODUCT, max_size=12))
def test_every_product_is_graded_once(graded_products) -> None:
    graded = grades(graded_products, "unit", RULES)
    assert sum(len(unit_grade.products) for unit_grade in graded) == len(graded_products)
    assert len({unit_grade.who for unit_grade in graded}) == len(graded)
