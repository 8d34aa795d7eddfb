"""How numbers are written in reports: percentages to two decimals, thousands grouped the Vietnamese way."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NO_BREAK = "\N{NO-BREAK SPACE}"


def percent(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Return `part` as a percentage of `whole`: a decimal string (66.67, 50, 0), None when `whole` is 0."""
    if not whole:
        return None
    rounded = (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def format_number(number: Decimal | int | str) -> str:
    """Return a number in Vietnamese notation: 1.250.000 or 66,67."""
    return f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))


def in_percent(number: Decimal | int | str) -> str:
    """Return a percentage in Vietnamese notation, with a no-break space before the sign: 66,67 %."""
    return f"{format_number(number)}{NO_BREAK}%"


def format_quantity(number: Decimal | int | str, unit: str | None) -> str:
    """Return a number with its unit: 95,5 % or 1.000 người."""
    if unit and unit.startswith("%"):
        return in_percent(number) + unit[1:]
    return f"{format_number(number)} {unit}" if unit else format_number(number)


grouped, measured = format_number, format_quantity  # the names that plugins of earlier releases import
