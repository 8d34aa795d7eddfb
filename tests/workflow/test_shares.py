"""Shares as reports give them."""

from decimal import Decimal

import pytest

from cchc_flow.workflow.shares import format_number, format_quantity, in_percent, percent, roman_numeral


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (2, 3, "66.67"),
        (1, 8, "12.5"),
        (1, 3, "33.33"),
        (5, 5, "100"),
        (0, 5, "0"),
        (1, 1600, "0.06"),
        (Decimal("0.5"), 20, "2.5"),
        (3, 2, "150"),
    ],
)
def test_a_share_has_at_most_two_decimals(part: Decimal | int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_of_nothing_there_is_no_share() -> None:
    assert percent(0, 0) is None
    assert percent(3, Decimal(0)) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("12500000", "12.500.000"),
        ("66.67", "66,67"),
        (0, "0"),
        (Decimal("-1234.5"), "-1.234,5"),
        (999, "999"),
    ],
)
def test_thousands_are_set_apart_as_officials_do(number: Decimal | int | str, said: str) -> None:
    assert format_number(number) == said


def test_a_share_is_never_parted_from_its_sign_and_thousands_are_set_apart() -> None:
    assert in_percent("66.67") == "66,67\xa0%"
    assert format_quantity(1000, "người") == "1.000 người"
    assert format_quantity("40", "% điểm của sản phẩm") == "40\xa0% điểm của sản phẩm"
    assert format_quantity("7.5", None) == "7,5"


def test_roman_numerals_are_those_that_documents_number_their_parts_with() -> None:
    numbers = {1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 99: "XCIX"}
    assert {number: roman_numeral(number) for number in numbers} == numbers
