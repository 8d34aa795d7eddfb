"""What areas say in a report becomes blocks of a document, whose numbers name figures with their events."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date

import msgspec

from cchc_flow.documents.blocks import Block, Cell, Column, Kind, Listing, Number, Paragraph, Row, Table, Text
from cchc_flow.hookspecs import Measure, Report, ReportTable, Section
from cchc_flow.projections.cards.moves import positions_behind
from cchc_flow.report_values import ReportCell
from cchc_flow.reporting.figures import Figure, Figures

WIDTHS = (10, 40)
"""The least and the greatest width of a column that says nothing of it: by the letters of its head."""


class AreaFigures(msgspec.Struct, frozen=True):
    """Of whose section the figures are: the name and the digest of a plugin, and the moves of its items.

    `moves` are the positions of the events that moved the items of the measures, by item.
    """

    plugin: str
    digest: str
    moves: Mapping[str, tuple[int, ...]]

    def figure(self, measure: Measure) -> Figure:
        """Return a measure as a figure of the document: what is said of the area has a key of its own."""
        return Figure(
            key=f"areas.{self.plugin}.{measure.key}",
            title=measure.title,
            value=measure.value,
            unit=measure.unit,
            source=f"plugin:{self.plugin}",
            positions=positions_behind(self.moves, measure.items),
            rules=self.digest,
        )


def as_report(said: Section | Report) -> Report:
    """Return a section as blocks; the numbers of a plain one are words, which name nothing."""
    if isinstance(said, Report):
        return said
    table = ReportTable(tuple(map(_column, said.columns)), said.rows, said.title)
    paragraphs = (Paragraph((words,)) for words in said.paragraphs)
    return Report(said.title, (*paragraphs, *((table,) if said.rows else ())))


def items_of_figures(reports: Iterable[Report]) -> set[str]:
    """Return the ids of all items that the figures of some sections rest on."""
    return {item for report in reports for figure in report.figures for item in figure.items}


def cite_figures(report: Report, own: AreaFigures, figures: Figures) -> tuple[Block, ...]:
    """Return the blocks of a section, and add the figures that they name to those of the document."""
    by_key = {measure.key: own.figure(measure) for measure in report.figures}

    def cite(number: Number) -> Number:
        return figures.add(by_key[number.key], number.words)

    return tuple(_block(block, report.title, cite) for block in report.blocks)


Cite = Callable[[Number], Number]


def _block(block: Paragraph | Listing | ReportTable, title: str, cite: Cite) -> Block:
    match block:
        case Paragraph(text=text):
            return Paragraph(_text(text, cite))
        case Listing(entries=entries, marks=marks):
            return Listing(tuple(_text(entry, cite) for entry in entries), marks)
        case ReportTable(columns=columns, rows=rows):
            kinds = [column.kind for column in columns]
            cells = (
                tuple(_cell(cell, kind, cite) for cell, kind in zip(row, kinds, strict=True)) for row in rows
            )
            return Table(columns, tuple(map(Row, cells)), block.title or title)


def _text(text: Text, cite: Cite) -> Text:
    return tuple(cite(run) if isinstance(run, Number) else run for run in text)


def _cell(cell: ReportCell, kind: Kind, cite: Cite) -> Cell:
    """Return a cell with its type; words in a column of days that are no day stay words."""
    if isinstance(cell, Number):
        return cite(cell)
    if isinstance(cell, str) and kind == "day":
        with suppress(ValueError):
            return date.fromisoformat(cell)
    return cell


def _column(title: str) -> Column:
    least, most = WIDTHS
    return Column(title, width=max(least, min(most, len(title))))
