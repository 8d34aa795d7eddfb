"""What the entries of the area come to: sums of đồng, years, and the last day of payment. Never a float."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, Period
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number

from .registers import PROJECT, RECOMMENDATION, REVENUE

AREA = "public_finance"
UNDONE = {
    PROJECT: ("waiting", "allotted", "paying"),
    REVENUE: ("estimated",),
    RECOMMENDATION: ("received", "doing"),
}
"""The states in which an entry is not finished, by kind."""


def dong(item: Item, name: str) -> Decimal:
    """Return an amount of an entry, 0 where none was told."""
    return Decimal(item.fields.get(name) or 0)


def total(items: Iterable[Item], name: str) -> Decimal:
    """Return the exact sum of an amount over entries."""
    return sum((dong(one, name) for one in items), Decimal(0))


def words(amount: Decimal) -> str:
    """Return an amount as officials write it: 1.250.000 đồng."""
    return f"{format_number(amount)} đồng"


def day(item: Item, name: str) -> date | None:
    """Return a day of an entry, None where none was told."""
    told = item.fields.get(name)
    return date.fromisoformat(told) if told else None


def said(when: date | str) -> str:
    """Return a day in words."""
    return day_words(when if isinstance(when, date) else date.fromisoformat(when))


def period(item: Item) -> Period:
    """Return the period whose revenue an entry tells."""
    return parse(item.fields["period"] or "")


def budget_year(project: Item) -> int:
    """Return the year whose plan a project is paid from."""
    return int(project.fields["budget_year"] or 0)


def last_payment_day(year: int, facts: Facts) -> date:
    """Return the last day on which the money of a plan year may be paid."""
    return date(year, 12, 31) + timedelta(days=int(facts.figure("payment_days")))


def projects(year: int, facts: Facts) -> list[Item]:
    """Return the projects that are paid from the plan of a year."""
    found = facts.items(PROJECT, budget_year=str(year))
    return [one for one in found if one.state != "void"]


def revenues(year: int, facts: Facts) -> list[Item]:
    """Return the revenue entries of a year."""
    return [one for one in facts.items(REVENUE) if one.state != "void" and period(one).year == year]


def recommendations(year: int, facts: Facts) -> list[Item]:
    """Return the recommendations that a year has to carry out: its own, and what came over from before."""
    found = [one for one in facts.items(RECOMMENDATION) if one.state != "void"]
    return [
        one
        for one in found
        if (day(one, "issued_on") or date.max).year <= year
        and not (one.state == "closed" and (day(one, "closed_on") or date.max).year < year)
    ]


def is_carried_out(recommendation: Item, year: int) -> bool:
    """Tell whether a recommendation was carried out by the end of a year."""
    closed = day(recommendation, "closed_on")
    return recommendation.state == "closed" and closed is not None and closed.year <= year


def unfinished(task: Item, facts: Facts) -> list[Item]:
    """Return the entries that name a task of this area and are not finished."""
    named = [one for kind in UNDONE for one in facts.items(kind, task=task.id)]
    waiting = [one for one in named if one.state in UNDONE[one.kind]]
    return waiting if waiting and facts.area_of(task) == AREA else []
