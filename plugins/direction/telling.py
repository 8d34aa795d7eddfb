"""What the area says of itself: badges of its entries, its panel, its section of a report."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cchc_flow.hookspecs import Badge, Facts, Item, Panel, Period, Section
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import format_number, in_percent

from .counting import (
    cut,
    initiatives,
    inspected,
    measures_of,
    petitions,
    petitions_of,
    reported,
    year_of,
)
from .registers import FIGURES, INSPECTION, READING
from .rules import conclusion_due, period_of
from .talks import DIALOGUE, PETITION

COLUMNS = ("Chỉ tiêu", "Đơn vị tính", "Thực hiện", "Ghi chú")


def badges_of(item: Item, facts: Facts) -> list[Badge]:
    """Return the short marks of an entry of the area's registers."""
    draw = BADGES.get((item.kind, item.state))
    return draw(item, facts) if draw else []


def panel_of(facts: Facts) -> Panel:
    """Return what stands out of the year: each unit's share in it, and the petitions that wait."""
    year = year_of(facts)
    rows = units_of(facts, year)
    return Panel(
        f"Các đơn vị năm {year}",
        "panel.html",
        {
            "rows": rows,
            "inspected": len(inspected(facts, year)),
            "without": [row["name"] for row in rows if row["initiative"] is None],
            "waiting": [one for one in petitions(facts, year) if one.state == "received"],
        },
    )


def units_of(facts: Facts, year: str) -> list[dict[str, object]]:
    """Return for each unit its initiative, its inspection, and how much fewer its papers and meetings are."""
    visited = inspected(facts, year)
    known = initiatives(facts, year, "proposed") | initiatives(facts, year, "recognised")
    figures = {unit: [one for one in reported(facts, year) if one.lead == unit] for unit in facts.units}
    return [
        {
            "name": name,
            "initiative": known.get(unit),
            "inspection": visited.get(unit),
            "documents": _cut_words(figures[unit], "documents"),
            "meetings": _cut_words(figures[unit], "meetings"),
        }
        for unit, name in facts.units.items()
    ]


def _cut_words(figures: list[Item], name: str) -> str:
    if not figures:
        return "Chưa có số liệu"
    now, before, fewer = cut(figures, name)
    if fewer is None:
        return f"{format_number(now)}, năm trước {format_number(before)}"
    change = f"tăng {format_number(fewer[1:])}" if fewer.startswith("-") else f"giảm {format_number(fewer)}"
    return f"{format_number(now)}, năm trước {format_number(before)}: {change}\u00a0%"


def section_of(period: Period, facts: Facts) -> Section:
    """Return what was done within a period, and what the measures of its year have come to."""
    year = str(period.year)
    rows = [
        (one.title, one.unit, one.absence if one.value is None else format_number(one.value), one.note)
        for one in measures_of(facts, year)
    ]
    paragraphs = (_talks(period, facts), _visits(period, facts))
    return Section("Công tác chỉ đạo, điều hành", paragraphs, COLUMNS, tuple(rows))


def _talks(period: Period, facts: Facts) -> str:
    talks = _held_in(period, DIALOGUE, facts)
    raised = [one for talk in talks for one in petitions_of(talk, facts)]
    people = sum(int(talk.fields["people"] or 0) for talk in talks)
    return (
        f"Trong {period.words()}, xã tổ chức {len(talks)} cuộc đối thoại với {people} lượt người dự; tiếp"
        f" nhận {len(raised)} kiến nghị, đã giải quyết {sum(one.state == 'handled' for one in raised)}."
    )


def _visits(period: Period, facts: Facts) -> str:
    visits = _held_in(period, INSPECTION, facts)
    concluded = sum(one.state == "concluded" for one in visits)
    return (
        f"Kiểm tra cải cách hành chính {len(visits)} cuộc, {concluded} cuộc đã có kết luận; lũy kế trong năm"
        f" {len(inspected(facts, str(period.year)))}/{len(facts.units)} đơn vị."
    )


def _held_in(period: Period, kind: str, facts: Facts) -> list[Item]:
    """Return what was held within the days whose figures the period's report gives."""
    first, last = (day.isoformat() for day in facts.window(period))
    return [one for one in facts.items(kind) if first <= (one.fields.get("held_on") or "") <= last]


def _petitions_left(dialogue: Item, facts: Facts) -> list[Badge]:
    left = [one for one in facts.items(PETITION, dialogue=dialogue.id) if one.state == "received"]
    late = any(one.due and one.due < facts.today.isoformat() for one in left)
    if not left:
        return [Badge("done_in_time", "Đã giải quyết mọi kiến nghị")]
    return [Badge("late" if late else "soon", f"Còn {len(left)} kiến nghị")]


def _conclusion(inspection: Item, facts: Facts) -> list[Badge]:
    due = conclusion_due(inspection, facts)
    if due < facts.today:
        return [Badge("late", f"Chậm kết luận {(facts.today - due).days} ngày")]
    return [Badge("soon", f"Kết luận chậm nhất ngày {day_words(due)}")]


def _estimate(figures: Item, facts: Facts) -> list[Badge]:
    period, counted = period_of(figures), date.fromisoformat(figures.fields["counted_to"] or "")
    return [Badge("soon", "Ước thực hiện")] if counted < period.end else []


def _reached(reading: Item, facts: Facts) -> list[Badge]:
    subject = reading.fields["subject"]
    if subject not in ("sipas", "health", "education"):
        return []
    goal = facts.figure(subject)
    if Decimal(reading.fields["value"] or 0) >= goal:
        return [Badge("done_in_time", f"Đạt {in_percent(goal)}")]
    return [Badge("late", f"Dưới {in_percent(goal)}")]


BADGES: dict[tuple[str, str], Callable[[Item, Facts], list[Badge]]] = {
    (DIALOGUE, "held"): _petitions_left,
    (INSPECTION, "held"): _conclusion,
    (FIGURES, "reported"): _estimate,
    (READING, "published"): _reached,
}
"""What marks an entry in a state."""
