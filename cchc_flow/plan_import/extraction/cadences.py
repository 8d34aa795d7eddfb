"""How often a task recurs, where its text says so; a person decides."""

from unicodedata import normalize

from cchc_flow.plan_import.days import Rule, find_times

CADENCES = ("monthly", "quarterly", "half_yearly")
"""By `periods.CADENCE`. «Hằng năm» is none: the plan itself is of one year."""


def suggested_cadence(text: str) -> str | None:
    """Return the cadence that the text of a task names, the most frequent of several; None for no cadence."""
    rules = [time for time in find_times(normalize("NFC", text)) if isinstance(time, Rule)]
    return min((rule.cadence for rule in rules if rule.cadence in CADENCES), key=CADENCES.index, default=None)
