"""Names of units: in short form for cards, and matched with what people write."""

import re
from collections.abc import Sequence

from cchc_flow.projections.directory import Unit
from cchc_flow.projections.search import search_key

SHORT_UNIT = 20
ABBREVIATIONS = (
    (r"Ủy ban nhân dân", "UBND"),
    (r"Hội đồng nhân dân", "HĐND"),
    (r"Ủy ban Mặt trận Tổ quốc( Việt Nam)?", "UBMTTQ"),
    (r"Mặt trận Tổ quốc( Việt Nam)?", "MTTQ"),
    (r"[Pp]hục vụ hành chính công", "PVHCC"),
    (r"Văn hóa\s*[-–]\s*Xã hội", "VH-XH"),  # documents write both dashes
    (r"Văn phòng", "VP"),
    (r"Trung tâm", "TT"),
    (r"Phòng", "P."),
)
"""The usual abbreviations in the names of units."""


def short_unit_name(unit: Unit) -> str:
    """Return a unit's name as a card shows it: in full if short, else a short alias, else abbreviated."""
    if len(unit.name) <= SHORT_UNIT:
        return unit.name
    short_aliases = [alias for alias in unit.aliases if 4 <= len(alias) <= SHORT_UNIT]
    return short_aliases[0] if short_aliases else abbreviate_unit_name(unit.name)


def find_unit(words: str, units: Sequence[Unit]) -> Unit | None:
    """Return the unit with this name, alias or short name; None if there is none, or more than one.

    Case, diacritics and punctuation do not count. A match of the full name comes before the others.
    """
    key = _match_key(words)
    matches = [unit for unit in units if _match_key(unit.name) == key] or [
        unit
        for unit in units
        if key in map(_match_key, (*unit.aliases, short_unit_name(unit), abbreviate_unit_name(unit.name)))
    ]
    return matches[0] if len(matches) == 1 else None


def abbreviate_unit_name(name: str) -> str:
    """Return a name with the usual abbreviations of its words: «P.VH-XH» for Phòng Văn hóa - Xã hội."""
    for words, short in ABBREVIATIONS:
        name = re.sub(words, short, name)
    return re.sub(r"\bP\. ", "P.", name)


def _match_key(words: str) -> str:
    return re.sub(r"\W+", " ", search_key(words)).strip()
