"""A sample's size, its shares of the strata, and the draw that anybody can repeat with sha256sum."""

import subprocess
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.workflow.sampling import (
    Stratum,
    commitment_of,
    draw,
    mark_of,
    population_digest,
    sample_size,
    seed_of,
    share_out,
    size_without_end,
)

P95, P5 = Fraction(95, 100), Fraction(5, 100)


@pytest.mark.parametrize(
    ("confidence", "rate", "size"), [(95, 5, 59), (90, 5, 45), (99, 1, 459), (95, 10, 29), (95, 1, 299)]
)
def test_the_size_without_end_is_that_of_the_tables(confidence: int, rate: int, size: int) -> None:
    assert size_without_end(Fraction(confidence, 100), Fraction(rate, 100)) == size
    assert sample_size(10_000_000, Fraction(confidence, 100), Fraction(rate, 100)) == size


@pytest.mark.parametrize(
    ("population", "size"), [(0, 0), (1, 1), (5, 5), (20, 19), (100, 45), (200, 51), (500, 56), (1000, 57)]
)
def test_of_few_items_fewer_are_needed_and_never_more_than_there_are(population: int, size: int) -> None:
    assert sample_size(population, P95, P5) == size


@given(st.integers(1, 400), st.integers(500, 999), st.integers(1, 500))
def test_the_size_is_the_smallest_that_the_hypergeometric_distribution_allows(
    population: int, confidence: int, rate: int
) -> None:
    sure, tolerable = Fraction(confidence, 1000), Fraction(rate, 1000)
    size = sample_size(population, sure, tolerable)
    wrong = max(1, -(-population * rate // 1000))

    def missed(drawn: int) -> Fraction:
        return Fraction(comb(population - wrong, drawn), comb(population, drawn))

    assert missed(size) <= 1 - sure
    assert missed(size - 1) > 1 - sure


@given(
    st.integers(0, 300),
    st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 60), min_size=1),
)
def test_shares_add_up_and_no_stratum_is_left_out_or_overdrawn(size: int, held: dict[str, int]) -> None:
    size = min(size, sum(held.values()))
    strata = share_out(size, held)
    assert sum(stratum.size for stratum in strata) == max(size, len(held))
    assert [stratum.key for stratum in strata] == sorted(held)
    assert all(1 <= stratum.size <= stratum.holds == held[stratum.key] for stratum in strata)


def test_shares_are_in_proportion_and_the_largest_remainder_gets_one_more() -> None:
    assert share_out(10, {"a": 50, "b": 33, "c": 17}) == (
        Stratum("a", 50, 5),
        Stratum("b", 33, 3),
        Stratum("c", 17, 2),
    )


def test_a_small_stratum_gets_one_and_the_others_share_what_is_left() -> None:
    assert share_out(45, {"a": 1, "b": 60, "c": 39}) == (
        Stratum("a", 1, 1),
        Stratum("b", 60, 27),
        Stratum("c", 39, 17),
    )


def sha256sum(text: str) -> str:
    return (
        subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True)
        .stdout[:64]
        .decode()
    )


def test_seed_and_marks_are_what_sha256sum_prints() -> None:
    assert commitment_of("bo cau trang 1926") == sha256sum("bo cau trang 1926")
    seed = seed_of("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=", "bo cau trang 1926")
    assert seed == sha256sum("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:bo cau trang 1926")
    assert mark_of(seed, "2026-III.1.1") == sha256sum(f"{seed}:2026-III.1.1")
    assert population_digest([("b", "2"), ("a", "1")]) == sha256sum("a\t1\nb\t2\n")


def test_the_draw_takes_the_first_items_of_each_stratum_in_the_order_of_their_marks() -> None:
    items = {"a": [f"a{number}" for number in range(9)], "b": ["b0"]}
    drawn = draw("seed", items, (Stratum("a", 9, 3), Stratum("b", 1, 1)))
    by_mark = sorted(items["a"], key=lambda item: sha256sum(f"seed:{item}"))
    assert drawn == [*(("a", item) for item in by_mark[:3]), ("b", "b0")]


@given(st.text(min_size=1, max_size=8))
def test_the_draw_does_not_depend_on_the_order_in_which_items_are_listed(seed: str) -> None:
    items = [f"item-{number}" for number in range(20)]
    strata = (Stratum("-", 20, 5),)
    assert draw(seed, {"-": items}, strata) == draw(seed, {"-": items[::-1]}, strata)
