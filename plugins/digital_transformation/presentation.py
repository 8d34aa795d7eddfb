"""What the area shows: badges of items, the section of a report, the tables of its page."""

from cchc_flow.hookspecs import Badge, Facts, Item, Measure, Panel, Period, Section, absence
from cchc_flow.plugin_kit import (
    VOID,
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

COLUMNS = ("Chỉ số", "Kết quả", "Tính từ", "Mục tiêu")


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


def digital_section(period: Period, facts: Facts) -> Section:
    """Return the section of a report: the figures of its months, the digital plan, and what stands now."""
    measures = [*period_measures(period, facts), plan_share(period.year, facts), *equipment_shares(facts)]
    return Section(
        "Chuyển đổi số",
        (as_of_sentence(facts), *_late_reports_sentence(period, facts)),
        COLUMNS,
        tuple(_measure_row(measure, facts) for measure in measures),
    )


def _measure_row(measure: Measure, facts: Facts) -> tuple[str, ...]:
    value = measure.absence if measure.value is None else in_percent(measure.value)
    aim = facts.figure(measure.key.partition("_")[0])
    numbers = f"{format_number(measure.count or 0)}/{format_number(measure.of)}" if measure.of else ""
    return measure.title, value, numbers, in_percent(aim)


def _late_reports_sentence(period: Period, facts: Facts) -> list[str]:
    """Return one sentence that names the late reports of a period; none where there are none."""
    titles = [report.title for report in due_reports(period, facts) if is_late(report, facts.today)]
    return [f"Báo cáo trễ hạn: {'; '.join(titles)}."] if titles else []


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
