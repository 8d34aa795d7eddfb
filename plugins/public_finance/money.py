"""Which entries count for a year, until when the money of a year may be paid, and sums in words."""

from datetime import date, timedelta
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item
from cchc_flow.plugin_kit import VOID, count_of, day_of, entries_without, period_of
from cchc_flow.workflow.shares import format_number

from .registers import PROJECT, RECOMMENDATION, REVENUE

AREA = "public_finance"


def dong_words(amount: Decimal) -> str:
    """Return an amount as officials write it: 1.250.000 đồng."""
    return f"{format_number(amount)} đồng"


def budget_year(project: Item) -> int:
    """Return the year whose capital plan a project is paid from."""
    return count_of(project, "budget_year")


def last_payment_day(year: int, facts: Facts) -> date:
    """Return the last day on which the money of a plan year may be paid; by default 31 January after it."""
    return date(year, 12, 31) + timedelta(days=int(facts.figure("payment_days")))


def projects(year: int, facts: Facts) -> list[Item]:
    """Return the projects that are paid from the capital plan of a year."""
    return entries_without(VOID.name, PROJECT, facts, budget_year=str(year))


def revenues(year: int, facts: Facts) -> list[Item]:
    """Return the revenue entries of a year."""
    entries = entries_without(VOID.name, REVENUE, facts)
    return [entry for entry in entries if period_of(entry).year == year]


def recommendations(year: int, facts: Facts) -> list[Item]:
    """Return the recommendations to carry out in a year: those issued up to then and not closed before it."""
    return [
        entry
        for entry in entries_without(VOID.name, RECOMMENDATION, facts)
        if (day_of(entry, "issued_on") or date.max).year <= year and not is_carried_out(entry, year - 1)
    ]


def is_carried_out(recommendation: Item, year: int) -> bool:
    """Tell whether a recommendation was carried out by the end of a year."""
    closed_on = day_of(recommendation, "closed_on")
    return recommendation.state == "closed" and closed_on is not None and closed_on.year <= year
