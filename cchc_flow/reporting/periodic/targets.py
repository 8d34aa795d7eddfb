"""The targets of the plan in a report: how many are reached or at risk, and the table of their figures."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from cchc_flow.documents.blocks import Block, Cell, Column, Listing, Number, Paragraph, Row, Table, Text
from cchc_flow.reporting.figures import Figure
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.sentences import fill, joined, padded, sentence
from cchc_flow.reporting.targets import TargetRow, rows_at_risk
from cchc_flow.workflow.shares import format_number
from cchc_flow.workflow.targets import CHANGES, COMPUTED, STATES
from cchc_flow.workflow.typed_text import lower_first, upper_first

COLUMNS = (
    Column("STT", width=6),
    Column("Chỉ tiêu", width=42),
    Column("Đơn vị tính", width=10),
    Column("Kế hoạch", width=18),
    Column("Thực hiện trong kỳ", "number", 12),
    Column("Lũy kế từ đầu năm", "number", 12),
    Column("Ghi chú", width=24),
)
MOST_NAMED = 12
"""How many measures the text names; the appendix has all."""
MOST_SHOWN = 200
"""How many characters of a target without figures a row or a sentence shows."""


def target_sentence(material: Material) -> list[Block]:
    """Return how many figures of the plan's targets are reached, on the way, at risk or unknown."""
    if not material.targets:
        return []
    counted = [(state, [row for row in material.targets if row.standing.state == state]) for state in STATES]
    told = [
        fill(f"{{number}} {STATES[state].lower()}", number=_state_count(material, state, rows))
        for state, rows in counted
        if rows
    ]
    refs = {row.target.ref for row in material.targets}
    judged = sum(row.number == 0 for row in material.targets)
    sorts = [("thước đo định lượng", "targets.measures", len(material.targets) - judged)]
    sorts.append(("đánh giá định tính", "targets.judged", judged))
    told_sorts = [
        fill(f"{{number}} {words}", number=_plan_count(material, key, words, value))
        for words, key, value in sorts
        if value
    ]
    count = _plan_count(material, "targets.count", "chỉ tiêu", len(refs))
    opening = fill("Kế hoạch có {count} chỉ tiêu (", count=count)
    return [Paragraph((*opening, *joined(told_sorts), "): ", *joined(told), " (có phụ lục kèm theo)."))]


def _plan_count(material: Material, key: str, unit: str, value: int) -> Number:
    """Return how many targets or measures the plan has, by the event of its adoption."""
    title, positions = f"Chỉ tiêu của kế hoạch: số {unit}", (material.plan.position,)
    figure = Figure(key=key, title=title, value=str(value), unit=unit, positions=positions)
    return material.figures.add(figure, padded(value))


def _state_count(material: Material, state: str, rows: Sequence[TargetRow]) -> Number:
    positions = sorted({position for row in rows if row.current for position in row.current.positions})
    figure = Figure(
        key=f"targets.{state}",
        title=f"Thước đo của chỉ tiêu: {STATES[state].lower()}",
        value=str(len(rows)),
        unit="thước đo",
        positions=tuple(positions),
    )
    return material.figures.add(figure, padded(len(rows)))


def targets_in_danger(material: Material) -> list[Block]:
    """Return the measures that are missed or at risk, each with its figure and what is planned."""
    rows = rows_at_risk(material.targets)
    if not rows:
        return []
    entries = [_danger(material, row) for row in rows[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        entries.append((f"Và {padded(len(rows) - MOST_NAMED)} thước đo khác (có phụ lục kèm theo)",))
    words = sentence("Các chỉ tiêu không đạt hoặc có nguy cơ không đạt:")
    return [words, Listing((*((*entry, ";") for entry in entries[:-1]), (*entries[-1], ".")))]


def _danger(material: Material, row: TargetRow) -> Text:
    """Return what is told of a measure that is missed or at risk."""
    title, place = _title(row).rstrip("."), _place(row)
    number, expected = _current(material, row), row.standing.forecast
    if number is None or row.current is None:
        return (f"Chỉ tiêu {place}: {title}",)
    said = row.value_words(row.current.value)
    value = msgspec.structs.replace(number, words=lower_first(said))
    if row.number == 0:
        return fill("Chỉ tiêu {place}: {title}: {value}", place=place, title=title, value=value)
    verb = CHANGES.get(row.goal.direction, "")
    forecast = f"; dự báo cuối năm {row.value_words(f'{expected.value:f}')}" if expected else ""
    return fill(
        "Chỉ tiêu {place}: {title}: {verb}{value} (kế hoạch: {goal}{forecast})",
        place=place,
        title=title,
        verb=f"{verb} " if verb else "",
        value=value,
        goal=row.goal.words(),
        forecast=forecast,
    )


def _place(row: TargetRow) -> str:
    """Return the number of a target in the plan, without that of its part."""
    return row.target.ref.rpartition(".")[2]


def target_table(material: Material) -> Table:
    """Return all measures with what is planned, what was reached in the period, and since the year began."""
    rows: list[Row] = []
    refs: list[str] = []
    for row in material.targets:
        is_first = row.target.ref not in refs
        refs.append(row.target.ref)
        rows.append(
            Row(
                (
                    _place(row) if is_first else "",
                    _title(row),
                    row.goal.unit or "",
                    upper_first(row.goal.words()),
                    _within_period(material, row),
                    _current(material, row),
                    _note(row),
                )
            )
        )
    return Table(COLUMNS, tuple(rows))


def _title(row: TargetRow) -> str:
    return row.title if len(row.title) <= MOST_SHOWN else f"{row.title[:MOST_SHOWN].rpartition(' ')[0]} …"


def _current(material: Material, row: TargetRow) -> Number | None:
    """Return the figure by which a measure is judged, None while there is none."""
    if row.current is None:
        return None
    return _number(material, row, row.key, "lũy kế từ đầu năm", row.current.value)


def _within_period(material: Material, row: TargetRow) -> Cell:
    """Return what a measure that accumulates grew by within the period, None for others.

    In a period that begins the year every figure is that of the period.
    """
    if row.current is None or material.period.first == 1:
        return _current(material, row)
    if row.current.value is None or not row.goal.accumulates:
        return None
    before = [point.value for point in row.series if point.day < material.period.begin and point.value]
    grown = Decimal(row.current.value) - (before[-1] if before else 0)
    return _number(material, row, f"{row.key}.period", "trong kỳ", f"{grown:f}")


def _number(material: Material, row: TargetRow, key: str, what: str, value: str | None) -> Number:
    current, setting = row.current, row.setting
    plugin = setting.plugin if setting and current and current.source == COMPUTED else None
    figure = Figure(
        key=key,
        title=f"Chỉ tiêu {row.target.ref}: {_title(row)}, {what}",
        value=value,
        unit=row.goal.unit or "",
        source=f"plugin:{plugin}" if plugin else "reported",
        positions=tuple(sorted(current.positions)) if current else (),
        rules=material.rules_of(plugin) if plugin else "",
    )
    return material.figures.add(figure, _words(row, value))


def _words(row: TargetRow, value: str | None) -> str:
    """Return a figure as the table shows it, whose unit has a column of its own."""
    return format_number(value) if value is not None and row.number else row.value_words(value)


def _note(row: TargetRow) -> str:
    estimate = "ước thực hiện" if row.current and row.current.is_estimate else ""
    return "; ".join(filter(None, (row.state_title, estimate, row.difference.rstrip("."))))
