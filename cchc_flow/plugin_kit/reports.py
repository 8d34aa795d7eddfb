"""The section of a report, written sentence by sentence: each number is a measure with its entries."""

import string
from collections.abc import Sequence
from decimal import Decimal

from cchc_flow.hookspecs import (
    Column,
    Item,
    Measure,
    Number,
    Paragraph,
    Report,
    ReportBlock,
    ReportCell,
    ReportTable,
    Run,
    fill,
)
from cchc_flow.plugin_kit.entries import ids


class ReportDraft:
    """Collects the sentences, tables and measures of a section; `finish` returns the section."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._blocks: list[ReportBlock] = []
        self._figures: dict[str, Measure] = {}

    def say(self, words: str, /, **runs: Measure | Run) -> None:
        """Add a paragraph whose {places} are taken by measures, or words: say("Có {held} lớp.", held=…).

        A measure that has no place in the words is left out.
        """
        named = {name for _, name, _, _ in string.Formatter().parse(words)}
        given = {
            name: self.cite(run) if isinstance(run, Measure) else run
            for name, run in runs.items()
            if name in named
        }
        self._blocks.append(Paragraph(fill(words, **given)))

    def cite(self, measure: Measure, words: str = "") -> Number:
        """Return the number of a measure for a sentence or a cell, printed in these words or as its value.

        Raise ValueError when another measure has its key.
        """
        known = self._figures.setdefault(measure.key, measure)
        if known != measure:
            raise ValueError(f"the figure {measure.key!r} is {known.value!r} and {measure.value!r}")
        return measure.number(words)

    def add_table(
        self, columns: Sequence[Column | str], rows: Sequence[Sequence[ReportCell | Measure]], title: str = ""
    ) -> None:
        """Add a table, whose cells may be measures; without rows nothing is added."""
        if not rows:
            return
        heads = tuple(Column(column) if isinstance(column, str) else column for column in columns)
        cells = tuple(
            tuple(self.cite(cell) if isinstance(cell, Measure) else cell for cell in row) for row in rows
        )
        self._blocks.append(ReportTable(heads, cells, title))

    def finish(self) -> Report:
        """Return the section."""
        return Report(self._title, tuple(self._blocks), tuple(self._figures.values()))


def tally(key: str, title: str, entries: Sequence[Item], unit: str = "") -> Measure:
    """Return the measure of how many entries there are."""
    return total(key, title, len(entries), entries, unit)


def total(key: str, title: str, value: Decimal | int, entries: Sequence[Item], unit: str = "") -> Measure:
    """Return the measure of a sum that some entries tell."""
    return Measure(key=key, title=title, unit=unit, value=f"{Decimal(value):f}", items=ids(entries))
