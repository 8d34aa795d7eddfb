"""Reads numbers in words («ba mươi sáu», «hai triệu rưỡi»), and shares («hai phần ba»)."""

from collections.abc import Iterator
from fractions import Fraction

from cchc_flow.plan_import.days.tokens import Tokens
from cchc_flow.plan_import.days.values import Number

UNITS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
LAST = UNITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""What can stand behind tens: «hai mươi mốt», «bốn mươi tư», «mười lăm»."""
STARTERS = frozenset((*UNITS, "mười"))
TENS = ("mươi", "chục")
SCALES = {"nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
Found = tuple[int | float, int]
"""A value, and the place of the token behind it."""


def find_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers that a text writes in words, in order; one in digits only as part of them."""
    tokens = Tokens(text)
    place = 0
    while place < len(tokens):
        if tokens[place].text not in STARTERS:
            place += 1
            continue
        number = read_number(tokens, place)
        if number is not None:
            yield number[0]
        place = number[1] if number else place + 1


def read_number(tokens: Tokens, place: int) -> tuple[Number, int] | None:
    """Return the number in words that begins at a place and the place behind it, or None."""
    read = read_share(tokens, place)
    is_share = read is not None
    if read is None:
        read = read_count(tokens, place)
    if read is None:
        return None
    value, end = read
    words = end - place
    return Number(value, tokens[place].start, tokens[end - 1].end, is_share, words), end


def read_share(tokens: Tokens, place: int) -> Found | None:
    """Return a fraction as a float from 0 to 1: «một nửa», «hai phần ba», «một phần tư»."""
    if tokens.is_word(place, "một") and tokens.is_word(place + 1, "nửa"):
        return 0.5, place + 2
    part = read_count(tokens, place)
    if part is None or not tokens.is_word(part[1], "phần"):
        return None
    whole = read_count(tokens, part[1] + 1)
    if whole is None and tokens.is_word(part[1] + 1, "tư"):
        whole = 4, part[1] + 2
    if whole is None or not 0 < part[0] < whole[0]:
        return None
    return float(Fraction(int(part[0]), int(whole[0]))), whole[1]


def read_count(tokens: Tokens, place: int) -> Found | None:
    """Return a number in words, one with «rưỡi» or «phẩy» too: «hai triệu rưỡi», «hai phẩy năm»."""
    groups: list[tuple[int, int]] = []
    end = place
    largest = 10**12
    if tokens.is_word(place, "không") and not tokens.is_word(place + 1, "phẩy"):  # «không» is no, not nought
        return None
    while (group := read_group(tokens, end, is_first=not groups)) is not None:
        scale = SCALES.get(tokens[group[1]].text, 1)
        if scale >= largest:
            break
        groups.append((int(group[0]), scale))
        end = group[1] + (scale > 1)
        largest = scale
        if scale == 1:
            break
    if not groups:
        return None
    value = sum(count * scale for count, scale in groups)
    return read_rest(tokens, end, value, groups[-1][1])


def read_count_or_digits(tokens: Tokens, place: int) -> Found | None:
    """Return the number at a place, in at most two digits or in words, and the place behind it."""
    number = tokens.digits(place)
    return (number, place + 1) if number is not None else read_count(tokens, place)


def read_rest(tokens: Tokens, end: int, value: int, scale: int) -> Found:
    """Return a number with what stands behind its whole part: half of its scale, or digits behind a comma."""
    if scale > 1 and tokens.is_word(end, "rưỡi"):
        return value + scale // 2, end + 1
    if tokens.is_word(end, "phẩy") and tokens[end + 1].text in UNITS:
        return value + UNITS[tokens[end + 1].text] / 10, end + 2
    return value, end


def read_group(tokens: Tokens, place: int, *, is_first: bool) -> Found | None:
    """Return a number below a thousand in words: «một trăm hai mươi lăm», «mười», «linh năm»."""
    if not is_first and tokens.is_word(place, "linh", "lẻ"):
        return read_last(tokens, place + 1)
    unit = read_unit(tokens, place)
    if unit is not None and tokens.is_word(unit[1], "trăm"):
        return add_below_hundred(tokens, unit[1] + 1, int(unit[0]) * 100)
    return read_below_hundred(tokens, place)


def add_below_hundred(tokens: Tokens, place: int, hundreds: int) -> Found:
    """Return a number of hundreds with the tens and units behind it, where there are any."""
    if tokens.is_word(place, "linh", "lẻ"):
        rest = read_last(tokens, place + 1)
    elif tokens.is_word(place, "rưỡi"):
        rest = 50, place + 1
    else:
        rest = read_below_hundred(tokens, place)
    if rest is None or (tokens.is_word(place, "năm") and tokens[rest[1] - 1].text == "năm"):
        return hundreds, place
    return hundreds + rest[0], rest[1]


def read_below_hundred(tokens: Tokens, place: int) -> Found | None:
    """Return a number below a hundred in words: «ba mươi sáu», «mười lăm», «hai chục», «chín»."""
    if tokens.is_word(place, "mười"):
        return add_last(tokens, place + 1, 10)
    unit = read_unit(tokens, place)
    if unit is None:
        return None
    if tokens.is_word(unit[1], *TENS) and unit[0]:
        return add_last(tokens, unit[1] + 1, int(unit[0]) * 10)
    if unit[0] > 1 and tokens.is_word(unit[1], "mốt", "lăm", "nhăm"):  # «ba lăm»: thirty-five
        return int(unit[0]) * 10 + LAST[tokens[unit[1]].text], unit[1] + 1
    return unit


def add_last(tokens: Tokens, place: int, tens: int) -> Found:
    """Return a number of tens with the unit behind it; «năm» there is a year: fives are «lăm»."""
    word = tokens[place].text
    if word in LAST and word not in ("năm", "không"):
        return tens + LAST[word], place + 1
    return tens, place


def read_unit(tokens: Tokens, place: int) -> Found | None:
    """Return a single number word, or None."""
    unit = UNITS.get(tokens[place].text)
    return None if unit is None else (unit, place + 1)


def read_last(tokens: Tokens, place: int) -> Found | None:
    """Return a single number word that can stand behind tens or «linh», or None."""
    unit = LAST.get(tokens[place].text)
    return None if unit is None else (unit, place + 1)
