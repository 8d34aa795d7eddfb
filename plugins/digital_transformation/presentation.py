"""What the area shows: badges of items, the section of a report, the tables of its page."""

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Measure, Number, Panel, Period, Report, absence
from cchc_flow.plugin_kit import (
    VOID,
    ReportDraft,
    as_of_sentence,
    count_of,
    day_in_words,
    entries_without,
    is_aim_met,
    unfinished_entries,
)
from cchc_flow.workflow.shares import format_number, in_percent, percent

from .measures import (
    due_reports,
    equipment_shares,
    is_late,
    period_measures,
    plan_share,
    signed_documents,
)
from .registers import DOCUMENTS, REPORT, ROLL_OUT, TASK_REGISTERS
from .rules import AREA

COLUMNS = (
    Column("Chỉ số", width=36),
    Column("Kết quả", "number", 12),
    Column("Tính từ", "number", 12),
    Column("Mục tiêu", "number", 10),
)


def item_badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the badges of a task of the area or of an entry; an empty list for any other item."""
    match item.kind:
        case "task" if entries := unfinished_entries(item, AREA, TASK_REGISTERS, facts):
            return [Badge("soon", f"{len(entries)} mục chuyển đổi số chưa xong")]
        case kind if kind == DOCUMENTS and item.state != VOID.name:
            return [_documents_badge(item, facts)]
        case kind if kind == ROLL_OUT and item.state != VOID.name:
            return [_roll_out_badge(item)]
        case kind if kind == REPORT and item.state == "sent" and is_late(item, facts.today):
            return [Badge("late", "Gửi trễ hạn")]
        case _:
            return []


def _documents_badge(entry: Item, facts: Facts) -> Badge:
    signed, public = signed_documents([entry])
    value = percent(signed, public)
    if value is None:
        return Badge("none", absence(recorded=True))
    is_met = is_aim_met(signed, public, facts.figure("signed"))
    return Badge("in_time" if is_met else "soon", f"Ký số {in_percent(value)}")


def _roll_out_badge(entry: Item) -> Badge:
    people, accounts, certificates = (
        count_of(entry, name) for name in ("people", "accounts", "certificates")
    )
    words = f"Tài khoản {accounts}/{people}, chứng thư số {certificates}/{people}"
    return Badge("done_in_time" if entry.state == "complete" else "soon", words)


def digital_section(period: Period, facts: Facts) -> Report:
    """Return the section of a report: the figures of its months, the digital plan, and what stands now."""
    measures = [*period_measures(period, facts), plan_share(period.year, facts), *equipment_shares(facts)]
    draft = ReportDraft("Chuyển đổi số")
    draft.say(as_of_sentence(facts))
    _tell_late_reports(draft, period, facts)
    draft.add_table(COLUMNS, [_measure_row(draft, measure, facts) for measure in measures])
    return draft.finish()


def _measure_row(draft: ReportDraft, measure: Measure, facts: Facts) -> tuple[str | Number, ...]:
    aim = facts.figure(measure.key.partition("_")[0])
    numbers = f"{format_number(measure.count or 0)}/{format_number(measure.of)}" if measure.of else ""
    return measure.title, draft.cite(measure), numbers, in_percent(aim)


def _tell_late_reports(draft: ReportDraft, period: Period, facts: Facts) -> None:
    """Name the late reports of a period, if there are any."""
    titles = [report.title for report in due_reports(period, facts) if is_late(report, facts.today)]
    if titles:
        draft.say("Báo cáo trễ hạn: {titles}.", titles="; ".join(titles))


def digital_panel(facts: Facts) -> Panel:
    """Return the reports that wait to be sent, and what each unit has."""
    waiting = [report for report in facts.items(REPORT) if report.state == "waiting"]
    waiting.sort(key=lambda report: (report.due or "", report.id))
    reports = [
        (report, day_in_words(report.due) if report.due else "", is_late(report, facts.today))
        for report in waiting
    ]
    units = [
        (entry, facts.units.get(entry.lead or "", entry.title))
        for entry in entries_without(VOID.name, ROLL_OUT, facts)
    ]
    return Panel("Báo cáo và chứng thư số", "panel.html", {"reports": reports, "units": units})
