"""What the area shows: badges of items, the section of a report, the tables of its page."""

from decimal import Decimal

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Measure, Number, Panel, Period, Report, absence
from cchc_flow.plugin_kit import (
    VOID,
    ReportDraft,
    amount_of,
    as_of_sentence,
    day_in_words,
    is_aim_met,
    lies_within,
    period_of,
    share_of_total,
    total,
    total_amount,
    unfinished_entries,
)
from cchc_flow.workflow.shares import format_number, in_percent, percent

from .measures import disbursement, recommendations_carried_out, revenue_growth
from .money import (
    AREA,
    budget_year,
    dong_words,
    last_payment_day,
    projects,
    recommendations,
    revenues,
)
from .registers import PROJECT, RECOMMENDATION, REGISTERS, REVENUE

COLUMNS = (
    Column("Nội dung", width=24),
    Column("Kế hoạch hoặc cùng kỳ (đồng)", "number", 14),
    Column("Thực hiện (đồng)", "number", 14),
    Column("Kết quả", "number"),
)
Row = tuple[str, str, str, str]
CitedRow = tuple[str, Measure, Measure, Number]


def item_badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the badges of a task of the area or of an entry; an empty list for any other item."""
    match item.kind:
        case "task" if entries := unfinished_entries(item, AREA, REGISTERS, facts):
            return [Badge("soon", f"{len(entries)} mục tài chính chưa xong")]
        case kind if kind == PROJECT and item.state in ("allotted", "paying", "finished"):
            return [_project_badge(item, facts)]
        case kind if kind == REVENUE and item.state != VOID.name:
            return _revenue_badges(item, facts)
        case kind if kind == RECOMMENDATION and item.state in ("received", "doing"):
            missing = amount_of(item, "amount") - amount_of(item, "done_amount")
            return [Badge("soon", f"Còn {dong_words(missing)}")]
        case _:
            return []


def _project_badge(project: Item, facts: Facts) -> Badge:
    paid, planned = amount_of(project, "paid_total"), amount_of(project, "planned")
    is_met = is_aim_met(paid, planned, facts.figure("disbursement"))
    is_over = facts.today > last_payment_day(budget_year(project), facts)
    kind = "done_in_time" if is_met else "late" if is_over else "in_time"
    return Badge(kind, f"Giải ngân {_percent_words(percent(paid, planned))}")


def _revenue_badges(revenue: Item, facts: Facts) -> list[Badge]:
    """Return whether an entry is an estimate, and its growth against the year before where that is known."""
    this, last = amount_of(revenue, "this_year"), amount_of(revenue, "last_year")
    growth = percent(this - last, last)
    badges = [Badge("soon", "Số ước")] if revenue.state == "estimated" else []
    if growth is None:
        return badges
    kind = "in_time" if is_aim_met(this - last, last, facts.figure("revenue_growth")) else "soon"
    return [*badges, Badge(kind, f"{_percent_words(growth, signed=True)} so với cùng kỳ")]


def _percent_words(value: str | None, absent: str = "", *, signed: bool = False) -> str:
    """Return a percentage in words, «+12,5 %» when signed; without a value, the words for its absence."""
    if value is None:
        return absent.lower()
    plus = "+" if signed and Decimal(value) > 0 else ""
    return f"{plus}{in_percent(value)}"


def finance_section(period: Period, facts: Facts) -> Report:
    """Return the section of a report: of the period's year, and of the year before while it is still paid."""
    before = period.year - 1
    is_open = period.begin <= last_payment_day(before, facts) and projects(before, facts)
    years = [*([before] if is_open else []), period.year]
    draft = ReportDraft("Cải cách tài chính công")
    draft.say(as_of_sentence(facts))
    for measure in (
        *(disbursement(year, facts) for year in years),
        revenue_growth(period.year, facts, period.last),
        recommendations_carried_out(period.year, facts),
    ):
        _tell_measure(draft, measure)
    rows = [_cited_project(draft, project, year) for year in years for project in projects(year, facts)]
    draft.add_table(COLUMNS, [*rows, *_revenue_rows(draft, period, facts)])
    return draft.finish()


def _tell_measure(draft: ReportDraft, measure: Measure) -> None:
    value = _percent_words(measure.value, measure.absence, signed=measure.key.startswith("revenue"))
    count = f" ({measure.count}/{measure.of} kiến nghị)" if measure.of else ""
    words = f"{count}. {measure.note}".rstrip()
    draft.say("{title}: {value}{words}", title=measure.title, value=draft.cite(measure, value), words=words)


def _project_row(project: Item, year: int) -> Row:
    planned, paid = amount_of(project, "planned"), amount_of(project, "paid_total")
    return (
        f"{project.title} (vốn năm {year})",
        format_number(planned),
        format_number(paid),
        _percent_words(percent(paid, planned), absence(recorded=False)),
    )


def _cited_project(draft: ReportDraft, project: Item, year: int) -> CitedRow:
    """Return the row of a project in a report, whose numbers are figures."""
    planned, paid = amount_of(project, "planned"), amount_of(project, "paid_total")
    title, own = f"{project.title} (vốn năm {year})", [project]
    part = share_of_total(f"paid_share_{project.id}", f"Tỷ lệ giải ngân: {title}", paid, planned, own)
    return (
        title,
        total(f"planned_{project.id}", f"Vốn kế hoạch: {title}", planned, own, "đồng"),
        total(f"paid_{project.id}", f"Vốn đã giải ngân: {title}", paid, own, "đồng"),
        draft.cite(part, _percent_words(part.value, absence(recorded=False))),
    )


def _revenue_rows(draft: ReportDraft, period: Period, facts: Facts) -> list[CitedRow]:
    """Return one row with the revenue of a period; none while no entry lies within it."""
    entries = [entry for entry in revenues(period.year, facts) if lies_within(period_of(entry), period)]
    if not entries:
        return []
    this, last = total_amount(entries, "this_year"), total_amount(entries, "last_year")
    growth = share_of_total(
        "revenue_in_period", "Mức tăng thu ngân sách trong kỳ", this - last, last, entries
    )
    return [
        (
            f"Thu ngân sách {period.words()}",
            total("revenue_before", "Thu ngân sách cùng kỳ năm trước", last, entries, "đồng"),
            total("revenue_now", "Thu ngân sách trong kỳ", this, entries, "đồng"),
            draft.cite(growth, _percent_words(growth.value, absence(recorded=True), signed=True)),
        )
    ]


def finance_panel(facts: Facts) -> Panel:
    """Return the tables of projects that may still be paid, and of recommendations that are still open."""
    this = facts.today.year
    years = [year for year in (this - 1, this) if facts.today <= last_payment_day(year, facts)]
    rows = [(project, _project_row(project, year)) for year in years for project in projects(year, facts)]
    left = [
        (entry, format_number(amount_of(entry, "amount")), format_number(amount_of(entry, "done_amount")))
        for entry in recommendations(this, facts)
        if entry.state != "closed"
    ]
    until = [f"năm {year}: đến hết {day_in_words(last_payment_day(year, facts))}" for year in years]
    return Panel("Giải ngân và kiến nghị", "panel.html", {"rows": rows, "left": left, "until": until})
