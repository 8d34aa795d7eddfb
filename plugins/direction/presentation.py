"""What the area shows: badges of its entries, its panel, its section of a report."""

from collections.abc import Callable, Sequence
from datetime import date

from cchc_flow.hookspecs import Badge, Column, Facts, Item, Measure, Number, Panel, Period, Report, absence
from cchc_flow.plugin_kit import (
    ReportDraft,
    amount_of,
    day_in_words,
    day_of,
    entries_within,
    period_of,
    tally,
    total,
    total_count,
)
from cchc_flow.workflow.shares import format_number, in_percent

from .measures import (
    counted_year,
    initiatives_by_unit,
    inspections_by_unit,
    office_figures,
    petitions,
    petitions_of,
    reduction,
    year_measures,
)
from .registers import FIGURES, INSPECTION, READING
from .rules import conclusion_due
from .talks import DIALOGUE, PETITION

COLUMNS = (
    Column("Chỉ tiêu", width=32),
    Column("Đơn vị tính", width=9),
    Column("Thực hiện", "number", 11),
    Column("Ghi chú", width=30),
)


def entry_badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the badges of an entry of the area's registers; an empty list for any other item."""
    badges = BADGES.get((item.kind, item.state))
    return badges(item, facts) if badges else []


def direction_panel(facts: Facts) -> Panel:
    """Return the share of each unit in the year, how many were inspected, and the petitions that wait."""
    year = counted_year(facts)
    rows = unit_rows(facts, year)
    return Panel(
        f"Các đơn vị năm {year}",
        "panel.html",
        {
            "rows": rows,
            "inspected": len(inspections_by_unit(facts, year)),
            "without": [row["name"] for row in rows if row["initiative"] is None],
            "waiting": [petition for petition in petitions(facts, year) if petition.state == "received"],
        },
    )


def unit_rows(facts: Facts, year: str) -> list[dict[str, object]]:
    """Return for each unit its initiative, its inspection, and how much fewer its papers and meetings are."""
    inspections = inspections_by_unit(facts, year)
    proposed, recognised = (initiatives_by_unit(facts, year, state) for state in ("proposed", "recognised"))
    figures = {name: office_figures(facts, year, name) for name in ("documents", "meetings")}
    return [
        {
            "name": name,
            "initiative": recognised.get(unit) or proposed.get(unit),
            "inspection": inspections.get(unit),
            **{
                kind: _reduction_words([entry for entry in entries if entry.lead == unit], kind)
                for kind, entries in figures.items()
            },
        }
        for unit, name in facts.units.items()
    ]


def _reduction_words(figures: Sequence[Item], name: str) -> str:
    """Return how many there are and were, and the change in percent where there were any."""
    if not figures:
        return absence(recorded=False)
    now, before, fewer = reduction(figures, name)
    counts = f"{format_number(now)}, năm trước {format_number(before)}"
    if fewer is None:
        return counts
    is_more = fewer.startswith("-")
    return f"{counts}: {'tăng' if is_more else 'giảm'} {in_percent(fewer.removeprefix('-'))}"


def direction_section(period: Period, facts: Facts) -> Report:
    """Return what was done within a period, and what the measures of its year have come to."""
    draft = ReportDraft("Công tác chỉ đạo, điều hành")
    _tell_dialogues(draft, period, facts)
    _tell_inspections(draft, period, facts)
    draft.add_table(COLUMNS, [_measure_row(draft, each) for each in year_measures(facts, str(period.year))])
    return draft.finish()


def _measure_row(draft: ReportDraft, measure: Measure) -> tuple[str | Number, ...]:
    value = measure.absence if measure.value is None else format_number(measure.value)
    return measure.title, measure.unit, draft.cite(measure, value), measure.note


def _tell_dialogues(draft: ReportDraft, period: Period, facts: Facts) -> None:
    held = _held_within(period, DIALOGUE, facts)
    if not held:
        draft.say(f"Trong {period.words()}, xã không tổ chức đối thoại.")
        return
    raised = [petition for dialogue in held for petition in petitions_of(dialogue, facts)]
    handled = [petition for petition in raised if petition.state == "handled"]
    people = total_count(held, "people")
    draft.say(
        f"Trong {period.words()}, xã tổ chức {{held}} cuộc đối thoại với {{people}} lượt người dự;"
        f" {_petitions_words(raised, handled)}.",
        held=tally("dialogues_held", "Cuộc đối thoại trong kỳ", held, "cuộc"),
        people=total("dialogue_people", "Lượt người dự đối thoại trong kỳ", people, held, "lượt"),
        raised=tally("petitions_raised", "Kiến nghị tiếp nhận tại đối thoại trong kỳ", raised, "kiến nghị"),
        handled=tally("petitions_handled", "Kiến nghị đó đã giải quyết", handled, "kiến nghị"),
    )


