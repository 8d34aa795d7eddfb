"""Numbers as people type them into reports: in the Vietnamese notation, and no guess where two readings fit.

12,5 and 12.5 are twelve and a half; 1.250 and 1 250 are twelve hundred and fifty, and so is 1,250.0. But
1,250 may be that or one and a quarter, so it is refused with both readings.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import normalize

import msgspec

from cchc_flow.workflow.shares import CENT, format_number
from cchc_flow.workflow.typed_text import UnfitText, clean_line

LONGEST = 100
"""More characters than any number needs."""
HIGHEST = Decimal(10**15)
DECIMALS = 2
MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}"
GROUPED = r"(?P<whole>\d{1,3}(?:%s\d{3})+)(?:%s(?P<decimals>\d+))?"
FORMS = (
    re.compile(r"(?P<whole>\d+)(?:[.,](?P<decimals>\d+))?", re.ASCII),
    re.compile(GROUPED % (r"\.", ","), re.ASCII),
    re.compile(GROUPED % (" ", "[.,]"), re.ASCII),
    re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+)\.(?P<decimals>\d+)", re.ASCII),
    re.compile(r"(?P<whole>\d{1,3}(?:,\d{3}){2,})", re.ASCII),
)
"""Plain, grouped in the Vietnamese way, grouped by blanks, and grouped in the English way."""
THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
TWO_READINGS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
WITH_UNIT = re.compile(r"(.*[0-9])\s*(%\D*|[^\W\d_]\D*)")
"""A number, and words behind it that begin with a letter or the per cent sign."""
NOTHING_AROSE = frozenset({"không phát sinh", "khong phat sinh", "kps"})
WITHOUT_FIGURE = "để trống nếu chưa có số liệu, ghi «Không phát sinh» nếu không có gì"


class UnfitNumber(ValueError):
    """Words that are no number; the error's text says so in Vietnamese, and what to write instead."""


class NoNumber(UnfitNumber):
    """Words that hold no number at all, such as n/a."""


class TypedReading(msgspec.Struct, frozen=True):
    """A figure that somebody typed: a decimal string, or None where it is told that nothing arose."""

    value: str | None


def read_reading(words: str, unit: str | None = None, *, signed: bool = False) -> TypedReading | None:
    """Return the figure in typed words, None for none at all; «Không phát sinh» is a figure without value.

    Raise UnfitNumber for anything else (see `read_number`).
    """
    if " ".join(normalize("NFC", words[:LONGEST]).lower().split()) in NOTHING_AROSE:
        return TypedReading(None)
    try:
        value = read_number(words, unit, signed=signed)
    except NoNumber as error:
        raise UnfitNumber(f"{error}, {WITHOUT_FIGURE}") from None
    return None if value is None else TypedReading(value)


def read_number(words: str, unit: str | None = None, *, signed: bool = False) -> str | None:
    """Return the number in typed words as a decimal string, None for no words; raise UnfitNumber.

    `unit` is what is counted, and may stand behind the number («12,5 %», «40 hồ sơ»); another unit is
    refused. Only where `signed` a number may be below zero.
    """
    try:
        line = clean_line(words, LONGEST)
    except UnfitText as error:
        raise UnfitNumber(str(error)) from None
    if not line:
        return None
    bare = _without_unit(line, unit)
    is_negative = bare[0] in MINUS
    number = _parse_unsigned(bare[1:].lstrip() if is_negative else bare, line)
    if is_negative and number and not signed:
        raise UnfitNumber(f"«{line}» nhỏ hơn 0; hãy ghi một số từ 0 trở lên")
    return f"{(-number if is_negative and number else number).normalize():f}"


def read_count(words: str) -> str | None:
    """Return a whole number from 0 on as a decimal string, None for no words; raise UnfitNumber.

    Here 1,250 has one reading only.
    """
    line = " ".join(words.split())
    try:
        value = read_number(line.replace(",", ".") if TWO_READINGS.fullmatch(line) else words)
    except NoNumber:
        raise NoNumber(f"«{line}» không phải là số; hãy ghi như 12 hoặc 1.250") from None
    if value is not None and "." in value:
        raise UnfitNumber(f"«{line}» không phải số nguyên")
    return value


def _without_unit(line: str, unit: str | None) -> str:
    """Return the words without the unit behind them; raise UnfitNumber for another than the one meant."""
    match = WITH_UNIT.fullmatch(line)
    if match is None:
        return line
    number, typed = match.groups()
    if unit and typed.casefold() in (unit.casefold(), unit.casefold().partition(" ")[0]):
        return number
    meant = f"ở đây tính bằng «{unit}»" if unit else "ở đây không có đơn vị tính"
    raise UnfitNumber(f"«{line}» ghi «{typed}», còn {meant}; hãy chỉ ghi số")


def _parse_unsigned(bare: str, line: str) -> Decimal:
    """Return the number in words without sign and unit; raise UnfitNumber, which quotes the whole `line`."""
    if TWO_READINGS.fullmatch(bare):
        whole, decimals = bare.split(",")
        small = format_number(Decimal(f"{whole}.{decimals}").quantize(CENT, ROUND_HALF_UP).normalize())
        raise UnfitNumber(f"«{line}» hiểu được hai cách; hãy ghi {whole}.{decimals} hoặc {small}")
    match = None if THOUSANDS.fullmatch(bare) else FORMS[0].fullmatch(bare)
    match = match or next((found for form in FORMS[1:] if (found := form.fullmatch(bare))), None)
    if match is None:
        raise NoNumber(f"«{line}» không phải là số; hãy ghi như 12,5 hoặc 1.250")
    decimals = match.groupdict().get("decimals") or ""
    if len(decimals) > DECIMALS:
        raise UnfitNumber(f"«{line}» có quá {DECIMALS} chữ số thập phân")
    number = Decimal(f"{re.sub('[., ]', '', match['whole'])}.{decimals or 0}")
    if number > HIGHEST:
        raise UnfitNumber(f"«{line}» lớn quá")
    return number
