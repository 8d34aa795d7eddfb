"""Figures as reports give them: shares in percent with at most two decimals, thousands set apart."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def percent(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Return which share of a whole a part is, as a decimal string (66.67, 50, 0); None of nothing."""
    if not whole:
        return None
    rounded = (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def grouped(number: Decimal | int | str) -> str:
    """Return a number as officials write it: 1.250.000 or 66,67."""
    return f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))
