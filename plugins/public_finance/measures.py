"""The measures of the area, year by year: capital paid out, growth of revenue, recommendations done."""

from cchc_flow.hookspecs import Facts, Measure, share
from cchc_flow.plugin_kit import (
    aim_words,
    day_in_words,
    ids,
    is_aim_met,
    period_of,
    total_amount,
    years_with_entries,
)
from cchc_flow.workflow.shares import format_number, percent

from .money import dong_words, is_carried_out, last_payment_day, projects, recommendations, revenues
from .registers import RECOMMENDATION


def yearly_measures(facts: Facts) -> list[Measure]:
    """Return the measures of this year, and those of last year where it has entries.

    Each belongs to the year in its key, on whatever day it is read: money of 2026 that is paid in January
    2027 counts for 2026.
    """
    years = years_with_entries(facts.today, lambda year: _has_entries(year, facts))
    return [
        measure(year, facts)
        for year in years
        for measure in (disbursement, revenue_growth, recommendations_carried_out)
    ]


def _has_entries(year: int, facts: Facts) -> bool:
    return bool(projects(year, facts) or revenues(year, facts) or recommendations(year, facts))


def disbursement(year: int, facts: Facts) -> Measure:
    """Return which part of a year's capital plan has been paid out."""
    entries, aim = projects(year, facts), facts.figure("disbursement")
    paid, planned = total_amount(entries, "paid_total"), total_amount(entries, "planned")
    result = aim_words(is_aim_met(paid, planned, aim), aim)
    until = f"thanh toán đến hết {day_in_words(last_payment_day(year, facts))}"
    return Measure(
        key=f"disbursement_{year}",
        title=f"Tỷ lệ giải ngân vốn đầu tư công năm {year}",
        unit="%",
        value=percent(paid, planned),
        items=ids(entries),
        note=f"Đã giải ngân {format_number(paid)}/{dong_words(planned)}; {result}; {until}."
        if planned
        else "",
        recorded=bool(planned),
    )


def revenue_growth(year: int, facts: Facts, until: int = 12) -> Measure:
    """Return by how much a year's revenue, up to a month, is above that of the same periods a year before."""
    entries = [entry for entry in revenues(year, facts) if period_of(entry).last <= until]
    this, last = total_amount(entries, "this_year"), total_amount(entries, "last_year")
    aim = facts.figure("revenue_growth")
    result = aim_words(is_aim_met(this - last, last, aim), aim)
    estimates = sum(entry.state == "estimated" for entry in entries)
    reservation = f"; {estimates} kỳ còn là số ước" if estimates else ""
    return Measure(
        key=f"revenue_{year}",
        title=f"Mức tăng thu ngân sách năm {year} so với cùng kỳ năm {year - 1}",
        unit="%",
        value=percent(this - last, last),
        items=ids(entries),
        note=f"Thu {format_number(this)}/{dong_words(last)} cùng kỳ; {result}{reservation}." if last else "",
    )


def recommendations_carried_out(year: int, facts: Facts) -> Measure:
    """Return which part of the recommendations that a year has to carry out is carried out."""
    entries, aim = recommendations(year, facts), facts.figure("recommendations")
    done = [entry for entry in entries if is_carried_out(entry, year)]
    sums = (
        f"Đã thực hiện {format_number(total_amount(entries, 'done_amount'))}"
        f"/{dong_words(total_amount(entries, 'amount'))}"
    )
    result = aim_words(is_aim_met(len(done), len(entries), aim), aim)
    return share(
        f"recommendations_{year}",
        f"Tỷ lệ kiến nghị thanh tra, kiểm toán đã thực hiện xong năm {year}",
        done,
        entries,
        f"{sums}; {result}." if entries else "",
        among=facts.items(RECOMMENDATION),
    )
