"""Sets of positions as bits in blocks: what is cut, joined and counted is what sets of numbers give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.world import World

from cchc_flow.projections import trail_queries, trail_terms
from cchc_flow.projections.trail import TrailSearch, channel_way
from cchc_flow.projections.trail_terms import SIZE

LAST = 2 * SIZE + 10
PLACES = st.sets(st.one_of(st.integers(1, LAST), st.integers(SIZE - 3, SIZE + 3)), max_size=40)


@given(PLACES, PLACES, st.integers(1, LAST), st.integers(1, LAST))
def test_sets_are_cut_joined_and_taken_away_as_sets_of_numbers(one, other, first, last) -> None:
    a, b = trail_terms.those_of(list(one)), trail_terms.those_of(list(other))
    within = trail_terms.between(first, last)
    made = {
        frozenset(one & other): trail_terms.all_of(a, b),
        frozenset(one | other): trail_terms.any_of(a, b),
        frozenset(one - other): trail_terms.without(a, b),
        frozenset(place for place in one if first <= place <= last): trail_terms.all_of(within, a),
    }
    for expected, found in made.items():
        assert list(trail_terms.oldest_first(found, LAST)) == sorted(expected)
        assert list(trail_terms.newest_first(found, LAST)) == sorted(expected, reverse=True)
        assert trail_queries.count(found, upto=LAST) == len(expected)


def test_counting_stops_at_a_thousand() -> None:
    assert trail_queries.count(trail_terms.between(1, 1_000), upto=LAST) == 1_000
    assert trail_queries.count(trail_terms.between(1, LAST), upto=LAST) == 1_001


@pytest.mark.parametrize("facet", ["person", "type", "kind", "area", "flag"])
def test_what_was_recorded_after_the_page_began_is_not_counted(world: World, facet: str) -> None:
    world.submitted()
    upto = world.ws.log.size()
    history = world.ws.read_history()
    before = trail_queries.count_values(history, facet, trail_terms.between(1, upto), upto=upto)
    world.take("hoa", "return", reason="Thiếu.", defects="1")
    later = trail_queries.count_values(
        world.ws.read_history(), facet, trail_terms.between(1, upto), upto=upto
    )
    assert later == before


def test_each_event_has_the_terms_of_its_row(world: World) -> None:
    world.submitted()
    history, upto = world.ws.read_history(), world.ws.log.size()
    for row in history.query("SELECT * FROM trail"):
        search = TrailSearch(
            person=row["actor"],
            type=row["type"],
            stream=row["stream"],
            unit=row["unit"],
            role=row["role"],
            channel=channel_way(row["channel"]),
            kind=row["kind"],
            area=row["area"],
        )
        found = trail_queries.matching(history, search, upto=upto)
        assert row["position"] in trail_terms.oldest_first(found, upto)
