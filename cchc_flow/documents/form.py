"""The words that Nghị định 30/2020/NĐ-CP prescribes: numbers, days, marks, endings of lines."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from cchc_flow.documents.blocks import Document

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
COMMITTEE = "ủy ban nhân dân"
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BLANK = "        "
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters that mark the points of a list, in the order of the Vietnamese alphabet."""


def number_words(number: int | None, symbol: str) -> str:
    """Return «Số: 05/BC-UBND»: below 10 with a leading 0, with room for one that is not given yet."""
    return f"Số: {BLANK if number is None else f'{number:02d}'}/{symbol}"


def place_and_day(place: str, day: date | None) -> str:
    """Return «Ea Drông, ngày 05 tháng 02 năm 2026»: days below 10 and the months 1 and 2 with a leading 0."""
    if day is None:
        return f"{place}, ngày{BLANK}tháng{BLANK}năm{BLANK}".rstrip()
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def issuer_parts(issuer: str) -> tuple[str, str]:
    """Return what comes before a commune's name, and the name, which is torn apart by no end of a line."""
    if issuer.casefold().startswith(f"{COMMITTEE} "):
        return issuer[: len(COMMITTEE)], issuer[len(COMMITTEE) :].strip()
    return "", issuer


def letter_marks() -> Iterator[str]:
    """Yield the marks a), b), c), d), đ), e) …; after the last letter aa), ab) …"""
    yield from (f"{letter})" for letter in LETTERS)
    yield from (f"{first}{second})" for first in LETTERS for second in LETTERS)


def basis_lines(bases: tuple[str, ...]) -> list[str]:
    """Return the legal bases as they are printed: each ends in «;», the last one in «.»."""
    bare = [basis.rstrip(" ;.,") for basis in bases]
    return [f"{basis}{'.' if place == len(bare) else ';'}" for place, basis in enumerate(bare, 1)]


def recipient_lines(recipients: tuple[str, ...]) -> list[str]:
    """Return the recipients as they are printed: «- …;», and the last one, where it is filed, in «.»."""
    bare = [recipient.strip(" -;.") for recipient in recipients]
    return [f"- {recipient}{'.' if place == len(bare) else ';'}" for place, recipient in enumerate(bare, 1)]


def clean_words(words: str) -> str:
    """Return words as documents can hold them: composed (NFC), without signs that steer or are no text.

    Whatever ends a line is a line break; what turns the direction of writing is left out.
    """
    composed = unicodedata.normalize("NFC", LINE_END.sub("\n", words))
    if composed.isprintable():  # nearly always
        return composed
    return "".join(sign for sign in composed if sign in "\n\t" or _is_text(sign))


def _is_text(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn") and sign not in DIRECTIONS


def clean_document(document: Document) -> Document:
    """Return a document whose words all formats can hold (see `clean_words`)."""
    cleaned: Document = _clean(document)
    return cleaned


def _clean(value: Any) -> Any:
    match value:
        case str():
            return clean_words(value)
        case tuple():
            return tuple(map(_clean, value))
        case msgspec.Struct():
            return type(value)(**{name: _clean(getattr(value, name)) for name in value.__struct_fields__})
        case _:
            return value
