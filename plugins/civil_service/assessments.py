"""What the grades of people need from the registers: general points, and cases that fail them."""

from cchc_flow.hookspecs import Assessment, Facts, Item, Period
from cchc_flow.plugin_kit import entries_without

from .evaluation_registers import LEADING
from .evaluation_rules import LEADERS, failing_words, period_of


def assessments_of(period: Period, facts: Facts) -> list[Assessment]:
    """Return the assessments of a period, of each entry that names an account."""
    entries = entries_without("dropped", "evaluation", facts)
    return [_assessment(entry, facts) for entry in entries if _is_of(entry, period)]


def _is_of(entry: Item, period: Period) -> bool:
    return bool(entry.fields.get("account")) and period_of(entry) == period


def _assessment(entry: Item, facts: Facts) -> Assessment:
    percents = [entry.fields.get(name) for name in LEADING]
    return Assessment(
        item=entry.id,
        person=entry.fields["account"] or "",
        general=entry.fields.get("general"),
        leads=entry.fields.get("group") in LEADERS,
        leading=tuple(percent for percent in percents if percent is not None),
        failing=tuple(failing_words(entry, facts)),
    )
