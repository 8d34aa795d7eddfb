"""The targets of an adopted plan in print: statements, and a table of those without a figure in words.

A target that was read from a table is a name («Hồ sơ trả đúng hẹn»); its figure stood in another column.
"""

from collections.abc import Sequence
from decimal import Decimal

from cchc_flow.documents.blocks import Block, Column, Paragraph, Row, Table
from cchc_flow.plan_import.extraction.measures import measures
from cchc_flow.workflow.events import Measure, Target
from cchc_flow.workflow.shares import format_quantity
from cchc_flow.workflow.targets import DIRECTIONS


def target_blocks(targets: Sequence[Target], year: int) -> list[Block]:
    """Return the targets of a plan: numbered statements, and below them a table of the others."""
    stated = [target for target in targets if says_its_figures(target)]
    tabled = [target for target in targets if not says_its_figures(target)]
    blocks: list[Block] = [
        Paragraph((f"{place}. {target.text}",)) for place, target in enumerate(stated, start=1)
    ]
    return [*blocks, target_table(tabled, len(stated), year)] if tabled else blocks


def says_its_figures(target: Target) -> bool:
    """Tell whether a reader of the text alone finds all the figures of a target."""
    found = {(Decimal(str(measure.value)), measure.direction) for measure in measures(target.text)}
    return all((Decimal(measure.value), measure.direction) in found for measure in target.measures)


def target_table(targets: Sequence[Target], before: int, year: int) -> Table:
    """Return the table of targets whose figures stand beside them, numbered on from those before."""
    columns = (
        Column("STT", width=6),
        Column("Chỉ tiêu", width=50),
        Column("Đơn vị tính", width=14),
        Column(f"Kế hoạch năm {year}", width=30),
    )
    rows = (
        Row((str(place), target.text, units_of(target.measures), figures_of(target.measures)))
        for place, target in enumerate(targets, start=before + 1)
    )
    return Table(columns, tuple(rows))


def units_of(figures: Sequence[Measure]) -> str:
    """Return the units of figures, each once."""
    return "; ".join(dict.fromkeys(figure.unit or "" for figure in figures))


def figures_of(figures: Sequence[Measure]) -> str:
    """Return figures with their directions: «ít nhất 97», «giảm ít nhất 20 so với năm 2025», «100»."""
    return "; ".join(figure_of(figure) for figure in figures)


def figure_of(measure: Measure) -> str:
    """Return one figure in words."""
    base = f" so với năm {measure.baseline_year}" if measure.baseline_year else ""
    direction = "" if measure.direction == "equal" else f"{DIRECTIONS[measure.direction]} "
    words = f"{direction}{format_quantity(Decimal(measure.value), None)}{base}"
    return f"{words[0].upper()}{words[1:]}"
