"""Figures as reports give them: shares in percent with at most two decimals, thousands set apart."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NO_BREAK = "\N{NO-BREAK SPACE}"


def percent(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Return which share of a whole a part is, as a decimal string (66.67, 50, 0); None of nothing."""
    if not whole:
        return None
    rounded = (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def grouped(number: Decimal | int | str) -> str:
    """Return a number as officials write it: 1.250.000 or 66,67."""
    return f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))


def in_percent(number: Decimal | int | str) -> str:
    """Return a share as officials write it, never broken between its number and its sign: 66,67 %."""
    return f"{grouped(number)}{NO_BREAK}%"


def measured(number: Decimal | int | str, unit: str | None) -> str:
    """Return a number with its unit: 95,5 % or 1.000 người."""
    if unit and unit.startswith("%"):
        return in_percent(number) + unit[1:]
    return f"{grouped(number)} {unit}" if unit else grouped(number)
