"""Shares as reports give them: in percent, with at most two decimals."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def percent(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Return which share of a whole a part is, as a decimal string (66.67, 50, 0); None of nothing."""
    if not whole:
        return None
    rounded = (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"
