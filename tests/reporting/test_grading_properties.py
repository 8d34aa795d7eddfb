"""What holds of the grades of any products, and of those of the simulated year."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.grading import RULES, scores
from support.year import Year

from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.queries import Filters
from cchc_flow.reporting.grading import Product, grade, grades, products
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
        for card in counts.cards_behind(year.ws.read(), figure, Filters(kind=kind), LAST)
    ]
    assert late
    assert [card.id for card in late if not known[card.id].delays] == []
    for by in ("unit", "person"):
        graded = grades(found, by, rules)
        assert sum(len(one.products) for one in graded) == len(found)
        assert all(0 <= score <= 100 for one in graded for score in scores(one))


# Any products


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
