"""How numbers are written: percentages to two decimals, thousands in the Vietnamese way, Roman numerals."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MOST_COUNTED = 1_000
"""Where long lists are counted no further: what is more is not told."""
NO_BREAK = "\N{NO-BREAK SPACE}"
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def percent(part: Decimal | int, whole: Decimal | int) -> str | None:
    """Return `part` as a percentage of `whole`: a decimal string (66.67, 50, 0), None when `whole` is 0."""
    if not whole:
        return None
    rounded = (Decimal(100) * part / whole).quantize(CENT, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def format_number(number: Decimal | int | str) -> str:
    """Return a number in Vietnamese notation: 1.250.000 or 66,67."""
    return f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))


def count_words(number: int) -> str:
    """Return a count in words; where MOST_COUNTED is passed it was given up: «hơn 1.000»."""
    return f"hơn {format_number(MOST_COUNTED)}" if number > MOST_COUNTED else format_number(number)


def in_percent(number: Decimal | int | str) -> str:
    """Return a percentage in Vietnamese notation, with a no-break space before the sign: 66,67 %."""
    return f"{format_number(number)}{NO_BREAK}%"


def format_quantity(number: Decimal | int | str, unit: str | None) -> str:
    """Return a number with its unit: 95,5 % or 1.000 người."""
    if unit and unit.startswith("%"):
        return in_percent(number) + unit[1:]
    return f"{format_number(number)} {unit}" if unit else format_number(number)


def roman_numeral(number: int) -> str:
    """Return a number as a Roman numeral in capitals; numbers above 3999 count as 3999."""
    numeral = ""
    for value, sign in ROMAN:
        times, number = divmod(min(number, 3999), value)
        numeral += sign * times
    return numeral


grouped, measured = format_number, format_quantity  # the names that plugins of earlier releases import
