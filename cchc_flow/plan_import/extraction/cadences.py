"""How often a task recurs, where its text says so; a person decides."""

import re

from cchc_flow.projections.search import search_key

CADENCES = (
    ("monthly", re.compile(r"\b(?:hang|moi) thang\b")),
    ("quarterly", re.compile(r"\b(?:hang|moi) quy\b")),
    ("half_yearly", re.compile(r"\b(?:(?:6|sau) thang (?:mot|1) lan|(?:hang|moi) (?:6|sau) thang)\b")),
)
"""By `periods.CADENCE`. «Hằng năm» is none: the plan itself is of one year."""


def suggested_cadence(text: str) -> str | None:
    """Return the cadence that the text of a task names, the most frequent of several; None for no cadence."""
    key = search_key(text)
    return next((cadence for cadence, words in CADENCES if words.search(key)), None)
