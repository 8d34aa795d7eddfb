"""What the area tells: its measures year by year, marks, the section of a report, the table of its page."""

from collections.abc import Sequence
from decimal import Decimal

from cchc_flow.hookspecs import Badge, Facts, Item, Measure, Panel, Period, Section, absence, share
from cchc_flow.workflow.shares import format_number, in_percent, percent

from .money import (
    budget_year,
    dong,
    is_carried_out,
    last_payment_day,
    period,
    projects,
    recommendations,
    revenues,
    said,
    total,
    unfinished,
    words,
)
from .registers import PROJECT, RECOMMENDATION, REVENUE

COLUMNS = ("Nội dung", "Kế hoạch hoặc cùng kỳ (đồng)", "Thực hiện (đồng)", "Kết quả")


def counted(facts: Facts) -> list[Measure]:
    """Return the readings of this year, and those of last year where it has entries.

    Each belongs to the year in its key, on whatever day it is read: money of 2026 that is paid in January
    2027 counts for 2026.
    """
    last, this = facts.today.year - 1, facts.today.year
    years = [this, *([last] if any(_told(last, facts)) else [])]
    return [read(year, facts) for year in years for read in (disbursement, growth, carried_out)]


def _told(year: int, facts: Facts) -> tuple[Sequence[Item], ...]:
    return projects(year, facts), revenues(year, facts), recommendations(year, facts)


def disbursement(year: int, facts: Facts) -> Measure:
    """Return which part of the plan that was assigned for a year has been paid."""
    found = projects(year, facts)
    paid, planned = total(found, "paid_total"), total(found, "planned")
    met = _met(100 * paid >= facts.figure("disbursement") * planned, facts.figure("disbursement"))
    until = f"thanh toán đến hết {said(last_payment_day(year, facts))}"
    return Measure(
        key=f"disbursement_{year}",
        title=f"Tỷ lệ giải ngân vốn đầu tư công năm {year}",
        unit="%",
        value=percent(paid, planned),
        items=tuple(one.id for one in found),
        note=f"Đã giải ngân {format_number(paid)}/{words(planned)}; {met}; {until}." if planned else "",
        recorded=bool(planned),
    )


def growth(year: int, facts: Facts, until: int = 12) -> Measure:
    """Return by how much the revenue of a year, up to a month, is above that of the same periods before."""
    found = [one for one in revenues(year, facts) if period(one).last <= until]
    this, last = total(found, "this_year"), total(found, "last_year")
    aim = facts.figure("revenue_growth")
    met = _met(100 * (this - last) >= aim * last, aim)
    estimated = sum(one.state == "estimated" for one in found)
    still = f"; {estimated} kỳ còn là số ước" if estimated else ""
    return Measure(
        key=f"revenue_{year}",
        title=f"Mức tăng thu ngân sách năm {year} so với cùng kỳ năm {year - 1}",
        unit="%",
        value=percent(this - last, last),
        items=tuple(one.id for one in found),
        note=f"Thu {format_number(this)}/{words(last)} cùng kỳ; {met}{still}." if last else "",
    )


def carried_out(year: int, facts: Facts) -> Measure:
    """Return which part of the recommendations that a year has to carry out is carried out."""
    found = recommendations(year, facts)
    done = [one for one in found if is_carried_out(one, year)]
    met = _met(
        100 * len(done) >= facts.figure("recommendations") * len(found), facts.figure("recommendations")
    )
    sums = f"Đã thực hiện {format_number(total(found, 'done_amount'))}/{words(total(found, 'amount'))}"
    title = f"Tỷ lệ kiến nghị thanh tra, kiểm toán đã thực hiện xong năm {year}"
    note = f"{sums}; {met}." if found else ""
    return share(f"recommendations_{year}", title, done, found, note, among=facts.items(RECOMMENDATION))


def _met(is_met: bool, aim: Decimal) -> str:
    """Say whether an aim is met; it is asked of the exact sums, not of a share that was rounded."""
    return f"{'đạt' if is_met else 'chưa đạt'} mức {in_percent(aim)}"


