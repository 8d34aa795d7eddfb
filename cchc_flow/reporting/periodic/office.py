"""The documents that units issued and the meetings that they held, as their accepted reports tell."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_flow.documents.blocks import Block, Cell, Column, Number, Paragraph, Row, Table, Text
from cchc_flow.projections.unit_reports import UnitReport
from cchc_flow.reporting.figures import Figure
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.sentences import fill, joined, padded
from cchc_flow.workflow.events import Tally
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.report_outline import NOTHING_AROSE
from cchc_flow.workflow.shares import format_number, percent
from cchc_flow.workflow.typed_text import upper_first

KINDS = {"documents": ("văn bản hành chính", "văn bản"), "meetings": ("cuộc họp, hội nghị", "cuộc")}
"""What units count: in words, and the unit in which it is counted."""
COLUMNS = (
    Column("TT", "number", 6),
    Column("Đơn vị", width=26),
    Column("Báo cáo", width=16),
    Column("Văn bản trong kỳ", "number", 11),
    Column("Lũy kế", "number", 10),
    Column("Cùng kỳ năm trước", "number", 11),
    Column("Cuộc họp trong kỳ", "number", 11),
    Column("Lũy kế", "number", 10),
    Column("Cùng kỳ năm trước", "number", 11),
)
WHAT = {"count": "trong kỳ", "total": "lũy kế từ đầu năm", "before": "cùng kỳ năm trước"}


def told(material: Material) -> list[UnitReport]:
    """Return the accepted reports of units that tell figures."""
    return [report for report in material.unit_contents if report.is_accepted and report.content]


def office_sentences(material: Material) -> list[Block]:
    """Return how many documents were issued and meetings held, and how that compares with the year before."""
    return [
        Paragraph((*text, "."))
        for kind, (words, unit) in KINDS.items()
        if _tallies(material, kind)
        for text in [_sentence(material, kind, words, unit)]
    ]


def _sentence(material: Material, kind: str, words: str, unit: str) -> Text:
    count, total = (_sum_of_all(material, kind, name) for name in ("count", "total"))
    verb = "ban hành" if kind == "documents" else "tổ chức"
    clauses = [fill(f"Các đơn vị {verb} {{count}} {words} trong kỳ", count=count)]
    if count.value == 0:
        clauses = [(f"Trong kỳ các đơn vị không {verb} {words} nào",)]
    if total.value is not None and total.value != count.value:
        clauses.append(fill(f"lũy kế từ đầu năm {{total}} {unit}", total=total))
    return (*joined(clauses), *_comparison(material, kind))


def _comparison(material: Material, kind: str) -> Text:
    """Return by how many percent there are fewer or more than a year before, of the units that know both."""
    reports = [report for report, _ in _tallies(material, kind)]
    known = list(_newest_comparable(material, kind))
    if not known:
        return ()
    among = "" if known == reports else "compared."
    now, before = (_sum(material, kind, name, known, among) for name in ("total", "before"))
    if not now.value or not before.value:
        return ()
    year = f"năm {material.period.year - 1}"
    if now.value == before.value:
        return fill(f"; bằng cùng kỳ {year} ({{before}})", before=before)
    figure = Figure(
        key=f"{kind}.change",
        title=f"Mức tăng, giảm {KINDS[kind][0]} so với cùng kỳ năm {material.period.year - 1}",
        value=percent(abs(before.value - now.value), before.value),
        unit="%",
        source="reported",
        positions=_positions(known),
    )
    share = material.figures.add(figure)
    change = f"{'giảm' if now.value < before.value else 'tăng'} {{share}}"
    if not among:
        return fill(f", {change} so với cùng kỳ {year} ({{before}})", share=share, before=before)
    return fill(
        f"; so với cùng kỳ {year} {change} (theo báo cáo gần nhất của {{units}} đơn vị: {{now}} so với"
        " {before})",
        units=_units_compared(material, kind, known),
        share=share,
        now=now,
        before=before,
    )


def _newest_comparable(material: Material, kind: str) -> Iterator[UnitReport]:
    """Yield the newest accepted report of each unit that tells this year's total and that of the year before.

    That of an earlier period counts where the unit told less this time, as it does for the plan's target.
    """
    for report in material.unit_contents:
        told_both = [
            other
            for other in material.accepted_reports(report.unit)
            if (tally := getattr(other.content, kind)) and tally.total and tally.before
        ]
        if told_both:
            yield max(told_both, key=lambda other: parse(other.period).last)


def _units_compared(material: Material, kind: str, reports: Sequence[UnitReport]) -> Number:
    figure = Figure(
        key=f"{kind}.compared.units",
        title=f"Số đơn vị có số cùng kỳ về {KINDS[kind][0]}",
        value=str(len(reports)),
        unit="đơn vị",
        source="reported",
        positions=_positions(reports),
    )
    return material.figures.add(figure, padded(len(reports)))


def _tallies(material: Material, kind: str) -> list[tuple[UnitReport, Tally]]:
    """Return what accepted reports tell of documents or meetings, each with its report."""
    found = ((report, _tally(material, report, kind)) for report in told(material))
    return [(report, tally) for report, tally in found if tally]


def _sum_of_all(material: Material, kind: str, name: str) -> Number:
    return _sum(material, kind, name, [report for report, _ in _tallies(material, kind)])


def _sum(material: Material, kind: str, name: str, reports: Sequence[UnitReport], among: str = "") -> Number:
    """Return the sum of what reports told; words in its place when a unit left it open."""
    values = [getattr(_tally(material, report, kind), name) for report in reports]
    value = f"{sum(map(Decimal, values)):f}" if values and None not in values else None
    words, unit = KINDS[kind]
    of = "các đơn vị có số cùng kỳ" if among else "các đơn vị đã báo cáo"
    figure = Figure(
        key=f"{kind}.{among}{name}",
        title=f"{upper_first(words)}, {WHAT[name]}, {of}",
        value=value,
        unit=unit,
        source="reported",
        positions=_positions(reports),
    )
    return material.figures.add(figure, _words(value))


def office_table(material: Material) -> list[Block]:
    """Return what each unit told of its documents and meetings, and the sums; nothing where none reported."""
    if not material.unit_contents:
        return []
    rows = [_row(material, report, place) for place, report in enumerate(material.unit_contents, 1)]
    if told(material):
        sums = [_sum_of_all(material, kind, name) for kind in KINDS for name in WHAT]
        rows.append(Row((None, "Tổng cộng", "", *sums)))
    return [Table(COLUMNS, tuple(rows)), *(Paragraph((words,)) for words in mismatches(material))]


def _row(material: Material, report: UnitReport, place: int) -> Row:
    state = material.states.get(("report", report.state), report.state)
    if report.is_accepted and report.content and report.content.nothing:
        state = NOTHING_AROSE
    cells = [_cell(material, report, kind, name) for kind in KINDS for name in WHAT]
    return Row((place, material.unit_names.get(report.unit, report.unit), state, *cells))


def _cell(material: Material, report: UnitReport, kind: str, name: str) -> Cell:
    """Return what an accepted report told, None where it left it open."""
    tally = _tally(material, report, kind) if report.is_accepted else None
    value = getattr(tally, name) if tally else None
    if value is None or report.position is None:
        return None
    words, unit = KINDS[kind]
    named = material.unit_names.get(report.unit, report.unit)
    figure = Figure(
        key=f"{kind}.{report.unit}.{name}",
        title=f"{named}: {words}, {WHAT[name]}",
        value=value,
        unit=unit,
        source="reported",
        positions=(report.position,),
    )
    return material.figures.add(figure, _words(value))


def mismatches(material: Material) -> Iterator[str]:
    """Yield a sentence for each running total of a unit that does not follow from what it told before."""
    for report in told(material):
        name = material.unit_names.get(report.unit, report.unit)
        for kind, (words, unit) in KINDS.items():
            if fault := _fault(material, report, kind, unit):
                yield f"{name}: lũy kế {words} {fault}."


def _fault(material: Material, report: UnitReport, kind: str, unit: str) -> str:
    """Return why the running total of a report does not follow from those before; "" if it does."""
    tally = _tally(material, report, kind)
    if tally is None or tally.count is None or tally.total is None:
        return ""
    said = f"báo cáo là {format_number(tally.total)} {unit}"
    begin = parse(report.period).first
    base = material.earlier_total(report, kind, lambda other: other.last == begin - 1)
    if base is not None or begin == 1:
        expected = Decimal(tally.count) + (base or 0)
        if Decimal(tally.total) != expected:
            return f"{said}, cộng các kỳ đã báo cáo là {format_number(expected)} {unit}"
    last = parse(report.period).last
    newest = material.earlier_total(report, kind, lambda other: other.last < last)
    if newest is not None and Decimal(tally.total) < newest:
        return f"{said}, thấp hơn lũy kế đã báo cáo ở kỳ trước ({format_number(newest)} {unit})"
    return ""


def _tally(material: Material, report: UnitReport, kind: str) -> Tally | None:
    """Return what a report tells of documents or meetings; where nothing arose, the running total stays."""
    content = report.content
    if content is None:
        return None
    tally: Tally | None = getattr(content, kind)
    if tally is None and content.nothing:
        begin = parse(report.period).first
        total = material.earlier_total(report, kind, lambda other: other.last == begin - 1)
        return Tally(count="0", total=f"{total or 0:f}", before=None)
    return tally


def _positions(reports: Sequence[UnitReport]) -> tuple[int, ...]:
    return tuple(sorted({report.position for report in reports if report.position is not None}))


def _words(value: str | None) -> str:
    return "chưa báo cáo đủ" if value is None else format_number(value)