def _petitions_words(raised: Sequence[Item], handled: Sequence[Item]) -> str:
    """Return what is told of the petitions of dialogues; its places are the numbers."""
    if not raised:
        return "không có kiến nghị phải giải quyết"
    return f"tiếp nhận {{raised}} kiến nghị, {'đã giải quyết {handled}' if handled else 'đang giải quyết'}"


def _tell_inspections(draft: ReportDraft, period: Period, facts: Facts) -> None:
    held = _held_within(period, INSPECTION, facts)
    concluded = [entry for entry in held if entry.state == "concluded"]
    inspected = list(inspections_by_unit(facts, str(period.year)).values())
    in_period = (
        "Kiểm tra cải cách hành chính {held} cuộc" if held else "Trong kỳ không kiểm tra cải cách hành chính"
    )
    if held:
        in_period += ", {concluded} cuộc đã có kết luận" if concluded else ", chưa có kết luận"
    so_far = (
        "lũy kế trong năm {inspected}/{units} đơn vị"
        if inspected
        else "trong năm chưa kiểm tra xong đơn vị nào"
    )
    draft.say(
        f"{in_period}; {so_far}.",
        held=tally("inspections_held", "Cuộc kiểm tra trong kỳ", held, "cuộc"),
        concluded=tally("inspections_concluded", "Cuộc kiểm tra trong kỳ đã có kết luận", concluded, "cuộc"),
        inspected=tally("units_inspected", "Đơn vị đã được kiểm tra trong năm", inspected, "đơn vị"),
        units=total("units", "Đơn vị của xã", len(facts.units), (), "đơn vị"),
    )


def _held_within(period: Period, kind: str, facts: Facts) -> list[Item]:
    """Return what was held within the days whose figures the period's report gives."""
    return entries_within(facts.window(period), facts.items(kind), "held_on")


def _dialogue_badges(dialogue: Item, facts: Facts) -> list[Badge]:
    """Return how many petitions of a dialogue wait, and whether one of them is late."""
    waiting = [entry for entry in facts.items(PETITION, dialogue=dialogue.id) if entry.state == "received"]
    is_late = any(entry.due and entry.due < facts.today.isoformat() for entry in waiting)
    if not waiting:
        return [Badge("done_in_time", "Đã giải quyết mọi kiến nghị")]
    return [Badge("late" if is_late else "soon", f"Còn {len(waiting)} kiến nghị")]


def _inspection_badges(inspection: Item, facts: Facts) -> list[Badge]:
    """Return by when an inspection has to be concluded, or how many days that is late."""
    due = conclusion_due(inspection, facts)
    if due < facts.today:
        return [Badge("late", f"Chậm kết luận {(facts.today - due).days} ngày")]
    return [Badge("soon", f"Kết luận chậm nhất ngày {day_in_words(due)}")]


def _figures_badges(figures: Item, facts: Facts) -> list[Badge]:
    """Return the badge of an estimate where figures were counted to a day before their period's end."""
    counted_to = day_of(figures, "counted_to") or date.max
    return [Badge("soon", "Ước thực hiện")] if counted_to < period_of(figures).end else []


def _reading_badges(reading: Item, facts: Facts) -> list[Badge]:
    """Return whether a reading of a survey reaches its aim; nothing for the other subjects."""
    subject = reading.fields["subject"]
    if subject not in ("sipas", "health", "education"):
        return []
    aim = facts.figure(subject)
    if amount_of(reading, "value") >= aim:
        return [Badge("done_in_time", f"Đạt {in_percent(aim)}")]
    return [Badge("late", f"Dưới {in_percent(aim)}")]


BADGES: dict[tuple[str, str], Callable[[Item, Facts], list[Badge]]] = {
    (DIALOGUE, "held"): _dialogue_badges,
    (INSPECTION, "held"): _inspection_badges,
    (FIGURES, "reported"): _figures_badges,
    (READING, "published"): _reading_badges,
}
"""What marks an entry in a state."""