def marks(item: Item, facts: Facts) -> list[Badge]:
    """Return the marks of an item."""
    match item.kind:
        case "task" if waiting := unfinished(item, facts):
            return [Badge("soon", f"{len(waiting)} mục tài chính chưa xong")]
        case kind if kind == PROJECT and item.state in ("allotted", "paying", "finished"):
            return [_mark_of_project(item, facts)]
        case kind if kind == REVENUE and item.state != "void":
            return _marks_of_revenue(item, facts)
        case kind if kind == RECOMMENDATION and item.state in ("received", "doing"):
            return [Badge("soon", f"Còn {words(dong(item, 'amount') - dong(item, 'done_amount'))}")]
        case _:
            return []


def _mark_of_project(item: Item, facts: Facts) -> Badge:
    paid, planned = dong(item, "paid_total"), dong(item, "planned")
    is_met = 100 * paid >= facts.figure("disbursement") * planned
    is_over = facts.today > last_payment_day(budget_year(item), facts)
    kind = "done_in_time" if is_met else "late" if is_over else "in_time"
    return Badge(kind, f"Giải ngân {_percent(percent(paid, planned))}")


def _marks_of_revenue(item: Item, facts: Facts) -> list[Badge]:
    this, last = dong(item, "this_year"), dong(item, "last_year")
    rise = percent(this - last, last)
    found = [Badge("soon", "Số ước")] if item.state == "estimated" else []
    if rise is None:
        return found
    kind = "in_time" if 100 * (this - last) >= facts.figure("revenue_growth") * last else "soon"
    return [*found, Badge(kind, f"{_percent(rise, sign=True)} so với cùng kỳ")]


def _percent(value: str | None, without: str = "", *, sign: bool = False) -> str:
    if value is None:
        return without.lower()
    plus = "+" if sign and Decimal(value) > 0 else ""
    return f"{plus}{in_percent(value)}"


def told(asked: Period, facts: Facts) -> Section:
    """Return the section of a report: of the period's year, and of the year before while it is still paid."""
    before = asked.year - 1
    is_open = asked.begin <= last_payment_day(before, facts) and projects(before, facts)
    years = [*([before] if is_open else []), asked.year]
    paid = [disbursement(year, facts) for year in years]
    others = [growth(asked.year, facts, asked.last), carried_out(asked.year, facts)]
    return Section(
        "Cải cách tài chính công",
        (f"Số liệu ghi đến ngày {said(facts.today)}.", *(_sentence(one) for one in (*paid, *others))),
        COLUMNS,
        tuple(row for year in years for row in _rows(year, facts)) + _collected(asked, facts),
    )


def _sentence(measure: Measure) -> str:
    value = _percent(measure.value, measure.absence, sign=measure.key.startswith("revenue"))
    count = f" ({measure.count}/{measure.of} kiến nghị)" if measure.of else ""
    return f"{measure.title}: {value}{count}. {measure.note}".strip()


def _rows(year: int, facts: Facts) -> list[tuple[str, ...]]:
    return [
        (
            f"{one.title} (vốn năm {year})",
            format_number(dong(one, "planned")),
            format_number(dong(one, "paid_total")),
            _percent(percent(dong(one, "paid_total"), dong(one, "planned")), absence(recorded=False)),
        )
        for one in projects(year, facts)
    ]


def _collected(asked: Period, facts: Facts) -> tuple[tuple[str, ...], ...]:
    inside = [
        one
        for one in revenues(asked.year, facts)
        if asked.first <= period(one).first and period(one).last <= asked.last
    ]
    if not inside:
        return ()
    this, last = total(inside, "this_year"), total(inside, "last_year")
    rise = _percent(percent(this - last, last), absence(recorded=True), sign=True)
    return ((f"Thu ngân sách {asked.words()}", format_number(last), format_number(this), rise),)


def table(facts: Facts) -> Panel:
    """Return the tables of projects and of recommendations that are not carried out, for the area's page."""
    this = facts.today.year
    years = [year for year in (this - 1, this) if facts.today <= last_payment_day(year, facts)]
    rows = [
        (one, row)
        for year in years
        for one, row in zip(projects(year, facts), _rows(year, facts), strict=True)
    ]
    waiting = [one for one in recommendations(this, facts) if one.state != "closed"]
    left = [
        (one, format_number(dong(one, "amount")), format_number(dong(one, "done_amount"))) for one in waiting
    ]
    until = [f"năm {year}: đến hết {said(last_payment_day(year, facts))}" for year in years]
    return Panel("Giải ngân và kiến nghị", "panel.html", {"rows": rows, "left": left, "until": until})
