"""How units are called: whole, short as a card shows them, and as people write them."""

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
"""How offices shorten the names of units (common practice)."""


def short_unit_name(unit: Unit) -> str:
    """Return the unit's name as a card shows it: whole when short, else its short alias, else abbreviated."""
    if len(unit.name) <= SHORT_UNIT:
        return unit.name
    fitting = [alias for alias in unit.aliases if 4 <= len(alias) <= SHORT_UNIT]
    return fitting[0] if fitting else _abbreviated(unit.name)


def find_unit(words: str, units: Sequence[Unit]) -> Unit | None:
    """Return the one unit that words call, whatever their case and marks; None where several are so called.

    Its whole name comes before what others are called besides: their aliases and short names.
    """
    wanted = _plain(words)
    named = [unit for unit in units if _plain(unit.name) == wanted]
    found = named or [
        unit
        for unit in units
        if wanted in map(_plain, (*unit.aliases, short_unit_name(unit), _abbreviated(unit.name)))
    ]
    return found[0] if len(found) == 1 else None


def _abbreviated(name: str) -> str:
    for words, short in ABBREVIATIONS:
        name = re.sub(words, short, name)
    return re.sub(r"\bP\. ", "P.", name)


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", search_key(words)).strip()
